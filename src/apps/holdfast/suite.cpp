#include "apps/holdfast/suite.h"

#include <chrono>
#include <filesystem>
#include <utility>

#include "apps/holdfast/assets.h"
#include "apps/holdfast/evidence.h"
#include "apps/holdfast/tenancy.h"
#include "apps/holdfast/waiting.h"
#include "base/log.h"
#include "engine/offers.h"
#include "engine/settings/policy_files.h"
#include "net/client.h"

namespace holdfast::apps {
namespace {

constexpr std::size_t most_waiting = 2000;
constexpr std::chrono::milliseconds look_again{5};
constexpr std::chrono::seconds longest_request{30};

net::ServerResponse busy() {
  net::ServerResponse response;
  response.status = 503;
  response.headers = {{"Retry-After", "2"}, {"Content-Type", "text/plain; charset=utf-8"}};
  response.body = "The program begins again with other settings.\n";
  return response;
}

}  // namespace

Suite::Suite(SuiteParts parts, const engine::TenantConfig& tenant)
    : parts_(parts), tenant_(tenant) {}

Result<std::unique_ptr<Suite>> Suite::open(SuiteParts parts, const engine::TenantConfig& tenant,
                                           const net::ServerOptions& server) {
  std::unique_ptr<Suite> suite(new Suite(parts, tenant));
  const auto ours = suite->wait_for_turn(server);
  if (!ours) return fail(ours.error());
  if (!*ours) return std::unique_ptr<Suite>();
  auto setup = suite->setup_now();
  if (!setup) return fail(setup.error());
  if (auto status = suite->open_engine(std::move(*setup)); !status) return fail(status.error());
  if (auto status = suite->open_api(); !status) return fail(status.error());
  auto password = api::ensure_admin(*suite->engine_, *parts.entropy, "admin");
  if (!password) return fail(password.error());
  suite->first_password_ = *password;
  return suite;
}

// A store that several processes share: only one of them works for a tenant, and the others take in
// what comes and hand on the rest until it is their turn.
Result<bool> Suite::wait_for_turn(const net::ServerOptions& server) {
  auto* shared = parts_.postgres;
  if (!shared) return true;
  const TenantId tenant{tenant_.number};
  const auto taken = shared->take_lease(tenant);
  if (taken) return true;
  if (taken.error().code != ErrorCode::Conflict) return fail(taken.error());
  log_info("lease", "another process works for this tenant; waiting", {});
  auto setup = setup_now();
  if (!setup) return fail(setup.error());
  if (auto opened = open_engine(std::move(*setup)); !opened) return fail(opened.error());
  auto reads = api_options();
  reads.reads_only = true;
  auto waiting =
      Waiting::open({engine_.get(), shared, parts_.entropy, parts_.options->clock.get(), server,
                     seconds(parts_.config->limits.request_seconds), std::move(reads)});
  if (!waiting) return fail(waiting.error());
  auto ours = wait_for_tenant(*shared, tenant, parts_.options->stopped);
  waiting->reset();
  transport_.reset();
  engine_.reset();
  if (ours && *ours) log_info("lease", "this process works for the tenant now", {});
  return ours;
}

Result<engine::Vault> Suite::vault() const {
  auto key = master_key(*parts_.config, *parts_.entropy);
  if (!key) return fail(key.error());
  return engine::Vault::open(*key, TenantId{tenant_.number},
                             parts_.config->secrets.signing_key.value);
}

void Suite::fit_policy(Policy& policy) const {
  const auto& more = parts_.options->excluded_countries;
  for (auto& channel : policy.channels) {
    channel.excluded_countries.insert(channel.excluded_countries.end(), more.begin(), more.end());
  }
}

Result<engine::Setup> Suite::setup_with(const engine::Overlay& overlay) const {
  auto key = master_key(*parts_.config, *parts_.entropy);
  if (!key) return fail(key.error());
  auto setup = engine::setup_of(*parts_.config, tenant_.id, overlay);
  if (!setup) return setup;
  fit_policy(setup->policy);
  setup->master_key = *key;
  setup->data_folder = engine::tenant_folder(*parts_.config, tenant_.id);
  for (auto& offer : setup->offers) {
    if (!offer.stated_at) offer.stated_at = parts_.options->clock->now();
  }
  return setup;
}

Result<engine::Setup> Suite::setup_now() const {
  const auto opened = vault();
  if (!opened) return fail(opened.error());
  const auto overlay = engine::read_overlay(*parts_.store, TenantId{tenant_.number}, *opened);
  if (!overlay) return fail(overlay.error());
  return setup_with(*overlay);
}

Status Suite::open_engine(engine::Setup setup) {
  std::error_code problem;
  std::filesystem::create_directories(setup.data_folder, problem);
  net::TransportOptions transport;
  transport.allowed_hosts = hosts_of(setup);
  const auto& more = parts_.options->hosts;
  transport.allowed_hosts.insert(transport.allowed_hosts.end(), more.begin(), more.end());
  transport.clock = parts_.options->clock;
  // A process that was paused past its lease must not send what it had on its mind.
  transport.may_send = [this, shared = parts_.postgres, tenant = setup.tenant] {
    return !draining_ && (!shared || shared->holds_lease(tenant));
  };
  auto made = net::make_transport(transport);
  if (!made) return fail(made.error());
  transport_ = std::move(*made);
  auto offers = engine::offers_now(*parts_.store, setup.tenant, std::move(setup.offers));
  if (!offers) return fail(offers.error());
  setup.offers = std::move(*offers);
  auto opened = engine::Engine::open(
      {parts_.store, parts_.options->clock.get(), parts_.entropy, transport_.get()},
      std::move(setup));
  if (!opened) return fail(opened.error());
  engine_ = std::move(*opened);
  return {};
}

api::ApiOptions Suite::api_options() {
  const auto& config = *parts_.config;
  api::ApiOptions options;
  options.store_kind = parts_.postgres ? "postgres" : "sqlite";
  options.engine = engine_.get();
  options.entropy = parts_.entropy;
  options.workspace = tenant_.title.empty() ? tenant_.id : tenant_.title;
  options.asset = [](std::string_view path) -> std::optional<api::Asset> {
    const auto file = console_asset(path);
    if (!file) return std::nullopt;
    return api::Asset{std::string(file->bytes), std::string(file->media_type)};
  };
  options.data_folder = engine_->setup().data_folder;
  options.evidence_coverage = [this](const ports::StreamKey& order) {
    return evidence_coverage(*engine_, order);
  };
  options.export_evidence = [this](const ports::StreamKey& order, std::string_view profile,
                                   std::string_view supplier) {
    return evidence_pack(*engine_, order, std::string(profile), std::string(supplier));
  };
  options.check_overlay = [this](const engine::Overlay& overlay) -> Status {
    const auto setup = setup_with(overlay);
    if (!setup) return fail(setup.error());
    return {};
  };
  options.policy_path = tenant_.policy.empty() ? config.policy.path : tenant_.policy;
  options.fit_policy = [this](Policy& policy) { fit_policy(policy); };
  options.reopen = [this](std::function<void(const Status&)> done) { reopen(std::move(done)); };
  options.people_clock = parts_.options->people_clock.get();
  options.version = parts_.options->version;
  options.demo = parts_.options->demo;
  options.requests_a_minute = config.limits.requests_a_minute;
  options.visits_a_minute = config.limits.visits_a_minute;
  options.trusted_proxies = config.server.trusted_proxies;
  options.secure_cookies = engine_->setup().public_url.starts_with("https://");
  return options;
}

Status Suite::open_api() {
  api_ = std::make_unique<api::Api>(api_options());
  runner_ = std::make_unique<engine::Runner>(*engine_);
  if (parts_.postgres) {
    tenancy_ = std::make_unique<Tenancy>(*parts_.postgres, engine_->setup().tenant,
                                         seconds(parts_.config->store.lease_seconds), *engine_,
                                         parts_.options->lost);
  }
  return {};
}

void Suite::with_engine(const std::function<void(engine::Engine&)>& work) {
  const std::shared_lock use(engine_use_);
  work(*engine_);
}

void Suite::handle(net::ServerRequest request, net::Responder respond) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    if (shut_) {
      if (waiting_.size() >= most_waiting) return respond(busy());
      waiting_.push_back({std::move(request), std::move(respond)});
      return;
    }
    ++under_way_;
  }
  pass(std::move(request), std::move(respond));
}

void Suite::pass(net::ServerRequest request, net::Responder respond) {
  // Counted until it is answered, or until nobody can answer it any more.
  const std::shared_ptr<void> counted(nullptr, [this](void*) {
    const std::lock_guard lock(mutex_);
    --under_way_;
    changed_.notify_all();
  });
  api_->handle(std::move(request),
               net::Responder([respond = std::move(respond), counted](
                                  net::ServerResponse response) { respond(std::move(response)); }));
}

void Suite::reopen(std::function<void(const Status&)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_ || beginning_) {
      return done(fail(ErrorCode::Conflict, "the settings are being changed just now", "",
                       "try again in a moment"));
    }
    beginning_ = true;
  }
  if (again_.joinable()) again_.join();
  again_ = std::thread([this, done = std::move(done)]() mutable {
    auto setup = setup_now();
    // Let go of at once: it holds a request, and requests are waited for below.
    std::exchange(done, {})(setup ? Status() : Status(fail(setup.error())));
    if (setup) begin_again(std::move(*setup));
    const std::lock_guard lock(mutex_);
    beginning_ = false;
    changed_.notify_all();
  });
}

/// Lets calls to partners end, so that their outcome is known and need not be asked for.
void Suite::come_to_rest() {
  draining_ = true;
  const auto until = std::chrono::steady_clock::now() +
                     std::chrono::seconds(parts_.config->limits.request_seconds + 1);
  while (!engine_->rest().quiet && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(look_again);
  }
}

void Suite::begin_again(engine::Setup setup) {
  come_to_rest();
  {
    std::unique_lock lock(mutex_);
    shut_ = true;
    changed_.wait_for(lock, longest_request, [this] { return under_way_ == 0 || stopped_; });
    if (stopped_) return;
  }
  Status begun;
  {
    const std::unique_lock use(engine_use_);
    runner_->stop();
    tenancy_.reset();
    api_.reset();
    runner_.reset();
    transport_.reset();
    engine_.reset();
    if (parts_.postgres) {
      const auto taken = parts_.postgres->take_lease(TenantId{tenant_.number});
      if (!taken) begun = fail(taken.error());
    }
    draining_ = false;
    if (begun) begun = open_engine(std::move(setup));
    if (begun) begun = open_api();
  }
  if (!begun) {
    // Nothing is lost: whoever supervises starts the program again, and it says what is wrong.
    log_error("settings", "the engine could not begin again",
              {field("why", describe(begun.error()))});
    if (parts_.options->lost) parts_.options->lost();
    return;
  }
  log_info("settings", "the engine began again with what was set", {});
  std::deque<Waiter> waited;
  {
    const std::lock_guard lock(mutex_);
    shut_ = false;
    waited.swap(waiting_);
    under_way_ += waited.size();
  }
  for (auto& one : waited) pass(std::move(one.request), std::move(one.respond));
}

void Suite::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    waiting_.clear();
    changed_.notify_all();
  }
  if (again_.joinable()) again_.join();
  if (runner_) runner_->stop();
  // Answers still on their way end here; their rows stay "sending" and are asked about next time.
  transport_.reset();
  // Nothing of ours is under way any more: another process may go on.
  tenancy_.reset();
}

Suite::~Suite() { stop(); }

}  // namespace holdfast::apps
