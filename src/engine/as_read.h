#pragma once
// As read: records that somebody read before writing others because of them. What is written so
// holds only while they are as they were; it must never undo what was committed in between.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ports/store.h"

namespace holdfast::engine {

/// A record that must still be there, whatever it says, or be exactly as it was read.
struct AsRead {
  enum class Must : std::uint8_t { BeThere, BeAsRead, BeAbsent };

  ports::RecordKey key;
  Must must = Must::BeThere;
  std::string bytes = {};  // as read
};

/// The record of a key as it was read; nothing: there was none.
AsRead as_read(ports::RecordKey key, const std::optional<ports::RecordRow>& row);
AsRead absent(ports::RecordKey key);
AsRead present(ports::RecordKey key);

/// Records to write, or to drop, because of others.
struct RecordChange {
  std::vector<AsRead> as_read;
  std::vector<ports::RecordRow> rows;
  std::vector<ports::RecordKey> drop;
};

/// Whether all of them are so still, in the store as this batch will leave it. Conflict when one
/// is not; else the store's errors.
Status still_as_read(ports::Store& store, const ports::Batch& batch,
                     const std::vector<AsRead>& records);

/// Adds rows and keys to a batch, so that they come after what it holds already.
void add_records(ports::Batch& batch, const std::vector<ports::RecordRow>& rows,
                 const std::vector<ports::RecordKey>& drop);

}  // namespace holdfast::engine
