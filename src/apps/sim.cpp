// holdfast-sim: seeded runs of the whole program in a world that goes wrong, judged by everybody's
// own books.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <optional>

#include <sodium.h>

#include "apps/sim/mistakes.h"
#include "apps/sim/run.h"
#include "base/json.h"
#include "base/log.h"
#include "engine/settings/policy_files.h"

namespace holdfast::sim {
namespace {

constexpr std::uint64_t every_so_many_twice = 100;
constexpr std::size_t violations_shown = 20;
constexpr std::uint64_t seeds_a_mistake = 200;

constexpr const char* usage =
    R"(usage: holdfast-sim [options]
runs seeds of a world that goes wrong; exits 0 when no promise broke

  --orders N       orders in all, spread over the seeds (each scenario's own number unless given)
  --seeds N        how many seeds (20)
  --from S         the first of them (1)
  --seed S         this one alone
  --scenario NAME  this scenario alone; without it seeds take turns through all of them
  --trace ORDER    with --seed: the story of one order, as "#1007"
  --store KIND     memory (default) or sqlite
  --regressions    the seeds that once failed, from tests/sim/regressions.txt
  --planted        tests the tester: each planted mistake must be found within 200 seeds
  --mistake NAME   with this planted mistake on; with --planted, this one alone
  --scenarios DIR  where scenarios lie (tests/sim)
  --policy DIR     where the policy lies (policy)
  --help           this

examples
  ./x sim                                    twenty seeds
  ./x sim --orders 730000 --seeds 200        the standard run, a JSON summary at its end
  ./x sim --seed 7 --scenario storm          one seed again
  ./x sim --seed 7 --scenario storm --trace "#1003"
  ./x sim --planted                          ends in "planted found N/N"
)";

struct Wishes {
  std::int64_t orders = 0;
  std::uint64_t seeds = 20;
  std::uint64_t first = 1;
  std::string scenario;
  std::string trace;
  std::string store = "memory";
  std::string scenarios = "tests/sim";
  std::string policy = "policy";
  std::string mistake;
  bool regressions = false;
  bool planted = false;
  bool help = false;
};

Result<Wishes> wishes_of(int count, char** words) {
  Wishes wishes;
  for (int i = 1; i < count; ++i) {
    const std::string flag = words[i];
    wishes.help = wishes.help || flag == "--help";
    wishes.regressions = wishes.regressions || flag == "--regressions";
    wishes.planted = wishes.planted || flag == "--planted";
    if (flag == "--help" || flag == "--regressions" || flag == "--planted") continue;
    if (i + 1 == count) return fail(ErrorCode::Invalid, "a flag without its value", flag);
    const std::string value = words[++i];
    const auto number = std::strtoll(value.c_str(), nullptr, 10);
    if (flag == "--orders")
      wishes.orders = number;
    else if (flag == "--seeds")
      wishes.seeds = static_cast<std::uint64_t>(number);
    else if (flag == "--from")
      wishes.first = static_cast<std::uint64_t>(number);
    else if (flag == "--seed") {
      wishes.first = static_cast<std::uint64_t>(number);
      wishes.seeds = 1;
    } else if (flag == "--scenario")
      wishes.scenario = value;
    else if (flag == "--trace")
      wishes.trace = value;
    else if (flag == "--store")
      wishes.store = value;
    else if (flag == "--scenarios")
      wishes.scenarios = value;
    else if (flag == "--policy")
      wishes.policy = value;
    else if (flag == "--mistake")
      wishes.mistake = value;
    else
      return fail(ErrorCode::Invalid, "no such flag", flag);
  }
  return wishes;
}

/// Sums over all seeds.
struct Totals {
  std::int64_t orders = 0;
  std::int64_t seeds = 0;
  std::int64_t repeated = 0;
  std::int64_t violations = 0;
  Counts faults;
  Counts transitions;
  Counts spread;
};

void add(Counts& to, const Counts& more) {
  for (const auto& [name, count] : more) to[name] += count;
}

Json json_of(const Counts& counts) {
  Json json = Json::Object{};
  for (const auto& [name, count] : counts) json.set(name, count);
  return json;
}

/// A scenario with as many orders as each seed is to have, in the same time.
Scenario sized(Scenario scenario, const Wishes& wishes) {
  if (wishes.orders <= 0) return scenario;
  const auto each = wishes.orders / static_cast<std::int64_t>(wishes.seeds);
  const auto span = scenario.order_every * scenario.orders;
  scenario.orders = std::max<std::int64_t>(each, 1);
  scenario.order_every = {std::max<std::int64_t>(span.ms / scenario.orders, 1)};
  return scenario;
}

void show(const RunResult& result, const Wishes& wishes) {
  const auto shown = std::min(result.violations.size(), violations_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& found = result.violations[i];
    std::cout << result.scenario << " seed " << result.seed << ": " << found.invariant << " "
              << found.order << ": " << found.what << "\n";
  }
  if (result.violations.empty()) return;
  std::cout << "again: ./x sim --seed " << result.seed << " --scenario " << result.scenario;
  if (wishes.orders > 0) {
    std::cout << " --orders " << wishes.orders / static_cast<std::int64_t>(wishes.seeds);
  }
  if (wishes.store != "memory") std::cout << " --store " << wishes.store;
  const auto named = std::ranges::find_if(
      result.violations, [](const Violation& found) { return !found.order.empty(); });
  if (named != result.violations.end()) std::cout << " --trace '" << named->order << "'";
  std::cout << std::endl;
}

class Session {
 public:
  Session(const Wishes& wishes, const Policy& policy) : wishes_(wishes), policy_(policy) {}

  /// Runs one seed, one in a hundred twice.
  Status run(const Scenario& scenario, std::uint64_t seed) {
    const auto fitted = sized(scenario, wishes_);
    const RunWishes wish{&fitted, &policy_, seed, wishes_.trace, wishes_.store};
    auto result = run_seed(wish);
    if (!result) return fail(result.error());
    if (seed % every_so_many_twice == 1) {
      const auto again = run_seed(wish);
      ++totals.repeated;
      if (!again || again->hash != result->hash) {
        result->violations.push_back({"I18", "", "the same seed ended otherwise"});
      }
    }
    for (const auto& line : result->story) std::cout << line << "\n";
    show(*result, wishes_);
    totals.orders += result->orders;
    ++totals.seeds;
    totals.violations += static_cast<std::int64_t>(result->violations.size());
    add(totals.faults, result->faults);
    add(totals.transitions, result->transitions);
    add(totals.spread, result->spread);
    return {};
  }

  void progress(std::chrono::steady_clock::time_point began) const {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::fprintf(stderr, "\r%lld seeds, %lld orders, %lld violations, %.0f s ",
                 static_cast<long long>(totals.seeds), static_cast<long long>(totals.orders),
                 static_cast<long long>(totals.violations), took.count());
  }

  Totals totals;

 private:
  const Wishes& wishes_;
  const Policy& policy_;
};

void summarise(const Totals& totals, double seconds) {
  Json json;
  json.set("orders", totals.orders);
  json.set("seeds", totals.seeds);
  json.set("seeds_run_twice", totals.repeated);
  json.set("faults", json_of(totals.faults));
  json.set("transitions", json_of(totals.transitions));
  json.set("spread", json_of(totals.spread));
  json.set("violations", totals.violations);
  json.set("orders_per_second",
           static_cast<std::int64_t>(static_cast<double>(totals.orders) / seconds));
  std::cout << to_pretty_text(json) << std::endl;
}

/// "storm 17", one a line; what follows # is why.
Result<std::vector<std::pair<std::string, std::uint64_t>>> kept_seeds(const std::string& folder) {
  std::ifstream file(folder + "/regressions.txt");
  if (!file) return fail(ErrorCode::NotFound, "no regressions.txt", folder);
  std::vector<std::pair<std::string, std::uint64_t>> seeds;
  for (std::string line; std::getline(file, line);) {
    line = line.substr(0, line.find('#'));
    const auto space = line.find(' ');
    if (space == std::string::npos) continue;
    seeds.emplace_back(line.substr(0, space), std::strtoull(line.c_str() + space, nullptr, 10));
  }
  return seeds;
}

const Scenario* named(const std::vector<Scenario>& scenarios, const std::string& name) {
  const auto found = std::ranges::find(scenarios, name, &Scenario::name);
  return found == scenarios.end() ? nullptr : &*found;
}

Status run_all(const Wishes& wishes, const std::vector<Scenario>& scenarios, Session& session) {
  const auto began = std::chrono::steady_clock::now();
  std::vector<std::pair<const Scenario*, std::uint64_t>> plan;
  if (wishes.regressions) {
    const auto seeds = kept_seeds(wishes.scenarios);
    if (!seeds) return fail(seeds.error());
    for (const auto& [name, seed] : *seeds) plan.emplace_back(named(scenarios, name), seed);
  } else {
    for (std::uint64_t i = 0; i < wishes.seeds; ++i) {
      const auto seed = wishes.first + i;
      const auto* scenario = wishes.scenario.empty()
                                 ? &scenarios[static_cast<std::size_t>(seed % scenarios.size())]
                                 : named(scenarios, wishes.scenario);
      plan.emplace_back(scenario, seed);
    }
  }
  for (const auto& [scenario, seed] : plan) {
    if (!scenario) return fail(ErrorCode::NotFound, "no such scenario", wishes.scenario);
    if (auto status = session.run(*scenario, seed); !status) return status;
    session.progress(began);
  }
  std::fprintf(stderr, "\n");
  return {};
}

/// The first seed that finds a mistake, with what it found; nothing when none does.
std::optional<std::string> find_mistake(const Wishes& wishes,
                                        const std::vector<Scenario>& scenarios,
                                        const Policy& policy) {
  for (std::uint64_t seed = 1; seed <= seeds_a_mistake; ++seed) {
    const auto* scenario = wishes.scenario.empty()
                               ? &scenarios[static_cast<std::size_t>(seed % scenarios.size())]
                               : named(scenarios, wishes.scenario);
    if (!scenario) return std::nullopt;
    const auto result = run_seed({scenario, &policy, seed, "", wishes.store});
    if (!result || result->violations.empty()) continue;
    const auto& found = result->violations.front();
    return "seed " + std::to_string(seed) + " of " + scenario->name + ", " + found.invariant + " " +
           found.order + ": " + found.what.substr(0, 120);
  }
  return std::nullopt;
}

/// Each planted mistake alone; 0 when all are found.
int find_mistakes(const Wishes& wishes, const std::vector<Scenario>& scenarios,
                  const Policy& policy) {
  std::size_t found = 0, tried = 0;
  for (const auto name : planted_mistakes()) {
    if (!wishes.mistake.empty() && wishes.mistake != name) continue;
    ++tried;
    plant(name);
    const auto where = find_mistake(wishes, scenarios, policy);
    found += where ? 1 : 0;
    std::cout << (where ? "found " : "MISSED ") << name << (where ? ": " + *where : "")
              << std::endl;
  }
  plant("");
  std::cout << "planted found " << found << "/" << tried << std::endl;
  return found == tried ? 0 : 1;
}

int run(int count, char** words) {
  const auto wishes = wishes_of(count, words);
  if (!wishes || wishes->help) {
    if (!wishes) std::cerr << describe(wishes.error()) << "\n";
    (wishes ? std::cout : std::cerr) << usage;
    return wishes ? 0 : 2;
  }
  LogOptions quiet;
  quiet.file = "/dev/null";
  (void)configure_log(quiet);
  const auto scenarios = read_scenarios(wishes->scenarios);
  const auto policy = engine::load_policy(wishes->policy);
  if (!scenarios || !policy) {
    std::cerr << describe(scenarios ? policy.error() : scenarios.error()) << "\n";
    return 2;
  }
  if (wishes->planted) return find_mistakes(*wishes, *scenarios, *policy);
  plant(wishes->mistake);
  Session session(*wishes, *policy);
  const auto began = std::chrono::steady_clock::now();
  if (const auto status = run_all(*wishes, *scenarios, session); !status) {
    std::cerr << describe(status.error()) << "\n";
    return 2;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  summarise(session.totals, took.count());
  return session.totals.violations == 0 ? 0 : 1;
}

}  // namespace
}  // namespace holdfast::sim

int main(int count, char** words) {
  if (sodium_init() < 0) return 2;
  try {
    return holdfast::sim::run(count, words);
  } catch (const std::exception& failure) {
    std::cerr << "holdfast-sim: " << failure.what() << "\n";
    return 2;
  }
}
