#include "apps/sim/kept.h"

#include <algorithm>

#include "core/evolve.h"

namespace holdfast::sim {
namespace {

constexpr std::size_t page = 250;

Result<KeptOrder> read_stream(ports::Store& store, ports::OrderRow row) {
  KeptOrder kept;
  auto events = store.events(row.stream);
  auto outbox = store.outbox_of(row.stream);
  auto timers = store.timers_of(row.stream);
  if (!events) return fail(events.error());
  if (!outbox) return fail(outbox.error());
  if (!timers) return fail(timers.error());
  for (auto& stored : *events) {
    auto json = parse_json(stored.bytes);
    auto event = json ? decode_event(*json) : Result<Event>(fail(json.error()));
    if (!event) return fail(event.error());
    core::evolve(kept.state, *event);
    kept.events.push_back({std::move(stored), std::move(*event)});
  }
  kept.row = std::move(row);
  kept.outbox = std::move(*outbox);
  kept.timers = std::move(*timers);
  return kept;
}

}  // namespace

Result<KeptOrder> read_order(ports::Store& store, const ports::StreamKey& stream) {
  auto row = store.order(stream);
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::NotFound, "no such order");
  return read_stream(store, std::move(**row));
}

std::optional<PlacePurchaseOrder> purchase_in(const ports::OutboxRow& row) {
  const auto json = parse_json(row.bytes);
  const auto effect = json ? decode_effect(*json) : Result<Effect>(fail(json.error()));
  const auto* placed = effect ? std::get_if<PlacePurchaseOrder>(&*effect) : nullptr;
  return placed ? std::optional(*placed) : std::nullopt;
}

bool KeptOrder::has_open_case() const {
  return std::ranges::any_of(state.exceptions, &core::ExceptionState::open);
}

const KeptOrder* Kept::order(const std::string& name) const {
  const auto found = orders.find(name);
  return found == orders.end() ? nullptr : &found->second;
}

Result<Kept> read_kept(ports::Store& store, TenantId tenant,
                       const std::set<ports::StreamKey>& cases) {
  Kept kept;
  for (const auto& stream : cases) {
    auto one = read_order(store, stream);
    if (!one) return fail(one.error());
    kept.cases.push_back(std::move(*one));
  }
  ports::OrderQuery query;
  query.tenant = tenant;
  query.limit = page;
  while (true) {
    auto rows = store.orders(query);
    if (!rows) return fail(rows.error());
    const auto count = rows->size();
    for (auto& row : *rows) {
      query.before = row.stream.id;
      auto one = read_stream(store, std::move(row));
      if (!one) return fail(one.error());
      const auto name = one->row.store_number;
      if (!kept.orders.emplace(name, std::move(*one)).second) {
        return fail(ErrorCode::Conflict, "two streams for one order", name);
      }
    }
    if (count < page) return kept;
  }
}

}  // namespace holdfast::sim
