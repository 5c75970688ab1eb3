#include "apps/sim/run.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include <unistd.h>

#include "apps/sim/kept.h"
#include "apps/sim/machine.h"
#include "apps/sim/model_shop.h"
#include "apps/sim/promises.h"
#include "base/hash.h"
#include "store/memory/memory_store.h"
#include "store/postgres/connection.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"

namespace holdfast::sim {
namespace {

constexpr std::size_t between_comparisons = 7;

/// A folder that goes with its owner.
struct Folder {
  std::filesystem::path path;
  Folder() {
    auto name = (std::filesystem::temp_directory_path() / "holdfast-sim-XXXXXX").string();
    if (::mkdtemp(name.data())) path = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    if (!path.empty()) std::filesystem::remove_all(path, ignored);
  }
};

/// A schema of a database, which goes with its owner.
struct Schema {
  std::string database;
  std::string name = "sim_" + std::to_string(::getpid());  // a process has one run at a time
  explicit Schema(std::string url) : database(std::move(url)) {}
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;
  ~Schema() { (void)run("drop schema if exists " + name + " cascade"); }

  Status run(const std::string& statement) const {
    auto connection = store::pg::Connection::open({database, ""}, "holdfast-sim", "");
    if (!connection) return fail(connection.error());
    const auto done = (*connection)->script(statement, std::chrono::seconds(60));
    return done ? Status() : fail(done.error());
  }
  std::string url() const {
    const auto mark = database.find('?') == std::string::npos ? "?" : "&";
    return database + mark + "options=-csearch_path%3D" + name;
  }
};

/// Where a store keeps its rows, which go in the end.
struct Place {
  std::unique_ptr<Folder> folder;
  std::unique_ptr<Schema> schema;
};

Result<std::unique_ptr<ports::Store>> make_store(const std::string& kind, Place& place) {
  if (kind == "memory") return store::make_memory_store();
  if (store::is_postgres(kind)) {
    place.schema = std::make_unique<Schema>(kind);
    const auto& name = place.schema->name;
    if (auto made =
            place.schema->run("drop schema if exists " + name + " cascade; create schema " + name);
        !made) {
      return fail(made.error());
    }
    auto opened = store::open_postgres_store(place.schema->url());
    if (!opened) return fail(opened.error());
    return std::unique_ptr<ports::Store>(std::move(*opened));
  }
  if (kind != "sqlite") return fail(ErrorCode::Invalid, "no such store: " + kind);
  place.folder = std::make_unique<Folder>();
  auto opened = store::open_sqlite_store((place.folder->path / "holdfast.db").string());
  if (!opened) return fail(opened.error());
  return std::unique_ptr<ports::Store>(std::move(*opened));
}

std::string hash_of(Machine& machine, const Kept& kept) {
  std::string all = to_text(machine.world().books());
  for (const auto& [name, order] : kept.orders) {
    all += name + std::to_string(order.row.version) + hex(order.row.head_hash);
  }
  for (const auto& one : kept.cases) all += hex(one.row.head_hash);
  return hex(sha256(all));
}

void count_spread(Machine& machine, const Kept& kept, Counts& spread) {
  for (const auto& order : machine.world().shop().orders()) {
    std::int64_t pieces = 0;
    for (const auto& line : order.lines) pieces += line.quantity;
    ++spread["lines " + std::to_string(order.lines.size())];
    ++spread["pieces " + std::to_string(pieces)];
  }
  for (const auto* po : machine.purchases()) ++spread["supplier " + po->supplier];
  for (const auto& [name, order] : kept.orders) {
    ++spread["currency " + std::string(order.state.total.currency.text())];
    ++spread["stage " + order.row.stage];
    std::set<std::string> sellers;
    for (const auto& po : order.state.pos) sellers.insert(po.supplier);
    ++spread["suppliers of an order " + std::to_string(sellers.size())];
  }
}

/// Steps that the events, cases and timers of a run took.
void count_transitions(const Kept& kept, Counts& transitions) {
  const auto count = [&](const KeptOrder& one) {
    for (const auto& [row, event] : one.events) {
      ++transitions["event " + std::string(name_of(event))];
      if (const auto* opened = event.as<ExceptionOpened>()) {
        ++transitions["case opened " + std::string(name_of(opened->reason))];
      } else if (const auto* closed = event.as<ExceptionResolved>()) {
        ++transitions["case closed " + closed->verb];
      } else if (const auto* fired = event.as<TimerFired>()) {
        ++transitions["timer " + std::string(name_of(fired->timer))];
      }
    }
  };
  for (const auto& [name, one] : kept.orders) count(one);
  for (const auto& one : kept.cases) count(one);
}

std::string line_of(Instant at, const std::string& text) { return to_text(at) + "  " + text; }

/// What the network did to the order's messages, and what the store recorded of it.
std::vector<std::string> story_of(Machine& machine, const Kept& kept, const std::string& name) {
  std::multimap<Instant, std::string> told;
  std::set<std::string> marks{"\"" + name + "\"", name + ":", name + " "};
  const auto* order = kept.order(name);
  const auto* truth = machine.world().shop().named(name);
  if (truth) marks.insert(std::to_string(truth->id));
  if (order) {
    for (const auto& po : order->state.pos) marks.insert(po.po);
    for (const auto& parcel : order->state.parcels) marks.insert(parcel.tracking);
    for (const auto& [row, event] : order->events) {
      told.emplace(row.at,
                   "event " + std::to_string(row.version) + " by " + row.actor + ": " + row.bytes);
    }
    for (const auto& row : order->outbox) {
      told.emplace(row.changed_at, "effect " + std::string(name_of(row.state)) + " after " +
                                       std::to_string(row.attempts) + ": " + row.bytes + " " +
                                       row.detail);
    }
  }
  for (const auto& [at, text] : machine.record().lines) {
    const bool about = std::ranges::any_of(
        marks, [&](const std::string& mark) { return text.find(mark) != std::string::npos; });
    if (about || text.starts_with("the program") || text.starts_with("it is calm")) {
      told.emplace(at, text);
    }
  }
  std::vector<std::string> story;
  for (const auto& [at, text] : told) story.push_back(line_of(at, text));
  return story;
}

/// What the model read is what the connector would have read: each so many-th order, as it ended.
void compare_with_bytes(Machine& machine) {
  const auto& orders = machine.world().shop().orders();
  const auto& account = machine.engine().setup().channels.front();
  for (std::size_t i = 0; i < orders.size(); i += between_comparisons) {
    const auto agrees = model_agrees(machine.world(), account, orders[i], machine.now());
    if (!agrees) machine.record().violated("model", orders[i].name, describe(agrees.error()));
  }
}

}  // namespace

Result<RunResult> run_seed(const RunWishes& wishes) {
  Place place;
  auto store = make_store(wishes.store, place);
  if (!store) return fail(store.error());
  const auto& scenario = *wishes.scenario;
  Machine machine({&scenario, wishes.policy, wishes.seed, !wishes.trace.empty(), wishes.by_model,
                   std::move(*store)});
  Promises promises(machine);
  RunResult result;
  result.seed = wishes.seed;
  result.scenario = scenario.name;
  try {
    machine.run(scenario.calm_after);
    machine.calm();
    machine.run(hours(24));
    promises.after_a_day();
    machine.run(scenario.end_after - scenario.calm_after - hours(24));
    promises.at_the_end();
  } catch (const std::exception& failure) {
    machine.record().violated("I21", "", std::string("the program ended: ") + failure.what());
  }
  if (wishes.by_model) compare_with_bytes(machine);
  const auto& kept = promises.kept();
  result.orders = static_cast<std::int64_t>(machine.world().shop().orders().size());
  result.hash = hash_of(machine, kept);
  result.faults = machine.record().faults;
  result.transitions = machine.record().transitions;
  result.violations = machine.record().violations;
  count_spread(machine, kept, result.spread);
  count_transitions(kept, result.transitions);
  if (!wishes.trace.empty()) result.story = story_of(machine, kept, wishes.trace);
  return result;
}

}  // namespace holdfast::sim
