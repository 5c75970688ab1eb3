#include "tests/bench/engine_lives.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <stdexcept>

#include <sodium.h>

#include "engine/settings/policy_files.h"
#include "tests/bench/bench_people.h"
#include "tests/bench/partners.h"
#include "tests/bench/report.h"

namespace holdfast::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr const char* shop = "shop";
constexpr const char* supplier = "bench";
constexpr const char* carrier = "DHL";
// Far above the numbers the engine gives streams of its own.
constexpr std::int64_t first_number = 1'000'000'000;
constexpr std::int64_t articles = 200;

struct SystemClock : ports::Clock {
  Instant now() override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
  }
};

struct SystemEntropy : ports::Entropy {
  std::string bytes(std::size_t count) override {
    std::string out(count, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
  }
};

struct NoTransport : ports::Transport {
  void send(ports::Request, Duration, std::function<void(ports::Response)> done) override {
    done(ports::TransportFailure{false, "there is no network here"});
  }
};

std::string sku_of(std::int64_t number) { return "SKU-" + std::to_string(number % articles); }

/// What each life does, one command after the other.
enum class Step : std::uint8_t {
  Order,
  Acknowledge,
  Receiving,
  Inspection,
  Packing,
  Announce,
  Label,
  LabelCreated,
  Accepted,
  Moving,
  Handed,
  Delivered,
};

ChannelOrder order_of(std::int64_t number, Instant now) {
  const auto text = std::to_string(number);
  ChannelOrder order;
  order.channel = shop;
  order.channel_order = "gid://shop/Order/" + text;
  order.store_number = "#" + text;
  order.placed_at = order.as_of = now;
  order.currency = "USD";
  order.total = *parse_money("63.80 USD");
  order.payment = PaymentState::Paid;
  order.captured = order.total;
  order.risk = RiskLevel::Low;
  order.has_address = true;
  order.address = {"Buyer " + text,
                   {},
                   "Example Street " + std::to_string(number % 180 + 1),
                   {},
                   "Leipzig",
                   {},
                   "04109",
                   "DE",
                   "+4934155501000",
                   "buyer" + text + "@example.test"};
  for (std::int64_t line = 1; line <= 2; ++line) {
    OrderLine ordered;
    ordered.line = line;
    ordered.channel_line = "gid://shop/LineItem/" + text + std::to_string(line);
    ordered.sku = sku_of(number + line);
    ordered.title = "Enamel mug";
    ordered.variant = "White";
    ordered.quantity = line;
    ordered.price = *parse_unit_price("21.27 USD");
    order.lines.push_back(ordered);
    order.current.push_back({line, line});
  }
  order.service = "Standard";
  order.locale = "en";
  return order;
}

std::string tracking_of(std::int64_t number) { return "00340434" + std::to_string(number); }

Command tracking(std::int64_t number, TrackingStatus status, Proof proof, Instant now) {
  TrackingRecord record;
  record.key = std::string(name_of(status)) + std::to_string(number);
  record.status = status;
  record.proof = proof;
  record.country = "DE";
  record.postcode_prefix = "041";
  record.place = "Leipzig";
  record.carrier_time = record.seen_at = now;
  record.carrier_time_text = to_text(now);
  record.raw = name_of(status);
  record.mapping = "1";
  record.source = "tracker";
  return EngineCommand(RecordTracking{tracking_of(number), carrier, {record}});
}

Command check(const Policy& policy, CheckKind kind, const std::string& po) {
  RecordCheck check;
  check.check = kind;
  check.po = po;
  for (const auto& item : checklist(policy, kind)) {
    check.items.push_back({item.name, CheckVerdict::Pass, {}, {}});
  }
  check.strength = Strength::Verified;
  check.actor = "quality";
  return PeopleCommand(check);
}

engine::Setup setup_of(const std::string& folder) {
  auto policy = engine::load_policy(folder);
  if (!policy) throw std::runtime_error(describe(policy.error()));
  engine::Setup setup;
  setup.policy = std::move(*policy);
  // As many orders as a machine bears are far beyond what a shop lets its automation buy.
  for (auto& limit : setup.policy.limits) {
    limit.orders_an_hour = limit.orders_a_day = 1'000'000'000;
    limit.money_an_hour = limit.money_a_day = *parse_money("900000000000.00 USD");
  }
  setup.connectors = instant_connectors();
  const std::map<std::string, std::string> at_once{{"at_once", "4096"}};
  setup.channels.push_back({shop, instant_kind, at_once, {}});
  setup.suppliers.push_back({supplier, instant_kind, at_once, {}});
  setup.trackings.push_back({"tracker", instant_kind, at_once, {}});
  setup.notifiers.push_back({"mail", instant_kind, at_once, {}});
  SupplierProfile profile;
  profile.supplier = profile.title = supplier;
  profile.tier = "48_hour";
  profile.ship_model = ShipModel::Hub;
  profile.mode = Mode::Auto;
  profile.vetted = profile.can_find = profile.idempotent = profile.can_cancel = true;
  profile.ship_from = "DE";
  profile.calendar.zone = "Europe/Berlin";
  setup.profiles[supplier] = profile;
  for (std::int64_t article = 0; article < articles; ++article) {
    Offer offer;
    offer.sku = sku_of(article);
    offer.supplier = supplier;
    offer.supplier_sku = "B-" + offer.sku;
    offer.cost = *parse_unit_price("9.40 USD");
    offer.stock = 1'000'000'000;
    offer.stated_at = SystemClock().now();
    offer.lead_days = 1;
    offer.ship_from = "DE";
    offer.mode = Mode::Auto;
    setup.offers.push_back(offer);
  }
  setup.public_url = "https://orders.example.test";
  setup.master_key = std::string(32, 'k');
  return setup;
}

double process_seconds() {
  timespec spent{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

}  // namespace

struct EngineLives::Inside {
  struct Life {
    std::int64_t number = 0;
    Step step = Step::Order;
    std::string po;
    Steady::time_point handed_over;
  };

  SystemClock clock;
  SystemEntropy entropy;
  NoTransport transport;
  std::unique_ptr<engine::Engine> engine;
  std::vector<Life> lives;
  std::int64_t next_number = 0;
  Lives so_far;

  ports::StreamKey stream_of(const Life& life) const {
    return {engine->setup().tenant, ports::StreamKind::Order, life.number};
  }

  Command command_of(const Life& life) {
    const auto now = clock.now();
    const auto number = life.number;
    switch (life.step) {
      case Step::Order:
        return ChannelCommand(ObserveOrder{order_of(number, now), "orders/create"});
      case Step::Acknowledge: {
        AcknowledgePurchaseOrder answer;
        answer.po = life.po;
        for (std::int64_t line = 1; line <= 2; ++line) {
          answer.answers.push_back({line,
                                    AckKind::Accepted,
                                    line,
                                    "B-" + sku_of(number + line),
                                    *parse_unit_price("9.40 USD"),
                                    now + days(1),
                                    {}});
        }
        answer.strength = Strength::Attested;
        answer.actor = supplier;
        return SupplierCommand(answer);
      }
      case Step::Receiving:
        return check(engine->setup().policy, CheckKind::Receiving, life.po);
      case Step::Inspection:
        return check(engine->setup().policy, CheckKind::Inspection, life.po);
      case Step::Packing:
        return check(engine->setup().policy, CheckKind::Packing, life.po);
      case Step::Announce: {
        AnnounceParcel parcel;
        parcel.po = life.po;
        parcel.carrier = carrier;
        parcel.tracking = tracking_of(number);
        parcel.announced_at = now;
        parcel.source = supplier;
        parcel.strength = Strength::Recorded;
        return SupplierCommand(parcel);
      }
      case Step::Label:
        return PeopleCommand(
            MatchLabel{1, "#" + std::to_string(number), tracking_of(number), "quality"});
      case Step::LabelCreated:
        return tracking(number, TrackingStatus::LabelCreated, Proof::Electronic, now);
      case Step::Accepted:
        return tracking(number, TrackingStatus::CarrierAccepted, Proof::Physical, now);
      case Step::Moving:
        return tracking(number, TrackingStatus::InTransit, Proof::Physical, now);
      case Step::Handed:
        return tracking(number, TrackingStatus::LocalHandoff, Proof::Physical, now);
      case Step::Delivered:
        return tracking(number, TrackingStatus::Delivered, Proof::Physical, now);
    }
    return EngineCommand(Advance{});
  }

  void begin(std::size_t place) {
    auto& life = lives[place];
    life = {next_number++, Step::Order, {}, {}};
    hand_over(place);
  }

  void hand_over(std::size_t place) {
    auto& life = lives[place];
    life.handed_over = Steady::now();
    engine->submit(stream_of(life), command_of(life), "bench",
                   [this, place](const Result<engine::Stepped>& stepped) { went(place, stepped); });
  }

  void went(std::size_t place, const Result<engine::Stepped>& stepped) {
    auto& life = lives[place];
    ++so_far.commands;
    const std::chrono::duration<double, std::milli> took = Steady::now() - life.handed_over;
    so_far.commit_ms.push_back(took.count());
    if (!stepped) {
      if (so_far.wrong == 0) say("refused: " + describe(stepped.error()));
      ++so_far.wrong;
      begin(place);
      return;
    }
    if (life.step == Step::Order) {
      for (const auto& event : stepped->events) {
        if (const auto* drafted = event.as<PurchaseOrderDrafted>()) life.po = drafted->po;
      }
      if (life.po.empty()) say("nothing was bought for order " + std::to_string(life.number));
    }
    if (life.step == Step::Delivered) {
      ++so_far.finished;
      begin(place);
      return;
    }
    life.step = static_cast<Step>(static_cast<int>(life.step) + 1);
    hand_over(place);
  }
};

EngineLives::EngineLives(ports::Store& store, const std::string& policy, std::int64_t under_way)
    : inside_(std::make_unique<Inside>()) {
  auto opened = engine::Engine::open(
      {&store, &inside_->clock, &inside_->entropy, &inside_->transport}, setup_of(policy));
  if (!opened) throw std::runtime_error(describe(opened.error()));
  inside_->engine = std::move(*opened);
  const auto heads = store.heads(inside_->engine->setup().tenant);
  if (!heads) throw std::runtime_error(describe(heads.error()));
  inside_->next_number = std::max(first_number, heads->order_id + first_number / 1000);
  inside_->engine->on_change([inside = inside_.get()](const engine::Stepped& stepped) {
    inside->so_far.events += static_cast<std::int64_t>(stepped.events.size());
  });
  inside_->lives.resize(static_cast<std::size_t>(under_way));
  for (std::size_t place = 0; place < inside_->lives.size(); ++place) inside_->begin(place);
}

EngineLives::~EngineLives() = default;

Lives EngineLives::run(const std::function<bool(const Lives&)>& over) {
  auto& so_far = inside_->so_far;
  so_far = {};
  const auto begin = Steady::now();
  const auto spent = process_seconds();
  const auto commits = inside_->engine->health().commits;
  do {
    inside_->engine->pump();
    so_far.seconds = std::chrono::duration<double>(Steady::now() - begin).count();
  } while (!over(so_far));
  so_far.cpu_seconds = process_seconds() - spent;
  so_far.commits = inside_->engine->health().commits - commits;
  return std::move(so_far);
}

}  // namespace holdfast::bench
