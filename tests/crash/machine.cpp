#include "tests/crash/machine.h"

#include <array>

#include <sqlite3.h>

#include "base/hash.h"
#include "engine/setup.h"
#include "store/sqlite/sqlite_store.h"

namespace holdfast::crash {
namespace {

/// What goes wrong with the first orders; none of it needs a person by itself.
constexpr std::array troubles{
    "buyer_cancels_after_po",  "duplicate_webhooks", "supplier_5xx_after_effect",
    "refund_one_piece",        "webhooks_reordered", "supplier_timeout",
    "buyer_cancels_before_po", "webhook_lost",       "throttled"};
constexpr Duration between_orders = minutes(7);

struct CloseHandle {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct EndStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, CloseHandle>;

tl::unexpected<Error> damaged(sqlite3* handle) {
  return fail(ErrorCode::Internal, sqlite3_errmsg(handle), "the store's file");
}

/// All columns of all rows, each with its type.
Result<std::string> rows_of(sqlite3* handle, const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(handle, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) {
    return damaged(handle);
  }
  const std::unique_ptr<sqlite3_stmt, EndStatement> statement(raw);
  std::string text;
  for (;;) {
    const int code = sqlite3_step(raw);
    if (code == SQLITE_DONE) return text;
    if (code != SQLITE_ROW) return damaged(handle);
    for (int i = 0; i < sqlite3_column_count(raw); ++i) {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(raw, i));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(raw, i));
      text += std::to_string(sqlite3_column_type(raw, i)) + "," + std::to_string(size) + ":";
      if (bytes != nullptr) text.append(bytes, size);
    }
    text += '\n';
  }
}

Result<std::vector<std::string>> tables_of(sqlite3* handle) {
  sqlite3_stmt* raw = nullptr;
  const char* const sql = "select name from sqlite_schema where type = 'table' order by name";
  if (sqlite3_prepare_v2(handle, sql, -1, &raw, nullptr) != SQLITE_OK) return damaged(handle);
  const std::unique_ptr<sqlite3_stmt, EndStatement> statement(raw);
  std::vector<std::string> names;
  while (sqlite3_step(raw) == SQLITE_ROW) {
    const auto* name = static_cast<const char*>(sqlite3_column_blob(raw, 0));
    names.emplace_back(name, static_cast<std::size_t>(sqlite3_column_bytes(raw, 0)));
  }
  return names;
}

}  // namespace

Result<std::unique_ptr<ports::Store>> open_store(const Scenario& scenario,
                                                 const peers::Disk& disk) {
  store::SqliteOptions options;
  options.checkpoint_pages = scenario.checkpoint_pages;
  options.file_system = disk.name();
  auto store = store::open_sqlite_store(scenario.path, options);
  if (!store) return fail(store.error());
  return std::unique_ptr<ports::Store>(std::move(*store));
}

Result<std::string> digest_of(const Scenario& scenario, const peers::Disk& disk) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(
      scenario.path.c_str(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, disk.name().c_str());
  const Handle handle(raw);
  if (opened != SQLITE_OK) return damaged(raw);
  auto sound = rows_of(raw, "pragma integrity_check(5)");
  if (!sound) return sound;
  if (*sound != "3,2:ok\n") return fail(ErrorCode::Internal, *sound, "integrity check");
  auto tables = tables_of(raw);
  if (!tables) return fail(tables.error());
  std::string all;
  for (const auto& table : *tables) {
    auto rows = rows_of(raw, "select * from \"" + table + "\"");
    if (!rows) return rows;
    all += table + "\n" + *rows;
  }
  return hex(sha256(all));
}

Result<std::string> digest_of(const Scenario& scenario, peers::Disk::Image image) {
  const peers::Disk disk(std::move(image));
  // Opened as the program does it, so that what the end cut off is put right the same way.
  auto store = open_store(scenario, disk);
  if (!store) return fail(store.error());
  return digest_of(scenario, disk);
}

Machine::Machine(Scenario scenario) : scenario_(std::move(scenario)) {}

Status Machine::begin(std::shared_ptr<peers::Disk> disk, std::function<void()> pumped) {
  disk_ = std::move(disk);
  auto store = open_store(scenario_, *disk_);
  if (!store) return fail(store.error());
  kit::InProcessOptions options;
  options.seed = scenario_.seed;
  options.store = std::move(*store);
  options.jumps = true;
  options.dead = [this] { return disk_->frozen(); };
  options.pumped = std::move(pumped);
  options.mail_first = [this](const ports::MailRequest&) {
    ++mails_;
    return std::optional<ports::Response>();
  };
  options.adjust = [](engine::Setup& setup) { setup.reconcile_every = days(1); };
  for (std::size_t i = 0; i < troubles.size(); ++i) {
    options.faults.push_back({"#" + std::to_string(1001 + i), troubles[i]});
  }
  inside_ = std::make_unique<kit::InProcess>(std::move(options));
  inside_->engine().on_change([this](const engine::Stepped&) { ++steps_; });
  end_ = inside_->now() + scenario_.length;
  inside_->place_orders(scenario_.orders, between_orders);
  return {};
}

Status Machine::go_on(std::shared_ptr<peers::Disk> disk) {
  if (!inside_) return begin(std::move(disk), {});
  auto store = open_store(scenario_, *disk);
  if (!store) return fail(store.error());
  disk_ = std::move(disk);
  inside_->restart(std::move(*store));
  return {};
}

void Machine::live() { inside_->run(end_ - inside_->now()); }

std::int64_t Machine::exchanges() const {
  return inside_ ? inside_->world().exchanges() + mails_ : 0;
}

Result<apps::Findings> Machine::audit() {
  return apps::audit(inside_->store(), TenantId{1}, inside_->world().books(), inside_->now());
}

}  // namespace holdfast::crash
