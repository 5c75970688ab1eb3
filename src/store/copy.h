#pragma once
// Copying a whole store from a SQLite file into an empty PostgreSQL database, table by table in
// order of key, for the day a shop outgrows the file. It may be interrupted and goes on where it
// was; it must never touch a row that it did not copy.

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"

namespace holdfast::store {

struct CopyWish {
  std::string from;      // path of the SQLite file; no server may have it open
  std::string to;        // postgres://…
  std::string password;  // of `to`
  std::int64_t rows_at_once = 2'000;
};

/// What was copied and compared.
struct Copied {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
  std::int64_t rows_before = 0;  // of these, copied by an earlier attempt
  std::string hash;              // over every row of every table, equal on both sides
};

/// Copies, then compares every table by count and hash. `progress` hears a line now and then.
/// Conflict when the database holds rows of its own or a server works on it, Internal when the two
/// differ at the end, Unavailable when either is away; a second call then goes on.
Result<Copied> copy_store(const CopyWish& wish,
                          const std::function<void(const std::string&)>& progress);

}  // namespace holdfast::store
