#include "peers/demo_world.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/hash.h"
#include "net/client.h"
#include "net/server.h"

namespace holdfast::peers {
namespace {

constexpr std::chrono::milliseconds tick{20};
constexpr Duration send_limit = seconds(5);  // docs: webhooks, an answer within five seconds
constexpr const char* shop_account = "shop";
constexpr const char* tracking_account = "tracker";

class ScaledClock : public ports::Clock {
 public:
  ScaledClock(Instant start, std::int64_t speed)
      : start_(start), speed_(speed), began_(std::chrono::steady_clock::now()) {}

  Instant now() override {
    const auto gone = std::chrono::steady_clock::now() - began_;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(gone).count();
    return start_ + milliseconds(ms * speed_);
  }

 private:
  Instant start_;
  std::int64_t speed_;
  std::chrono::steady_clock::time_point began_;
};

class SystemClock : public ports::Clock {
 public:
  Instant now() override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
  }
};

/// Secrets are the seed's: nobody outside this machine can use them.
struct Secrets {
  explicit Secrets(std::uint64_t seed) : chance(seed) {}
  Chance chance;

  std::string text(std::string_view what) const { return chance.hex_text(what, 32); }
  std::string auth(std::string_view supplier) const {
    return "Bearer " + text("auth/" + std::string(supplier));
  }
  std::string webhook(std::string_view supplier) const {
    return "whsec_" + base64(text("callback/" + std::string(supplier)));
  }
};

const std::vector<std::string>& rest_names() {
  static const std::vector<std::string> names{"north", "quick", "slow", "shaky"};
  return names;
}

WorldOptions world_options(const DemoOptions& options, Instant start) {
  const Secrets secrets(options.seed);
  WorldOptions world;
  world.seed = options.seed;
  world.start = start;
  world.hurry = options.hurry;
  world.shop.client_secret = secrets.text("client");
  world.shop.points_a_second = options.shop_points_a_second;
  if (options.static_token) world.shop.access_token = "shpat_" + secrets.text("token");
  world.tracking.api_key = secrets.text("tracking");
  for (const auto& name : rest_names()) {
    world.rest_suppliers[name] = {secrets.auth(name), "", secrets.webhook(name)};
  }
  return world;
}

std::string loopback(int port) { return "127.0.0.1:" + std::to_string(port); }

}  // namespace

/// A held answer: given, or given up, when its real time has come.
struct HeldAnswer {
  std::chrono::steady_clock::time_point at;
  net::Responder respond;
  FaceAnswer answer;
};

struct DemoWorld::Inside : std::enable_shared_from_this<Inside> {
  using Face = FaceAnswer (World::*)(const ports::Inbound&);

  Inside(DemoOptions given, std::shared_ptr<ports::Clock> clock_given)
      : options(std::move(given)),
        clock(std::move(clock_given)),
        world(world_options(options, clock->now())) {}

  DemoOptions options;
  std::shared_ptr<ports::Clock> clock;
  std::mutex mutex;
  std::condition_variable woken;
  World world;
  std::vector<HeldAnswer> held;
  bool stopping = false;
  DemoSettings settings;
  std::unique_ptr<ports::Transport> transport;
  std::unique_ptr<net::Server> shop_server;
  std::unique_ptr<net::Server> rest_server;
  std::unique_ptr<net::Server> tracking_server;
  std::unique_ptr<SmtpSink> mail_server;
  std::thread driver;

  Result<std::unique_ptr<net::Server>> serve(Face face) {
    net::ServerOptions server;
    server.max_body_bytes = 4u << 20;
    server.answer_deadline = options.hang + seconds(10);
    server.stop_deadline = milliseconds(200);
    return net::Server::start(server,
                              [this, face](net::ServerRequest request, net::Responder respond) {
                                handle(face, std::move(request), std::move(respond));
                              });
  }

  void handle(Face face, net::ServerRequest request, net::Responder respond) {
    ports::Inbound inbound{std::move(request.method), std::move(request.path),
                           std::move(request.query),  std::move(request.headers),
                           std::move(request.body),   clock->now()};
    FaceAnswer answer;
    {
      const std::scoped_lock lock(mutex);
      world.advance_to(inbound.received_at);
      answer = (world.*face)(inbound);
      if (answer.never || answer.delay.ms > 0) {
        const auto wait = answer.never ? options.hang : answer.delay;
        held.push_back({std::chrono::steady_clock::now() + std::chrono::milliseconds(wait.ms),
                        std::move(respond), std::move(answer)});
        return;
      }
    }
    woken.notify_one();
    give(respond, std::move(answer));
  }

  static void give(const net::Responder& respond, FaceAnswer answer) {
    net::ServerResponse response;
    response.status = answer.response.status;
    response.headers = std::move(answer.response.headers);
    response.body = std::move(answer.response.body);
    respond(std::move(response));
  }

  SmtpOwner mail_owner() {
    SmtpOwner owner;
    owner.recipient = [this](const std::string& address) {
      const std::scoped_lock lock(mutex);
      return world.mail_recipient(address);
    };
    owner.message = [this](const SmtpMessage& message) {
      const std::scoped_lock lock(mutex);
      world.advance_to(clock->now());
      return world.mail_message(message);
    };
    return owner;
  }

  Status open() {
    auto shop = serve(&World::shop_face);
    auto rest = serve(&World::rest_supplier_face);
    auto tracking = serve(&World::tracking_face);
    auto mail = SmtpSink::start({}, mail_owner());
    for (const auto* server : {&shop, &rest, &tracking}) {
      if (!*server) return fail(server->error());
    }
    if (!mail) return fail(mail.error());
    shop_server = std::move(*shop);
    rest_server = std::move(*rest);
    tracking_server = std::move(*tracking);
    mail_server = std::move(*mail);
    net::TransportOptions sending;
    sending.allowed_hosts = {"127.0.0.1", "localhost"};
    sending.max_active_per_host = 32;
    sending.user_agent = "holdfast-demo-world";
    sending.clock = clock;
    auto made = net::make_transport(sending);
    if (!made) return fail(made.error());
    transport = std::move(*made);
    return {};
  }

  void drive() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      world.advance_to(clock->now());
      auto post = world.take_post();
      auto due = take_due();
      lock.unlock();
      for (auto& outgoing : post) send(std::move(outgoing));
      for (auto& one : due) {
        // An answer that never comes is given up: its responder ends the connection.
        if (!one.answer.never) give(one.respond, std::move(one.answer));
      }
      due.clear();
      lock.lock();
      if (!stopping) woken.wait_for(lock, tick);
    }
  }

  std::vector<HeldAnswer> take_due() {
    std::vector<HeldAnswer> due;
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(held, [&](HeldAnswer& one) {
      if (one.at > now) return false;
      due.push_back(std::move(one));
      return true;
    });
    return due;
  }

  void send(Outgoing outgoing) {
    transport->send(std::move(outgoing.request), send_limit,
                    [weak = weak_from_this(), number = outgoing.number,
                     sent = std::chrono::steady_clock::now()](const ports::Response& response) {
                      const auto self = weak.lock();
                      if (!self) return;
                      const std::chrono::duration<double, std::milli> took =
                          std::chrono::steady_clock::now() - sent;
                      if (self->options.posted)
                        self->options.posted(took.count(), is_success(response));
                      const std::scoped_lock lock(self->mutex);
                      self->world.answered(number, response);
                      self->woken.notify_one();
                    });
  }

  void point_at(const std::string& program) {
    const auto hook = [&](const std::string& id) {
      return program.empty() ? "" : program + "/hooks/" + id;
    };
    world.shop().webhooks().set_target(hook(shop_account));
    world.tracking().set_hook(hook(tracking_account));
    for (const auto& name : rest_names()) world.rest().set_callback(name, hook(name));
  }

  void add(const char* section, const char* id, const char* kind,
           std::map<std::string, std::string> values, std::map<std::string, std::string> secrets) {
    settings.accounts.push_back({section, {id, kind, std::move(values), std::move(secrets)}});
  }

  void fill_settings() {
    const auto world_used = world_options(options, Instant{});
    const Secrets secrets(options.seed);
    const auto mail = "smtp://" + loopback(mail_server->port());
    const auto& shop = world_used.shop;
    settings.shop_url = "http://" + loopback(shop_server->port());
    std::map<std::string, std::string> shop_values{
        {"shop", shop.domain}, {"api_url", settings.shop_url}, {"api_version", shop.api_version}};
    if (!options.static_token) shop_values["client_id"] = shop.client_id;
    add("channel", shop_account, "shopify", std::move(shop_values),
        {{"client_secret", shop.client_secret}, {"access_token", shop.access_token}});
    for (const auto& name : rest_names()) {
      add("supplier", name.c_str(), "http_json",
          {{"base_url", "http://" + loopback(rest_server->port()) + "/" + name}},
          {{"auth_value", secrets.auth(name)}, {"callback_secret", secrets.webhook(name)}});
    }
    add("supplier", "paper", "email_link",
        {{"server", mail},
         {"from", "Demo Goods <purchasing@shop.example.test>"},
         {"to", world_used.paper_address},
         {"locale", "en"}},
        {});
    add("supplier", "manual", "manual", {}, {});
    add("tracking", tracking_account, "17track",
        {{"base_url", "http://" + loopback(tracking_server->port()) + "/track/v2.4"},
         {"carrier_codes", "Royal Mail=11031"}},
        {{"api_key", world_used.tracking.api_key}});
    add("notifier", "mail", "smtp",
        {{"server", mail}, {"from", "Demo Goods <hello@shop.example.test>"}}, {});
    settings.suppliers = supplier_profiles(options.mode);
    settings.offers = offers(clock->now(), options.mode);
    settings.excluded_countries = {excluded_country};
    for (const int port :
         {shop_server->port(), rest_server->port(), tracking_server->port(), mail_server->port()}) {
      settings.hosts.push_back(loopback(port));
    }
  }

  void stop() {
    {
      const std::scoped_lock lock(mutex);
      stopping = true;
      held.clear();
    }
    woken.notify_one();
    if (driver.joinable()) driver.join();
    // Ends every exchange under way; their reports still find the world.
    transport.reset();
    for (auto* server : {shop_server.get(), rest_server.get(), tracking_server.get()}) {
      if (server) server->stop();
    }
    mail_server.reset();
  }
};

DemoWorld::DemoWorld(std::shared_ptr<Inside> inside) : inside_(std::move(inside)) {}

Result<std::unique_ptr<DemoWorld>> DemoWorld::start(DemoOptions options) {
  auto clock = options.clock ? options.clock : std::make_shared<SystemClock>();
  auto inside = std::make_shared<Inside>(std::move(options), std::move(clock));
  if (auto status = inside->world.plan(inside->options.faults); !status) {
    return fail(status.error());
  }
  auto demo = std::unique_ptr<DemoWorld>(new DemoWorld(inside));
  if (auto status = inside->open(); !status) return fail(status.error());
  inside->fill_settings();
  inside->point_at(inside->options.program_url);
  inside->world.place_orders(inside->options.orders, inside->options.order_every);
  inside->driver = std::thread([raw = inside.get()] { raw->drive(); });
  return demo;
}

const DemoSettings& DemoWorld::settings() const { return inside_->settings; }

void DemoWorld::set_program(const std::string& url) {
  const std::scoped_lock lock(inside_->mutex);
  inside_->point_at(url);
}

void DemoWorld::with(const std::function<void(World&)>& act) {
  {
    const std::scoped_lock lock(inside_->mutex);
    inside_->world.advance_to(inside_->clock->now());
    act(inside_->world);
  }
  inside_->woken.notify_one();
}

Json DemoWorld::books() {
  const std::scoped_lock lock(inside_->mutex);
  return inside_->world.books();
}

DemoWorld::~DemoWorld() { inside_->stop(); }

std::shared_ptr<ports::Clock> scaled_clock(Instant start, std::int64_t speed) {
  return std::make_shared<ScaledClock>(start, speed);
}

}  // namespace holdfast::peers
