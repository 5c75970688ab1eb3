#include "store/sqlite/database.h"

#include <algorithm>
#include <filesystem>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/check.h"

namespace holdfast::store {
namespace {

constexpr int busy_wait_ms = 2000;
// A log this many times the step means that readers keep it from being used again.
constexpr std::int64_t overgrown = 8;

struct Meaning {
  ErrorCode code;
  const char* what;
  const char* todo;
};

Meaning meaning_of_constraint(int extended) {
  switch (extended) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_ROWID:
      return {ErrorCode::Conflict, "a row that must be new is already stored", "read again"};
    default:
      return {ErrorCode::Invalid, "the table refuses the row", "correct the row"};
  }
}

Meaning meaning_of(int extended) {
  switch (extended & 0xff) {
    case SQLITE_CONSTRAINT:
      return meaning_of_constraint(extended);
    case SQLITE_FULL:
      return {ErrorCode::Unavailable, "the disk is full", "free space on the data folder's disk"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorCode::Unavailable, "the database cannot be written",
              "allow writing to the data folder"};
    case SQLITE_CANTOPEN:
      return {ErrorCode::Unavailable, "the database cannot be opened",
              "check the path and the rights of the data folder"};
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {ErrorCode::Unavailable, "the storage failed", "check the disk; it is tried again"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::Internal, "the database file is damaged", "restore it from a backup"};
    case SQLITE_TOOBIG:
      return {ErrorCode::TooLarge, "a value is too large to store", "send less at once"};
    default:
      return {ErrorCode::Internal, "the database refused a statement", "report this"};
  }
}

Status sync_file(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (synced) return {};
  return fail(ErrorCode::Unavailable, "a copy could not be made durable", path, "check the disk");
}

Status copy_pages(Database& source, const std::string& path) {
  auto target = Database::open(path, Access::Write, {});
  if (!target) return fail(target.error());
  sqlite3* const handle = (*target)->handle();
  sqlite3_backup* const backup = sqlite3_backup_init(handle, "main", source.handle(), "main");
  if (backup == nullptr) return fail((*target)->error(sqlite3_extended_errcode(handle)));
  // One step: a copy in several would begin again at every commit in between.
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE) return fail((*target)->error(stepped));
  if (finished != SQLITE_OK) return fail((*target)->error(finished));
  return {};
}

}  // namespace

Query::Query(Database& database, sqlite3_stmt* statement, int code, Ending ending)
    : database_(database), statement_(statement), code_(code), ending_(ending) {}

Query::~Query() {
  if (ending_ == Ending::Discard) {
    sqlite3_finalize(statement_);
    return;
  }
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::note(int code) {
  if (code_ == SQLITE_OK) code_ = code;
}

void Query::restart() {
  sqlite3_reset(statement_);
  parameter_ = 0;
}

void Query::bind_integer(std::int64_t value) {
  if (code_ == SQLITE_OK) note(sqlite3_bind_int64(statement_, ++parameter_, value));
}

void Query::bind_text(std::string_view value) {
  if (code_ != SQLITE_OK) return;
  const char* const data = value.empty() ? "" : value.data();
  note(sqlite3_bind_text64(statement_, ++parameter_, data, value.size(), SQLITE_STATIC,
                           SQLITE_UTF8));
}

void Query::bind_blob(std::string_view value) {
  if (code_ != SQLITE_OK) return;
  const char* const data = value.empty() ? "" : value.data();
  note(sqlite3_bind_blob64(statement_, ++parameter_, data, value.size(), SQLITE_STATIC));
}

Result<bool> Query::next() {
  column_ = 0;
  if (code_ == SQLITE_OK) {
    const int stepped = sqlite3_step(statement_);
    if (stepped == SQLITE_ROW) return true;
    if (stepped == SQLITE_DONE) return false;
    code_ = stepped;
  }
  return fail(database_.error(code_));
}

Status Query::run() {
  for (;;) {
    auto row = next();
    if (!row) return fail(row.error());
    if (!*row) break;
  }
  sqlite3_reset(statement_);
  return {};
}

Result<std::int64_t> Query::changed() {
  if (auto done = run(); !done) return fail(done.error());
  return sqlite3_changes64(database_.handle());
}

std::int64_t Query::integer() { return sqlite3_column_int64(statement_, column_++); }

std::string_view Query::view() {
  const int column = column_++;
  const auto* const data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return data == nullptr ? std::string_view() : std::string_view(data, size);
}

Digest Query::digest() {
  const auto bytes = view();
  Digest out{};
  if (bytes.size() == out.size()) std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Database::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Database::~Database() { statements_.clear(); }

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access,
                                                 const Tuning& tuning) {
  std::unique_ptr<Database> database(new Database);
  const int flags =
      access == Access::Write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  sqlite3* handle = nullptr;
  const char* const file_system = tuning.file_system.empty() ? nullptr : tuning.file_system.c_str();
  const int opened =
      sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, file_system);
  database->handle_.reset(handle);
  database->tuning_ = tuning;
  if (opened != SQLITE_OK) return fail(within(database->error(opened), path));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, busy_wait_ms);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  std::string settings =
      "pragma trusted_schema = off; pragma cell_size_check = on; pragma temp_store = memory;"
      "pragma page_size = 4096; pragma wal_autocheckpoint = 0; pragma cache_size = -" +
      std::to_string(tuning.cache_kib) +
      "; pragma mmap_size = " + std::to_string(tuning.mmap_bytes) + ";";
  if (access == Access::Read) settings += "pragma query_only = on;";
  if (auto done = database->exec(settings); !done) return fail(within(done.error(), path));
  return database;
}

Query Database::query(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    sqlite3_stmt* statement = nullptr;
    const int prepared = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (prepared != SQLITE_OK) return {*this, nullptr, prepared, Query::Ending::Keep};
    found = statements_.emplace(std::string(sql), Prepared(statement)).first;
  }
  check(sqlite3_stmt_busy(found->second.get()) == 0, "a statement is on loan once at a time");
  return {*this, found->second.get(), SQLITE_OK, Query::Ending::Keep};
}

Query Database::query_once(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int prepared = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                          0, &statement, nullptr);
  return {*this, statement, prepared, Query::Ending::Discard};
}

Status Database::exec(const std::string& script) {
  const int done = sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr);
  if (done != SQLITE_OK) return fail(error(done));
  return {};
}

Result<std::int64_t> Database::integer_of(std::string_view sql) {
  auto statement = query(sql);
  auto row = statement.next();
  if (!row) return fail(row.error());
  return *row ? statement.integer() : 0;
}

Status Database::use_write_ahead_log() {
  // In its own braces: a statement still on loan would keep the settings below from applying.
  {
    auto mode = query("pragma journal_mode = wal");
    auto row = mode.next();
    if (!row) return fail(row.error());
    if (mode.view() != "wal") {
      return fail(ErrorCode::Unavailable, "the file system cannot carry a write-ahead log", {},
                  "put the data folder on a local disk");
    }
  }
  // Erased means overwritten: what is removed does not stay readable in free pages.
  auto set = exec(
      "pragma synchronous = full; pragma journal_size_limit = 67108864;"
      "pragma secure_delete = on;");
  if (!set) return set;
  sqlite3_wal_hook(handle_.get(), note_log_size, &log_);
  return {};
}

int Database::note_log_size(void* log, sqlite3*, const char*, int pages) {
  auto& known = *static_cast<Log*>(log);
  // A log that was moved into the file is begun anew.
  known.pages_ever += pages >= known.last ? pages - known.last : pages;
  known.pages = known.last = pages;
  return SQLITE_OK;
}

void Database::checkpoint_when_due() {
  const auto step = tuning_.checkpoint_pages;
  if (step == 0 || log_.pages < step) return;
  // Passive waits for nobody. Only a log that readers keep from being used again makes us wait.
  const int mode =
      log_.pages < step * overgrown ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART;
  int pages = 0;
  int moved = 0;
  const int done = sqlite3_wal_checkpoint_v2(handle_.get(), "main", mode, &pages, &moved);
  if (done == SQLITE_OK && moved == pages) log_.pages = 0;
}

bool Database::empty_log() {
  const int done = sqlite3_wal_checkpoint_v2(handle_.get(), "main", SQLITE_CHECKPOINT_TRUNCATE,
                                             nullptr, nullptr);
  if (done == SQLITE_OK) log_.pages = 0;
  return done == SQLITE_OK;
}

bool Database::rollback() {
  if (sqlite3_get_autocommit(handle_.get()) == 0) {
    sqlite3_exec(handle_.get(), "rollback", nullptr, nullptr, nullptr);
  }
  return sqlite3_get_autocommit(handle_.get()) != 0;
}

Error Database::error(int code) const {
  int extended = code;
  const char* said = sqlite3_errstr(code);
  if (handle_ != nullptr && (sqlite3_errcode(handle_.get()) & 0xff) == (code & 0xff)) {
    extended = sqlite3_extended_errcode(handle_.get());
    said = sqlite3_errmsg(handle_.get());
  }
  const auto meaning = meaning_of(extended);
  return {meaning.code, std::string(meaning.what) + " (" + said + ")", "store", meaning.todo};
}

Error Database::conflict() {
  const auto meaning = meaning_of_constraint(SQLITE_CONSTRAINT_PRIMARYKEY);
  return {meaning.code, meaning.what, "store", meaning.todo};
}

Status copy_database(Database& source, const std::string& path) {
  const auto partial = path + ".partial";
  std::error_code ignored;
  std::filesystem::remove(partial, ignored);
  auto done = copy_pages(source, partial);
  if (done) done = sync_file(partial, O_RDONLY);
  if (done && std::rename(partial.c_str(), path.c_str()) != 0) {
    done = fail(ErrorCode::Unavailable, "a finished copy could not be given its name", path,
                "allow writing to that folder");
  }
  if (!done) {
    std::filesystem::remove(partial, ignored);
    return done;
  }
  const auto folder = std::filesystem::path(path).parent_path();
  return sync_file(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace holdfast::store
