#pragma once
// RestoreMark: what a restore leaves for the next start: how old the backup was, and above which
// numbers nothing was ever given away. It must outlive the catching up: numbers and old orders stay
// under its rule.

#include <optional>

#include "ports/store.h"

namespace holdfast::engine {

struct RestoreMark {
  Instant since;                 // the backup was made; what happened later is not in it
  Instant restored_at;           // orders placed before may have moved on without this store
  std::int64_t orders_from = 0;  // stream numbers up to here may stand in buyers' links
  std::int64_t pos_from = 0;     // purchase order numbers up to here may stand in suppliers' books
  Instant done_at;               // 0 until channels were asked what happened since

  bool operator==(const RestoreMark&) const = default;
};

/// The mark of a restore at `now` over a store as the backup left it. Errors are the store's.
Result<RestoreMark> make_restore_mark(ports::Store& store, TenantId tenant, Instant since,
                                      Instant now);

/// The tenant's mark; none when its store was never restored. Invalid when it cannot be read.
Result<std::optional<RestoreMark>> read_restore_mark(ports::Store& store, TenantId tenant);

/// The mark as a record to put.
ports::RecordRow to_row(TenantId tenant, const RestoreMark& mark);

}  // namespace holdfast::engine
