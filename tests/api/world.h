#pragma once
// ApiWorld: the api over a memory store and an engine that a runner pumps, with one shop, one
// supplier and one user. Requests go in as values; no socket is opened.

#include <atomic>
#include <future>
#include <memory>
#include <string>

#include "api/api.h"
#include "api/people.h"
#include "engine/links.h"
#include "engine/runner.h"
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
    std::string out;
    while (out.size() < count) out += bytes_of(sha256(std::to_string(++calls_)));
    return out.substr(0, count);
  }

 private:
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

class ApiWorld {
 public:
  ApiWorld() {
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

  /// Runs a command as the shop would cause it and waits for the commit.
  Result<engine::Stepped> command(std::int64_t order, Command wish) {
    auto done = std::make_shared<std::promise<Result<engine::Stepped>>>();
    auto stepped = done->get_future();
    engine->submit({TenantId{1}, ports::StreamKind::Order, order}, std::move(wish), "channel:fern",
                   [done](Result<engine::Stepped> result) { done->set_value(std::move(result)); });
    return stepped.get();
  }

  /// An order of the shop: two pieces of one SKU, paid.
  void import_order(std::int64_t id) {
    ChannelOrder order;
    order.channel = "fern";
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
    const auto row = engine::link_row(
        {kind, subject, {TenantId{1}, ports::StreamKind::Order, order}, clock.now() + lifetime},
        token);
    auto done = std::make_shared<std::promise<void>>();
    engine->put_records({row}, {}, [done](const Result<engine::Stepped>&) { done->set_value(); });
    done->get_future().wait();
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
    setup.policy = policy();
    setup.channels = {{"fern",
                       "shopify",
                       {{"shop", "fern.example"}},
                       {{"client_secret", "shared secret"}, {"access_token", "a token"}}}};
    setup.suppliers = {{"lumen", "manual", {{"title", "Lumen"}}, {}}};
    SupplierProfile profile;
    profile.supplier = "lumen";
    profile.title = "Lumen";
    profile.mode = Mode::Auto;
    profile.vetted = true;
    profile.ship_from = "GB";
    setup.profiles = {{"lumen", profile}};
    setup.offers = {{"LAMP-W", "lumen", "GL-LAMP-W", *parse_unit_price("14.60 EUR"), 40,
                     clock.now(), false, 2, "GB", Mode::Auto, false}};
    setup.public_url = "http://127.0.0.1:8080";
    setup.master_key = std::string(32, 'k');
    engine =
        engine::Engine::open({store.get(), &clock, &entropy, &transport}, std::move(setup)).value();
    runner = std::make_unique<engine::Runner>(*engine);
    api::ApiOptions options;
    options.engine = engine.get();
    options.entropy = &entropy;
    options.secure_cookies = false;
    options.trusted_proxies = {"192.0.2.1"};
    options.store_kind = "memory";
    options.version = "test";
    options.asset = [](std::string_view path) -> std::optional<api::Asset> {
      if (path == "/index.html") return api::Asset{"<!doctype html>console", "text/html"};
      return std::nullopt;
    };
    api = std::make_unique<api::Api>(std::move(options));
  }

  std::string cookies_, csrf_;
};

}  // namespace holdfast::api_tests
