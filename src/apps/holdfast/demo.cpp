#include "apps/holdfast/demo.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <unistd.h>

#include "apps/holdfast/house.h"
#include "apps/holdfast/rehearsal.h"
#include "apps/holdfast/stop_signal.h"
#include "apps/holdfast/system.h"
#include "base/log.h"
#include "peers/demo_world.h"

namespace holdfast::apps {
namespace {

constexpr std::int64_t hours_in_a_minute = 60;  // world seconds per real second at --speed 1
constexpr Duration order_every = minutes(9);
constexpr Duration hang_in_rehearsal =
    milliseconds(150);  // real time of an answer that never comes
/// Requests a minute: one reader opens every order, and a supplier's month passes in minutes.
constexpr std::int64_t asked_in_rehearsal = 100'000;

/// Orders whose faults a visitor should meet early.
const std::array<peers::PlannedFault, 14> showcase{{
    {"#1003", "address_incomplete"},
    {"#1004", "label_never_moves"},  // at the bench, where it waits for hands
    {"#1005", "supplier_rejects_line"},
    {"#1006", "label_never_moves"},  // so does this one
    {"#1007", "supplier_substitutes"},
    {"#1009", "high_risk"},
    {"#1011", "label_never_moves"},
    {"#1013", "supplier_raises_price"},
    {"#1016", "unmapped_sku"},
    {"#1019", "failed_attempt_then_delivered"},
    {"#1022", "customs_hold"},
    {"#1025", "supplier_silent"},
    {"#1028", "stall_in_transit"},
    {"#1031", "lost"},
}};

/// Its goods pass the visitor's bench before a carrier takes them: the station has work.
constexpr std::string_view through_the_bench = "quick";

/// A folder of its own, removed at the end: a world that ended must not meet one that begins.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "holdfast-demo-XXXXXX").string();
    path_ = ::mkdtemp(name.data()) ? name : std::string();
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

engine::Config config_of(const peers::DemoSettings& settings, const DemoArguments& arguments,
                         const std::string& data, const std::string& policy) {
  engine::Config config;
  config.server.listen = arguments.listen;
  config.server.public_url = "http://" + arguments.listen;
  config.server.data = data;
  config.policy.path = policy;
  config.tenants.push_back({"demo", 1, "Demo", "HF", "", ""});
  config.offers = settings.offers;
  for (const auto& entry : settings.accounts) {
    engine::AccountConfig account;
    account.account = entry.account;
    account.tenant = "demo";
    for (const auto& profile : settings.suppliers) {
      if (profile.supplier == entry.account.id) account.profile = profile;
    }
    if (entry.section == "channel") config.channels.push_back(account);
    if (entry.section == "supplier") config.suppliers.push_back(account);
    if (entry.section == "tracking") config.trackings.push_back(account);
    if (entry.section == "notifier") config.notifiers.push_back(account);
  }
  return config;
}

void give_the_bench_work(engine::Config& config) {
  for (auto& supplier : config.suppliers) {
    if (supplier.account.id == through_the_bench) supplier.profile.ship_model = ShipModel::Hub;
  }
}

void say(const char* line) {
  std::fputs(line, stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

void say_where(const House& house, const std::string& url) {
  say("");
  say(("  Console   " + url + "/").c_str());
  say(("  Sign in   admin  /  " + house.first_password().value_or("(as before)")).c_str());
  say("");
  say("  Three things to try:");
  say("    1. The queue is home: open the first case, press the digit of a way out, confirm.");
  say("    2. Order #1007: its supplier offers another item. See both side by side and decide.");
  say("    3. Order #1011 has a label since long and no carrier scan: the store was told nothing.");
  say("");
  say("  Ctrl-C ends it; nothing is kept.");
}

}  // namespace

Result<std::string> find_policy(const std::string& wanted) {
  namespace fs = std::filesystem;
  if (!wanted.empty()) {
    if (fs::exists(wanted)) return wanted;
    return fail(ErrorCode::NotFound, "there is no policy here", wanted,
                "correct path in [policy] of the settings");
  }
  std::error_code problem;
  const auto program = fs::read_symlink("/proc/self/exe", problem).parent_path();
  for (const auto& place :
       {fs::path("policy"), program / "policy", program / ".." / ".." / "policy",
        fs::path("/usr/share/holdfast/policy")}) {
    if (fs::exists(place)) return place.string();
  }
  return fail(ErrorCode::NotFound, "no policy folder", "policy",
              "start from the project's folder; serve takes path in [policy] of its settings");
}

namespace {

Result<std::unique_ptr<House>> open_house(const peers::DemoSettings& settings,
                                          const engine::Config& config,
                                          std::shared_ptr<ports::Clock> clock,
                                          const std::string& version) {
  HouseOptions options;
  options.clock = std::move(clock);
  options.people_clock = std::make_shared<SystemClock>();
  options.demo = true;
  options.version = version;
  options.hosts = settings.hosts;
  options.excluded_countries = settings.excluded_countries;
  return House::open(config, std::move(options));
}

void leave_books(const DemoArguments& arguments, peers::DemoWorld& world) {
  if (!arguments.books.empty()) std::ofstream(arguments.books) << to_pretty_text(world.books());
}

/// The shop's address as the program knows it: what stands before it, read from standard input.
void put_before_shop(engine::Config& config, const std::string& shop_url) {
  say(("shop " + shop_url).c_str());
  std::string url;
  if (!std::getline(std::cin, url) || url.empty()) return;
  for (auto& channel : config.channels) channel.account.settings["api_url"] = url;
}

/// For tests: every step is said on a line of its own, for the program that started this one.
Status rehearse(const DemoArguments& arguments, const std::string& policy) {
  const auto plan = read_rehearsal(arguments.rehearsal);
  if (!plan) return fail(plan.error());
  std::error_code ignored;
  std::filesystem::create_directories(plan->data, ignored);
  const LogOptions log{LogLevel::Warning, false, plan->data + "/holdfast.log", 20};
  if (auto status = configure_log(log); !status) return status;
  const auto clock = std::make_shared<SteppedClock>(*parse_instant("2026-11-02T08:00:00Z"));
  peers::DemoOptions world_options;
  world_options.seed = plan->seed;
  world_options.orders = plan->orders;
  world_options.order_every = plan->order_every;
  world_options.faults = plan->faults;
  world_options.program_url = "http://" + arguments.listen;
  world_options.clock = clock;
  world_options.hang = hang_in_rehearsal;
  world_options.static_token = false;  // a month of tokens that live a day
  auto world = peers::DemoWorld::start(world_options);
  if (!world) return fail(world.error());
  const auto& settings = (*world)->settings();
  auto config = config_of(settings, arguments, plan->data, policy);
  config.limits.requests_a_minute = config.limits.visits_a_minute = asked_in_rehearsal;
  if (plan->before_shop) put_before_shop(config, settings.shop_url);
  auto house = open_house(settings, config, clock, arguments.version);
  if (!house) return fail(house.error());
  say(("admin " + (*house)->first_password().value_or("")).c_str());
  if (auto lived = live_through(plan->lasts, *clock, **world, **house); !lived) {
    leave_books(arguments, **world);
    return lived;
  }
  leave_books(arguments, **world);
  say("over");
  wait_for_stop_signal(seconds(arguments.stop_after));
  (*house)->stop();
  return {};
}

}  // namespace

Status run_demo(const DemoArguments& arguments) {
  const auto policy = find_policy(arguments.policy);
  if (!policy) return fail(policy.error());
  if (!arguments.rehearsal.empty()) return rehearse(arguments, *policy);
  ScratchFolder scratch;
  if (scratch.path().empty()) return fail(ErrorCode::Unavailable, "no scratch folder can be made");
  const LogOptions log{LogLevel::Warning, false, scratch.path() + "/holdfast.log", 20};
  if (auto status = configure_log(log); !status) return status;

  say("starting a shop, suppliers, a carrier, a tracker and mailboxes on loopback ports …");
  peers::DemoOptions world_options;
  world_options.seed = arguments.seed;
  world_options.orders = arguments.orders;
  world_options.order_every = order_every;
  world_options.faults.assign(showcase.begin(), showcase.end());
  world_options.program_url = "http://" + arguments.listen;
  world_options.clock =
      peers::scaled_clock(SystemClock().now(), hours_in_a_minute * arguments.speed);
  auto world = peers::DemoWorld::start(world_options);
  if (!world) return fail(world.error());

  say("opening the store, the engine and the server …");
  const auto& settings = (*world)->settings();
  auto config = config_of(settings, arguments, scratch.path(), *policy);
  give_the_bench_work(config);
  auto house = open_house(settings, config, world_options.clock, arguments.version);
  if (!house) return fail(house.error());
  say_where(**house, "http://" + arguments.listen);

  wait_for_stop_signal(seconds(arguments.stop_after));
  say("stopping …");
  leave_books(arguments, **world);
  (*house)->stop();
  return {};
}

}  // namespace holdfast::apps
