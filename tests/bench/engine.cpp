// Orders a second that the engine takes from paid to delivered, every row durable.
#include <algorithm>
#include <filesystem>

#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/bench/engine_lives.h"
#include "tests/bench/parts.h"
#include "tests/bench/postgres.h"
#include "tests/bench/raw_messages.h"
#include "tests/bench/raw_writes.h"

namespace holdfast::bench {
namespace {

constexpr std::int64_t orders_under_way = 2'000;
constexpr std::int64_t quick_orders_under_way = 100;
constexpr std::int64_t grown_events = 1'000'000;  // that the tables hold before it counts
constexpr std::int64_t quick_events = 20'000;
constexpr double most_growing_seconds = 900;
constexpr std::size_t most_raw_bytes = 1'000'000'000;
constexpr double raw_seconds = 5;  // of writes that are written again
constexpr double most_raw_seconds = 60;
constexpr std::int64_t raw_orders = 50;

double ended(const Lives& lives) { return static_cast<double>(lives.finished); }

/// What was lived through, and what a program does that only writes the same.
struct Measured {
  Lives lived;
  Lives taken_down;        // the part whose writes were written again
  double raw_took = 0;     // seconds
  std::int64_t wrong = 0;  // commands refused
};

void grow(EngineLives& lives, const Plan& plan, Measured& measured) {
  const auto grown = plan.quick ? quick_events : grown_events;
  say("orders until the tables hold " + std::to_string(grown) + " events");
  const auto lived = lives.run([&](const Lives& so_far) {
    return so_far.events >= grown || so_far.seconds >= most_growing_seconds;
  });
  measured.wrong += lived.wrong;
  if (lived.events < grown) {
    say("the tables hold " + std::to_string(lived.events) + " events; no more for want of time");
  }
  say("orders for " + std::to_string(static_cast<int>(plan.seconds)) + " seconds");
}

Lives run_for(EngineLives& lives, double seconds, Measured& measured) {
  auto lived = lives.run([&](const Lives& so_far) { return so_far.seconds >= seconds; });
  measured.wrong += lived.wrong;
  return lived;
}

/// A few seconds, or until enough orders ended to tell a rate.
Lives run_a_while(EngineLives& lives, Measured& measured) {
  auto lived = lives.run([](const Lives& so_far) {
    const bool enough = so_far.seconds >= raw_seconds && so_far.finished >= raw_orders;
    return enough || so_far.seconds >= most_raw_seconds;
  });
  measured.wrong += lived.wrong;
  return lived;
}

void add_lives(const Measured& measured, const std::string& store, Report& report) {
  if (measured.wrong != 0) {
    report.wrong(std::to_string(measured.wrong) + " commands were refused");
  }
  const auto& lived = measured.lived;
  if (lived.finished == 0 || measured.taken_down.finished == 0) {
    report.wrong("no order came to its end; give it more seconds");
    return;
  }
  const auto samples = static_cast<std::size_t>(lived.finished);
  Measure speed;
  speed.name = "lifecycle_engine_" + store + "_s";
  speed.value = ended(lived) / lived.seconds;
  speed.unit = "orders/s";
  speed.reference = ended(measured.taken_down) / measured.raw_took;
  speed.against = "a program that only writes the same rows in the same commits";
  speed.samples = samples;
  speed.least = 3'000;
  speed.p50_ms = percentile(lived.commit_ms, 50);
  speed.p99_ms = percentile(lived.commit_ms, 99);
  report.add(speed);
  const auto add = [&](const std::string& name, double value, const char* unit) {
    report.add({name, value, unit, 0, {}, samples, {}, {}});
  };
  add("cpu_ms_per_lifecycle_engine_" + store, lived.cpu_seconds * 1000 / ended(lived), "ms");
  add("events_per_lifecycle_engine_" + store, static_cast<double>(lived.events) / ended(lived),
      "events");
  add("commits_s_engine_" + store, static_cast<double>(lived.commits) / lived.seconds, "commits/s");
}

}  // namespace

Status measure_engine(const Plan& plan, Report& report) {
  const auto folder = std::filesystem::path(plan.folder) / "engine";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  auto store = store::open_sqlite_store((folder / "holdfast.db").string());
  if (!store) return fail(store.error());
  Measured measured;
  EngineLives lives(**store, plan.policy, plan.quick ? quick_orders_under_way : orders_under_way);
  grow(lives, plan, measured);
  const auto logged = (*store)->logged_bytes();
  measured.lived = run_for(lives, plan.seconds, measured);
  const auto log_bytes = static_cast<double>((*store)->logged_bytes() - logged);

  say("the same writes by a program that does nothing else");
  const auto copy = (folder / "raw.db").string();
  if (auto status = (*store)->backup_to(copy); !status) return status;
  RawWrites raw;
  raw.begin(most_raw_bytes);
  measured.taken_down = run_a_while(lives, measured);
  if (!raw.end()) report.wrong("the writes were too many to be written again");
  const auto took = raw.again(copy, store::SqliteOptions().checkpoint_pages);
  if (!took) return fail(took.error());
  measured.raw_took = *took;
  add_lives(measured, "sqlite", report);
  if (measured.lived.finished == 0) return {};
  Measure log;
  log.name = "log_bytes_per_lifecycle";
  log.value = log_bytes / ended(measured.lived);
  log.unit = "bytes";
  log.samples = static_cast<std::size_t>(measured.lived.finished);
  log.limit = 12'000;
  report.add(log);
  return {};
}

Status measure_engine_postgres(const Plan& plan, Report& report) {
  const std::string name = "bench_engine";
  const auto under_way = plan.quick ? quick_orders_under_way : orders_under_way;
  const auto url = fresh_database(name);
  if (!url) return fail(url.error());
  Measured measured;
  {
    auto store = store::open_postgres_store(*url);
    if (!store) return fail(store.error());
    EngineLives lives(**store, plan.policy, under_way);
    grow(lives, plan, measured);
    measured.lived = run_for(lives, plan.seconds, measured);
    if (auto given = (*store)->give_up_lease(TenantId{1}); !given) return given;
  }
  say("the same writes by a program that does nothing else");
  // Copied while nobody is connected, and written to from its first statement on.
  const auto copy = copied_database(name, "bench_engine_raw");
  if (!copy) return fail(copy.error());
  RawMessages raw;
  raw.begin(most_raw_bytes);
  {
    auto store = store::open_postgres_store(*url);
    if (!store) return fail(store.error());
    EngineLives lives(**store, plan.policy, under_way);
    measured.taken_down = run_a_while(lives, measured);
  }
  if (!raw.end()) report.wrong("the writes were too many to be written again");
  const auto took = raw.again(*copy);
  if (!took) return fail(took.error());
  measured.raw_took = *took;
  add_lives(measured, "postgres", report);
  return {};
}

}  // namespace holdfast::bench
