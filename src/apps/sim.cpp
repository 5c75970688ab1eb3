// holdfast-sim: seeded runs of the whole program in a world that goes wrong, judged by everybody's
// own books.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <thread>

#include <sodium.h>

#include "apps/sim/coverage.h"
#include "apps/sim/crew.h"
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
constexpr std::uint64_t one_by_bytes_in = 10;
constexpr std::int64_t most_deaths_among_many = 28;  // a day
constexpr std::int64_t orders_within_limits = 300;
constexpr std::int64_t big_among_many = 560;
constexpr std::int64_t clock_steps_among_many = 24;  // a day

constexpr const char* usage =
    R"(usage: holdfast-sim [options]
runs seeds of a world that goes wrong; exits 0 when no promise broke

  --orders N       orders in all, spread over the seeds (each scenario's own number unless given)
  --seeds N        how many seeds (20)
  --from S         the first of them (1)
  --seed S         this one alone
  --scenario NAME  this scenario alone; without it seeds take turns through all of them
  --trace ORDER    with --seed: the story of one order, as "#1007"
  --store KIND     memory, sqlite, or postgres://… with its password in PGPASSWORD
  --orders-by HOW  model: orders are read as records; bytes: through the connector's own bytes.
                   Without these two nine seeds in ten are memory and model, the tenth sqlite and
                   bytes; kept seeds and planted mistakes are memory and bytes
  --jobs N         processes that share the seeds (one a core)
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
  std::size_t jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string scenario;
  std::string trace;
  std::string store;      // "": each seed's own
  std::string orders_by;  // likewise
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
    } else if (flag == "--jobs")
      wishes.jobs = static_cast<std::size_t>(std::max(1LL, number));
    else if (flag == "--scenario")
      wishes.scenario = value;
    else if (flag == "--trace")
      wishes.trace = value;
    else if (flag == "--store")
      wishes.store = value;
    else if (flag == "--orders-by")
      wishes.orders_by = value;
    else if (flag == "--scenarios")
      wishes.scenarios = value;
    else if (flag == "--policy")
      wishes.policy = value;
    else if (flag == "--mistake")
      wishes.mistake = value;
    else
      return fail(ErrorCode::Invalid, "no such flag", flag);
  }
  const auto& by = wishes.orders_by;
  if (!by.empty() && by != "model" && by != "bytes") {
    return fail(ErrorCode::Invalid, "neither model nor bytes", by);
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

Json json_of(const Counts& counts) {
  Json json = Json::Object{};
  for (const auto& [name, count] : counts) json.set(name, count);
  return json;
}

/// A scenario with as many orders as each seed is to have, in the same time. Many of them come
/// through all of its bad days, and no limit on purchases keeps them waiting; after each death all
/// live orders are read again, so that hundreds of deaths among thousands would do nothing else.
Scenario sized(Scenario scenario, std::int64_t orders) {
  if (orders <= 0) return scenario;
  auto span = scenario.order_every * scenario.orders;
  if (orders > 10 * scenario.orders) {
    span = std::max(span, scenario.calm_after - days(1));
    scenario.limits_times = 1 + orders / orders_within_limits;
    scenario.order.big = big_among_many;
    // As long wrong in all, in shorter spans.
    if (auto& clock = scenario.clock; clock.steps_a_day > 0) {
      clock.wrong_most = clock.wrong_most * clock.steps_a_day / clock_steps_among_many;
      clock.steps_a_day = clock_steps_among_many;
    }
    scenario.process.evenly = true;
    scenario.process.deaths_a_day = std::min(scenario.process.deaths_a_day, most_deaths_among_many);
  }
  scenario.orders = orders;
  scenario.order_every = {std::max<std::int64_t>(span.ms / scenario.orders, 1)};
  return scenario;
}

Json to_json(const Totals& totals) {
  Json json;
  json.set("orders", totals.orders);
  json.set("seeds", totals.seeds);
  json.set("seeds_run_twice", totals.repeated);
  json.set("faults", json_of(totals.faults));
  json.set("transitions", json_of(totals.transitions));
  json.set("spread", json_of(totals.spread));
  json.set("violations", totals.violations);
  return json;
}

void add_counts(Counts& to, const Json& more) {
  for (const auto& [name, count] : more.members()) to[name] += count.integer();
}

void add(Totals& to, const Json& more) {
  to.orders += more["orders"].integer();
  to.seeds += more["seeds"].integer();
  to.repeated += more["seeds_run_twice"].integer();
  to.violations += more["violations"].integer();
  add_counts(to.faults, more["faults"]);
  add_counts(to.transitions, more["transitions"]);
  add_counts(to.spread, more["spread"]);
}

/// A seed of a plan.
struct Planned {
  const Scenario* scenario = nullptr;
  std::uint64_t seed = 1;
  std::int64_t orders = 0;  // 0 for the scenario's own number
  std::string store = "memory";
  bool by_model = false;
};

/// How a seed runs: nine in ten quickly, the tenth on a real database and with every byte, unless
/// it was asked for otherwise.
void choose_way(Planned& planned, const Wishes& wishes, bool may_be_quick) {
  const bool by_bytes = planned.seed % one_by_bytes_in == 0;
  if (may_be_quick) {
    planned.store = by_bytes ? "sqlite" : "memory";
    planned.by_model = !by_bytes;
  }
  if (!wishes.store.empty()) planned.store = wishes.store;
  if (!wishes.orders_by.empty()) planned.by_model = wishes.orders_by == "model";
}

std::string shown_of(const RunResult& result, const Planned& planned) {
  if (result.violations.empty()) return {};
  std::string text;
  const auto seed = std::to_string(result.seed);
  const auto shown = std::min(result.violations.size(), violations_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& found = result.violations[i];
    text += result.scenario + " seed " + seed + ": " + found.invariant + " " + found.order + ": " +
            found.what + "\n";
  }
  text += "again: ./x sim --seed " + seed + " --scenario " + result.scenario;
  if (planned.orders > 0) text += " --orders " + std::to_string(planned.orders);
  text += " --store " + planned.store + " --orders-by " + (planned.by_model ? "model" : "bytes");
  const auto about = std::ranges::find_if(
      result.violations, [](const Violation& found) { return !found.order.empty(); });
  if (about != result.violations.end()) text += " --trace '" + about->order + "'";
  return text + "\n";
}

/// Runs one seed, one in a hundred twice; gives what is to be shown, and what it adds to the sums.
Json run_planned(const Planned& planned, const Wishes& wishes, const Policy& policy) {
  const auto fitted = sized(*planned.scenario, planned.orders);
  const RunWishes wish{&fitted,      &policy,       planned.seed,
                       wishes.trace, planned.store, planned.by_model};
  auto result = run_seed(wish);
  Json told;
  if (!result) {
    told.set("error", describe(result.error()));
    return told;
  }
  Totals totals;
  if (planned.seed % every_so_many_twice == 1) {
    const auto again = run_seed(wish);
    ++totals.repeated;
    if (!again || again->hash != result->hash) {
      result->violations.push_back({"I18", "", "the same seed ended otherwise"});
    }
  }
  std::string shown;
  for (const auto& line : result->story) shown += line + "\n";
  shown += shown_of(*result, planned);
  totals.orders = result->orders;
  totals.seeds = 1;
  totals.violations = static_cast<std::int64_t>(result->violations.size());
  totals.faults = std::move(result->faults);
  totals.transitions = std::move(result->transitions);
  totals.spread = std::move(result->spread);
  told.set("shown", shown);
  told.set("totals", to_json(totals));
  return told;
}

void summarise(Totals totals, double seconds) {
  totals.faults.merge(all_order_faults());
  totals.transitions.merge(all_transitions());
  auto json = to_json(totals);
  json.set("faults_below_1000", json_of(thin(totals.faults, faults_wanted)));
  json.set("transitions_below_100", json_of(thin(totals.transitions, transitions_wanted)));
  json.set("orders_per_second",
           static_cast<std::int64_t>(static_cast<double>(totals.orders) / seconds));
  std::cout << to_pretty_text(json) << std::endl;
}

void show_progress(const Totals& totals, std::chrono::steady_clock::time_point began) {
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::fprintf(stderr, "\r%lld seeds, %lld orders, %lld violations, %.0f s ",
               static_cast<long long>(totals.seeds), static_cast<long long>(totals.orders),
               static_cast<long long>(totals.violations), took.count());
}

const Scenario* named(const std::vector<Scenario>& scenarios, const std::string& name) {
  const auto found = std::ranges::find(scenarios, name, &Scenario::name);
  return found == scenarios.end() ? nullptr : &*found;
}

/// The scenario of a name; without one all take turns by the seed. nullptr for an unknown name.
const Scenario* scenario_of(const std::vector<Scenario>& scenarios, const std::string& name,
                            std::uint64_t seed) {
  return name.empty() ? &scenarios[static_cast<std::size_t>(seed % scenarios.size())]
                      : named(scenarios, name);
}

/// "storm 17" or "storm 17 150", with as many orders, one a line; what follows # is why.
Result<std::vector<Planned>> kept_seeds(const Wishes& wishes,
                                        const std::vector<Scenario>& scenarios) {
  const auto& folder = wishes.scenarios;
  std::ifstream file(folder + "/regressions.txt");
  if (!file) return fail(ErrorCode::NotFound, "no regressions.txt", folder);
  std::vector<Planned> plan;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string name;
    Planned planned;
    if (!(words >> name >> planned.seed)) continue;
    words >> planned.orders;
    planned.scenario = named(scenarios, name);
    if (!planned.scenario) return fail(ErrorCode::NotFound, "no such scenario: " + name, folder);
    choose_way(planned, wishes, false);
    plan.push_back(planned);
  }
  return plan;
}

Result<std::vector<Planned>> plan_of(const Wishes& wishes, const std::vector<Scenario>& scenarios) {
  if (wishes.regressions) return kept_seeds(wishes, scenarios);
  std::vector<Planned> plan;
  const auto each =
      wishes.orders / static_cast<std::int64_t>(std::max<std::uint64_t>(wishes.seeds, 1));
  for (std::uint64_t i = 0; i < wishes.seeds; ++i) {
    const auto seed = wishes.first + i;
    const auto* scenario = scenario_of(scenarios, wishes.scenario, seed);
    if (!scenario) return fail(ErrorCode::NotFound, "no such scenario", wishes.scenario);
    Planned planned;
    planned.scenario = scenario;
    planned.seed = seed;
    planned.orders = wishes.orders > 0 ? std::max<std::int64_t>(each, 1) : 0;
    choose_way(planned, wishes, true);
    plan.push_back(planned);
  }
  return plan;
}

Result<Totals> run_all(const Wishes& wishes, const std::vector<Scenario>& scenarios,
                       const Policy& policy) {
  const auto began = std::chrono::steady_clock::now();
  const auto plan = plan_of(wishes, scenarios);
  if (!plan) return fail(plan.error());
  Totals totals;
  Status all;
  const auto shared = share_out(
      plan->size(), wishes.jobs,
      [&](std::size_t number) { return to_text(run_planned((*plan)[number], wishes, policy)); },
      [&](std::size_t, const std::string& text) {
        const auto told = parse_json(text);
        const auto error = told ? (*told)["error"].string() : describe(told.error());
        if (!error.empty()) {
          all = fail(ErrorCode::Internal, error);
          return;
        }
        std::cout << (*told)["shown"].string() << std::flush;
        add(totals, (*told)["totals"]);
        show_progress(totals, began);
      });
  std::fprintf(stderr, "\n");
  if (!shared) return fail(shared.error());
  if (!all) return fail(all.error());
  return totals;
}

/// The first seed that finds a mistake, with what it found; nothing when none does.
std::optional<std::string> find_mistake(const Wishes& wishes, std::string_view shows_in,
                                        const std::vector<Scenario>& scenarios,
                                        const Policy& policy) {
  const std::string asked = wishes.scenario.empty() ? std::string(shows_in) : wishes.scenario;
  for (std::uint64_t seed = 1; seed <= seeds_a_mistake; ++seed) {
    const auto* scenario = scenario_of(scenarios, asked, seed);
    if (!scenario) return std::nullopt;
    Planned planned;
    planned.seed = seed;
    choose_way(planned, wishes, false);
    const auto result = run_seed({scenario, &policy, seed, "", planned.store, planned.by_model});
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
  std::vector<Mistake> mistakes;
  for (const auto& one : planted_mistakes()) {
    if (wishes.mistake.empty() || wishes.mistake == one.name) mistakes.push_back(one);
  }
  std::size_t found = 0;
  const auto shared = share_out(
      mistakes.size(), wishes.jobs,
      [&](std::size_t number) {
        plant(mistakes[number].name);
        return find_mistake(wishes, mistakes[number].scenario, scenarios, policy).value_or("");
      },
      [&](std::size_t number, const std::string& where) {
        found += where.empty() ? 0 : 1;
        std::cout << (where.empty() ? "MISSED " : "found ") << mistakes[number].name
                  << (where.empty() ? "" : ": " + where) << std::endl;
      });
  if (!shared) std::cout << describe(shared.error()) << "\n";
  std::cout << "planted found " << found << "/" << mistakes.size() << std::endl;
  return found == mistakes.size() && found > 0 ? 0 : 1;
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
  const auto began = std::chrono::steady_clock::now();
  const auto totals = run_all(*wishes, *scenarios, *policy);
  if (!totals) {
    std::cerr << describe(totals.error()) << "\n";
    return 2;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  summarise(*totals, took.count());
  return totals->violations == 0 ? 0 : 1;
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
