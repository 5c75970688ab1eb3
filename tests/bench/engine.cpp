// Orders a second that the engine takes from paid to delivered over SQLite, every row durable.
#include <algorithm>
#include <filesystem>

#include "store/sqlite/sqlite_store.h"
#include "tests/bench/engine_lives.h"
#include "tests/bench/parts.h"
#include "tests/bench/raw_writes.h"

namespace holdfast::bench {
namespace {

constexpr std::int64_t orders_under_way = 2'000;
constexpr std::int64_t grown_events = 1'000'000;  // that the tables hold before it counts
constexpr std::int64_t quick_events = 20'000;
constexpr std::size_t most_raw_bytes = 1'000'000'000;
constexpr double raw_seconds = 5;  // of writes that are written again

double ended(const Lives& lives) { return static_cast<double>(lives.finished); }

}  // namespace

Status measure_engine(const Plan& plan, Report& report) {
  const auto folder = std::filesystem::path(plan.folder) / "engine";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  auto store = store::open_sqlite_store((folder / "holdfast.db").string());
  if (!store) return fail(store.error());
  EngineLives lives(**store, plan.policy, orders_under_way);
  const auto grown = plan.quick ? quick_events : grown_events;
  say("orders until the tables hold " + std::to_string(grown) + " events");
  std::int64_t wrong = lives.run([&](const Lives& so_far) { return so_far.events >= grown; }).wrong;
  say("orders for " + std::to_string(static_cast<int>(plan.seconds)) + " seconds");
  const auto logged = (*store)->logged_bytes();
  const auto lived = lives.run([&](const Lives& so_far) { return so_far.seconds >= plan.seconds; });
  const auto log_bytes = static_cast<double>((*store)->logged_bytes() - logged);
  wrong += lived.wrong;

  say("the same writes by a program that does nothing else");
  const auto copy = (folder / "raw.db").string();
  if (auto status = (*store)->backup_to(copy); !status) return status;
  RawWrites raw;
  raw.begin(most_raw_bytes);
  const auto taken_down = lives.run(
      [&](const Lives& so_far) { return so_far.seconds >= std::min(raw_seconds, plan.seconds); });
  const bool whole = raw.end();
  wrong += taken_down.wrong;
  const auto raw_took = raw.again(copy, store::SqliteOptions().checkpoint_pages);
  if (!raw_took) return fail(raw_took.error());
  if (!whole) report.wrong("the writes were too many to be written again");
  if (wrong != 0) report.wrong(std::to_string(wrong) + " commands were refused");

  const auto samples = static_cast<std::size_t>(lived.finished);
  const double rate = ended(lived) / lived.seconds;
  Measure speed;
  speed.name = "lifecycle_engine_sqlite_s";
  speed.value = rate;
  speed.unit = "orders/s";
  speed.reference = ended(taken_down) / *raw_took;
  speed.against = "a program that only writes the same rows in the same commits";
  speed.samples = samples;
  speed.least = 3'000;
  report.add(speed);
  const auto add = [&](const char* name, double value, const char* unit) {
    report.add({name, value, unit, 0, {}, samples, {}, {}});
  };
  add("lifecycle_engine_sqlite_p50", percentile(lived.commit_ms, 50), "ms");
  add("lifecycle_engine_sqlite_p99", percentile(lived.commit_ms, 99), "ms");
  add("cpu_ms_per_lifecycle_engine", lived.cpu_seconds * 1000 / ended(lived), "ms");
  add("events_per_lifecycle", static_cast<double>(lived.events) / ended(lived), "events");
  add("commits_s", static_cast<double>(lived.commits) / lived.seconds, "commits/s");
  Measure log;
  log.name = "log_bytes_per_lifecycle";
  log.value = log_bytes / ended(lived);
  log.unit = "bytes";
  log.samples = samples;
  log.limit = 12'000;
  report.add(log);
  return {};
}

}  // namespace holdfast::bench
