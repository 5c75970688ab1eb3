// The way of one /api/v1 request: route, who asks and what they may, CSRF, body, idempotency, then
// the route's work.
#include <algorithm>
#include <charconv>

#include "api/cookie_names.h"
#include "api/desk.h"
#include "api/operations.h"
#include "api/own_rows.h"
#include "base/text.h"
#include "engine/views/history.h"
#include "net/cookies.h"

namespace holdfast::api {
namespace {

constexpr Duration key_lifetime = hours(24);
constexpr std::size_t most_kept_answer = 256u << 10;
constexpr std::size_t api_segments = 2;  // "api", "v1"

/// An operation of the contract and the route that does it.
struct Door {
  const Operation* operation = nullptr;
  std::vector<std::string_view> parts;  // of its path
  Route route;
};

const std::vector<Route>& all_routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> found;
    for (auto part : {session_routes(),
                      browser_routes(),
                      second_factor_routes(),
                      people_routes(),
                      token_routes(),
                      audit_routes(),
                      order_routes(),
                      order_export_routes(),
                      case_routes(),
                      decide_routes(),
                      learned_routes(),
                      mention_routes(),
                      station_routes(),
                      supplier_routes(),
                      product_routes(),
                      health_routes(),
                      policy_routes(),
                      import_routes(),
                      purchase_document_routes(),
                      inbox_routes(),
                      told_routes(),
                      received_routes(),
                      offer_routes(),
                      promise_routes(),
                      policy_text_routes(),
                      policy_publish_routes(),
                      policy_trial_routes(),
                      connection_routes(),
                      connection_change_routes(),
                      connection_test_routes(),
                      setup_routes()}) {
      found.insert(found.end(), part.begin(), part.end());
    }
    return found;
  }();
  return all;
}

bool varies(std::string_view part) { return part.starts_with('{'); }

/// Doors whose path is said in full stand before those where a segment varies.
const std::vector<Door>& doors() {
  static const std::vector<Door> all = [] {
    std::vector<Door> found;
    for (const auto& operation : operations()) {
      const auto route = std::ranges::find(all_routes(), operation.id, &Route::operation);
      if (route == all_routes().end()) continue;
      found.push_back({&operation, split(operation.path.substr(1), '/'), *route});
    }
    std::ranges::sort(found, {}, [](const Door& door) {
      return std::pair(std::ranges::count_if(door.parts, varies), door.operation->id);
    });
    return found;
  }();
  return all;
}

bool fits(const Door& door, const std::vector<std::string>& segments) {
  if (door.parts.size() + api_segments != segments.size()) return false;
  for (std::size_t i = 0; i < door.parts.size(); ++i) {
    if (!varies(door.parts[i]) && door.parts[i] != segments[i + api_segments]) return false;
  }
  return true;
}

const std::string& none() {
  static const std::string empty;
  return empty;
}

/// Who asks, by bearer token or by session cookie.
Result<Who> who_asks(Desk& desk, const Call& call) {
  const auto authorization = call.header("Authorization");
  if (!authorization.empty()) {
    constexpr std::string_view scheme = "Bearer ";
    if (!authorization.starts_with(scheme)) {
      return fail(ErrorCode::Unauthentic, "This way of signing in is not known.");
    }
    return desk.people.by_token(trim(authorization.substr(scheme.size())));
  }
  const auto cookies = net::parse_cookies(call.header("Cookie"));
  const auto session = net::value_of(cookies, session_cookie_name(desk.options.secure_cookies));
  if (session.empty()) return fail(ErrorCode::Unauthentic, "Sign in first.");
  return desk.people.by_session(session);
}

/// The header must repeat what only a page of this origin can read: the csrf cookie's value.
bool csrf_fits(const Desk& desk, const Call& call) {
  const auto sent = call.header("X-CSRF-Token");
  const auto cookies = net::parse_cookies(call.header("Cookie"));
  const auto cookie = net::value_of(cookies, csrf_cookie_name(desk.options.secure_cookies));
  return !sent.empty() && equal_in_constant_time(sent, call.who.csrf) &&
         equal_in_constant_time(sent, cookie);
}

/// One Idempotency-Key of one caller: where its answer is kept and what was asked.
struct Keyed {
  std::string key;
  std::string asked;  // hash of method, path and body
};

Keyed keyed(const Call& call) {
  const auto& request = call.request;
  // Names are shared: two tokens may have one, and a user made again has the old one's.
  const auto& caller = call.who.by_token ? call.who.token_key : call.who.user_id();
  return {hex(sha256(caller + "\n" + std::string(call.header("Idempotency-Key")))),
          hex(sha256(request.method + "\n" + request.target + "\n" + request.body))};
}

std::string place_of(const Keyed& keyed) { return "idempotency:" + keyed.key; }

Result<net::ServerResponse> kept_answer(Desk& desk, const Keyed& keyed,
                                        const ports::RecordRow& row) {
  auto bytes = desk.engine.vault().unseal_tenant(place_of(keyed), row.bytes);
  if (!bytes) return fail(bytes.error());
  auto json = parse_json(*bytes);
  if (!json) return fail(json.error());
  if ((*json)["asked"].string() != keyed.asked) {
    return problem(Trouble{422, "idempotency_key_reused",
                           "This Idempotency-Key was used for another request.", "Idempotency-Key",
                           "take a new key for a new wish"});
  }
  net::ServerResponse response;
  response.status = static_cast<int>((*json)["status"].integer());
  for (const auto& [name, value] : (*json)["headers"].members()) {
    response.headers.emplace_back(name, value.string());
  }
  response.body = (*json)["body"].string();
  return response;
}

/// Keeps an answer for a repeat, sealed, since it may hold a secret shown once. `done` runs when it
/// is durable, or at once when it is not to be kept.
void keep_answer(Desk& desk, const Keyed& keyed, const net::ServerResponse& response,
                 std::function<void()> done) {
  // What failed on our side may be tried again; what is not text or too long is made anew.
  const bool passing = response.status >= 500 || response.status == 429 || response.stream;
  if (passing || response.body.size() > most_kept_answer || !is_utf8(response.body)) {
    done();
    return;
  }
  Json json, headers{Json::Object{}};
  for (const auto& [name, value] : response.headers) headers.set(name, value);
  json.set("asked", keyed.asked);
  json.set("status", response.status);
  json.set("headers", std::move(headers));
  json.set("body", response.body);
  const auto sealed =
      desk.engine.vault().seal_tenant(place_of(keyed), to_text(json), *desk.options.entropy);
  desk.engine.put_records({{desk.tenant(), "idempotency", keyed.key, sealed,
                            desk.people.row_expiry(desk.real_now() + key_lifetime)}},
                          {}, [done = std::move(done)](const Result<engine::Stepped>&) { done(); });
}

/// Answers a repeat at once; otherwise lets the answer to come be kept. False when answered.
bool first_time(Desk& desk, const CallPtr& call) {
  const auto key = call->header("Idempotency-Key");
  if (key.empty() || key.size() > 100) {
    call->refuse(Trouble{400, "invalid", "Every POST carries an Idempotency-Key of 1 to 100 signs.",
                         "Idempotency-Key", "send a fresh random value"});
    return false;
  }
  const auto mark = keyed(*call);
  {
    const std::lock_guard lock(desk.keys_mutex);
    if (!desk.keys_in_flight.insert(mark.key).second) {
      call->refuse(Trouble{409, "conflict", "The same request is being worked on.",
                           "Idempotency-Key", "repeat it in a moment"});
      return false;
    }
  }
  const auto release = [&desk, key_hash = mark.key] {
    const std::lock_guard lock(desk.keys_mutex);
    desk.keys_in_flight.erase(key_hash);
  };
  auto row = desk.store().record({desk.tenant(), "idempotency", mark.key});
  const bool kept_on = row && *row && (!(*row)->expires_at || (*row)->expires_at > desk.real_now());
  if (!row || kept_on) {
    release();
    auto kept =
        row ? kept_answer(desk, mark, **row) : Result<net::ServerResponse>(fail(row.error()));
    if (kept)
      call->answer(std::move(*kept));
    else
      call->refuse(kept.error());
    return false;
  }
  call->answer = [&desk, mark, release,
                  inner = std::move(call->answer)](const net::ServerResponse& response) {
    keep_answer(desk, mark, response, [release, inner, response] {
      release();
      inner(response);
    });
  };
  return true;
}

bool read_body(const CallPtr& call) {
  const auto& body = call->request.body;
  const auto type = call->header("Content-Type");
  // Read by their routes, which say what they take.
  if (type.starts_with("image/") || type.starts_with("text/csv")) return true;
  if (body.empty()) return true;
  if (!type.starts_with("application/json")) {
    call->refuse(Trouble{415, "invalid", "The body must be application/json.", {}, {}});
    return false;
  }
  auto json = parse_json(body, {Api::body_limit(call->request.path), 16, 20'000});
  if (!json) {
    call->refuse(Trouble{400, "invalid", "The body is no JSON: " + json.error().what, {}, {}});
    return false;
  }
  call->body = std::move(*json);
  return true;
}

Trouble not_allowed(std::string detail, std::string hint = {}) {
  return {403, "not_allowed", std::move(detail), {}, std::move(hint)};
}

/// Whether the caller's stores reach what the path names; NotFound when they do not, so that
/// nobody learns what other stores have.
Status reaches(Desk& desk, const Call& call, const Operation& operation) {
  if (call.who.everywhere() || operation.within == Within::Rows) return {};
  if (operation.within == Within::Workspace) {
    return fail(ErrorCode::Forbidden, "This is about all stores, and you work for some.");
  }
  const auto nothing = fail(ErrorCode::NotFound, "There is nothing here.");
  const auto stream = engine::parse_stream(desk.tenant(), call.segment(3));
  if (!stream) return nothing;
  auto seen = sees_stream(desk, call.who, *stream);
  if (!seen) return fail(seen.error());
  return *seen ? Status{} : nothing;
}

/// Who asks and whether they may. False when the request was answered.
bool admit(Desk& desk, const CallPtr& call, const Operation& operation) {
  auto who = who_asks(desk, *call);
  if (!who) {
    call->refuse(who.error());
    return false;
  }
  call->who = std::move(*who);
  if (call->request.method != "GET" && !call->who.by_token && !csrf_fits(desk, *call)) {
    call->refuse(Trouble{
        403, "csrf", "X-CSRF-Token does not fit this session.", {}, "read the session again"});
    return false;
  }
  if (operation.right && !call->who.may(*operation.right)) {
    call->refuse(
        not_allowed("This needs the right \"" + std::string(name_of(*operation.right)) + "\".",
                    "ask an owner for a role that has it"));
    return false;
  }
  if (auto status = reaches(desk, *call, operation); !status) {
    call->refuse(status.error());
    return false;
  }
  return true;
}

/// Everything before the route's own work. False when the request was answered.
bool let_in(Desk& desk, const CallPtr& call, const Operation& operation) {
  const bool known = operation.entry != Entry::Anyone;
  if (known && !admit(desk, call, operation)) return false;
  if (call->request.method == "GET") return true;
  if (!read_body(call)) return false;
  const bool once = call->request.method == "POST" && known;
  return !once || first_time(desk, call);
}

}  // namespace

const std::string& Call::segment(std::size_t i) const {
  return i < segments.size() ? segments[i] : none();
}

std::string Call::parameter(std::string_view name) const {
  return std::string(net::value_of(query, name));
}

std::string_view Call::header(std::string_view name) const {
  return ports::header(request.headers, name);
}

Result<std::size_t> Call::limit() const {
  const auto text = parameter("limit");
  if (text.empty()) return std::size_t{50};
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1 || value > 250) {
    return fail(ErrorCode::Invalid, "limit is a number from 1 to 250", "limit");
  }
  return value;
}

std::vector<std::string> unmatched_routes() {
  std::vector<std::string> names;
  for (const auto& operation : operations()) {
    if (std::ranges::find(all_routes(), operation.id, &Route::operation) == all_routes().end()) {
      names.emplace_back(operation.id);
    }
  }
  for (const auto& route : all_routes()) {
    if (std::ranges::find(operations(), route.operation, &Operation::id) == operations().end()) {
      names.emplace_back(route.operation);
    }
  }
  return names;
}

void run_api(Desk& desk, const CallPtr& call) {
  const Door* found = nullptr;
  bool path_known = false;
  for (const auto& door : doors()) {
    if (!fits(door, call->segments)) continue;
    path_known = true;
    if (door.operation->method == call->request.method) found = &door;
    if (found) break;
  }
  if (!found) {
    if (path_known) {
      call->refuse(Trouble{405, "invalid", "This address does not take that method.", {}, {}});
    } else {
      call->answer(not_found());
    }
    return;
  }
  const auto& route = found->route;
  auto& pool = route.slow ? desk.slow : route.wide ? desk.wide : desk.workers;
  const bool taken = pool.run([&desk, call, found] {
    if (let_in(desk, call, *found->operation)) found->route.run(desk, call);
  });
  if (!taken) call->refuse(Trouble{503, "unavailable", "Too much to do.", {}, {}});
}

Json result_json(const engine::Stepped& stepped) {
  Json events{Json::Array{}};
  auto version = stepped.version - static_cast<std::int64_t>(stepped.events.size());
  for (const auto& event : stepped.events) {
    Json item;
    item.set("event", ++version);
    item.set("name", name_of(event));
    events.push(std::move(item));
  }
  Json json;
  json.set("stream", engine::stream_text(stepped.stream));
  json.set("version", stepped.version);
  json.set("events", std::move(events));
  return json;
}

void submit(Desk& desk, const CallPtr& call, const ports::StreamKey& stream, Command command) {
  desk.engine.submit(stream, std::move(command), call->who.name,
                     [call](Result<engine::Stepped> stepped) {
                       if (stepped)
                         call->answer(json_answer(result_json(*stepped)));
                       else
                         call->refuse(stepped.error());
                     });
}

}  // namespace holdfast::api
