#include "engine/meter.h"

#include <algorithm>
#include <array>
#include <optional>

namespace holdfast::engine {
namespace {

constexpr std::size_t most_judged = 20'000;

const std::string all_together;  // the name of no supplier
constexpr Duration longest_limit = days(1);
constexpr std::size_t rows_read_at_once = 2'000;

struct Purchase {
  std::string supplier;
  Money total;
};

/// The number before the first event that is younger than `since`.
Result<std::int64_t> last_before(ports::Store& store, TenantId tenant, Instant since) {
  auto heads = store.heads(tenant);
  if (!heads) return fail(heads.error());
  std::int64_t low = 0, high = heads->event_seq;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    auto rows = store.events_after(tenant, middle, 1);
    if (!rows) return fail(rows.error());
    if (!rows->empty() && rows->front().at < since)
      low = rows->front().seq;
    else
      high = middle;
  }
  return low;
}

/// A purchase order that was drafted before the events that were read.
Result<std::optional<Purchase>> purchase_of(ports::Store& store, const ports::StreamKey& stream,
                                            const std::string& po) {
  auto rows = store.events(stream);
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    auto json = parse_json(row.bytes);
    auto event = json ? decode_event(*json) : Result<Event>(fail(json.error()));
    if (!event) return fail(within(event.error(), "event " + std::to_string(row.seq)));
    const auto* drafted = event->as<PurchaseOrderDrafted>();
    if (drafted && drafted->po == po) return Purchase{drafted->supplier, drafted->total};
  }
  return std::nullopt;
}

/// Whether limits count events of this kind, and gates that shut; the others, most of all, need no
/// decoding.
bool counts(std::string_view bytes) {
  constexpr std::array<std::string_view, 3> kinds{"OrderImported", "PurchaseOrderDrafted",
                                                  "PurchaseOrderReleased"};
  const auto head = bytes.substr(0, 48);
  if (head.find("GateEvaluated") != head.npos) {
    return bytes.find("\"result\":\"failed\"") != bytes.npos ||
           bytes.find("\"result\":\"unclear\"") != bytes.npos;
  }
  return std::ranges::any_of(kinds, [&](auto kind) { return head.find(kind) != head.npos; });
}

}  // namespace

void Meter::Window::change(const Entry& entry, std::int64_t by) {
  for (const auto* name : {&all_together, &entry.supplier}) {
    auto& sum = sums[*name];
    sum.orders += by;
    sum.minor[entry.amount.currency] += by * entry.amount.minor;
  }
}

void Meter::Window::add(const Entry& entry) {
  forget_before(entry.at);
  entries.push_back(entry);
  change(entry, 1);
}

void Meter::Window::forget_before(Instant now) {
  while (!entries.empty() && entries.front().at + span < now) {
    change(entries.front(), -1);
    entries.pop_front();
  }
}

bool Meter::Window::exceeds(const std::string& supplier, std::int64_t most,
                            Money most_money) const {
  const auto found = sums.find(supplier);
  if (found == sums.end()) return false;
  if (most > 0 && found->second.orders >= most) return true;
  if (!most_money.currency.known() || most_money.minor <= 0) return false;
  const auto spent = found->second.minor.find(most_money.currency);
  return spent != found->second.minor.end() && spent->second >= most_money.minor;
}

void Meter::count(const std::string& supplier, Instant at, Money amount) {
  for (auto* window : {&hour_, &day_}) window->add({supplier, at, amount});
}

void Meter::judged(const std::string& name, const std::string& supplier, Instant at) {
  while (!judged_in_order_.empty()) {
    const auto oldest = judged_.find(judged_in_order_.front());
    const bool keep = judged_.size() < most_judged && oldest->second.at + days(1) >= at;
    if (keep) break;
    // It is the oldest of its share, too, since all are in order of time.
    if (oldest->second.in_share) forget_oldest(shares_[oldest->second.supplier]);
    judged_.erase(oldest);
    judged_in_order_.pop_front();
  }
  if (!judged_.emplace(name, Judged{supplier, at, {}}).second) return;
  judged_in_order_.push_back(name);
  shares_[supplier].names.push_back(name);
}

void Meter::stopped(const std::string& name, const std::string& gate) {
  const auto found = judged_.find(name);
  if (found == judged_.end() || !found->second.gates.insert(gate).second) return;
  if (found->second.in_share) ++shares_[found->second.supplier].stopped_by[gate];
}

void Meter::forget_oldest(Share& share) {
  auto& judged = judged_.at(share.names.front());
  judged.in_share = false;
  for (const auto& gate : judged.gates) {
    const auto known = share.stopped_by.find(gate);
    if (--known->second == 0) share.stopped_by.erase(known);
  }
  share.names.pop_front();
}

/// The gate that stopped too large a share of what was judged in the window; "" for none.
std::string Meter::too_many_stopped(const LimitPolicy& limit, Instant now) {
  if (limit.share_failing_permille <= 0) return {};
  auto& share = shares_[limit.supplier];
  const auto too_old = [&](const std::string& name) {
    return judged_.at(name).at + limit.share_window < now;
  };
  while (!share.names.empty() && too_old(share.names.front())) forget_oldest(share);
  const auto all = std::ssize(share.names);
  if (all < std::max<std::int64_t>(1, limit.share_from_orders)) return {};
  for (const auto& [gate, count] : share.stopped_by) {
    if (count * 1000 <= all * limit.share_failing_permille) continue;
    return "gate " + gate + " stopped " + std::to_string(count) + " of " + std::to_string(all) +
           " orders within " + to_text(limit.share_window);
  }
  return {};
}

std::map<std::string, std::string> Meter::tripped(const Policy& policy, Instant now) {
  for (auto* window : {&hour_, &day_}) window->forget_before(now);
  std::map<std::string, std::string> names;
  for (const auto& limit : policy.limits) {
    const bool hour = hour_.exceeds(limit.supplier, limit.orders_an_hour, limit.money_an_hour);
    const bool day = day_.exceeds(limit.supplier, limit.orders_a_day, limit.money_a_day);
    const auto gate = too_many_stopped(limit, now);
    if (!hour && !day && gate.empty()) continue;
    const std::string words = hour  ? "the limit of one hour is reached"
                              : day ? "the limit of one day is reached"
                                    : gate;
    names[limit.supplier.empty() ? "*" : limit.supplier] = words;
  }
  return names;
}

void Meter::judge(const Event& event, const std::string& order, Instant at) {
  if (event.as<OrderImported>()) judged(order, {}, at);
  if (const auto* drafted = event.as<PurchaseOrderDrafted>()) {
    judged(drafted->po, drafted->supplier, at);
  }
  const auto* gate = event.as<GateEvaluated>();
  const bool shut =
      gate && (gate->result == GateResult::Failed || gate->result == GateResult::Unclear);
  if (!shut) return;
  const auto mark = gate->gate.find('@');
  stopped(order, gate->gate.substr(0, mark));
  if (mark != std::string::npos) stopped(gate->gate.substr(mark + 1), gate->gate.substr(0, mark));
}

Status recount(ports::Store& store, TenantId tenant, Instant now, Meter& meter) {
  auto after = last_before(store, tenant, now - longest_limit);
  if (!after) return fail(after.error());
  std::map<std::string, Purchase> drafts;
  while (true) {
    auto rows = store.events_after(tenant, *after, rows_read_at_once);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      after = row.seq;
      if (!counts(row.bytes)) continue;
      auto json = parse_json(row.bytes);
      auto event = json ? decode_event(*json) : Result<Event>(fail(json.error()));
      if (!event) return fail(within(event.error(), "event " + std::to_string(row.seq)));
      meter.judge(*event, std::to_string(row.stream.id), row.at);
      if (const auto* drafted = event->as<PurchaseOrderDrafted>()) {
        drafts[drafted->po] = {drafted->supplier, drafted->total};
      }
      const auto* released = event->as<PurchaseOrderReleased>();
      if (!released) continue;
      if (!drafts.contains(released->po)) {
        auto earlier = purchase_of(store, row.stream, released->po);
        if (!earlier) return fail(earlier.error());
        if (*earlier) drafts[released->po] = **earlier;
      }
      const auto& purchase = drafts[released->po];
      meter.count(purchase.supplier, row.at, purchase.total);
    }
    if (rows->size() < rows_read_at_once) return {};
  }
}

}  // namespace holdfast::engine
