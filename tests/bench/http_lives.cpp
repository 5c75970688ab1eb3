// Whole order lives over sockets: the real program, all its partners actors of a demo world who
// answer at once, and people at a bench who use its API.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

#include "base/check.h"
#include "engine/settings/policy_files.h"
#include "peers/loopback.h"
#include "tests/bench/bench_people.h"
#include "tests/bench/demo_folder.h"
#include "tests/bench/http.h"
#include "tests/bench/parts.h"
#include "tests/bench/postgres.h"

namespace holdfast::bench {
namespace {

using Clock = std::chrono::steady_clock;

// Orders whose events fill the tables before it counts: 56 each.
constexpr std::int64_t grown_orders = 18'000;
constexpr std::int64_t quick_grown_orders = 100;
constexpr std::int64_t under_way = 400;
constexpr std::int64_t quick_under_way = 40;
constexpr int people = 48;
// Days of an order's life pass in a second or two.
constexpr std::int64_t hurry = 200'000;
constexpr double warm_seconds = 5;  // until as many are under way as shall be
constexpr int patience_seconds = 60;
constexpr double cpu_limit_ms = 1.5;
constexpr std::chrono::milliseconds pause{5};

std::string address_of(int port) { return "http://127.0.0.1:" + std::to_string(port); }

/// What the world's actors have seen.
struct Seen {
  std::atomic<std::int64_t> delivered = 0;  // orders whose buyer was told of the delivery
  std::atomic<std::int64_t> refused = 0;    // webhooks that were not taken
  std::mutex guard;
  std::vector<double> ms;  // from a webhook's sending to its answer, which comes after its commit
};

peers::DemoOptions world_options(Seen& seen) {
  peers::DemoOptions options;
  options.program_url = nobody;
  options.hurry = hurry;
  options.shop_points_a_second = boundless;
  options.posted = [&seen](double ms, bool taken) {
    if (!taken) ++seen.refused;
    const std::lock_guard lock(seen.guard);
    seen.ms.push_back(ms);
  };
  return options;
}

/// Two suppliers, whose goods pass our bench; nobody's plan or stock is a limit.
peers::DemoSettings settings_of(const peers::DemoWorld& world) {
  auto settings = world.settings();
  const auto works = [](const std::string& id) { return id == "north" || id == "quick"; };
  for (auto& profile : settings.suppliers) {
    profile.suspended = !works(profile.supplier);
    profile.ship_model = ShipModel::Hub;
  }
  for (auto& offer : settings.offers) offer.stock = 1'000'000'000;
  for (auto& account : settings.accounts) {
    account.account.settings["requests_per_minute"] = "60000";
    account.account.settings["burst"] = "1000000";
    account.account.settings["at_once"] = "32";
  }
  return settings;
}

/// Starts the actors on what the people of a bench do with each purchase order.
void open_bench(peers::DemoWorld& world, Seen& seen, BenchPeople& bench) {
  world.with([&](peers::World& inside) {
    inside.suppliers().on_news([&bench](const peers::SupplyOrder& order,
                                        peers::Suppliers::News news) {
      if (news == peers::Suppliers::News::Answered) {
        bench.lay_down({Work::Kind::Checks, order.po, order.order, "", 0});
      } else if (news == peers::Suppliers::News::Shipped) {
        bench.lay_down({Work::Kind::Label, order.po, order.order, order.parcels.back().number, 0});
      }
    });
    inside.on_mail([&seen](const peers::Mail& mail) {
      if (mail.moment == name_of(Moment::Delivered)) ++seen.delivered;
    });
  });
}

/// From now on the shop tells of new orders and their risk, and of nothing else.
void tell_of_orders_only(peers::DemoWorld& world, int port) {
  world.with([port](peers::World& inside) {
    auto& webhooks = inside.shop().webhooks();
    webhooks.set_target("");
    webhooks.drop_subscriptions("");
    for (const char* topic : {"ORDERS_CREATE", "ORDERS_RISK_ASSESSMENT_CHANGED"}) {
      const auto told = webhooks.subscribe(topic, address_of(port) + "/hooks/shop");
      check(told.has_value(), "a topic without a subscription can be subscribed to");
    }
  });
}

class HttpLives {
 public:
  HttpLives(peers::DemoWorld& world, Seen& seen) : world_(world), seen_(seen) {}

  /// Keeps `most` orders under way for so long; false when no order ended for a minute.
  bool run(double seconds, std::int64_t most) {
    const auto begin = Clock::now();
    auto last_change = begin;
    std::int64_t last = seen_.delivered;
    while (true) {
      const auto now = Clock::now();
      if (std::chrono::duration<double>(now - begin).count() >= seconds) return true;
      const std::int64_t delivered = seen_.delivered;
      if (delivered != last) last_change = now;
      last = delivered;
      if (now - last_change > std::chrono::seconds(patience_seconds)) return false;
      if (const auto missing = most - (placed_ - delivered); missing > 0) {
        world_.with([missing](peers::World& inside) {
          for (std::int64_t i = 0; i < missing; ++i) inside.place_order();
        });
        placed_ += missing;
      }
      std::this_thread::sleep_for(pause);
    }
  }

 private:
  peers::DemoWorld& world_;
  Seen& seen_;
  std::int64_t placed_ = 0;
};

using Counted = std::map<std::string, double>;

/// What the program has done and used since its start.
Result<Counted> counted(const Program& program) {
  Counted all;
  constexpr std::pair<const char*, const char*> metrics[] = {
      {"events", "holdfast_events_total"},
      {"commits", "holdfast_commits_total"},
      {"steps", "holdfast_steps_total"},
      {"messages", "holdfast_deliveries_total{result=\"accepted\"}"}};
  for (const auto& [name, metric] : metrics) {
    const auto value = program.metric(metric);
    if (!value) return fail(value.error());
    all[name] = static_cast<double>(*value);
  }
  const auto used = program.usage();
  if (!used) return fail(used.error());
  all["cpu_ms"] = used->cpu_seconds * 1000;
  return all;
}

struct Lived {
  std::int64_t delivered = 0;
  double seconds = 0;
  Counted spent;
  std::vector<double> ms;

  double per_life(const std::string& what) const {
    return spent.at(what) / static_cast<double>(std::max<std::int64_t>(1, delivered));
  }
};

Result<Lived> live(const Plan& plan, const Folder& folder, int port,
                   std::unique_ptr<peers::DemoWorld> given, Seen& seen, Report& report) {
  const auto policy = engine::load_policy(plan.policy);
  if (!policy) return fail(policy.error());
  auto program = Program::start(plan.program, folder, port);
  if (!program) return fail(program.error());
  const auto cookie = (*program)->sign_in();
  if (!cookie) return fail(cookie.error());
  BenchPeople bench(people, (*program)->port(), *cookie, *policy);
  // Its actors speak to the bench until it ends, which must be before the bench does.
  const auto world = std::move(given);
  open_bench(*world, seen, bench);
  world->set_program(address_of(port));
  say("orders over sockets for " + std::to_string(static_cast<int>(plan.seconds)) + " seconds");
  HttpLives lives(*world, seen);
  const auto most = plan.quick ? quick_under_way : under_way;
  bool goes_on = lives.run(std::min(warm_seconds, plan.seconds), most);
  // By now the program has seen to its subscriptions.
  tell_of_orders_only(*world, port);
  goes_on = goes_on && lives.run(std::min(warm_seconds, plan.seconds), most);
  {
    const std::lock_guard lock(seen.guard);
    seen.ms.clear();
  }
  const auto before = counted(**program);
  if (!before) return fail(before.error());
  const auto begin = Clock::now();
  const std::int64_t delivered = seen.delivered;
  goes_on = goes_on && lives.run(plan.seconds, most);
  Lived lived;
  lived.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  lived.delivered = seen.delivered - delivered;
  const auto after = counted(**program);
  if (!after) return fail(after.error());
  for (const auto& [what, count] : *after) lived.spent[what] = count - before->at(what);
  {
    const std::lock_guard lock(seen.guard);
    lived.ms = seen.ms;
  }
  if (!goes_on || lived.delivered == 0) report.wrong("no order came to its end any more");
  if (bench.failed() > 0) report.wrong("at the bench: " + bench.why());
  if (seen.refused > 0) report.wrong(std::to_string(seen.refused) + " webhooks were refused");
  return lived;
}

Result<Lived> measure(const Plan& plan, const std::string& name, const std::string& url,
                      Report& report) {
  Seen seen;
  auto world = peers::DemoWorld::start(world_options(seen));
  if (!world) return fail(world.error());
  // Known beforehand, so that the shop's subscriptions name where it is told to send everything.
  const auto port = peers::free_port();
  if (!port) return fail(port.error());
  auto folder = demo_folder(plan, name, settings_of(**world), address_of(*port));
  if (!folder) return fail(folder.error());
  if (!url.empty()) {
    folder->environment["HOLDFAST_STORE__URL"] = url;
    folder->environment["HOLDFAST_SECRETS__MASTER_KEY"] = std::string(32, 'k');
  }
  // The first start makes key and administrator; filling then has the store to itself.
  if (auto first = Program::start(plan.program, *folder); !first) return fail(first.error());
  const auto orders = std::to_string(plan.quick ? quick_grown_orders : grown_orders);
  say("filling tables with the events of " + orders + " orders");
  if (auto s = run_command(plan.program, *folder, {"store", "fill", "--orders", orders}); !s) {
    return fail(s.error());
  }
  return live(plan, *folder, *port, std::move(*world), seen, report);
}

void add_rate(const std::string& name, const Lived& lived, Report& report) {
  Measure rate;
  rate.name = name;
  rate.value = static_cast<double>(lived.delivered) / lived.seconds;
  rate.unit = "orders/s";
  rate.samples = static_cast<std::size_t>(lived.delivered);
  rate.least = 1'000;
  rate.p50_ms = percentile(lived.ms, 50);
  rate.p99_ms = percentile(lived.ms, 99);
  report.add(rate);
}

}  // namespace

Status measure_http(const Plan& plan, Report& report) {
  const auto lived = measure(plan, "http", "", report);
  if (!lived) return fail(lived.error());
  add_rate("lifecycle_http_sqlite_s", *lived, report);
  const auto samples = static_cast<std::size_t>(lived->delivered);
  Measure cpu;
  cpu.name = "cpu_ms_per_lifecycle";
  cpu.value = lived->per_life("cpu_ms");
  cpu.unit = "ms";
  cpu.samples = samples;
  cpu.limit = cpu_limit_ms;
  report.add(cpu);
  for (const char* what : {"messages", "steps", "events", "commits"}) {
    report.add({std::string(what) + "_per_lifecycle_http",
                lived->per_life(what),
                what,
                0,
                "",
                samples,
                {}});
  }
  return {};
}

Status measure_http_postgres(const Plan& plan, Report& report) {
  auto database = fresh_database("bench_http");
  if (!database) return fail(database.error());
  const auto lived = measure(plan, "http_postgres", *database, report);
  if (!lived) return fail(lived.error());
  add_rate("lifecycle_http_postgres_s", *lived, report);
  report.add({"cpu_ms_per_lifecycle_http_postgres",
              lived->per_life("cpu_ms"),
              "ms",
              0,
              "",
              static_cast<std::size_t>(lived->delivered),
              {}});
  return {};
}

}  // namespace holdfast::bench
