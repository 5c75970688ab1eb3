#include "store/postgres/migrations.h"

#include "store/postgres/dialect.h"
#include "store/sqlite/migrations.h"

namespace holdfast::store {

// Beside the shared steps, by the number of the step it follows.
namespace pg_schema {
extern const std::string_view after_001_leases_sql;
extern const std::string_view after_003_statistics_sql;
}  // namespace pg_schema

namespace pg {
namespace {

constexpr std::chrono::milliseconds step_limit{10 * 60 * 1000};

std::string script_of(const Migration& step) {
  auto script = postgres_script(step.script);
  if (step.number == 1) script += postgres_script(pg_schema::after_001_leases_sql);
  if (step.number == 3) script += postgres_script(pg_schema::after_003_statistics_sql);
  return script;
}

Result<bool> is_there(Connection& connection, std::string_view table) {
  Parameters parameters;
  parameters.add(table);
  auto found = connection.ask("select 1 where to_regclass($1) is not null", parameters, step_limit);
  if (!found) return fail(found.error());
  return found->rows() > 0;
}

Status make_version_table(Connection& connection) {
  const auto ours = is_there(connection, "schema_version");
  if (!ours) return fail(ours.error());
  if (*ours) return {};
  const auto others = is_there(connection, "event");
  if (!others) return fail(others.error());
  if (*others) {
    return fail(ErrorCode::Invalid, "the database holds another program's tables", "store.url",
                "name a database of its own");
  }
  // Two processes may come here together; the one that is late finds the table.
  auto made = connection.script("create table schema_version (version bigint not null primary key)",
                                step_limit);
  if (made) return {};
  const auto meanwhile = is_there(connection, "schema_version");
  return meanwhile && *meanwhile ? Status() : fail(made.error());
}

Status take(Connection& connection, const Migration& step) {
  const auto number = std::to_string(step.number);
  auto done =
      connection.script("begin; lock table schema_version in access exclusive mode", step_limit);
  if (!done) return fail(done.error());
  const auto version = schema_version(connection);
  if (version && *version >= step.number) {
    // Somebody else took it while we waited.
    done = connection.script("rollback", step_limit);
    return done ? Status() : fail(done.error());
  }
  done = connection.script(
      script_of(step) + "; insert into schema_version values (" + number + "); commit", step_limit);
  if (done) return {};
  const auto ended = connection.script("rollback", step_limit);
  return fail(within(done.error(), "schema step " + number + " " + std::string(step.name)));
}

}  // namespace

Result<std::int64_t> schema_version(Connection& connection) {
  auto version =
      connection.script("select coalesce(max(version), 0)::text from schema_version", step_limit);
  if (!version) return fail(version.error());
  return std::stoll(std::string(version->bytes(0, 0)));
}

Status migrate(Connection& connection) {
  if (auto made = make_version_table(connection); !made) return made;
  const auto version = schema_version(connection);
  if (!version) return fail(version.error());
  const auto steps = schema_migrations();
  const auto newest = steps.empty() ? 0 : steps.back().number;
  if (*version > newest) {
    return fail(ErrorCode::Invalid,
                "the database's schema is version " + std::to_string(*version) +
                    ", this program knows up to " + std::to_string(newest),
                "store.url", "start the newer program");
  }
  for (const auto& step : steps) {
    if (step.number <= *version) continue;
    if (auto done = take(connection, step); !done) return done;
  }
  return {};
}

}  // namespace pg
}  // namespace holdfast::store
