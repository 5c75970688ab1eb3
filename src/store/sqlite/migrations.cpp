#include "store/sqlite/migrations.h"

#include "store/sqlite/database.h"

namespace holdfast::store {
namespace {

// "HOLD" in ASCII: how the file says whose it is (SQLite file format, section 1.3.14).
constexpr std::int64_t our_application_id = 0x484f4c44;

Status check_ours(Database& database, const std::string& path) {
  const auto application = database.integer_of("pragma application_id");
  if (!application) return fail(application.error());
  if (*application == our_application_id) return {};
  const auto tables = database.integer_of("select count(*) from sqlite_schema");
  if (!tables) return fail(tables.error());
  if (*application == 0 && *tables == 0) return {};
  return fail(ErrorCode::Invalid, "the file is another program's database", path,
              "name another file");
}

Status take(Database& database, const Migration& step) {
  auto done = database.exec("begin immediate");
  if (done) done = database.exec(step.script);
  if (done) {
    done = database.exec("pragma application_id = " + std::to_string(our_application_id) +
                         "; pragma user_version = " + std::to_string(step.number));
  }
  if (done) done = database.exec("commit");
  if (done) return {};
  database.rollback();
  return fail(within(done.error(),
                     "schema step " + std::to_string(step.number) + " " + std::string(step.name)));
}

}  // namespace

std::string backup_path(const std::string& path, std::int64_t version) {
  return path + ".schema-" + std::to_string(version) + ".backup";
}

Status migrate(Database& database, const std::string& path, std::span<const Migration> steps) {
  if (auto ours = check_ours(database, path); !ours) return ours;
  const auto version = database.integer_of("pragma user_version");
  if (!version) return fail(version.error());
  const auto newest = steps.empty() ? 0 : steps.back().number;
  if (*version > newest) {
    return fail(ErrorCode::Invalid,
                "the file's schema is version " + std::to_string(*version) +
                    ", this program knows up to " + std::to_string(newest),
                path, "start the newer program, or restore a backup made by this one");
  }
  if (*version == newest) return {};
  if (*version > 0) {
    if (auto kept = copy_database(database, backup_path(path, *version)); !kept) return kept;
  }
  for (const auto& step : steps) {
    if (step.number <= *version) continue;
    if (auto done = take(database, step); !done) return done;
  }
  return {};
}

}  // namespace holdfast::store
