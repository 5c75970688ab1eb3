// holdfast-kill: the program is killed at random moments while a world deals with it, or its
// database is, or it stands still past its lease beside another one; at the end its store is
// compared with the books of everybody in that world.

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <sodium.h>
#include <unistd.h>

#include "apps/kill/audit.h"
#include "apps/kill/child.h"
#include "apps/kill/database.h"
#include "apps/kill/pair.h"
#include "apps/kill/settings.h"
#include "apps/kill/stopwatch.h"
#include "base/log.h"
#include "peers/demo_world.h"
#include "peers/loopback.h"
#include "peers/pace.h"
#include "store/postgres/connection.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"

namespace holdfast::apps {
namespace {

namespace fs = std::filesystem;

/// What is hit.
enum class Hit {
  Program,   // SIGKILL of the program
  Database,  // its PostgreSQL server ends without a goodbye; the program lives on
  Pause,     // of two programs the one that works stands still past its lease
};

struct HitName {
  std::string_view flag;
  Hit hit;
  std::string_view told;
};
constexpr std::array hits{HitName{"program", Hit::Program, "kills"},
                          HitName{"database", Hit::Database, "ends of the database"},
                          HitName{"pause", Hit::Pause, "pauses past the lease"}};

struct Wishes {
  Hit hit = Hit::Program;
  std::int64_t lease_seconds = 1;
  std::int64_t kills = 200;
  std::int64_t seed = 1;
  std::int64_t orders_a_kill = 10;
  std::string program;
  std::string policy = "policy";
  std::string keep;   // a folder that stays; "" for one that goes
  std::string store;  // postgres://…, its password in PGPASSWORD; "" for a file of its own
};

constexpr const char* master_key = "HOLDFAST_SECRETS__MASTER_KEY=0123456789abcdef0123456789abcdef";

constexpr std::int64_t least_speed = 120;  // of the world's clock against the real one
constexpr std::int64_t most_speed = 900;
constexpr std::int64_t speed_when_start_takes_a_second = 60;
constexpr std::int64_t speed_in_rounds = 300;  // where every hit leaves minutes to its partners
constexpr std::int64_t speed_in_peace = 900;
constexpr std::int64_t hurry = 8;                // of the world's actors, beside the clock
constexpr std::int64_t exchanges_an_order = 45;  // over its whole life, about
constexpr std::int64_t life_limit_ms = 60'000;
constexpr std::int64_t round_limit_ms = 2'000;  // between two hits that the program survives
constexpr std::int64_t start_limit_ms = 60'000;
constexpr std::int64_t back_limit_ms = 5'000;       // from the database's return to the next commit
constexpr std::int64_t after_the_lease_ms = 1'000;  // until another program has it
constexpr std::int64_t ready_limit_ms = 1'000;      // from then until it works
constexpr std::int64_t hard_permille = 250;         // ends of the database that tell nobody
constexpr std::int64_t quiet_limit_ms = 1'200'000;
// Of the world's time, for what still follows: a parcel whose news was lost is asked about.
constexpr Duration after_the_last = hours(26);
constexpr Duration after_no_news = hours(36);  // when something still waits, for a person mostly
constexpr std::int64_t early_permille = 250;   // kills that hit a program still starting
constexpr std::size_t lines_shown = 40;
constexpr std::int64_t untouched_permille = 900;

/// What goes wrong at every so-manieth order of forty; none of it needs a person by itself.
constexpr std::array<std::pair<std::int64_t, const char*>, 9> troubles{{
    {5, "duplicate_webhooks"},
    {9, "webhooks_reordered"},
    {13, "webhook_lost"},
    {17, "supplier_5xx_after_effect"},
    {21, "supplier_timeout"},
    {25, "throttled"},
    {29, "buyer_cancels_before_po"},
    {33, "buyer_cancels_after_po"},
    {37, "refund_one_piece"},
}};

/// Suppliers that take turns: one that answers at once, one that only reads letters, one that is
/// fast, one that fails now and then.
constexpr std::array sellers{"north", "paper", "quick", "shaky"};

std::vector<peers::PlannedFault> planned(std::int64_t orders) {
  std::vector<peers::PlannedFault> list;
  for (std::int64_t i = 1; i <= orders; ++i) {
    for (const auto& [place, fault] : troubles) {
      if (i % 40 == place) list.push_back({"#" + std::to_string(1000 + i), fault});
    }
  }
  return list;
}

Lap slower(const Lap& one, const Lap& other) { return one.took_ms >= other.took_ms ? one : other; }

/// Everything one run holds; the world outlives every start of the program.
class Run {
 public:
  explicit Run(Wishes wishes)
      : wishes_(std::move(wishes)),
        chance_(static_cast<std::uint64_t>(wishes_.seed)),
        clock_(std::make_shared<peers::PacedClock>(peers::Pace{
            *parse_instant("2026-11-02T08:00:00Z"), peers::monotonic_ms(), least_speed})) {}

  Status prepare(const std::string& folder) {
    folder_ = folder;
    if (wishes_.hit == Hit::Pause) {
      pair_ = std::make_unique<Pair>(
          PairOptions{wishes_.program, settings(), folder_, wishes_.store, variables()});
    }
    auto port = pair_ ? Result<int>(pair_->port()) : peers::free_port();
    if (!port) return fail(port.error());
    port_ = *port;
    orders_ = wishes_.kills * wishes_.orders_a_kill;
    peers::DemoOptions options;
    options.seed = static_cast<std::uint64_t>(wishes_.seed);
    options.hurry = hurry;
    options.faults = planned(orders_);
    options.program_url = "http://127.0.0.1:" + std::to_string(port_);
    options.clock = clock_;
    options.hang = seconds(12);
    auto world = peers::DemoWorld::start(options);
    if (!world) return fail(world.error());
    world_ = std::move(*world);
    child_ = std::make_unique<Child>(ChildOptions{
        wishes_.program, {"serve", "--config", settings()}, variables(), folder_ + "/output.txt"});
    return {};
  }

  Status under_fire() {
    switch (wishes_.hit) {
      case Hit::Program:
        return killed();
      case Hit::Database:
        return without_database();
      case Hit::Pause:
        return paused();
    }
    return {};
  }

  /// No kills any more: the program works until the world has nothing open, and ends when asked.
  Status quiet_end() {
    place(orders_ - placed_);
    // A program learns the pace of its world when it starts.
    if (wishes_.hit != Hit::Program) {
      if (auto status = stop(); !status) return status;
    }
    clock_->change(speed_in_peace);
    if (auto status = write_settings(); !status) return status;
    if (auto status = pair_ ? pair_->start(pace()) : child_->start(pace()); !status) return status;
    if (auto status = listening(); !status) return status;
    if (auto status = until_quiet(); !status) return status;
    return stop();
  }

  /// The slowest return, in words; "" where nothing returned.
  std::string returns() const {
    switch (wishes_.hit) {
      case Hit::Program:
        return {};
      case Hit::Database:
        return ", back within " + to_text(slowest_) + " of the database";
      case Hit::Pause:
        return ", taken over within " + to_text(slowest_) + " and served within " +
               to_text(slowest_serving_);
    }
    return {};
  }

  Result<Findings> compare() {
    const auto now = clock_->now();
    const auto books = world_->books();
    std::ofstream(folder_ + "/books.json") << to_pretty_text(books);
    if (!wishes_.store.empty()) {
      auto store = store::open_postgres_store(wishes_.store);
      if (!store) return fail(store.error());
      return audit(**store, TenantId{1}, books, now);
    }
    auto store = store::open_sqlite_store(folder_ + "/data/holdfast.db");
    if (!store) return fail(store.error());
    if (auto whole = (*store)->integrity(); !whole) return fail(whole.error());
    return audit(**store, TenantId{1}, books, now);
  }

 private:
  Status killed() {
    for (kill_ = 1; kill_ <= wishes_.kills; ++kill_) {
      clock_->change(speed());
      if (auto status = start(); !status) return status;
      const bool early = chance_.happens(key("early"), early_permille);
      if (auto status = early ? live_a_moment() : live(); !status) return status;
      child_->kill();
      if (kill_ % 20 == 0) {
        std::printf("%lld kills, %lld orders placed\n", static_cast<long long>(kill_),
                    static_cast<long long>(placed_));
        std::fflush(stdout);
      }
    }
    return {};
  }

  /// The program lives on while its database ends and comes back, and soon commits again.
  Status without_database() {
    clock_->change(speed_in_rounds);
    if (auto status = start(); !status) return status;
    if (auto status = listening(); !status) return status;
    const auto answers = [&] {
      return store::pg::Connection::open({wishes_.store, ""}, "holdfast-kill", "").has_value();
    };
    for (kill_ = 1; kill_ <= wishes_.kills; ++kill_) {
      if (auto status = live(); !status) return status;
      const bool hard = chance_.happens(key("hard"), hard_permille);
      if (!end_database(hard ? End::Killed : End::AtOnce)) {
        return fail(ErrorCode::Unavailable, "the database cannot be ended", key("end"));
      }
      if (start_database(answers).count() < 0) {
        return fail(ErrorCode::Unavailable, "the database does not come back", key("end"));
      }
      if (auto status = commits_again(); !status) return status;
    }
    return {};
  }

  /// /readyz says yes only after a commit.
  Status commits_again() {
    const Stopwatch watch;
    const auto end = peers::monotonic_ms() + start_limit_ms;
    while (ask(port_, "/readyz").first != 200 && peers::monotonic_ms() < end) {
      if (child_->gone())
        return fail(ErrorCode::Internal, "the program ended by itself", key("back"));
      pause_ms(20);
    }
    const auto back = watch.lap();
    slowest_ = slower(slowest_, back);
    if (back.own_ms() <= back_limit_ms) return {};
    return fail(ErrorCode::Timeout, "the program was not back in time", key("back"), to_text(back));
  }

  /// Of two programs the one that works stands still past its lease; then they change places.
  Status paused() {
    clock_->change(speed_in_rounds);
    if (auto status = write_settings(); !status) return status;
    if (auto status = pair_->start(pace()); !status) return status;
    for (kill_ = 1; kill_ <= wishes_.kills; ++kill_) {
      if (auto status = live(); !status) return status;
      if (auto status = write_settings(); !status) return status;
      const auto pause = pair_->pause_holder(chance_.number(key("asleep"), 0, 500), pace());
      if (!pause) return fail(within(pause.error(), key("pause")));
      slowest_ = slower(slowest_, pause->taken);
      slowest_serving_ = slower(slowest_serving_, pause->serving);
      const auto limit = wishes_.lease_seconds * 1000 + after_the_lease_ms;
      if (pause->taken.own_ms() > limit || pause->serving.own_ms() > limit + ready_limit_ms) {
        return fail(
            ErrorCode::Timeout, "nobody took over in time", key("pause"),
            "taken after " + to_text(pause->taken) + ", served after " + to_text(pause->serving));
      }
    }
    return {};
  }

  Status until_quiet() {
    const auto end = peers::monotonic_ms() + quiet_limit_ms;
    std::string before;
    auto changed_at = clock_->now();
    while (peers::monotonic_ms() < end) {
      pause_ms(2000);
      if (gone()) return fail(ErrorCode::Internal, "the program ended by itself");
      const auto books = world_->books();
      auto now = to_text(books["suppliers"]) + to_text(books["carriers"]) +
                 to_text(books.at_path("shop.orders"));
      if (now != before) changed_at = clock_->now();
      before = std::move(now);
      const auto enough = at_rest(books) ? after_the_last : after_no_news;
      if (clock_->now() - changed_at > enough) break;
    }
    return {};
  }

  std::string key(const char* what) const {
    return what + std::string("/") + std::to_string(kill_);
  }

  std::string settings() const { return folder_ + "/holdfast.toml"; }

  std::vector<std::string> variables() const {
    if (wishes_.store.empty()) return {};
    // A short lease, so that a killed program's successor soon works.
    return {"HOLDFAST_STORE__URL=" + wishes_.store,
            "HOLDFAST_STORE__LEASE_SECONDS=" + std::to_string(wishes_.lease_seconds), master_key};
  }

  /// How fast the world's clock may run: a machine that starts the program quickly bears more.
  std::int64_t speed() const {
    return std::clamp(speed_when_start_takes_a_second * 1000 / std::max<std::int64_t>(start_ms_, 1),
                      least_speed, most_speed);
  }

  /// Ends whatever runs as an operator does.
  Status stop() {
    if (pair_) return pair_->stop();
    auto code = child_->stop(20'000);
    if (!code) return fail(code.error());
    if (*code == 0) return {};
    return fail(ErrorCode::Internal, "the program did not end well", std::to_string(*code));
  }

  bool gone() { return pair_ ? pair_->gone() : child_->gone(); }

  std::vector<std::string> pace() const {
    return {"HOLDFAST_DEMO_PACE=" + to_text(clock_->pace())};
  }

  /// Settings that let the next supplier sell.
  Status write_settings() {
    const auto* seller = sellers[static_cast<std::size_t>(kill_) % sellers.size()];
    std::ofstream file(settings());
    file << settings_text(world_->settings(), {folder_ + "/data", fs::absolute(wishes_.policy),
                                               folder_ + "/holdfast.log", seller, port_});
    file.close();
    if (!file) return fail(ErrorCode::Unavailable, "the disk refused", settings());
    return {};
  }

  Status start() {
    if (auto status = write_settings(); !status) return status;
    return child_->start(pace());
  }

  Status listening() {
    const auto began = peers::monotonic_ms();
    while (!listens(port_)) {
      if (gone()) return fail(ErrorCode::Internal, "the program ended by itself", key("start"));
      if (peers::monotonic_ms() - began > start_limit_ms) {
        return fail(ErrorCode::Timeout, "the program did not start", key("start"));
      }
      pause_ms(2);
    }
    start_ms_ = peers::monotonic_ms() - began;
    return {};
  }

  /// Ends while the program is starting, or soon after.
  Status live_a_moment() {
    pause_ms(chance_.number(key("moment"), 0, start_ms_ * 3 / 2));
    if (child_->gone())
      return fail(ErrorCode::Internal, "the program ended by itself", key("start"));
    return {};
  }

  /// Ends after a while of full work; orders come in between.
  Status live() {
    if (auto status = listening(); !status) return status;
    // A life is measured in work, so that a slow machine gives longer ones.
    const auto most = wishes_.orders_a_kill * exchanges_an_order * 2;
    const auto span = chance_.number(key("span"), 10, most);
    const auto from = exchanges();
    const bool survives = wishes_.hit != Hit::Program;
    const auto limit = peers::monotonic_ms() + (survives ? round_limit_ms : life_limit_ms);
    // What the earlier, short lives did not place is placed now.
    const auto due = kill_ * wishes_.orders_a_kill - placed_;
    std::int64_t here = 0;
    while (!gone() && peers::monotonic_ms() < limit) {
      const auto done = exchanges() - from;
      for (; here < due && done >= here * span / due; ++here) place(1);
      if (done >= span) break;
      pause_ms(5);
    }
    place(due - here);
    if (gone()) return fail(ErrorCode::Internal, "the program ended by itself", key("live"));
    return {};
  }

  std::int64_t exchanges() {
    std::int64_t count = 0;
    world_->with([&](peers::World& world) { count = world.exchanges(); });
    return count;
  }

  void place(std::int64_t count) {
    world_->with([&](peers::World& world) {
      for (std::int64_t i = 0; i < count; ++i) world.place_order();
    });
    placed_ += count;
  }

  /// Whether every order of the shop is shipped or cancelled and every parcel has arrived.
  static bool at_rest(const Json& books) {
    bool rest = true;
    for (const auto& order : books.at_path("shop.orders").items()) {
      rest = rest && (order["cancelled"].boolean() || order["fulfillment"].string() == "FULFILLED");
    }
    for (const auto& parcel : books["carriers"].items()) {
      rest = rest && parcel["scans"].items().back()["code"].string().starts_with("Delivered");
    }
    return rest;
  }

  Wishes wishes_;
  peers::Chance chance_;
  std::shared_ptr<peers::PacedClock> clock_;
  std::unique_ptr<peers::DemoWorld> world_;
  std::unique_ptr<Child> child_;
  std::unique_ptr<Pair> pair_;  // in its place where two work in turn
  std::string folder_;
  int port_ = 0;
  std::int64_t orders_ = 0;
  std::int64_t placed_ = 0;
  std::int64_t kill_ = 0;
  std::int64_t start_ms_ = 100;  // how long the last start took
  Lap slowest_;
  Lap slowest_serving_;
};

Result<Wishes> wishes_of(int count, char** words) {
  Wishes wishes;
  for (int i = 1; i < count; i += 2) {
    const std::string_view flag = words[i];
    if (i + 1 == count) return fail(ErrorCode::Invalid, "a flag without its value", words[i]);
    const std::string value = words[i + 1];
    if (flag == "--kills")
      wishes.kills = std::atoll(value.c_str());
    else if (flag == "--lease")
      wishes.lease_seconds = std::atoll(value.c_str());
    else if (flag == "--hit") {
      const auto* known = std::ranges::find(hits, value, &HitName::flag);
      if (known == hits.end()) return fail(ErrorCode::Invalid, "nothing to hit", value);
      wishes.hit = known->hit;
    } else if (flag == "--seed")
      wishes.seed = std::atoll(value.c_str());
    else if (flag == "--orders")
      wishes.orders_a_kill = std::atoll(value.c_str());
    else if (flag == "--program")
      wishes.program = value;
    else if (flag == "--policy")
      wishes.policy = value;
    else if (flag == "--keep")
      wishes.keep = value;
    else if (flag == "--store")
      wishes.store = value;
    else
      return fail(ErrorCode::Invalid, "no such flag", words[i]);
  }
  const bool sound = wishes.kills > 0 && wishes.orders_a_kill > 0 && wishes.lease_seconds > 0 &&
                     !wishes.program.empty();
  if (!sound) return fail(ErrorCode::Invalid, "--program and counts above 0 are needed");
  if (wishes.hit != Hit::Program && wishes.store.empty()) {
    return fail(ErrorCode::Invalid, "--hit needs --store");
  }
  return wishes;
}

int report(const Findings& found, const Wishes& wishes, const std::string& returns,
           const std::string& folder) {
  const auto show = [](const std::vector<std::string>& lines, const char* word) {
    for (std::size_t i = 0; i < std::min(lines.size(), lines_shown); ++i) {
      std::cout << word << lines[i] << "\n";
    }
  };
  std::ofstream all(folder + "/differences.txt");
  for (const auto& line : found.differences) all << line << "\n";
  show(found.notes, "note: ");
  show(found.differences, "");
  const auto permille = found.orders > 0 ? found.untouched * 1000 / found.orders : 0;
  const bool few_unknown = found.mails_unknown <= wishes.kills;
  const bool held = found.clean() && few_unknown && permille >= untouched_permille;
  const auto* hit = std::ranges::find(hits, wishes.hit, &HitName::hit);
  std::cout << "kill: " << wishes.kills << " " << hit->told << returns << ", " << found.orders
            << " orders, " << found.acknowledged << " webhooks acknowledged, " << found.lost
            << " lost, " << found.purchase_orders << " purchase orders, " << found.bought_twice
            << " twice, " << found.not_bought << " missing, " << found.fulfilled_twice
            << " fulfilled twice, " << found.mails << " mails, " << found.mails_twice << " twice, "
            << found.mails_unknown << " unknown, " << found.set_aside << " messages set aside, "
            << found.differences.size() << " differences, " << permille / 10 << "." << permille % 10
            << " % untouched" << (held ? "" : ": FAILED") << std::endl;
  return held ? 0 : 1;
}

int run(int count, char** words) {
  const auto wishes = wishes_of(count, words);
  if (!wishes) {
    std::cerr << describe(wishes.error())
              << "\nusage: holdfast-kill --program FILE [--kills N] [--seed N] [--orders N-A-KILL] "
                 "[--policy FOLDER] [--keep FOLDER]\n       [--store postgres://… "
                 "[--hit program|database|pause] [--lease SECONDS]]\n";
    return 2;
  }
  auto name = (fs::temp_directory_path() / "holdfast-kill-XXXXXX").string();
  const std::string folder = !wishes->keep.empty()    ? wishes->keep
                             : ::mkdtemp(name.data()) ? name
                                                      : std::string();
  if (folder.empty()) return 2;
  fs::create_directories(folder);
  Run run(*wishes);
  auto status = run.prepare(folder);
  if (status) status = run.under_fire();
  if (status) status = run.quiet_end();
  const auto found = status ? run.compare() : Result<Findings>(fail(status.error()));
  if (!found) std::cout << "kill: FAILED: " << describe(found.error()) << "\n";
  const int code = found ? report(*found, *wishes, run.returns(), folder) : 1;
  if (code == 0 && wishes->keep.empty())
    fs::remove_all(folder);
  else
    std::cerr << "its data, log and books are in " << folder << "\n";
  return code;
}

}  // namespace
}  // namespace holdfast::apps

int main(int count, char** words) {
  if (sodium_init() < 0) return 2;
  // A partner that closes its end must not end the test.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return holdfast::apps::run(count, words);
  } catch (const std::exception& failure) {
    std::cerr << "holdfast-kill: " << failure.what() << "\n";
    return 2;
  }
}
