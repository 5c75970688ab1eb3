#include "store/sqlite/sqlite_store.h"

#include <filesystem>
#include <mutex>
#include <optional>
#include <utility>

#include "store/sql/reads.h"
#include "store/sqlite/database.h"
#include "store/sqlite/lock_file.h"
#include "store/sqlite/migrations.h"
#include "store/sqlite/reader_pool.h"
#include "store/sqlite/write.h"

namespace holdfast::store {
namespace {

using namespace ports;

// Ends a transaction that nobody committed, whatever way its block was left.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() { database_.rollback(); }

 private:
  Database& database_;
};

class Opened final : public sql::Reads<SqliteStore, Opened> {
 public:
  Opened(std::string path, const SqliteOptions& options, std::optional<LockFile> lock,
         std::unique_ptr<Database> writer)
      : path_(std::move(path)),
        lock_(std::move(lock)),
        writer_tuning_{options.writer_cache_kib, options.mmap_bytes, options.checkpoint_pages,
                       options.file_system},
        reader_tuning_{options.reader_cache_kib, options.mmap_bytes, 0, options.file_system},
        writer_(std::move(writer)),
        readers_(path_, reader_tuning_, options.readers) {}

  Status write(const Batch& batch) override {
    const std::lock_guard lock(writing_);
    if (auto ready = make_writer(); !ready) return ready;
    auto done = commit(batch);
    // A connection that cannot even roll back is closed; the next write opens another.
    if (!done && !writer_->rollback()) writer_.reset();
    if (!done) lately_.forget();
    return done;
  }

  Status backup_to(const std::string& path) override {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) {
      return fail(ErrorCode::Conflict, "the backup's file exists already", path, "name a new file");
    }
    auto source = Database::open(path_, Access::Read, reader_tuning_);
    if (!source) return fail(source.error());
    return copy_database(**source, path);
  }

  Status integrity() override {
    auto source = Database::open(path_, Access::Read, reader_tuning_);
    if (!source) return fail(source.error());
    auto findings = (*source)->query("pragma integrity_check(10)");
    std::string said;
    for (;;) {
      const auto row = findings.next();
      if (!row) return fail(row.error());
      if (!*row) break;
      if (!said.empty()) said += "; ";
      said += findings.view();
    }
    if (said == "ok") return {};
    return fail(ErrorCode::Internal, "the database file is damaged: " + said, path_,
                "restore it from a backup");
  }

  // Runs a question in one read transaction, so that all its statements see the same commit.
  template <class Read>
  auto reading(const Read& read) -> decltype(read(std::declval<Database&>())) {
    auto loan = readers_.lend();
    if (!loan) return fail(loan.error());
    const Transaction end(**loan);
    if (auto begun = (**loan).query("begin").run(); !begun) return fail(begun.error());
    return read(**loan);
  }

  std::int64_t logged_bytes() override {
    const std::lock_guard lock(writing_);
    return writer_ ? writer_->logged_bytes() : 0;
  }

 private:
  Status make_writer() {
    if (writer_) return {};
    auto opened = Database::open(path_, Access::Write, writer_tuning_);
    if (!opened) return fail(opened.error());
    if (auto done = (*opened)->use_write_ahead_log(); !done) return done;
    writer_ = std::move(*opened);
    return {};
  }

  Status commit(const Batch& batch) {
    const Transaction end(*writer_);
    auto done = writer_->query("begin immediate").run();
    if (done) done = write_batch(*writer_, packer_, lately_, batch);
    if (done) done = writer_->query("commit").run();
    if (!done) return done;
    log_to_empty_ = log_to_empty_ || !batch.drop_sealed.empty();
    if (log_to_empty_ && writer_->empty_log())
      log_to_empty_ = false;
    else
      writer_->checkpoint_when_due();
    return done;
  }

  const std::string path_;
  const std::optional<LockFile> lock_;
  const Tuning writer_tuning_;
  const Tuning reader_tuning_;
  Packer packer_;
  Lately lately_;
  std::mutex writing_;
  std::unique_ptr<Database> writer_;
  bool log_to_empty_ = false;  // something erased may still stand in the log
  // Behind the writer, so that readers close first and the writer's closing empties the log.
  ReaderPool readers_;
};

}  // namespace

Result<std::unique_ptr<SqliteStore>> open_sqlite_store(const std::string& path,
                                                       const SqliteOptions& options) {
  std::optional<LockFile> lock;
  if (options.file_system.empty()) {
    auto taken = LockFile::take(path + ".lock");
    if (!taken) return fail(taken.error());
    lock = std::move(*taken);
  }
  auto writer = Database::open(path, Access::Write,
                               {options.writer_cache_kib, options.mmap_bytes,
                                options.checkpoint_pages, options.file_system});
  if (!writer) return fail(writer.error());
  auto done = migrate(**writer, path, schema_migrations());
  if (done) done = (*writer)->use_write_ahead_log();
  if (!done) return fail(done.error());
  return std::make_unique<Opened>(path, options, std::move(lock), std::move(*writer));
}

}  // namespace holdfast::store
