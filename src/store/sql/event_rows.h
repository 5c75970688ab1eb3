#pragma once
// Event rows: consecutive events of one step share a row of the table `event`, because a row's own
// columns weigh as much as a packed event. It must never put events of two steps together.

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/store.h"
#include "store/packed.h"
#include "store/sql/rows_of.h"

namespace holdfast::store {

/// How many events from the first on go into one row; at least 1 unless there is none. Bounded, so
/// that a packed row of usual events stays on its page (SQLite file format, section 1.6).
std::size_t shared_row(std::span<const ports::EventRow> events);

/// The column `bytes` of a row of these events.
std::string row_bytes(std::span<const ports::EventRow> events, Packer& packer);

/// The column `hash`: the hash of each, one behind the other.
std::string row_hashes(std::span<const ports::EventRow> events);

/// The columns that take_event_row reads, in that order.
inline constexpr std::string_view event_columns =
    "seq, kind, stream_id, version, previous, at_ms, actor, bytes, hash, events";

/// A row of the table as it is stored: its last event, and what the events share.
struct StoredEvents {
  ports::EventRow last;  // without bytes and hash
  std::int64_t previous = 0;
  std::string_view bytes;
  std::string_view hashes;
  std::int64_t count = 0;  // 0: a row from before schema step 3
};

/// The events of a row in order of version. Internal when the row is damaged.
Result<std::vector<ports::EventRow>> events_of(const StoredEvents& row);

/// Takes the columns of a row; fails as events_of does.
template <class Query>
Result<std::vector<ports::EventRow>> take_event_row(Query& row, TenantId tenant) {
  StoredEvents stored;
  stored.last.seq = row.integer();
  stored.last.stream = take_stream(row, tenant);
  stored.last.version = row.integer();
  stored.previous = row.integer();
  stored.last.at = {row.integer()};
  stored.last.actor = row.text();
  stored.bytes = row.view();
  stored.hashes = row.view();
  stored.count = row.integer();
  return events_of(stored);
}

}  // namespace holdfast::store
