#pragma once
// Kept: every order as the store holds it, read back row by row, for those who compare it with
// other people's books. It must never ask the engine, which is what is being judged.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/state.h"
#include "model/effect.h"
#include "ports/store.h"

namespace holdfast::sim {

struct KeptEvent {
  ports::EventRow row;
  Event event;
};

struct KeptOrder {
  ports::OrderRow row;
  std::vector<KeptEvent> events;
  core::OrderState state;
  std::vector<ports::OutboxRow> outbox;
  std::vector<ports::TimerRow> timers;

  bool has_open_case() const;
};

/// Everything a tenant's store says of its orders and cases.
struct Kept {
  std::map<std::string, KeptOrder> orders;  // by their name at the shop
  std::vector<KeptOrder> cases;             // streams that are about no single order

  /// The order with a name; nullptr when the store has none.
  const KeptOrder* order(const std::string& name) const;
};

/// The purchase that an effect's row places; nothing for another effect.
std::optional<PlacePurchaseOrder> purchase_in(const ports::OutboxRow& row);

/// Reads one order. NotFound without it; other errors are the store's.
Result<KeptOrder> read_order(ports::Store& store, const ports::StreamKey& stream);

/// Reads all orders and the streams that hold cases about none. Errors are the store's; Conflict
/// when two streams carry one number.
Result<Kept> read_kept(ports::Store& store, TenantId tenant,
                       const std::set<ports::StreamKey>& cases);

}  // namespace holdfast::sim
