#include "tests/bench/raw_messages.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <unordered_map>
#include <vector>

#include <libpq-fe.h>

namespace holdfast::bench {

struct RawMessages::Kept {
  struct Statement {
    std::string sql;
    std::vector<Oid> types;
  };
  /// A statement with its values, or with `script` a text that is sent as it is: it ends what was
  /// sent together before it.
  struct Message {
    std::size_t statement = 0;
    std::vector<std::string> values;
    std::vector<bool> missing;
    std::string script;
    bool sync = false;
  };

  std::vector<Statement> statements;
  std::unordered_map<std::string, std::size_t> by_sql;
  std::map<std::pair<PGconn*, std::string>, std::size_t> by_name;
  std::vector<Message> messages;
  std::size_t bytes = 0;
  std::size_t most_bytes = 0;
  bool whole = true;

  void prepared(PGconn* handle, const char* name, const char* sql, int count, const Oid* types) {
    const auto [found, fresh] = by_sql.try_emplace(sql, statements.size());
    if (fresh) statements.push_back({sql, {types, types + count}});
    by_name[{handle, name}] = found->second;
  }

  void executed(PGconn* handle, const char* name, int count, const char* const* values,
                const int* lengths) {
    const auto found = by_name.find({handle, name});
    // What only reads is not written again.
    if (found == by_name.end() || statements[found->second].sql.starts_with("select")) return;
    Message message;
    message.statement = found->second;
    for (int i = 0; i < count; ++i) {
      message.missing.push_back(values[i] == nullptr);
      message.values.emplace_back(values[i] ? std::string(values[i], values[i] + lengths[i]) : "");
      bytes += message.values.back().size();
    }
    whole = whole && bytes <= most_bytes;
    if (whole) messages.push_back(std::move(message));
  }

  void ended(const char* script) {
    const std::string text = script;
    const bool nothing = messages.empty() || messages.back().sync;
    if (text.empty() && nothing) return;
    Message message;
    message.script = text;
    message.sync = true;
    messages.push_back(std::move(message));
  }
};

namespace {

thread_local RawMessages::Kept* taking = nullptr;

struct Finish {
  void operator()(PGconn* handle) const { PQfinish(handle); }
};

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};

using Answered = std::unique_ptr<PGresult, Clear>;

bool is_bad(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_PIPELINE_SYNC;
}

Status broken(PGconn* handle) {
  return fail(ErrorCode::Internal, "a raw write failed", PQerrorMessage(handle));
}

bool run_script(PGconn* handle, const std::string& text) {
  const Answered answered(PQexec(handle, text.c_str()));
  return !is_bad(answered.get());
}

bool send(PGconn* handle, const RawMessages::Kept::Message& message) {
  std::vector<const char*> values;
  std::vector<int> lengths;
  for (std::size_t i = 0; i < message.values.size(); ++i) {
    values.push_back(message.missing[i] ? nullptr : message.values[i].data());
    lengths.push_back(static_cast<int>(message.values[i].size()));
  }
  const std::vector<int> binary(values.size(), 1);
  const auto name = "s" + std::to_string(message.statement);
  return PQsendQueryPrepared(handle, name.c_str(), static_cast<int>(values.size()), values.data(),
                             lengths.data(), binary.data(), 1) == 1;
}

/// Ends what was sent together and waits for all its answers.
bool finish(PGconn* handle, std::size_t sent) {
  bool good = PQpipelineSync(handle) == 1;
  for (std::size_t i = 0; i < sent && good; ++i) {
    const Answered answered(PQgetResult(handle));
    good = answered && !is_bad(answered.get());
    const Answered end(PQgetResult(handle));  // nothing: the statement's end
    good = good && !end;
  }
  const Answered synced(PQgetResult(handle));
  return good && PQexitPipelineMode(handle) == 1;
}

Status write_all(PGconn* handle, const std::vector<RawMessages::Kept::Message>& messages) {
  std::size_t sent = 0;
  for (const auto& message : messages) {
    if (!message.sync) {
      const bool ready = sent > 0 || PQenterPipelineMode(handle) == 1;
      if (!ready || !send(handle, message)) return broken(handle);
      ++sent;
      continue;
    }
    if (sent > 0 && !finish(handle, sent)) return broken(handle);
    sent = 0;
    if (!message.script.empty() && !run_script(handle, message.script)) return broken(handle);
  }
  return {};
}

}  // namespace

RawMessages::RawMessages() : kept_(std::make_unique<Kept>()) {}
RawMessages::~RawMessages() {
  if (taking == kept_.get()) taking = nullptr;
}

void RawMessages::begin(std::size_t most_bytes) {
  *kept_ = {};
  kept_->most_bytes = most_bytes;
  taking = kept_.get();
}

bool RawMessages::end() {
  taking = nullptr;
  // What was sent after the last commit was not made lasting either.
  auto& messages = kept_->messages;
  while (!messages.empty() && messages.back().script != "commit") messages.pop_back();
  return kept_->whole;
}

Result<double> RawMessages::again(const std::string& url) const {
  const std::unique_ptr<PGconn, Finish> handle(PQconnectdb(url.c_str()));
  if (PQstatus(handle.get()) != CONNECTION_OK) return fail(broken(handle.get()).error());
  for (std::size_t i = 0; i < kept_->statements.size(); ++i) {
    const auto& [sql, types] = kept_->statements[i];
    if (sql.starts_with("select")) continue;
    const Answered made(PQprepare(handle.get(), ("s" + std::to_string(i)).c_str(), sql.c_str(),
                                  static_cast<int>(types.size()), types.data()));
    if (is_bad(made.get())) return fail(broken(handle.get()).error());
  }
  const auto begin = std::chrono::steady_clock::now();
  if (auto written = write_all(handle.get(), kept_->messages); !written) {
    return fail(written.error());
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  return took.count();
}

}  // namespace holdfast::bench

// The linker sends libpq's callers here (--wrap, cmake/rooms.cmake); its names are not ours to
// choose.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {
int __real_PQsendPrepare(PGconn*, const char*, const char*, int, const Oid*);
int __real_PQsendQueryPrepared(PGconn*, const char*, int, const char* const*, const int*,
                               const int*, int);
int __real_PQsendQuery(PGconn*, const char*);
int __real_PQpipelineSync(PGconn*);

int __wrap_PQsendPrepare(PGconn* handle, const char* name, const char* sql, int count,
                         const Oid* types) {
  if (auto* kept = holdfast::bench::taking) kept->prepared(handle, name, sql, count, types);
  return __real_PQsendPrepare(handle, name, sql, count, types);
}

int __wrap_PQsendQueryPrepared(PGconn* handle, const char* name, int count,
                               const char* const* values, const int* lengths, const int* formats,
                               int format) {
  if (auto* kept = holdfast::bench::taking) kept->executed(handle, name, count, values, lengths);
  return __real_PQsendQueryPrepared(handle, name, count, values, lengths, formats, format);
}

int __wrap_PQsendQuery(PGconn* handle, const char* text) {
  if (auto* kept = holdfast::bench::taking) kept->ended(text);
  return __real_PQsendQuery(handle, text);
}

int __wrap_PQpipelineSync(PGconn* handle) {
  if (auto* kept = holdfast::bench::taking) kept->ended("");
  return __real_PQpipelineSync(handle);
}
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
