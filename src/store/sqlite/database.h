#pragma once
// Database and Query: one SQLite connection and its cached statements, the only door to the C API.
// It must never be used by two threads at once, and it knows no table.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "base/hash.h"
#include "base/result.h"
#include "store/sql/blob.h"

struct sqlite3;
struct sqlite3_stmt;

namespace holdfast::store {

class Database;

/// A cached statement on loan; it goes back when this ends. Bound texts are not copied: they must
/// live until the rows are read. The first failure, of preparing or binding too, is what `next`
/// and `run` report.
class Query {
 public:
  enum class Ending { Keep, Discard };

  Query(Database& database, sqlite3_stmt* statement, int code, Ending ending);
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();

  /// Binds all parameters in order and starts anew.
  template <class... Arguments>
  Query& with(const Arguments&... arguments) {
    restart();
    (bind(arguments), ...);
    return *this;
  }

  /// Binds one more parameter, for statements put together at run time.
  template <class Argument>
  void bind(const Argument& argument) {
    if constexpr (std::is_same_v<Argument, Blob>) {
      bind_blob(argument.bytes);
    } else if constexpr (std::is_integral_v<Argument>) {
      bind_integer(static_cast<std::int64_t>(argument));
    } else {
      bind_text(argument);
    }
  }

  /// Goes to the next row; false when there is none.
  Result<bool> next();
  /// Runs a statement whose rows do not matter.
  Status run();
  /// Binds, runs, and gives how many rows it changed.
  template <class... Arguments>
  Result<std::int64_t> change(const Arguments&... arguments) {
    with(arguments...);
    return changed();
  }

  /// Columns of the row, each call the next one: braces of an initialiser keep that order.
  std::int64_t integer();
  bool boolean() { return integer() != 0; }
  std::string text() { return std::string(view()); }
  /// Valid until the next step.
  std::string_view view();
  /// The next column as a digest; zeroes when it has another length.
  Digest digest();

 private:
  void restart();
  void bind_integer(std::int64_t value);
  void bind_text(std::string_view value);
  void bind_blob(std::string_view value);
  void note(int code);
  Result<std::int64_t> changed();

  Database& database_;
  sqlite3_stmt* statement_;
  int code_;
  Ending ending_;
  int parameter_ = 0;
  int column_ = 0;
};

enum class Access { Write, Read };

struct Tuning {
  std::int64_t cache_kib = 16'384;
  std::int64_t mmap_bytes = 0;
  std::int64_t checkpoint_pages = 0;  // writer only; 0 never checkpoints by itself
  std::string file_system = {};       // as registered with SQLite; "" is the machine's
};

class Database {
 public:
  /// Sorts behind every text: no UTF-8 text holds the byte 0xff.
  static constexpr char last_text = '\xff';
  /// Its planner takes the index it is told.
  static constexpr bool takes_hints = true;
  /// What an order's list and a message have beside them. Left joins, because the first table must
  /// lead: its index makes the order.
  static constexpr std::string_view with_head =
      " left join stream_head h"
      " on h.tenant_id = v.tenant_id and h.kind = v.kind and h.stream_id = v.stream_id";
  static constexpr std::string_view with_body =
      " left join inbox_body b on b.tenant_id = i.tenant_id and b.seq = i.seq";
  /// How a search names the token of a stream it looks up.
  static constexpr std::string_view token_of_o = "o.token";
  /// A hint that an inner question is answered first; an index is named instead.
  static constexpr std::string_view taken_first = "";

  /// A connection. A writer makes the file when it is missing; neither changes anything in it.
  /// Unavailable when the file cannot be opened.
  static Result<std::unique_ptr<Database>> open(const std::string& path, Access access,
                                                const Tuning& tuning);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// The statement `sql`, prepared once for this connection. It must not be on loan already.
  Query query(std::string_view sql);
  /// A statement that is not worth keeping, because there are many like it.
  Query query_once(std::string_view sql);
  /// Runs a script of statements.
  Status exec(const std::string& script);
  /// First column of the first row of `sql` as an integer, 0 when there is no row.
  Result<std::int64_t> integer_of(std::string_view sql);

  /// Turns the write-ahead log on, with a sync at every commit. Unavailable when the file system
  /// cannot carry one.
  Status use_write_ahead_log();
  /// Moves the log into the file when it has grown beyond the tuned step. A failure is kept for
  /// the next time: the commit before it is durable without.
  void checkpoint_when_due();
  /// Moves the whole log into the file and empties it, so that nothing removed can be read in it;
  /// false when a reader is in the way.
  bool empty_log();
  /// Bytes of pages this connection added to the log since it was opened.
  std::int64_t logged_bytes() const { return log_.pages_ever * page_bytes; }
  /// Ends a failed transaction; false when the connection is of no more use.
  bool rollback();

  /// What a code of the C API means to callers: Conflict for a key that exists, Invalid for a row
  /// a table refuses, Unavailable for storage that is away, full or read-only, Internal for
  /// damage.
  Error error(int code) const;
  /// The Conflict of a row that must be new.
  static Error conflict();

  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  Database() = default;

  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> statements_;
  Tuning tuning_;
  struct Log {
    std::int64_t pages = 0;       // that wait to be moved into the file
    std::int64_t last = 0;        // in it after the last commit
    std::int64_t pages_ever = 0;  // added by this connection
  };
  static int note_log_size(void* log, sqlite3* handle, const char* name, int pages);
  static constexpr std::int64_t page_bytes = 4096;

  Log log_;
};

/// Copies the database behind `source` into the file `path` while others write, as it is at one
/// moment, replacing what is there only when the copy is whole and durable. Unavailable when the
/// disk fails.
Status copy_database(Database& source, const std::string& path);

}  // namespace holdfast::store
