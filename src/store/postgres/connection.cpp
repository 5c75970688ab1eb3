#include "store/postgres/connection.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#include <libpq-fe.h>
#include <poll.h>

#include "store/postgres/stored_text.h"

namespace holdfast::store::pg {
namespace {

constexpr Oid type_bytea = 17;
constexpr Oid type_int8 = 20;
constexpr Oid type_text = 25;
constexpr int binary = 1;

struct Meaning {
  std::string_view state;  // a SQLSTATE, or its first two characters
  ErrorCode code;
  const char* what;
  const char* todo;
};

// PostgreSQL 15 documentation, appendix A.
constexpr std::array meanings = {
    Meaning{"23505", ErrorCode::Conflict, "a row that must be new is already stored", "read again"},
    Meaning{"23", ErrorCode::Invalid, "the table refuses the row", "correct the row"},
    Meaning{"22", ErrorCode::Invalid, "the database refuses a value", "correct the row"},
    Meaning{"25006", ErrorCode::Unavailable, "the database cannot be written",
            "point store.url at the primary server"},
    Meaning{"28", ErrorCode::Unavailable, "the database refuses the user or the password",
            "check store.url and store.password"},
    Meaning{"3D", ErrorCode::Unavailable, "the database does not exist",
            "create it; docs/operating/scale.md says how"},
    Meaning{"40", ErrorCode::Unavailable, "the database undid the transaction",
            "it is tried again"},
    Meaning{"42501", ErrorCode::Unavailable, "the user may not do this in the database",
            "make it the owner of the database's schema"},
    Meaning{"53", ErrorCode::Unavailable, "the database is out of disk, memory or connections",
            "free some; it is tried again"},
    Meaning{"54", ErrorCode::TooLarge, "a value is too large to store", "send less at once"},
    Meaning{"55", ErrorCode::Unavailable, "the database is not ready for this",
            "it is tried again"},
    Meaning{"57014", ErrorCode::Unavailable, "the database took too long", "it is tried again"},
    Meaning{"57", ErrorCode::Unavailable, "the database is going down or coming up",
            "it is tried again"},
    Meaning{"58", ErrorCode::Unavailable, "the database's disk failed", "check the server"},
    Meaning{"08", ErrorCode::Unavailable, "the connection to the database broke",
            "it is tried again"},
    Meaning{"XX", ErrorCode::Internal, "the database is damaged", "restore it from a backup"},
};

// The server's own words may quote rows, so that only the state and a constraint's name are told.
Error error_of(const PGresult* result) {
  const char* const field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view state = field ? field : "08006";
  const char* const rule = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
  const auto where = "SQLSTATE " + std::string(state) + (rule ? " of " + std::string(rule) : "");
  const auto* const found = std::ranges::find_if(
      meanings, [&](const Meaning& meaning) { return state.starts_with(meaning.state); });
  if (found != meanings.end()) return {found->code, found->what, where, found->todo};
  return {ErrorCode::Internal, "the database refused a statement", where, "report this"};
}

bool failed(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY;
}

// Settings of the session that the address itself names; ours stand behind them.
std::string options_of(const std::string& url) {
  std::string found;
  PQconninfoOption* const all = PQconninfoParse(url.c_str(), nullptr);
  for (const auto* option = all; option && option->keyword; ++option) {
    if (std::string_view(option->keyword) == "options" && option->val) found = option->val;
  }
  PQconninfoFree(all);
  return found.empty() ? found : found + " ";
}

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

}  // namespace

void append_integer(std::string& out, std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(bits >> shift);
}

void append_integer32(std::string& out, std::int32_t value) {
  const auto bits = static_cast<std::uint32_t>(value);
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(bits >> shift);
}

Error conflict() {
  return {ErrorCode::Conflict, meanings.front().what, "store", meanings.front().todo};
}

void Parameters::add(std::int64_t value) {
  std::string bytes;
  append_integer(bytes, value);
  types_.push_back(type_int8);
  values_.push_back(std::move(bytes));
}

void Parameters::add(std::string_view text) {
  std::string bytes;
  append_stored(bytes, text);
  types_.push_back(type_text);
  values_.push_back(std::move(bytes));
}

void Parameters::add_blob(std::string_view bytes) {
  types_.push_back(type_bytea);
  values_.emplace_back(bytes);
}

void Parameters::add_array(std::uint32_t oid, std::string bytes) {
  types_.push_back(oid);
  values_.push_back(std::move(bytes));
}

void Parameters::clear() {
  types_.clear();
  values_.clear();
}

void Answer::Clear::operator()(PGresult* result) const { PQclear(result); }

int Answer::rows() const { return PQntuples(result_.get()); }

std::int64_t Answer::changed() const {
  const std::string_view text = PQcmdTuples(result_.get());
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

std::string_view Answer::tag() const { return PQcmdStatus(result_.get()); }

std::int64_t Answer::integer(int row, int column) const {
  const auto value = bytes(row, column);
  if (value.size() > sizeof(std::uint64_t) || value.empty()) return 0;
  // The sign is in the first byte, however many there are.
  std::uint64_t bits = static_cast<signed char>(value.front()) < 0 ? ~std::uint64_t{0} : 0;
  for (const char byte : value) bits = bits << 8 | static_cast<unsigned char>(byte);
  return std::bit_cast<std::int64_t>(bits);
}

std::string_view Answer::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

bool Answer::is_text(int column) const { return PQftype(result_.get(), column) == type_text; }

void Connection::Finish::operator()(PGconn* handle) const { PQfinish(handle); }

Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const Address& address,
                                                     const std::string& name,
                                                     const std::string& options) {
  // A dead network is noticed without the peer's help: by probes while we wait, and by what was
  // sent and never confirmed.
  constexpr std::array fixed = {
      std::pair{"client_encoding", "UTF8"}, std::pair{"connect_timeout", "5"},
      std::pair{"keepalives_idle", "5"},    std::pair{"keepalives_interval", "2"},
      std::pair{"keepalives_count", "3"},   std::pair{"tcp_user_timeout", "10000"},
  };
  const auto settings = options_of(address.url) + options;
  std::vector<const char*> keys{"dbname", "application_name", "options"};
  std::vector<const char*> values{address.url.c_str(), name.c_str(), settings.c_str()};
  for (const auto& [key, value] : fixed) {
    keys.push_back(key);
    values.push_back(value);
  }
  if (!address.password.empty()) {
    keys.push_back("password");
    values.push_back(address.password.c_str());
  }
  keys.push_back(nullptr);
  values.push_back(nullptr);
  std::unique_ptr<Connection> made(new Connection());
  made->handle_.reset(PQconnectdbParams(keys.data(), values.data(), 1));
  auto* const handle = made->handle_.get();
  if (handle == nullptr || PQstatus(handle) != CONNECTION_OK) {
    return fail(ErrorCode::Unavailable, "the database cannot be reached",
                handle ? first_line(PQerrorMessage(handle)) : "",
                "check store.url, store.password and the server; it is tried again");
  }
  PQsetNoticeProcessor(handle, [](void*, const char*) {}, nullptr);
  PQsetnonblocking(handle, 1);
  return made;
}

tl::unexpected<Error> Connection::lost() {
  usable_ = false;
  return fail(ErrorCode::Unavailable, "the connection to the database broke",
              first_line(PQerrorMessage(handle_.get())), "it is tried again");
}

// Sends what is left to send and waits until an answer can be taken without waiting.
Status Connection::await(Clock::time_point deadline) {
  auto* const handle = handle_.get();
  while (true) {
    const int unsent = PQflush(handle);
    if (unsent < 0) return lost();
    if (unsent == 0 && PQisBusy(handle) == 0) return {};
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd socket{PQsocket(handle), static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN), 0};
    const int ready = left.count() <= 0 ? 0 : ::poll(&socket, 1, static_cast<int>(left.count()));
    if (ready == 0) {
      usable_ = false;
      return fail(ErrorCode::Unavailable, "the database did not answer in time", "store",
                  "it is tried again");
    }
    if ((socket.revents & (POLLIN | POLLERR | POLLHUP)) != 0 && PQconsumeInput(handle) == 0) {
      return lost();
    }
  }
}

// Answers of one statement, or of one script, up to the null that ends them: the last one, or the
// first failure.
Result<Answer> Connection::last_answer(Clock::time_point deadline) {
  Result<Answer> last = fail(ErrorCode::Internal, "the database gave no answer");
  bool any = false;
  while (true) {
    if (auto ready = await(deadline); !ready) return fail(ready.error());
    PGresult* const result = PQgetResult(handle_.get());
    if (result == nullptr) break;
    Answer answer(result);
    const bool bad = failed(result);
    if (!any || last) {
      any = true;
      if (bad)
        last = fail(error_of(result));
      else
        last = std::move(answer);
    }
    if (PQstatus(handle_.get()) == CONNECTION_BAD) return lost();
  }
  if (PQstatus(handle_.get()) == CONNECTION_BAD) return lost();
  return last;
}

std::pair<std::string, bool> Connection::name_of(std::string_view sql) {
  const auto known = names_.find(sql);
  if (known != names_.end()) return {known->second, true};
  auto name = "s" + std::to_string(++prepared_);
  names_.emplace(sql, name);
  return {std::move(name), false};
}

bool Connection::send_prepare(const std::string& name, std::string_view sql,
                              const Parameters& parameters) {
  return PQsendPrepare(handle_.get(), name.c_str(), std::string(sql).c_str(),
                       static_cast<int>(parameters.types_.size()), parameters.types_.data()) == 1;
}

bool Connection::send_execute(const std::string& name, const Parameters& parameters) {
  std::vector<const char*> values;
  std::vector<int> lengths;
  for (const auto& value : parameters.values_) {
    values.push_back(value.data());
    lengths.push_back(static_cast<int>(value.size()));
  }
  const std::vector<int> formats(values.size(), binary);
  return PQsendQueryPrepared(handle_.get(), name.c_str(), static_cast<int>(values.size()),
                             values.data(), lengths.data(), formats.data(), binary) == 1;
}

Result<Answer> Connection::ask(std::string_view sql, const Parameters& parameters,
                               std::chrono::milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  const auto [name, known] = name_of(sql);
  if (!known) {
    if (!send_prepare(name, sql, parameters)) return lost();
    auto prepared = last_answer(deadline);
    if (!prepared) {
      names_.erase(names_.find(sql));
      return prepared;
    }
  }
  if (!send_execute(name, parameters)) return lost();
  return last_answer(deadline);
}

Result<Answer> Connection::script(const std::string& text, std::chrono::milliseconds limit) {
  if (PQsendQuery(handle_.get(), text.c_str()) != 1) return lost();
  return last_answer(Clock::now() + limit);
}

void Connection::queue(std::string_view sql, const Parameters& parameters) {
  if (!in_queue_) {
    in_queue_ = true;
    usable_ = usable_ && PQenterPipelineMode(handle_.get()) == 1;
  }
  const auto [name, known] = name_of(sql);
  if (!known) {
    usable_ = send_prepare(name, sql, parameters) && usable_;
    queued_.emplace_back(Sent::Prepare, sql);
  }
  usable_ = send_execute(name, parameters) && usable_;
  queued_.emplace_back(Sent::Execute, std::string());
}

Result<std::vector<Answer>> Connection::run_queue(std::chrono::milliseconds limit) {
  if (!in_queue_) return std::vector<Answer>();
  const auto deadline = Clock::now() + limit;
  const auto sent = std::exchange(queued_, {});
  in_queue_ = false;
  if (!usable_ || PQpipelineSync(handle_.get()) != 1) return lost();
  std::vector<Answer> answers;
  Status first;
  for (const auto& [what, sql] : sent) {
    auto answer = last_answer(deadline);
    if (!usable_) return answer ? lost() : fail(answer.error());
    if (!answer) {
      // What follows the first failure is skipped by the server, prepared statements too.
      if (what == Sent::Prepare) names_.erase(names_.find(sql));
      if (first) first = fail(answer.error());
    } else if (what == Sent::Execute) {
      answers.push_back(std::move(*answer));
    }
  }
  if (auto ready = await(deadline); !ready) return fail(ready.error());
  const Answer end(PQgetResult(handle_.get()));  // of the sync itself
  if (PQexitPipelineMode(handle_.get()) != 1) return lost();
  if (!first) return fail(first.error());
  return answers;
}

}  // namespace holdfast::store::pg
