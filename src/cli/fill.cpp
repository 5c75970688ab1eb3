// store fill: synthetic orders for benchmarks, made by the same decisions as real ones on a clock
// of its own. Nothing of them ever leaves: their effects are stored as withdrawn.
#include <algorithm>
#include <future>
#include <utility>

#include "cli/alone.h"
#include "cli/commands.h"

namespace holdfast::cli {
namespace {

// A page of an index that is reached at random is then written once for many orders.
constexpr std::int64_t orders_per_write = 5'000;
constexpr std::int64_t orders_per_progress = 10'000;
constexpr std::int64_t goods = 200;
constexpr std::int64_t most_orders = 20'000'000;
const char* const channel = "fill";
const char* const supplier = "fill-supplier";

class FillClock final : public ports::Clock {
 public:
  Instant now() override { return at; }
  Instant at;
};

/// A number that looks like chance and is the same every time (splitmix64).
std::int64_t mixed(std::int64_t seed, std::int64_t below) {
  auto x = static_cast<std::uint64_t>(seed) + 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return static_cast<std::int64_t>((x ^ (x >> 31)) % static_cast<std::uint64_t>(below));
}

Currency dollars() { return *parse_currency("USD"); }

std::string sku_of(std::int64_t good) { return "FILL-" + std::to_string(good); }

/// The tenant's policy without what would stop a flood, with one supplier that has everything.
engine::Setup fill_setup(const engine::Setup& own) {
  auto setup = own;
  setup.policy.limits.clear();
  setup.po_prefix = "FILL";
  SupplierProfile profile;
  profile.supplier = supplier;
  profile.title = "Synthetic supplier";
  profile.tier = setup.policy.tiers.empty() ? "" : setup.policy.tiers.front().tier;
  profile.mode = Mode::Auto;
  profile.vetted = true;
  profile.ship_from = "US";
  setup.profiles = {{supplier, profile}};
  setup.offers.clear();
  for (std::int64_t good = 0; good < goods; ++good) {
    Offer offer;
    offer.sku = sku_of(good);
    offer.supplier = supplier;
    offer.supplier_sku = "S-" + std::to_string(good);
    offer.cost = {(3 + good % 9) * 1'000'000, dollars()};
    offer.stock = 1'000'000'000;
    offer.live = true;
    offer.ship_from = "US";
    offer.mode = Mode::Auto;
    setup.offers.push_back(std::move(offer));
  }
  return setup;
}

Address address_of(std::int64_t number) {
  static const char* const given[] = {"Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gil", "Hana"};
  static const char* const family[] = {"Ash", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Oak"};
  Address address;
  address.name = std::string(given[mixed(number, 8)]) + " " + family[mixed(number + 7, 7)] + " " +
                 std::to_string(number);
  address.line1 = std::to_string(1 + number % 900) + " Synthetic Street";
  address.city = "Springfield";
  address.region = "IL";
  address.postcode = "62701";
  address.country = "US";
  address.phone = "+12175550100";
  address.email = "buyer" + std::to_string(number) + "@example.invalid";
  return address;
}

/// The shop's order number `number`; one in `trouble` names an item nobody supplies.
ChannelOrder order_of(std::int64_t number, Instant at, const std::string& service, bool trouble) {
  ChannelOrder order;
  order.channel = channel;
  order.channel_order = std::to_string(8'000'000'000'000 + number);
  order.store_number = "#F" + std::to_string(number);
  order.placed_at = at;
  order.as_of = at;
  order.currency = "USD";
  order.payment = PaymentState::Paid;
  order.risk = RiskLevel::Low;
  order.address = address_of(number);
  order.has_address = true;
  order.service = service;
  order.locale = "en";
  const auto lines = 1 + mixed(number, 3);
  std::int64_t cents = 0;
  for (std::int64_t i = 1; i <= lines; ++i) {
    OrderLine line;
    line.line = i;
    line.channel_line = std::to_string(number * 10 + i);
    line.sku = trouble ? "NOBODY-HAS-IT" : sku_of(mixed(number * 31 + i, goods));
    line.title = "Synthetic item " + std::to_string(i);
    line.quantity = 1 + mixed(number * 17 + i, 2);
    line.price = {25'000'000, dollars()};
    cents += line.quantity * 2'500;
    order.current.push_back({i, line.quantity});
    order.lines.push_back(std::move(line));
  }
  order.total = {cents, dollars()};
  order.captured = order.total;
  return order;
}

TrackingRecord scan(const std::string& tracking, TrackingStatus status, Instant at) {
  TrackingRecord record;
  record.key = tracking + ":" + std::string(name_of(status));
  record.status = status;
  record.proof = Proof::Physical;
  record.country = "US";
  record.postcode_prefix = "627";
  record.carrier_time = at;
  record.seen_at = at;
  record.source = "fill";
  return record;
}

/// Takes one order as far as it shall go, one command after the other.
class Life {
 public:
  Life(Alone& alone, FillClock& clock, ports::Batch& batch, TenantId tenant)
      : alone_(alone), clock_(clock), batch_(batch), tenant_(tenant) {}

  /// `steps`: 0 only arrives, 1 is confirmed, 2 is in a parcel, 3 moves, 4 is delivered.
  Status live(const ChannelOrder& order, std::int64_t steps) {
    const auto stream = alone_.orders().stream_of_order(order.channel, order.channel_order);
    if (!stream) return fail(stream.error());
    stream_ = *stream;
    clock_.at = order.placed_at;
    if (auto status = ask(ChannelCommand(ObserveOrder{order, "fill"})); !status) return status;
    for (std::int64_t step = 1; step <= steps; ++step) {
      if (auto status = take(step, order); !status) return status;
    }
    // Nobody asks for it again; kept states would scatter the memory of a million.
    alone_.orders().forget(stream_);
    return {};
  }

  std::int64_t events() const { return events_; }

 private:
  Status ask(const Command& command) {
    auto stepped = alone_.step(stream_, command, "fill", batch_);
    if (!stepped) return fail(stepped.error());
    events_ += std::int64_t(stepped->events.size());
    return {};
  }

  Status take(std::int64_t step, const ChannelOrder& order) {
    const auto held = alone_.orders().held(stream_);
    if (!held) return fail(held.error());
    if ((*held)->state.pos.empty()) return {};  // a gate stopped it; that is a state of its own
    const auto po = (*held)->state.pos.front();
    const auto tracking = "FILL" + order.channel_order;
    clock_.at = clock_.at + hours(6);
    const auto now = clock_.at;
    if (step == 1) {
      AcknowledgePurchaseOrder command{po.po, {}, Strength::Attested, "S" + po.po, "fill"};
      for (const auto& line : po.lines) {
        command.answers.push_back({line.asked.line, AckKind::Accepted, line.asked.quantity,
                                   line.asked.supplier_sku, line.asked.cost, now + days(1), ""});
      }
      return ask(SupplierCommand(command));
    }
    if (step == 2) {
      return ask(SupplierCommand(
          AnnounceParcel{po.po, "USPS", tracking, {}, now, "fill", Strength::Attested}));
    }
    if (step == 3) {
      RecordTracking command{
          tracking, "USPS", {scan(tracking, TrackingStatus::CarrierAccepted, now)}};
      return ask(EngineCommand(command));
    }
    auto fulfillment = ask(ChannelCommand(RecordStoreAnswer{1, "f" + tracking, false, ""}));
    if (!fulfillment) return fulfillment;
    clock_.at = now + days(2);
    return ask(EngineCommand(
        RecordTracking{tracking, "USPS", {scan(tracking, TrackingStatus::Delivered, clock_.at)}}));
  }

  Alone& alone_;
  FillClock& clock_;
  ports::Batch& batch_;
  TenantId tenant_;
  ports::StreamKey stream_;
  std::int64_t events_ = 0;
};

/// Nothing of a synthetic order may reach a partner when a server starts on this store.
void withdraw_effects(ports::Batch& batch) {
  for (auto& row : batch.put_outbox) {
    row.state = EffectState::Withdrawn;
    row.detail = "synthetic";
  }
}

/// Writes one batch while the next one is decided. An order lies in one batch whole, so no decision
/// needs what is still being written.
class Writing {
 public:
  explicit Writing(ports::Store& store) : store_(store) {}

  /// Begins to write `batch` once the one before is durable; that one's failure.
  Status begin(ports::Batch batch) {
    auto before = finish();
    if (!before) return before;
    now_ = std::async(std::launch::async,
                      [this, rows = std::move(batch)] { return store_.write(rows); });
    return {};
  }

  /// Waits for the last one.
  Status finish() { return now_.valid() ? now_.get() : Status(); }

 private:
  ports::Store& store_;
  std::future<Status> now_;
};

std::int64_t a_second(std::int64_t count, Duration took) {
  return count * 1000 / std::max<std::int64_t>(1, took.ms);
}

std::string standard_service(const Policy& policy) {
  for (const auto& rule : policy.channels) {
    if (rule.channel == "*" && !rule.services.empty()) return rule.services.front().service;
  }
  return "Standard";
}

}  // namespace

Answer store_fill(Desk& desk, const Request& request) {
  const auto count = request.number("orders", 0);
  if (count < 1 || count > most_orders) {
    return fail(ErrorCode::Invalid, "out of bounds", "--orders",
                "between 1 and " + std::to_string(most_orders));
  }
  const auto open = std::clamp<std::int64_t>(request.number("open", count / 50), 0, count);
  const auto cases = std::clamp<std::int64_t>(request.number("cases", open / 5), 0, open);
  const auto span = days(std::clamp<std::int64_t>(request.number("days", 90), 10, 3650));
  FillClock clock;
  auto setup = fill_setup(*desk.setup);
  const auto counts = desk.store->counts(desk.tenant());
  if (!counts) return fail(counts.error());
  auto alone = Alone::open(*desk.store, clock, *desk.outside->entropy, setup);
  if (!alone) return fail(alone.error());
  const auto until = desk.clock->now();
  const auto service = standard_service(setup.policy);
  ports::Batch batch;
  Life life(**alone, clock, batch, desk.tenant());
  Writing writing(*desk.store);
  for (std::int64_t i = 0; i < count; ++i) {
    const bool is_open = i >= count - open;
    const auto nth = i - (count - open);  // of the open ones, among which the cases lie evenly
    const bool trouble = is_open && (nth + 1) * cases / open > nth * cases / open;
    // Open orders are of the last two days and cases of the last hours, so that few of their timers
    // are due at once.
    const auto oldest = trouble ? hours(4) : hours(48);
    const auto age = is_open ? oldest * (count - i) / std::max<std::int64_t>(1, open)
                             : days(5) + (span - days(5)) * (count - i) / count;
    const auto number = counts->orders + i + 1;
    const auto order = order_of(number, until - age, service, trouble);
    const auto status = life.live(order, is_open ? mixed(number, 4) : 4);
    if (!status) return fail(within(status.error(), order.store_number));
    const bool last = i + 1 == count;
    if ((i + 1) % orders_per_write == 0 || last) {
      withdraw_effects(batch);
      (*alone)->add_timers(batch);
      auto written = writing.begin(std::exchange(batch, {}));
      if (written && last) written = writing.finish();
      if (!written) return fail(written.error());
      (*alone)->orders().committed();
    }
    if ((i + 1) % orders_per_progress == 0) {
      desk.progress(std::to_string(i + 1) + " of " + std::to_string(count) + " orders, " +
                    std::to_string(a_second(i + 1, desk.clock->now() - until)) + " a second");
    }
  }
  Json json;
  json.set("orders", count);
  json.set("open", open);
  json.set("events", life.events());
  json.set("said", std::to_string(count) + " synthetic orders with " +
                       std::to_string(life.events()) + " events, " + std::to_string(open) +
                       " of them open");
  return json;
}

}  // namespace holdfast::cli
