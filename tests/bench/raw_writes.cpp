#include "tests/bench/raw_writes.h"

#include <chrono>
#include <unordered_map>
#include <variant>
#include <vector>

#include <sqlite3.h>

#include "base/text.h"
#include "store/sqlite/database.h"

namespace holdfast::bench {

struct RawWrites::Kept {
  struct Text {
    std::size_t at = 0;
    std::size_t size = 0;
    bool blob = false;
  };
  using Value = std::variant<std::int64_t, Text>;
  struct Write {
    std::size_t sql = 0;
    std::size_t first = 0;  // of its values
    std::size_t count = 0;
  };

  std::vector<std::string> sql;
  std::vector<Write> writes;
  std::vector<Value> values;
  std::string bytes;
  std::size_t most_bytes = 0;
  bool whole = true;
  std::unordered_map<sqlite3_stmt*, std::vector<Value>> bound;
  std::unordered_map<sqlite3_stmt*, std::size_t> known;  // npos for those that only read

  void bind(sqlite3_stmt* statement, int place, Value value) {
    auto& values_of = bound[statement];
    if (values_of.size() < static_cast<std::size_t>(place)) {
      values_of.resize(static_cast<std::size_t>(place));
    }
    values_of[static_cast<std::size_t>(place) - 1] = value;
  }

  Text keep(const void* data, std::size_t size, bool blob) {
    if (bytes.size() + size > most_bytes) {
      whole = false;
      return {0, 0, blob};
    }
    const Text text{bytes.size(), size, blob};
    bytes.append(static_cast<const char*>(data), size);
    return text;
  }

  void step(sqlite3_stmt* statement) {
    auto found = known.find(statement);
    if (found == known.end()) {
      const std::string text(sqlite3_sql(statement));
      const bool transaction = text == "begin immediate" || text == "commit";
      const bool writes_rows = sqlite3_stmt_readonly(statement) == 0;
      auto place = std::string::npos;
      if (transaction || writes_rows) {
        place = sql.size();
        sql.push_back(text);
      }
      found = known.emplace(statement, place).first;
    }
    if (found->second == std::string::npos) return;
    const auto& values_of = bound[statement];
    writes.push_back({found->second, values.size(), values_of.size()});
    values.insert(values.end(), values_of.begin(), values_of.end());
  }
};

namespace {

thread_local RawWrites::Kept* taking = nullptr;

Status broken(sqlite3* handle) {
  return fail(ErrorCode::Internal, "a raw write failed", sqlite3_errmsg(handle));
}

}  // namespace

RawWrites::RawWrites() : kept_(std::make_unique<Kept>()) {}
RawWrites::~RawWrites() {
  if (taking == kept_.get()) taking = nullptr;
}

void RawWrites::begin(std::size_t most_bytes) {
  *kept_ = {};
  kept_->most_bytes = most_bytes;
  kept_->bytes.reserve(most_bytes / 4);
  taking = kept_.get();
}

bool RawWrites::end() {
  taking = nullptr;
  return kept_->whole;
}

Result<double> RawWrites::again(const std::string& path, std::int64_t checkpoint_pages) const {
  auto database = store::Database::open(path, store::Access::Write, {65'536, 0, checkpoint_pages});
  if (!database) return fail(database.error());
  if (auto status = (*database)->use_write_ahead_log(); !status) return fail(status.error());
  auto* handle = (*database)->handle();
  std::vector<sqlite3_stmt*> statements;
  Status status;
  for (const auto& sql : kept_->sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
      status = broken(handle);
    }
    statements.push_back(statement);
  }
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; status && i < kept_->writes.size(); ++i) {
    const auto& write = kept_->writes[i];
    auto* statement = statements[write.sql];
    for (std::size_t v = 0; v < write.count; ++v) {
      const int place = static_cast<int>(v) + 1;
      const auto& value = kept_->values[write.first + v];
      if (const auto* number = std::get_if<std::int64_t>(&value)) {
        sqlite3_bind_int64(statement, place, *number);
        continue;
      }
      const auto& text = std::get<Kept::Text>(value);
      const char* data = kept_->bytes.data() + text.at;
      if (text.blob)
        sqlite3_bind_blob64(statement, place, data, text.size, SQLITE_STATIC);
      else
        sqlite3_bind_text64(statement, place, data, text.size, SQLITE_STATIC, SQLITE_UTF8);
    }
    if (sqlite3_step(statement) != SQLITE_DONE) status = broken(handle);
    sqlite3_reset(statement);
    if (kept_->sql[write.sql] == "commit") (*database)->checkpoint_when_due();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  for (auto* statement : statements) sqlite3_finalize(statement);
  if (!status) return fail(status.error());
  return took.count();
}

}  // namespace holdfast::bench

// The linker sends SQLite's callers here (--wrap, cmake/rooms.cmake); its names are not ours to
// choose.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {
int __real_sqlite3_step(sqlite3_stmt*);
int __real_sqlite3_bind_int64(sqlite3_stmt*, int, sqlite3_int64);
int __real_sqlite3_bind_text64(sqlite3_stmt*, int, const char*, sqlite3_uint64, void (*)(void*),
                               unsigned char);
int __real_sqlite3_bind_blob64(sqlite3_stmt*, int, const void*, sqlite3_uint64, void (*)(void*));

int __wrap_sqlite3_step(sqlite3_stmt* statement) {
  if (auto* kept = holdfast::bench::taking) kept->step(statement);
  return __real_sqlite3_step(statement);
}

int __wrap_sqlite3_bind_int64(sqlite3_stmt* statement, int place, sqlite3_int64 value) {
  if (auto* kept = holdfast::bench::taking) kept->bind(statement, place, std::int64_t{value});
  return __real_sqlite3_bind_int64(statement, place, value);
}

int __wrap_sqlite3_bind_text64(sqlite3_stmt* statement, int place, const char* text,
                               sqlite3_uint64 size, void (*release)(void*),
                               unsigned char encoding) {
  if (auto* kept = holdfast::bench::taking) {
    kept->bind(statement, place, kept->keep(text, size, false));
  }
  return __real_sqlite3_bind_text64(statement, place, text, size, release, encoding);
}

int __wrap_sqlite3_bind_blob64(sqlite3_stmt* statement, int place, const void* bytes,
                               sqlite3_uint64 size, void (*release)(void*)) {
  if (auto* kept = holdfast::bench::taking) {
    kept->bind(statement, place, kept->keep(bytes, size, true));
  }
  return __real_sqlite3_bind_blob64(statement, place, bytes, size, release);
}
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
