// Whole order lives through engine and production connectors, in one thread and without sockets.
#include <chrono>
#include <filesystem>

#include "store/memory/memory_store.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/bench/parts.h"
#include "tests/bench/yardstick.h"
#include "tests/kit/in_process.h"

namespace holdfast::bench {
namespace {

constexpr std::size_t page = 250;

struct Lived {
  std::int64_t delivered = 0;
  double a_second = 0;
  std::vector<ports::EventRow> events;
};

/// Every order of the store that was delivered.
std::int64_t delivered_in(ports::Store& store, TenantId tenant) {
  ports::OrderQuery query;
  query.tenant = tenant;
  query.stage = "delivered";
  query.limit = page;
  std::int64_t count = 0;
  while (true) {
    const auto rows = store.orders(query);
    if (!rows || rows->empty()) return count;
    count += static_cast<std::int64_t>(rows->size());
    query.before = rows->back().stream.id;
  }
}

Result<Lived> live(std::unique_ptr<ports::Store> store, const std::string& policy,
                   std::int64_t orders) {
  kit::InProcessOptions options;
  options.policy = policy;
  options.store = std::move(store);
  kit::InProcess world(std::move(options));
  // An order a minute, then the three weeks the last one may need.
  world.place_orders(orders, minutes(1));
  const auto begin = std::chrono::steady_clock::now();
  world.run(minutes(orders) + days(21));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const auto tenant = world.engine().setup().tenant;
  Lived lived;
  lived.delivered = delivered_in(world.store(), tenant);
  lived.a_second = static_cast<double>(lived.delivered) / took.count();
  auto events = world.store().events_after(tenant, 0, 100'000);
  if (!events) return fail(events.error());
  lived.events = std::move(*events);
  return lived;
}

/// Rows a second as lives a second, of lives as long as these.
double lives(double rows_a_second, const Lived& lived) {
  return rows_a_second * static_cast<double>(lived.delivered) /
         static_cast<double>(std::max<std::size_t>(1, lived.events.size()));
}

}  // namespace

Status measure_lifecycles(const Plan& plan, Report& report) {
  const std::int64_t orders = plan.quick ? 10 : 1000;
  const auto folder = std::filesystem::path(plan.folder) / "lifecycles";
  std::vector<double> memory, sqlite, reading, inserting;
  std::int64_t delivered = 0;
  for (int repeat = 0; repeat < plan.repeats(); ++repeat) {
    say(std::to_string(orders) + " lives over a store in memory, then over SQLite");
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto quick = live(store::make_memory_store(), plan.policy, orders);
    if (!quick) return fail(quick.error());
    auto store = store::open_sqlite_store((folder / "holdfast.db").string());
    if (!store) return fail(store.error());
    const auto durable = live(std::move(*store), plan.policy, orders);
    if (!durable) return fail(durable.error());
    for (const auto* lived : {&*quick, &*durable}) {
      if (lived->delivered == orders) continue;
      report.wrong(std::to_string(lived->delivered) + " orders delivered of " +
                   std::to_string(orders));
    }
    delivered += durable->delivered;
    memory.push_back(quick->a_second);
    sqlite.push_back(durable->a_second);
    reading.push_back(lives(bare_reading(quick->events), *quick));
    // One commit for each life: as the connectors' answers come, few steps share one.
    const auto per_commit = durable->events.size() / static_cast<std::size_t>(orders) + 1;
    const auto bare = bare_inserts((folder / "bare.db").string(), durable->events, per_commit);
    if (!bare) return fail(bare.error());
    inserting.push_back(lives(*bare, *durable));
  }
  const auto samples = static_cast<std::size_t>(delivered);
  report.add({"lifecycles_in_memory",
              median(memory),
              "orders/s",
              median(reading),
              "hashing and parsing the same events once",
              samples,
              {}});
  report.add({"lifecycles_on_sqlite",
              median(sqlite),
              "orders/s",
              median(inserting),
              "bare SQLite inserts of the same events, a commit each life",
              samples,
              {}});
  return {};
}

}  // namespace holdfast::bench
