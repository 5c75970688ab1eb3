#include "apps/holdfast/suite.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "apps/holdfast/assets.h"
#include "apps/holdfast/evidence.h"
#include "apps/holdfast/letters.h"
#include "apps/holdfast/tenancy.h"
#include "apps/holdfast/waiting.h"
#include "base/log.h"
#include "cli/backup_files.h"
#include "engine/offers.h"
#include "net/client.h"

namespace holdfast::apps {
namespace {

constexpr std::size_t most_waiting = 2000;
constexpr std::chrono::seconds between_looks{2};  // at what is set, while it is another's turn

net::ServerResponse busy() {
  net::ServerResponse response;
  response.status = 503;
  response.headers = {{"Retry-After", "2"}, {"Content-Type", "text/plain; charset=utf-8"}};
  response.body = "The program begins again with other settings.\n";
  return response;
}

}  // namespace

Suite::Suite(const SuiteParts& parts, const engine::TenantConfig& tenant)
    : parts_(parts), tenant_(tenant) {}

Result<std::unique_ptr<Suite>> Suite::open(const SuiteParts& parts,
                                           const engine::TenantConfig& tenant,
                                           const net::ServerOptions& server) {
  std::unique_ptr<Suite> suite(new Suite(parts, tenant));
  const auto ours = suite->wait_for_turn(server);
  if (!ours) return fail(ours.error());
  if (!*ours) return std::unique_ptr<Suite>();
  auto setup = suite->setup_now();
  if (!setup) return fail(setup.error());
  if (auto status = suite->begin(std::move(*setup)); !status) return fail(status.error());
  auto password = api::ensure_admin(*suite->engine_, *parts.entropy, "admin");
  if (!password) return fail(password.error());
  suite->first_password_ = *password;
  suite->again_ = std::thread([raw = suite.get()] { raw->run_again(); });
  return suite;
}

// A store that several processes share: only one of them works for a tenant, and the others take in
// what comes and hand on the rest until it is their turn. From then on the hold on the tenant is
// kept until the end, also while the engine begins again.
Result<bool> Suite::wait_for_turn(const net::ServerOptions& server) {
  auto* shared = parts_.postgres;
  if (!shared) return true;
  const auto taken = shared->take_lease(TenantId{tenant_.number});
  if (!taken && taken.error().code != ErrorCode::Conflict) return fail(taken.error());
  if (!taken) return wait_reading(server);
  hold();
  return true;
}

Result<bool> Suite::wait_reading(const net::ServerOptions& server) {
  auto& shared = *parts_.postgres;
  const TenantId tenant{tenant_.number};
  log_info("lease", "another process works for this tenant; waiting", {});
  auto mark = engine::overlay_mark(shared, tenant);
  if (!mark) return fail(mark.error());
  auto reader = open_reader();
  if (!reader) return fail(reader.error());
  auto waiting =
      Waiting::open({tenant, &shared, parts_.entropy, parts_.options->clock.get(), server,
                     seconds(parts_.config->limits.request_seconds), std::move(*reader)});
  if (!waiting) return fail(waiting.error());
  auto look_at = std::chrono::steady_clock::now() + between_looks;
  const auto look = [&] {
    if (std::chrono::steady_clock::now() < look_at) return;
    look_at = std::chrono::steady_clock::now() + between_looks;
    auto now = engine::overlay_mark(shared, tenant);
    if (!now || *now == *mark) return;
    auto newer = open_reader();
    if (!newer) {
      log_warning("lease", "what was set cannot be read; going on with what was set before",
                  {field("why", describe(newer.error()))});
      return;
    }
    mark = std::move(now);
    (*waiting)->read_with(std::move(*newer));
    log_info("lease", "reading with what was set meanwhile", {});
  };
  auto ours = wait_for_tenant(shared, tenant, parts_.options->stopped, look);
  if (ours && *ours) hold();
  waiting->reset();
  if (ours && *ours) log_info("lease", "this process works for the tenant now", {});
  return ours;
}

void Suite::hold() {
  tenancy_ =
      std::make_unique<Tenancy>(*parts_.postgres, TenantId{tenant_.number},
                                seconds(parts_.config->store.lease_seconds), parts_.options->lost);
}

Result<Reading> Suite::open_reader() {
  auto setup = setup_now();
  if (!setup) return fail(setup.error());
  auto opened = open_engine(std::move(*setup));
  if (!opened) return fail(opened.error());
  auto reads = api_options(*opened->engine);
  reads.reads_only = true;
  return Reading{std::move(opened->engine), std::move(opened->transport), std::move(reads)};
}

void Suite::fit_policy(Policy& policy) const {
  const auto& more = parts_.options->excluded_countries;
  for (auto& channel : policy.channels) {
    channel.excluded_countries.insert(channel.excluded_countries.end(), more.begin(), more.end());
  }
}

Result<engine::Setup> Suite::setup_with(const engine::Overlay& overlay,
                                        const std::string& key) const {
  auto setup = engine::setup_of(*parts_.config, tenant_.id, overlay);
  if (!setup) return setup;
  fit_policy(setup->policy);
  setup->master_key = key;
  setup->data_folder = engine::tenant_folder(*parts_.config, tenant_.id);
  for (auto& offer : setup->offers) {
    if (!offer.stated_at) offer.stated_at = parts_.options->clock->now();
  }
  return setup;
}

Result<engine::Setup> Suite::setup_now() const {
  const TenantId tenant{tenant_.number};
  const auto key = master_key(*parts_.config, *parts_.entropy);
  if (!key) return fail(key.error());
  const auto vault = engine::Vault::open(*key, tenant, parts_.config->secrets.signing_key.value);
  if (!vault) return fail(vault.error());
  const auto overlay = engine::read_overlay(*parts_.store, tenant, *vault);
  if (!overlay) return fail(overlay.error());
  return setup_with(*overlay, *key);
}

Status Suite::could_begin(const engine::Overlay& overlay) const {
  const auto key = master_key(*parts_.config, *parts_.entropy);
  if (!key) return fail(key.error());
  const auto setup = setup_with(overlay, *key);
  if (!setup) return fail(setup.error());
  // Partners' messages find their workspace by the account.
  for (const auto* account : engine::accounts_of(*setup)) {
    if (has_account(account->id) || !parts_.taken || !parts_.taken(account->id, *this)) continue;
    return fail(ErrorCode::Conflict, "another workspace has an account of this id", "id",
                "choose another id");
  }
  return {};
}

/// Private addresses that may be reached: those that whoever runs the program wrote down, and none
/// that somebody typed into a form.
std::vector<std::string> Suite::allowed_hosts() const {
  const auto& config = *parts_.config;
  auto hosts = hosts_of(config, tenant_.id);
  for (const auto* more : {&config.server.allowed_hosts, &parts_.options->hosts}) {
    hosts.insert(hosts.end(), more->begin(), more->end());
  }
  return hosts;
}

Result<OpenEngine> Suite::open_engine(engine::Setup setup) const {
  std::error_code problem;
  std::filesystem::create_directories(setup.data_folder, problem);
  net::TransportOptions transport;
  transport.allowed_hosts = allowed_hosts();
  transport.clock = parts_.options->clock;
  // A process that was paused past its lease must not send what it had on its mind.
  transport.may_send = [this, shared = parts_.postgres, tenant = setup.tenant] {
    return !draining_ && (!shared || shared->holds_lease(tenant));
  };
  auto made = net::make_transport(transport);
  if (!made) return fail(within(made.error(), "server"));
  auto offers = engine::offers_now(*parts_.store, setup.tenant, std::move(setup.offers));
  if (!offers) return fail(offers.error());
  setup.offers = std::move(*offers);
  auto opened = engine::Engine::open(
      {parts_.store, parts_.options->clock.get(), parts_.entropy, made->get()}, std::move(setup));
  if (!opened) return fail(opened.error());
  return OpenEngine{std::move(*opened), std::move(*made)};
}

api::ApiOptions Suite::api_options(engine::Engine& engine) {
  const auto& config = *parts_.config;
  api::ApiOptions options;
  options.store_kind = parts_.postgres ? "postgres" : "sqlite";
  options.engine = &engine;
  options.entropy = parts_.entropy;
  options.workspace = tenant_.title.empty() ? tenant_.id : tenant_.title;
  options.asset = [](std::string_view path) -> std::optional<api::Asset> {
    const auto file = console_asset(path);
    if (!file) return std::nullopt;
    return api::Asset{std::string(file->bytes), std::string(file->media_type)};
  };
  options.data_folder = engine.setup().data_folder;
  options.backup_at = [&config] { return cli::last_backup(config.server.data); };
  options.evidence_coverage = [&engine](const ports::StreamKey& order) {
    return evidence_coverage(engine, order);
  };
  options.export_evidence = [&engine](const ports::StreamKey& order, std::string_view profile,
                                      std::string_view supplier) {
    return evidence_pack(engine, order, std::string(profile), std::string(supplier));
  };
  options.check_overlay = [this](const engine::Overlay& overlay) { return could_begin(overlay); };
  options.in_file = [this](const std::string& id) {
    return engine::has_account(*parts_.config, id);
  };
  options.policy_path = tenant_.policy.empty() ? config.policy.path : tenant_.policy;
  options.fit_policy = [this](Policy& policy) { fit_policy(policy); };
  options.reopen = [this](Begun done) { reopen(std::move(done)); };
  options.people_clock = parts_.options->people_clock.get();
  options.version = parts_.options->version;
  options.demo = parts_.options->demo;
  options.requests_a_minute = config.limits.requests_a_minute;
  options.visits_a_minute = config.limits.visits_a_minute;
  options.trusted_proxies = config.server.trusted_proxies;
  options.secure_cookies = engine.setup().public_url.starts_with("https://");
  return options;
}

Status Suite::begin(engine::Setup setup) {
  auto opened = open_engine(std::move(setup));
  if (!opened) return fail(opened.error());
  transport_ = std::move(opened->transport);
  engine_ = std::move(opened->engine);
  api_ = std::make_unique<api::Api>(api_options(*engine_));
  runner_ = std::make_unique<engine::Runner>(*engine_);
  if (parts_.postgres) letters_ = std::make_unique<Letters>(*parts_.postgres, *engine_);
  std::set<std::string> ids;
  for (const auto* account : engine::accounts_of(engine_->setup())) ids.insert(account->id);
  const auto& sender = parts_.config->mail.notifier;
  if (!sender.empty() && !ids.contains(sender) && !engine::has_account(*parts_.config, sender)) {
    log_warning("mail", "there is no such notifier; the first one sends",
                {field("notifier", sender)});
  }
  const std::lock_guard lock(mutex_);
  accounts_ = std::move(ids);
  return {};
}

void Suite::end_engine() {
  runner_->stop();
  letters_.reset();
  api_.reset();
  runner_.reset();
  transport_.reset();
  engine_.reset();
}

bool Suite::has_account(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  return accounts_.contains(id);
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

void Suite::stop() {
  std::vector<Begun> unheard;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    waiting_.clear();
    unheard.swap(asked_);
    changed_.notify_all();
  }
  unheard.clear();
  if (again_.joinable()) again_.join();
  if (runner_) runner_->stop();
  // Answers still on their way end here; their rows stay "sending" and are asked about next time.
  transport_.reset();
  letters_.reset();
  // Nothing of ours is under way any more: another process may go on.
  tenancy_.reset();
}

Suite::~Suite() { stop(); }

}  // namespace holdfast::apps
