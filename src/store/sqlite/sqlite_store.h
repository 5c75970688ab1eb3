#pragma once
// The SQLite store: one file, one writing connection, a few reading ones.
// Only the writing connection writes or moves the log into the file; no other process may.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "ports/store.h"

namespace holdfast::store {

struct SqliteOptions {
  std::size_t readers = 4;               // read-only connections, opened when first needed
  std::int64_t checkpoint_pages = 4096;  // 16 MiB of log between moves into the file
  std::int64_t writer_cache_kib = std::int64_t{64} * 1024;
  std::int64_t reader_cache_kib = std::int64_t{16} * 1024;
  std::int64_t mmap_bytes = 0;  // a mapped read of a failing disk ends the process
  /// Where the file lies, by the name registered with SQLite; "" is the machine's own file system.
  /// No lock file is taken in another one: no other process reaches into it.
  std::string file_system = {};
};

class SqliteStore : public ports::Store {
 public:
  /// Copies the whole store as it is at one moment into the file `path`, while it goes on working;
  /// the file appears only when it is whole and durable. Conflict when `path` exists, Unavailable
  /// when the disk fails.
  virtual Status backup_to(const std::string& path) = 0;
  /// Reads every page and index. Internal with the first findings when the file is damaged.
  virtual Status integrity() = 0;
  /// Bytes the writing connection added to the log since it was opened.
  virtual std::int64_t logged_bytes() = 0;
};

/// Opens or makes the store in the file `path`, bringing its schema up to date first (a copy of an
/// older file is kept beside it). Unavailable when another process holds it or the disk refuses,
/// Invalid when the file is newer than this program or is another program's, Internal when it is
/// damaged.
Result<std::unique_ptr<SqliteStore>> open_sqlite_store(const std::string& path,
                                                       const SqliteOptions& options = {});

}  // namespace holdfast::store
