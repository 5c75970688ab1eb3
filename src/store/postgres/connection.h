#pragma once
// Connection: one connection to PostgreSQL and its prepared statements, the only door to libpq.
// Every wait has a deadline. It must never be used by two threads at once, and it knows no table.

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

struct pg_conn;
struct pg_result;

namespace holdfast::store::pg {

/// How a server is reached. The password never stands in the address.
struct Address {
  std::string url;       // postgres://user@host:port/database?…
  std::string password;  // "" when the server asks for none
};

/// Parameters of one statement in the protocol's binary form (protocol 3.0, section 55.2.3).
class Parameters {
 public:
  void add(std::int64_t value);
  void add(std::string_view text);
  void add_blob(std::string_view bytes);
  /// A whole array in its binary form, of the type `oid`.
  void add_array(std::uint32_t oid, std::string bytes);
  void clear();

 private:
  friend class Connection;
  std::vector<std::uint32_t> types_;
  std::vector<std::string> values_;
};

/// What one statement gave.
class Answer {
 public:
  explicit Answer(pg_result* result) : result_(result) {}

  int rows() const;
  /// How many rows the statement changed or gave.
  std::int64_t changed() const;
  /// What the server says it did, such as "COMMIT" or "ROLLBACK".
  std::string_view tag() const;
  std::int64_t integer(int row, int column) const;  // 0 for null
  std::string_view bytes(int row, int column) const;
  bool is_text(int column) const;

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

class Connection {
 public:
  using Clock = std::chrono::steady_clock;

  /// Connects; waits five seconds at most. `name` is what the server's own lists show; `options`
  /// are settings of the session as "-c name=value". Unavailable when the server does not answer or
  /// refuses us.
  static Result<std::unique_ptr<Connection>> open(const Address& address, const std::string& name,
                                                  const std::string& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Runs one statement, prepared on its first use, within `limit`.
  Result<Answer> ask(std::string_view sql, const Parameters& parameters,
                     std::chrono::milliseconds limit);
  /// Runs a script of statements without parameters; gives the last one's answer.
  Result<Answer> script(const std::string& text, std::chrono::milliseconds limit);

  /// Adds a statement to those that go out together.
  void queue(std::string_view sql, const Parameters& parameters);
  /// Sends what was queued and gives each statement's answer. The first failure ends the rest: none
  /// of them was carried out after it.
  Result<std::vector<Answer>> run_queue(std::chrono::milliseconds limit);

  /// False once the connection broke or a deadline passed: it is of no more use.
  bool usable() const { return usable_; }

 private:
  enum class Sent { Prepare, Execute };

  Connection() = default;
  Result<Answer> last_answer(Clock::time_point deadline);
  Status await(Clock::time_point deadline);
  tl::unexpected<Error> lost();
  std::pair<std::string, bool> name_of(std::string_view sql);
  bool send_prepare(const std::string& name, std::string_view sql, const Parameters& parameters);
  bool send_execute(const std::string& name, const Parameters& parameters);

  struct Finish {
    void operator()(pg_conn* handle) const;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  std::unique_ptr<pg_conn, Finish> handle_;
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> names_;
  std::vector<std::pair<Sent, std::string>> queued_;  // what was sent, and the statement's text
  std::int64_t prepared_ = 0;
  bool usable_ = true;
  bool in_queue_ = false;
};

/// A 64-bit number, and a 32-bit one, as the protocol writes them.
void append_integer(std::string& out, std::int64_t value);
void append_integer32(std::string& out, std::int32_t value);

/// What tells a row that must be new from one that is stored already.
Error conflict();

}  // namespace holdfast::store::pg
