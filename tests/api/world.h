#pragma once
// ApiWorld: the api over a memory store and an engine that a runner pumps, with one shop, one
// supplier and one user. Requests go in as values; no socket is opened.

#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "api/api.h"
#include "api/people.h"
#include "engine/links.h"
#include "engine/runner.h"
#include "engine/settings/policy_files.h"
#include "engine/settings/test_files.h"
#include "engine/views/history.h"
#include "store/memory/memory_store.h"

namespace holdfast::api_tests {

class SteppedClock : public ports::Clock {
 public:
  Instant now() override { return {ms_.load()}; }
  void pass(Duration span) { ms_ += span.ms; }

 private:
  std::atomic<std::int64_t> ms_{1'772'616'600'000};  // 2026-03-04T09:30:00Z
};

class CountedEntropy : public ports::Entropy {
 public:
  std::string bytes(std::size_t count) override {
    std::function<void()> now;
    {
      const std::lock_guard lock(mutex_);
      now = std::exchange(meanwhile_, nullptr);
    }
    if (now) now();
    std::string out;
    while (out.size() < count) out += bytes_of(sha256(std::to_string(++calls_)));
    return out.substr(0, count);
  }

  /// Does something when bytes are next asked for: after what was read for them, before anything
  /// is written.
  void meanwhile(std::function<void()> deed) {
    const std::lock_guard lock(mutex_);
    meanwhile_ = std::move(deed);
  }

 private:
  std::mutex mutex_;
  std::function<void()> meanwhile_;
  std::atomic<int> calls_{0};
};

/// Partners are away: nothing is ever answered, so an order stays where it is.
class SilentTransport : public ports::Transport {
 public:
  void send(ports::Request, Duration, std::function<void(ports::Response)> done) override {
    done(ports::TransportFailure{false, "nobody is there"});
  }
};

inline ports::Headers with_json(ports::Headers headers) {
  headers.emplace_back("Content-Type", "application/json");
  return headers;
}

/// Everything a file that leaves part by part holds; what came before it was broken off otherwise.
inline std::string whole_text(const net::ServerResponse& response) {
  if (!response.stream) return response.body;
  std::string text;
  for (int waits = 0; waits < 2'000; ++waits) {
    const bool last = response.stream->closed();
    const auto part = response.stream->take();
    text += part;
    if (last && part.empty()) return text;
    if (part.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return text + "(no end came)";
}

/// The project's own policy, read once.
inline const Policy& shipped_policy() {
  static const Policy policy = engine::load_policy(engine::own_policy()).value();
  return policy;
}

struct ApiWorldOptions {
  std::optional<Policy> policy;  // without one, a short one of the test's own
  std::vector<std::string> stores{"fern"};
  TenantId tenant{1};
  ports::Store* store = nullptr;  // without one, the world's own
  std::string data_folder;
  bool https = false;
  ShipModel ship_model = ShipModel::Direct;
  std::function<void(api::ApiOptions&)> more = {};  // what else the api works with
  std::vector<std::string> lumen_serves = {};       // stores; none means all
};

class ApiWorld {
 public:
  ApiWorld() : ApiWorld(ApiWorldOptions{}) {}

  explicit ApiWorld(ApiWorldOptions given) : options(std::move(given)) {
    open_engine();
    auto password = api::ensure_admin(*engine, entropy, "admin");
    admin_password = password.value().value();
  }

  ApiWorld(const ApiWorld&) = delete;
  ApiWorld& operator=(const ApiWorld&) = delete;

  ~ApiWorld() {
    runner->stop();
    api.reset();
  }

  net::ServerResponse ask(const std::string& method, const std::string& path,
                          ports::Headers headers = {}, std::string body = {}) {
    net::ServerRequest request;
    request.method = method;
    const auto mark = path.find('?');
    request.target = path;
    request.path = path.substr(0, mark);
    request.query = mark == std::string::npos ? "" : path.substr(mark + 1);
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.remote_address = asks_from;
    auto answered = std::make_shared<std::promise<net::ServerResponse>>();
    auto answer = answered->get_future();
    api->handle(std::move(request), net::Responder([answered](net::ServerResponse response) {
                  answered->set_value(std::move(response));
                }));
    if (answer.wait_for(std::chrono::seconds(20)) != std::future_status::ready) {
      return {599, {}, "no answer came", nullptr};
    }
    return answer.get();
  }

  net::ServerResponse login(const std::string& name, const std::string& password) {
    Json body;
    body.set("user", name);
    body.set("password", password);
    return ask("POST", "/api/v1/session", with_json({}), to_text(body));
  }

  /// Headers of a signed-in admin: cookies and, with `csrf`, the token header.
  ports::Headers signed_in(bool csrf = true) {
    if (cookies_.empty()) {
      const auto response = login("admin", admin_password);
      for (const auto& [name, value] : response.headers) {
        if (name != "Set-Cookie") continue;
        cookies_ += (cookies_.empty() ? "" : "; ") + value.substr(0, value.find(';'));
      }
      csrf_ = parse_json(response.body).value()["csrf"].string();
    }
    ports::Headers headers{{"Cookie", cookies_}};
    if (csrf) headers.emplace_back("X-CSRF-Token", csrf_);
    return headers;
  }

  net::ServerResponse get(const std::string& path) { return ask("GET", path, signed_in()); }

  Json get_json(const std::string& path) { return parse_json(get(path).body).value_or(Json()); }

  net::ServerResponse post(const std::string& path, const std::string& body,
                           const std::string& key) {
    auto headers = with_json(signed_in());
    headers.emplace_back("Idempotency-Key", key);
    return ask("POST", path, std::move(headers), body);
  }

  /// Headers of somebody who has signed in, who need not be known yet; no password is hashed.
  ports::Headers person(const std::string& name, std::vector<std::string> roles,
                        std::vector<std::string> stores = {}) {
    api::People people(*engine, entropy, nullptr);
    api::User user;
    user.id = "usr_" + name;
    user.name = name;
    user.roles = std::move(roles);
    user.stores = std::move(stores);
    user.created_at = clock.now();
    auto made = people.new_session(user);
    write_records({people.row_of(user), made.row});
    return {{"Cookie", "holdfast_session=" + made.secret + "; holdfast_csrf=" + made.who.csrf},
            {"X-CSRF-Token", made.who.csrf}};
  }

  void write_records(std::vector<ports::RecordRow> rows) {
    auto done = std::make_shared<std::promise<void>>();
    engine->put_records(std::move(rows), {},
                        [done](const Result<engine::Stepped>&) { done->set_value(); });
    done->get_future().wait();
  }

  /// Runs a command as the shop would cause it and waits for the commit.
  Result<engine::Stepped> command(std::int64_t order, Command wish) {
    auto done = std::make_shared<std::promise<Result<engine::Stepped>>>();
    auto stepped = done->get_future();
    engine->submit({options.tenant, ports::StreamKind::Order, order}, std::move(wish),
                   "channel:fern",
                   [done](Result<engine::Stepped> result) { done->set_value(std::move(result)); });
    return stepped.get();
  }

  /// An order of the shop: two pieces of one SKU, paid.
  void import_order(std::int64_t id, const std::string& channel = "fern") {
    ChannelOrder order;
    order.channel = channel;
    order.channel_order = "60224458712345" + std::to_string(id);
    order.store_number = "#" + std::to_string(1000 + id);
    order.placed_at = clock.now();
    order.as_of = clock.now();
    order.currency = "EUR";
    order.total = *parse_money("78.00 EUR");
    order.payment = PaymentState::Paid;
    order.captured = order.total;
    order.risk = RiskLevel::Low;
    order.address = {"Example Buyer",    "",
                     "1 Example Street", "",
                     "London",           "",
                     "EC1A 1AA",         "GB",
                     "+442079460000",    "buyer@example.com"};
    order.has_address = true;
    order.lines = {{1,
                    "149988776655443322" + std::to_string(id),
                    "LAMP-W",
                    "Glass desk lamp",
                    "White",
                    2,
                    *parse_unit_price("39.00 EUR"),
                    true,
                    "",
                    {}}};
    order.current = {{1, 2}};
    order.service = "Standard";
    order.locale = "en-GB";
    auto stepped = command(id, ChannelCommand(ObserveOrder{std::move(order), "orders/paid"}));
    if (!stepped) throw std::runtime_error(describe(stepped.error()));
  }

  std::string order_path(std::int64_t id) const { return "/api/v1/orders/" + to_text(OrderId{id}); }

  /// Makes a token lead somewhere.
  void put_link(const std::string& kind, const std::string& subject, std::int64_t order,
                const std::string& token, Duration lifetime) {
    write_records({engine::link_row(
        {kind, subject, {options.tenant, ports::StreamKind::Order, order}, clock.now() + lifetime},
        token)});
  }

  /// The order's only purchase order, as its page shows it.
  Json purchase(std::int64_t id) {
    const auto order = get_json(order_path(id));
    const auto& pos = order["purchase_orders"].items();
    return pos.empty() ? Json() : pos.front();
  }

  SteppedClock clock;
  CountedEntropy entropy;
  SilentTransport transport;
  ApiWorldOptions options;
  std::unique_ptr<ports::Store> store = store::make_memory_store();
  std::unique_ptr<engine::Engine> engine;
  std::unique_ptr<engine::Runner> runner;
  std::unique_ptr<api::Api> api;
  std::string admin_password;
  std::string asks_from = "192.0.2.7";

 private:
  static Policy policy() {
    Policy policy;
    policy.name = "test";
    policy.procedures = {{}};
    policy.procedures[0].procedure = "standard";
    policy.access = shipped_policy().access;
    policy.authority = shipped_policy().authority;
    policy.roster = {{"operations desk", "operations", "", 0, 24, "owner desk"}};
    policy.routing.feed_max_age = hours(24);
    policy.routing.weights = {{"", "", "", 500, 0, 0, 0, 0, 0, 500}};
    policy.channels = {{}};
    policy.channels[0].channel = "*";
    policy.channels[0].services = {{"*", "standard", 7, Proof::Physical}};
    policy.channels[0].promise_rule = "eu_distance";
    return policy;
  }

  void open_engine() {
    engine::Setup setup;
    setup.tenant = options.tenant;
    setup.policy = options.policy ? *options.policy : policy();
    for (const auto& one : options.stores) {
      setup.channels.push_back({one,
                                "shopify",
                                {{"shop", one + ".example"}},
                                {{"client_secret", "shared secret"}, {"access_token", "a token"}}});
    }
    setup.suppliers = {{"lumen", "manual", {{"title", "Lumen"}}, {}}};
    SupplierProfile profile;
    profile.supplier = "lumen";
    profile.title = "Lumen";
    profile.mode = Mode::Auto;
    profile.vetted = true;
    profile.ship_from = "GB";
    profile.channels = options.lumen_serves;
    profile.ship_model = options.ship_model;
    setup.profiles = {{"lumen", profile}};
    setup.offers = {{"LAMP-W", "lumen", "GL-LAMP-W", *parse_unit_price("14.60 EUR"), 40,
                     clock.now(), false, 2, "GB", Mode::Auto, false}};
    setup.public_url = "http://127.0.0.1:8080";
    setup.master_key = std::string(32, 'k');
    setup.data_folder = options.data_folder;
    auto* const rows = options.store ? options.store : store.get();
    engine = engine::Engine::open({rows, &clock, &entropy, &transport}, std::move(setup)).value();
    runner = std::make_unique<engine::Runner>(*engine);
    api::ApiOptions wishes;
    wishes.engine = engine.get();
    wishes.entropy = &entropy;
    wishes.data_folder = options.data_folder;
    wishes.secure_cookies = options.https;
    wishes.trusted_proxies = {"192.0.2.1"};
    wishes.store_kind = "memory";
    wishes.version = "test";
    wishes.asset = [](std::string_view path) -> std::optional<api::Asset> {
      if (path == "/index.html") return api::Asset{"<!doctype html>console", "text/html"};
      return std::nullopt;
    };
    wishes.evidence_coverage = [](const ports::StreamKey&) -> Result<Json> {
      Json coverage;
      coverage.set("score_permille", 1000);
      coverage.set("present", Json(Json::Array{}));
      coverage.set("missing", Json(Json::Array{}));
      return coverage;
    };
    wishes.export_evidence = [](const ports::StreamKey&, std::string_view,
                                std::string_view) -> Result<std::string> { return "PK"; };
    if (options.more) options.more(wishes);
    api = std::make_unique<api::Api>(std::move(wishes));
  }

  std::string cookies_, csrf_;
};

}  // namespace holdfast::api_tests
