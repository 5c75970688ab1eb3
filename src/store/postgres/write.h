#pragma once
// Writing: a batch of one tenant as statements that go out together, a list of rows each.
// It must never begin or end a transaction: that is the store's business.

#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ports/store.h"
#include "store/delivery_period.h"
#include "store/packed.h"
#include "store/postgres/connection.h"

namespace holdfast::store::pg {

/// What an answer must look like, or the batch must not be committed.
struct Expected {
  enum class What { Anything, NoRow, Changed } what = What::Anything;
  std::int64_t count = 0;  // for Changed
  Error otherwise;
};

/// What is remembered between batches, so that it need not be asked or packed again. Only what was
/// committed may stay in it.
struct Remembered {
  Packer packer;
  DeliveryPeriods periods{no_delivery_period, no_delivery_period};
  std::unordered_set<std::string> facts;  // hashes that stand in the store, a bounded number
};

/// Whether the batch may begin a period of delivery keys: then the rows of delivery_period must be
/// locked and read into `remembered` in the same transaction first.
bool asks_for_periods(const Remembered& remembered, const ports::Batch& batch);

/// Queues the batch's statements, all of whose rows belong to `tenant`, and adds to `expected` what
/// each statement must answer, in their order. Conflict when the batch cannot be written at all.
Status queue_batch(Connection& connection, Remembered& remembered, TenantId tenant,
                   const ports::Batch& batch, std::vector<Expected>& expected);

/// The batch's rows by tenant, in the order of the batch.
std::vector<std::pair<TenantId, ports::Batch>> by_tenant(const ports::Batch& batch);

/// The tenant of all rows; nothing when there are several.
std::optional<TenantId> only_tenant(const ports::Batch& batch);

}  // namespace holdfast::store::pg
