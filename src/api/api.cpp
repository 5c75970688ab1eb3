#include "api/api.h"

#include <algorithm>
#include <future>

#include "api/desk.h"
#include "api/goods.h"
#include "api/learned.h"
#include "api/passwords.h"
#include "api/policy_trial.h"
#include "base/check.h"
#include "base/text.h"
#include "engine/views/case_view.h"

namespace holdfast::api {
namespace {

constexpr std::size_t photo_bytes = (10u << 20) + (64u << 10);
constexpr std::size_t hook_bytes = 8u << 20;
constexpr std::size_t api_bytes = 512u << 10;
constexpr std::size_t policy_bytes = 2u << 20;  // a draft of 1 MiB, with JSON's escapes
constexpr std::size_t page_bytes = 64u << 10;
constexpr std::size_t most_waiting_reads = 512;
constexpr std::size_t most_waiting_passwords = 16;
constexpr int password_threads = 2;
constexpr std::size_t most_waiting_wide = 64;
constexpr int wide_threads = 2;
constexpr std::size_t most_callers = 20'000;

/// Whether there is a session or token of this key. One that cannot be read counts: it is asked
/// about again.
bool lets_in(const Desk& desk, const std::string& key) {
  for (const char* kind : {"session", "token"}) {
    const auto row = desk.store().record({desk.tenant(), kind, key});
    if (!row || *row) return true;
  }
  return false;
}

/// Tells the consoles what a committed step changed. Runs on a worker: it reads the stream.
void tell_changes(Desk& desk, const ports::StreamKey& stream, std::int64_t first_version) {
  auto history = engine::read_history(desk.store(), desk.engine.vault(), stream);
  if (!history) return;
  const auto& store = history->state.channel;
  desk.live.end_over(desk.real_now());
  desk.live.end_gone(desk.real_now(), [&](const std::string& key) { return lets_in(desk, key); });
  if (stream.kind == ports::StreamKind::Order) {
    desk.live.tell("order", engine::order_change_json(*history), store);
  }
  const auto changes = engine::case_changes_json(*history, first_version);
  for (const auto& change : changes) desk.live.tell("exception", change, store);
  if (changes.empty()) return;
  desk.live.tell_each("counts", [&](const Live::Stores& stores) {
    return counts_json(desk, stores, {}, {}).value_or(Json());
  });
}

/// Who asks: the socket's other end, or whom a trusted proxy names last (each proxy appends the
/// address it was asked from, so only the last entry is the trusted one's word).
std::string asking_address(const ApiOptions& options, const net::ServerRequest& request) {
  const auto& proxies = options.trusted_proxies;
  if (std::ranges::find(proxies, request.remote_address) == proxies.end()) {
    return request.remote_address;
  }
  std::string named;
  for (const auto& [name, value] : request.headers) {
    if (lower(name) == "x-forwarded-for") named = trim(split(value, ',').back());
  }
  return named.empty() ? request.remote_address : named;
}

/// Whether this caller may ask now; answers with 429 when not.
bool within_budget(Desk& desk, const CallPtr& call) {
  net::RateDecision decision;
  {
    const std::lock_guard lock(desk.callers_mutex);
    decision = desk.callers.take(call->request.remote_address, desk.real_now());
  }
  if (decision.allowed) return true;
  call->answer(too_often(decision.retry_after, "Too many requests from this address."));
  return false;
}

bool in_api(std::string_view path) { return path == "/api/v1" || path.starts_with("/api/v1/"); }

}  // namespace

Desk::Desk(ApiOptions given)
    : options(std::move(given)),
      engine(*options.engine),
      people(engine, *options.entropy, options.people_clock, !options.reads_only),
      started_at(engine.clock().now()),
      visitors({options.visits_a_minute, minutes(1), options.visits_a_minute}, most_callers),
      callers({options.requests_a_minute, minutes(1), options.requests_a_minute}, most_callers),
      goods(std::make_shared<GoodsBook>()),
      learned(std::make_shared<LearnedBook>()),
      workers(options.workers, most_waiting_reads),
      slow(password_threads, most_waiting_passwords),
      wide(wide_threads, most_waiting_wide) {}

Desk::~Desk() = default;

engine::PageReader Desk::reader(const Who& who) const {
  engine::PageReader reader;
  reader.roles = who.roles;
  reader.may_decide = who.may(Right::Decide);
  reader.may_override = who.may(Right::Override);
  reader.sees_buyer = who.may(Right::Buyers);
  return reader;
}

Api::Api(ApiOptions options) {
  check(options.engine && options.entropy, "the api has an engine and entropy");
  desk_ = std::make_unique<Desk>(std::move(options));
  desk_->engine.on_change([desk = desk_.get()](const engine::Stepped& stepped) {
    if (stepped.events.empty() || !desk->live.heard()) return;
    const auto first = stepped.version - static_cast<std::int64_t>(stepped.events.size()) + 1;
    const bool taken = desk->workers.run(
        [desk, stream = stepped.stream, first] { tell_changes(*desk, stream, first); });
    if (!taken) desk->live.reset();
  });
}

Api::~Api() {
  {
    const std::lock_guard lock(desk_->alive->mutex);
    desk_->alive->yes = false;
  }
  desk_->engine.on_change({});
  desk_->live.close();
  {
    const std::lock_guard lock(desk_->trial_mutex);
    if (desk_->trial) desk_->trial->cancel();
  }
  desk_->slow.stop();
  desk_->workers.stop();
  desk_->wide.stop();
}

void Api::handle(net::ServerRequest request, net::Responder respond) {
  auto call = std::make_shared<Call>();
  call->request = std::move(request);
  call->request.remote_address = asking_address(desk_->options, call->request);
  call->answer = [respond = std::move(respond),
                  https = desk_->options.secure_cookies](net::ServerResponse response) {
    add_guards(response, https);
    respond(std::move(response));
  };
  auto segments = net::path_segments(call->request.path);
  if (!segments) {
    call->answer(not_found());
    return;
  }
  call->segments = std::move(*segments);
  const auto& first = call->segment(0);
  auto& desk = *desk_;
  if (first == "hooks") return run_hook(desk, call);
  if (first == "healthz" || first == "readyz") return run_probe(desk, call);
  auto query = net::parse_form(call->request.query, 50);
  if (!query) return call->refuse(query.error());
  call->query = std::move(*query);
  const auto path = std::string_view(call->request.path);
  if (in_api(path)) {
    if (within_budget(desk, call)) run_api(desk, call);
    return;
  }
  const auto later = [&](void (*run)(Desk&, const CallPtr&)) {
    const bool taken = desk.workers.run([&desk, call, run] { run(desk, call); });
    if (!taken) call->refuse(Trouble{503, "unavailable", "Too much to do.", {}, {}});
  };
  if (first == "metrics") return later(run_metrics);
  if (first == "t") return later(run_buyer_page);
  if (first == "s") return later(run_supplier_page);
  if (first == "api") return call->answer(not_found());
  run_console(desk, call);
}

std::size_t Api::body_limit(std::string_view path) {
  if (path == "/api/v1/photos") return photo_bytes;
  if (path.starts_with("/api/v1/products/") && path.ends_with("/photos")) return photo_bytes;
  if (path.starts_with("/s/") && path.ends_with("/check")) return photo_bytes;
  if (path.starts_with("/hooks/")) return hook_bytes;
  if (path.starts_with("/api/v1/policy/")) return policy_bytes;
  return in_api(path) ? api_bytes : page_bytes;
}

net::ShedClass Api::shed_class(std::string_view method, std::string_view path) {
  using net::ShedClass;
  if (path == "/healthz" || path == "/readyz") return ShedClass::Health;
  if (path.starts_with("/hooks/")) return ShedClass::Webhooks;
  if (in_api(path)) {
    if (path.ends_with("/evidence") && method == "POST") return ShedClass::Exports;
    if (path == "/api/v1/orders/export") return ShedClass::Exports;
    return path == "/api/v1/orders" ? ShedClass::Search : ShedClass::Api;
  }
  if (path.starts_with("/s/") || path.starts_with("/t/")) return ShedClass::Api;
  return path == "/metrics" ? ShedClass::Health : ShedClass::Console;
}

Result<std::optional<std::string>> ensure_admin(engine::Engine& engine, ports::Entropy& entropy,
                                                const std::string& name) {
  People people(engine, entropy, nullptr);
  auto known = people.users();
  if (!known) return fail(known.error());
  if (!known->empty()) return std::optional<std::string>{};
  const auto password = people.secret(15);
  auto hash = hash_password(password);
  if (!hash) return fail(hash.error());
  User user;
  user.id = people.new_user_id();
  user.stamp = people.new_stamp();
  user.name = name;
  user.roles = {"owner", "operations"};
  user.password_hash = *hash;
  user.created_at = engine.clock().now();
  auto written = std::make_shared<std::promise<Status>>();
  auto done = written->get_future();
  engine.put_if({{people.as_read(user)}, {people.row_of(user)}, {}},
                [written](Result<engine::Stepped> stepped) {
                  written->set_value(stepped ? Status{} : fail(stepped.error()));
                });
  if (done.wait_for(std::chrono::seconds(30)) != std::future_status::ready) {
    return fail(ErrorCode::Timeout, "the engine did not commit the first user", "",
                "start its runner before");
  }
  if (auto status = done.get(); !status) return fail(status.error());
  return std::optional<std::string>(password);
}

}  // namespace holdfast::api
