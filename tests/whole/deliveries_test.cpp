// Mutated deliveries over loopback, between valid ones: none changes an order, no valid one is
// refused or without effect. HOLDFAST_DELIVERIES_COUNT and _SEED set how many and which.
#include "tests/kit/deliveries.h"

#include <atomic>
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "api/api.h"
#include "net/server.h"
#include "tests/kit/in_process.h"
#include "tests/kit/wire.h"

namespace holdfast {
namespace {

constexpr const char* hooks = "/hooks/";
constexpr const char* other_shop = "outlet";
constexpr const char* other_domain = "outlet.myshopify.example";

std::int64_t from_environment(const char* name, std::int64_t standard) {
  const char* text = std::getenv(name);
  return text ? std::strtoll(text, nullptr, 10) : standard;
}

/// The other shop of the same app: it answers that it has no such order.
std::optional<ports::Response> empty_shop(const ports::HttpRequest& request) {
  if (!request.url.starts_with("http://outlet.test")) return std::nullopt;
  return ports::HttpResponse{
      200,
      {},
      R"({"data":{"order":null,"fulfillmentOrder":null,"orders":{"nodes":[],)"
      R"("pageInfo":{"hasNextPage":false}}}})"};
}

class CountedEntropy : public ports::Entropy {
 public:
  std::string bytes(std::size_t count) override {
    std::string out;
    while (out.size() < count) out += bytes_of(sha256(std::to_string(++calls_)));
    return out.substr(0, count);
  }

 private:
  int calls_ = 0;
};

/// 12345 as 12,345.
std::string grouped(std::int64_t number) {
  auto text = std::to_string(number);
  for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<std::size_t>(at), ",");
  }
  return text;
}

class DeliveryRun {
 public:
  DeliveryRun(std::int64_t count, std::int64_t seed)
      : count_(count),
        seed_(seed),
        orders_(std::clamp<std::int64_t>(count / 70, 8, 120)),
        world_(options()),
        wire_([this] { settle(); }) {
    world_.carry_hooks(
        [this](const ports::HttpRequest& request, const auto& done) { carry(request, done); });
    open();
  }
  ~DeliveryRun() { close(); }
  DeliveryRun(const DeliveryRun&) = delete;
  DeliveryRun& operator=(const DeliveryRun&) = delete;

  void run() {
    world_.place_orders(orders_, minutes(15));
    const auto end = world_.now() + days(21);
    while (world_.now() < end) {
      world_.run(seconds(20));
      settle();
      const auto fresh = std::exchange(fresh_, {});
      for (const auto& one : fresh) {
        for (int i = 0; i < after_each && made_ < count_; ++i) try_after(one);
      }
      // An app's secret is rotated at a third of the way; at two thirds the old one is gone.
      if (phase_ == 0 && made_ > count_ / 3) turn(1);
      if (phase_ == 1 && made_ > count_ * 2 / 3) turn(2);
    }
    while (made_ < count_) try_after(earlier_.back());
  }

  void report() {
    const auto orders = world_.orders();
    EXPECT_EQ(orders.size(), static_cast<std::size_t>(orders_));
    for (const auto& order : orders) {
      EXPECT_EQ(order.stage, "delivered")
          << order.store_number << ": a valid delivery had no effect";
    }
    EXPECT_EQ(refused_, 0);
    EXPECT_EQ(changed_, 0);
    EXPECT_EQ(astray_, 0);
    std::cout << "deliveries: " << grouped(made_) << " mutations, " << changed_
              << " changed an order, " << grouped(valid_) << " valid, " << refused_ << " refused\n";
  }

 private:
  static constexpr int before_each = 2;
  static constexpr int after_each = 4;
  static constexpr std::size_t most_kept = 60;

  kit::InProcessOptions options() {
    kit::InProcessOptions options;
    options.seed = static_cast<std::uint64_t>(seed_);
    options.adjust = [this](engine::Setup& setup) {
      auto& shop = setup.channels.front();
      shop.secrets["client_secret"] = secret();
      if (phase_ == 1) shop.secrets["client_secret_previous"] = secrets_[0];
      auto other = shop;
      other.id = other_shop;
      other.settings["shop"] = other_domain;
      other.settings["api_url"] = "http://outlet.test";
      setup.channels.push_back(std::move(other));
    };
    options.http_first = empty_shop;
    return options;
  }

  const std::string& secret() const { return secrets_[phase_ == 0 ? 0 : 1]; }

  void open() {
    world_.engine().on_wake([this] {
      woken_ = true;
      wire_.wake();
    });
    api::ApiOptions options;
    options.engine = &world_.engine();
    options.entropy = &entropy_;
    options.store_kind = "memory";
    options.version = "test";
    options.asset = [](std::string_view) { return std::nullopt; };
    api_ = std::make_unique<api::Api>(std::move(options));
    net::ServerOptions server;
    server.body_limit = [](std::string_view path) { return api::Api::body_limit(path); };
    server.shed_class = [](std::string_view method, std::string_view path) {
      return api::Api::shed_class(method, path);
    };
    auto started =
        net::Server::start(server, [this](net::ServerRequest request, net::Responder respond) {
          api_->handle(std::move(request), std::move(respond));
        });
    server_ = std::move(started.value());
  }

  void close() {
    if (server_) server_->stop();
    server_.reset();
    api_.reset();
    world_.engine().on_wake({});
  }

  void turn(int phase) {
    close();
    phase_ = phase;
    world_.restart();
    open();
    settle();
  }

  /// Lets the engine do all that is ready at this instant; bounded, each round makes progress.
  void settle() {
    for (int round = 0; round < 500; ++round) {
      woken_ = false;
      if (world_.engine().pump() > world_.now() && !woken_) return;
    }
  }

  /// The peers' next delivery: forgeries first, then itself.
  void carry(const ports::HttpRequest& request, const std::function<void(ports::Response)>& done) {
    auto sent = read(request);
    for (int i = 0; i < before_each && made_ < count_ && !earlier_.empty(); ++i) try_before(sent);
    const auto answer = wire_.exchange(server_->port(), bytes_of(raw_request(sent)), false);
    ++valid_;
    if (answer.status != 200) {
      ++refused_;
      ADD_FAILURE() << "valid delivery " << valid_ << " to " << sent.account << " was answered "
                    << answer.status << replay();
    }
    done(ports::HttpResponse{answer.status, {}, ""});
    settle();
    if (ports::header(request.headers, "X-Shopify-Topic") == "orders/create") look_for(request);
    fresh_.push_back(sent);
    earlier_.push_back(std::move(sent));
    if (earlier_.size() > most_kept) earlier_.erase(earlier_.begin());
  }

  /// A new order's delivery has its effect at once.
  void look_for(const ports::HttpRequest& request) {
    const auto id = parse_json(request.body).value()["id"].digits();
    EXPECT_TRUE(*world_.store().reference(TenantId{1}, "order:shop", id))
        << "valid delivery " << valid_ << " of order " << id << " had no effect" << replay();
  }

  kit::SentDelivery read(const ports::HttpRequest& request) {
    kit::SentDelivery sent;
    sent.request = request;
    sent.account = request.url.substr(request.url.find(hooks) + std::string_view(hooks).size());
    if (sent.account == "shop") {
      sent.sender = kit::Sender::Shop;
      // While it rotates, the platform may sign with either.
      const bool old = phase_ == 1 && valid_ % 2 == 0;
      sent.secret = old ? secrets_[0] : secret();
      auto raw = raw_request(sent);
      sign_again(raw, sent.sender, sent.secret);
      sent.request.headers = raw.headers;
    } else if (sent.account == "tracker") {
      sent.sender = kit::Sender::Tracker;
      sent.secret = "tracking-key";
    } else {
      sent.sender = kit::Sender::Supplier;
      sent.secret = "secret of " + sent.account;
    }
    return sent;
  }

  kit::MutationSources sources(const kit::SentDelivery& original) const {
    return {original,   earlier_,     phase_ == 0 ? "" : secrets_[0], phase_ == 1,
            other_shop, other_domain, world_.now().ms / 1000};
  }

  void try_before(const kit::SentDelivery& original) {
    kit::Dice dice(static_cast<std::uint64_t>(seed_), static_cast<std::uint64_t>(made_));
    attempt(mutate_before(dice, sources(original)));
  }

  void try_after(const kit::SentDelivery& original) {
    kit::Dice dice(static_cast<std::uint64_t>(seed_), static_cast<std::uint64_t>(made_));
    // A delivery signed before a rotation ended is history; the rest of the run has newer ones.
    if (phase_ == 2 && original.secret == secrets_[0]) return attempt_old(original);
    attempt(mutate_after(dice, sources(original)));
  }

  void attempt_old(const kit::SentDelivery& original) {
    attempt({"a delivery of before the rotation", kit::Fate::Refused, raw_request(original)});
  }

  void attempt(const kit::Mutation& mutation) {
    settle();
    const auto before = orders_digest();
    const auto rows = stored_rows();
    const auto answer =
        wire_.exchange(server_->port(), bytes_of(mutation.request), mutation.request.finish);
    settle();
    ++made_;
    if (orders_digest() != before) {
      ++changed_;
      ADD_FAILURE() << "mutation " << made_ << " (" << mutation.name << ") changed an order"
                    << replay();
    }
    const bool stored = stored_rows() != rows;
    if (fits(mutation.fate, answer.status, stored)) return;
    ++astray_;
    ADD_FAILURE() << "mutation " << made_ << " (" << mutation.name << ") to "
                  << mutation.request.target << " was answered " << answer.status
                  << (stored ? " and stored" : " and not stored") << replay();
  }

  static bool fits(kit::Fate fate, int status, bool stored) {
    if (status == 503 || status < 0) return false;  // nothing of this is the server's trouble
    const bool taken = status >= 200 && status < 300;
    switch (fate) {
      case kit::Fate::Refused:
        return !taken && !stored;
      case kit::Fate::Repeated:
        return taken && !stored;
      case kit::Fate::Taken:
        return taken;
      case kit::Fate::Either:
        return taken || !stored;
    }
    return false;
  }

  std::string replay() const {
    return "\n  replay: ./x deliveries --count " + std::to_string(count_) + " --seed " +
           std::to_string(seed_);
  }

  std::int64_t stored_rows() { return world_.store().heads(TenantId{1})->inbox_seq; }

  /// Which events every order has: equal digests, equal orders.
  std::string orders_digest() {
    std::string text;
    for (const auto& order : world_.orders()) {
      text += std::to_string(order.stream.id) + ":" + std::to_string(order.version) + ":";
      text += bytes_of(order.head_hash);
      text += order.summary + "\n";
    }
    return hex(sha256(text));
  }

  std::int64_t count_;
  std::int64_t seed_;
  std::int64_t orders_;
  int phase_ = 0;  // of the rotation: before, during, after
  std::string secrets_[2] = {"client-secret", "client-secret-2"};
  std::atomic<bool> woken_ = false;
  kit::InProcess world_;
  kit::Wire wire_;
  CountedEntropy entropy_;
  std::unique_ptr<api::Api> api_;
  std::unique_ptr<net::Server> server_;
  std::vector<kit::SentDelivery> fresh_;    // delivered in this step
  std::vector<kit::SentDelivery> earlier_;  // the last ones, oldest first
  std::int64_t made_ = 0, valid_ = 0, changed_ = 0, refused_ = 0, astray_ = 0;
};

TEST(Deliveries, MutatedOnesChangeNoOrderAndValidOnesAreTaken) {
  DeliveryRun run(from_environment("HOLDFAST_DELIVERIES_COUNT", 400),
                  from_environment("HOLDFAST_DELIVERIES_SEED", 1));
  run.run();
  run.report();
}

}  // namespace
}  // namespace holdfast
