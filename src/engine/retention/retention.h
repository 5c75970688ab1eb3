#pragma once
// Retention: what goes when its time has come, and the ledger of what was erased before it.
// Facts and their chain are never removed here; only bodies, sealed rows and expired records are.

#include <string>
#include <string_view>
#include <vector>

#include "model/policy.h"
#include "ports/store.h"

namespace holdfast::engine {

/// When a record of this kind made at `from` goes; 0 when the policy does not name the kind.
Instant keep_until(const Policy& policy, std::string_view record, Instant from);

/// One bounded round of removing.
struct Purge {
  ports::Batch rows;                    // to be committed
  std::vector<ports::StreamKey> erase;  // orders whose buyer data is due: ErasePersonalData each
  bool more = false;                    // there may be more to do at once
};

/// What is due now: raw messages older than the policy's `raw_messages`, sealed rows and records
/// past their own date. Buyer data goes by a command, so that the order's stream says so. At most
/// `limit` of each. Errors are the store's; Invalid when the policy says nothing of raw messages.
Result<Purge> purge(ports::Store& store, TenantId tenant, Instant now, const Policy& policy,
                    std::size_t limit = 500);

/// An order whose buyer's data was erased, by the channel's own id, which is no personal data.
struct Erasure {
  std::string channel;
  std::string channel_order;
  Instant at;
  std::string by;  // the actor on record: a channel, "retention", a person's name
};

/// The ledger's row; written with the event that says so.
ports::RecordRow erasure_row(TenantId tenant, const Erasure& erasure);

/// The same as one line for erasures.jsonl: a backup made before the erasure does not know of it.
std::string erasure_line(const Erasure& erasure);

/// Appends the ledger's lines of a batch about to be committed to erasures.jsonl in the data
/// folder. They are written first: a line too many erases again what was due anyway, a line too few
/// would let a backup bring back what is gone. Unavailable when the disk refuses; nothing may then
/// be erased.
Status write_ledger(const std::string& data_folder, const ports::Batch& batch);

/// Reads such a line; Invalid when it is none.
Result<Erasure> read_erasure(std::string_view line);

/// Orders of a ledger whose sealed data stands in the store: after a restore, each must be erased
/// again before anything is served. Lines that do not read are Invalid, so that none is skipped.
Result<std::vector<ports::StreamKey>> still_to_erase(ports::Store& store, TenantId tenant,
                                                     std::string_view ledger);

}  // namespace holdfast::engine
