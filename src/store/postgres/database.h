#pragma once
// Database and Query: a connection that answers the shared questions (store/sql), with the shape
// they expect. It reads only, each question within one snapshot and a bounded time.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>

#include "base/hash.h"
#include "store/postgres/arrays.h"
#include "store/postgres/connection.h"
#include "store/sql/blob.h"

namespace holdfast::store::pg {

class Database;

/// One statement: its parameters, and then its rows. Texts that a row gives live until the next
/// row.
class Query {
 public:
  Query(Database& database, const std::string& sql) : database_(database), sql_(sql) {}

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
      parameters_.add_blob(argument.bytes);
    } else if constexpr (std::is_same_v<Argument, Array>) {
      parameters_.add_array(argument.type(), argument.bytes());
    } else if constexpr (std::is_integral_v<Argument>) {
      parameters_.add(static_cast<std::int64_t>(argument));
    } else {
      parameters_.add(std::string_view(argument));
    }
  }

  /// Goes to the next row; false when there is none.
  Result<bool> next();

  /// Columns of the row, each call the next one: braces of an initialiser keep that order.
  std::int64_t integer() { return answer_->integer(row_, column_++); }
  bool boolean() { return integer() != 0; }
  std::string text() { return std::string(view()); }
  /// Valid until the next step.
  std::string_view view();
  /// The next column as a digest; zeroes when it has another length.
  Digest digest();

 private:
  void restart();

  Database& database_;
  const std::string& sql_;
  Parameters parameters_;
  std::optional<Answer> answer_;
  std::vector<std::unique_ptr<std::string>> changed_;  // texts of this row that were not kept as is
  int row_ = -1;
  int column_ = 0;
};

class Database {
 public:
  /// Sorts behind every text: U+10FFFF is no character (Unicode 15, section 23.7).
  static constexpr const char* last_text = "\xf4\x8f\xbf\xbf";

  /// Its planner takes no hints, and needs none.
  static constexpr bool takes_hints = false;
  /// What an order's list and a message have beside them: a look-up for each row, which the limit
  /// keeps the planner from turning into a walk over the whole table.
  static constexpr std::string_view with_head =
      " left join lateral (select head_seq, version, hash from stream_head where tenant_id ="
      " v.tenant_id and kind = v.kind and stream_id = v.stream_id limit 1) h on true";
  static constexpr std::string_view with_body =
      " left join lateral (select body from inbox_body where tenant_id = i.tenant_id"
      " and seq = i.seq limit 1) b on true";
  /// How a search names the token of a stream it looks up: not as a column, or the planner would
  /// walk the token's index once for every stream.
  static constexpr std::string_view token_of_o = "(o.token || '')";
  /// What keeps the rows of an inner question from being looked for in the order of the outer one.
  static constexpr std::string_view taken_first = " offset 0";

  /// A connection for reading, whose every statement ends after two seconds (design: reading
  /// transactions last no longer). Errors: Connection::open's.
  static Result<std::unique_ptr<Database>> open(const Address& address, const std::string& name);

  explicit Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  /// The shared statement `sql`; it lives as long as this connection.
  Query query(std::string_view sql);
  Query query_once(std::string_view sql) { return query(sql); }

  /// Begins and ends a transaction in which all statements see one commit.
  Status begin();
  bool end();

  Connection& connection() { return *connection_; }

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unique_ptr<Connection> connection_;
  std::unordered_map<std::string, std::unique_ptr<std::string>, TextHash, std::equal_to<>> texts_;
  bool begun_ = false;
};

/// What a reading statement may take on the way, network included.
inline constexpr std::chrono::milliseconds read_limit{4000};

}  // namespace holdfast::store::pg
