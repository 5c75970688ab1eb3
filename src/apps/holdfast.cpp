// holdfast: the program. Wiring only; what it does is in the rooms.

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <sodium.h>
#include <unistd.h>

#include "apps/holdfast/demo.h"
#include "apps/holdfast/evidence.h"
#include "apps/holdfast/house.h"
#include "apps/holdfast/stop_signal.h"
#include "apps/holdfast/suite.h"
#include "apps/holdfast/system.h"
#include "apps/holdfast/users.h"
#include "base/log.h"
#include "cli/cli.h"
#include "cli/control.h"
#include "peers/pace.h"
#include "store/copy.h"

extern char** environ;

namespace holdfast::apps {
namespace {

constexpr const char* version = "0.1.0";

engine::Environment environment() {
  engine::Environment env;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view line(*entry);
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    env.emplace(line.substr(0, equals), line.substr(equals + 1));
  }
  return env;
}

int report(const Error& error) {
  std::cerr << "holdfast: " << describe(error) << "\n";
  switch (error.code) {
    case ErrorCode::NotFound:
      return static_cast<int>(cli::Exit::NotFound);
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout:
      return static_cast<int>(cli::Exit::Unavailable);
    case ErrorCode::Internal:
      return static_cast<int>(cli::Exit::Internal);
    case ErrorCode::Invalid:
    case ErrorCode::Conflict:
    case ErrorCode::Forbidden:
    case ErrorCode::Unauthentic:
    case ErrorCode::TooLarge:
      return static_cast<int>(cli::Exit::Refused);
  }
  return static_cast<int>(cli::Exit::Internal);
}

Result<cli::Opened> open_store(const std::string& url, bool read_only) {
  constexpr std::string_view scheme = "sqlite:";
  if (!url.starts_with(scheme)) {
    return fail(ErrorCode::Invalid, "not a store in a file", url, "write sqlite:PATH");
  }
  const auto path = url.substr(scheme.size());
  if (read_only && !std::filesystem::exists(path)) {
    return fail(ErrorCode::NotFound, "there is no store yet", path, "start the server first");
  }
  auto opened = store::open_sqlite_store(path);
  if (!opened) return fail(opened.error());
  auto* store = opened->get();
  cli::Opened result;
  result.store = std::move(*opened);
  result.backup_to = [store](const std::string& to) { return store->backup_to(to); };
  result.integrity = [store] { return store->integrity(); };
  return result;
}

Result<cli::Opened> open_shared(const engine::Config& config) {
  auto opened = open_shared_store(config);
  if (!opened) return fail(opened.error());
  cli::Opened result;
  result.store = std::move(*opened);
  return result;
}

Result<Json> copy_store(const engine::Config& config, const std::string& from,
                        const std::string& to,
                        const std::function<void(const std::string&)>& progress) {
  constexpr std::string_view scheme = "sqlite:";
  if (!from.starts_with(scheme) || !store::is_postgres(to)) {
    return fail(ErrorCode::Invalid, "a copy goes from a file onto a server", from + " " + to,
                "--from sqlite:PATH --to postgres://…");
  }
  store::CopyWish wish;
  wish.from = from.substr(scheme.size());
  wish.to = to;
  wish.password = config.store.password.value;
  const auto copied = store::copy_store(wish, progress);
  if (!copied) return fail(copied.error());
  Json json;
  json.set("ok", true);
  json.set("tables", copied->tables);
  json.set("rows", copied->rows);
  json.set("rows_before", copied->rows_before);
  json.set("hash", copied->hash);
  json.set("said", std::to_string(copied->rows) + " rows of " + std::to_string(copied->tables) +
                       " tables copied; counts and hashes agree (" + copied->hash.substr(0, 12) +
                       "). Now set store.url and start the server.");
  return json;
}

Status set_log(const engine::LogConfig& config) {
  auto level = parse_log_level(config.level);
  if (!level) return fail(level.error());
  return configure_log({*level, config.json, config.file, 20});
}

/// The server's clock: the machine's. A test that drives the server with a world of its own gives
/// both one faster clock; that is refused where anybody but this machine could reach the server.
Result<std::shared_ptr<ports::Clock>> clock_of(const engine::Config& config) {
  const char* text = std::getenv("HOLDFAST_DEMO_PACE");
  if (!text) return std::make_shared<SystemClock>();
  if (!config.server.listen.starts_with("127.0.0.1:")) {
    return fail(ErrorCode::Forbidden, "HOLDFAST_DEMO_PACE is for tests", config.server.listen,
                "take it out of the environment");
  }
  auto pace = peers::parse_pace(text);
  if (!pace) return fail(within(pace.error(), "HOLDFAST_DEMO_PACE"));
  log_warning("serve", "the clock is a test's, not the machine's",
              {field("speed", pace->speed), field("pace", to_text(*pace))});
  return std::make_shared<peers::PacedClock>(*pace);
}

/// A command of the command line, answered by the running engine of its tenant.
cli::Answer answer_of(House& house, const engine::Config& config, const cli::Outside& outside,
                      const cli::Request& request, const cli::Progress& progress) {
  const auto& tenant = request.text("tenant");
  auto* suite = house.suite(tenant);
  if (!suite) return fail(ErrorCode::NotFound, "no such tenant", tenant);
  cli::Answer answer = fail(ErrorCode::Unavailable, "the server ends");
  suite->with_engine([&](engine::Engine& engine) {
    auto desk = cli::desk_of(engine, config, outside, engine.setup().data_folder);
    if (auto* file = house.file_store()) {
      desk.backup_to = [file](const std::string& path) { return file->backup_to(path); };
      desk.integrity = [file] { return file->integrity(); };
    }
    desk.export_pack = [&engine](const ports::StreamKey& order, const std::string& profile,
                                 const std::string& supplier) {
      return evidence_pack(engine, order, profile, supplier);
    };
    desk.progress = progress;
    answer = cli::answer(desk, request);
  });
  return answer;
}

/// The policy that the settings name; "" when they name none and there is none at the usual place,
/// so that the program's own is looked for.
std::string named_policy(const cli::ServeWish& wish) {
  const auto& path = wish.config.policy.path;
  const auto usual =
      std::filesystem::path(wish.config_path).parent_path() / engine::PolicyConfig{}.path;
  return path == usual.string() && !std::filesystem::exists(path) ? "" : path;
}

int serve(const cli::ServeWish& wish, const cli::Outside& outside) {
  auto config = wish.config;
  if (!wish.data.empty()) config.server.data = wish.data;
  if (config.server.public_url.empty()) config.server.public_url = "http://" + config.server.listen;
  if (auto status = set_log(config.log); !status) return report(status.error());
  auto policy = find_policy(named_policy(wish));
  if (!policy) return report(policy.error());
  config.policy.path = *policy;
  auto clock = clock_of(config);
  if (!clock) return report(clock.error());
  prepare_stop_signal();
  HouseOptions options;
  options.clock = *clock;
  options.version = version;
  options.stopped = [] { return wait_for_stop_signal(milliseconds(200)); };
  std::atomic<bool> lost = false;
  options.lost = [&lost] {
    lost = true;
    ::kill(::getpid(), SIGTERM);
  };
  auto house = House::open(config, std::move(options));
  if (!house) return report(house.error());
  if (!*house) return 0;
  auto socket =
      cli::ControlSocket::open(cli::control_path(config.server.data),
                               [&](const cli::Request& request, const cli::Progress& progress) {
                                 return answer_of(**house, config, outside, request, progress);
                               });
  if (!socket) return report(socket.error());
  std::cout << "holdfast listens on http://" << config.server.listen << "/" << std::endl;
  for (const auto& suite : (*house)->suites()) {
    if (const auto& password = suite->first_password()) {
      std::cout << "first start: sign in" << (config.tenants.size() > 1 ? " to " : "")
                << (config.tenants.size() > 1 ? suite->tenant().id : "") << " as admin with "
                << *password << std::endl;
    }
  }
  wait_for_stop_signal({});
  socket->reset();
  (*house)->stop();
  // Whoever supervises starts it again, and then it waits for its turn.
  return lost ? static_cast<int>(cli::Exit::Unavailable) : 0;
}

int demo(const cli::ServeWish& wish) {
  DemoArguments arguments;
  arguments.version = version;
  if (!wish.config.server.listen.empty()) arguments.listen = wish.config.server.listen;
  if (!wish.speed.empty()) arguments.speed = std::max(1, std::atoi(wish.speed.c_str()));
  // For tests: a bounded run that leaves the world's books behind.
  if (const char* books = std::getenv("HOLDFAST_DEMO_BOOKS")) arguments.books = books;
  if (const char* plan = std::getenv("HOLDFAST_DEMO_REHEARSAL")) arguments.rehearsal = plan;
  if (const char* limit = std::getenv("HOLDFAST_DEMO_SECONDS")) {
    arguments.stop_after = std::atoll(limit);
  }
  prepare_stop_signal();
  const auto status = run_demo(arguments);
  return status ? 0 : report(status.error());
}

int run(int argc, char** argv) {
  if (sodium_init() < 0) return report({ErrorCode::Internal, "libsodium cannot start", "", ""});
  SystemClock clock;
  SystemEntropy entropy;
  cli::Outside outside;
  outside.in = &std::cin;
  outside.out = &std::cout;
  outside.err = &std::cerr;
  outside.env = environment();
  outside.version = version;
  outside.clock = &clock;
  outside.entropy = &entropy;
  outside.open_store = open_store;
  outside.open_shared_store = open_shared;
  outside.copy_store = copy_store;
  outside.serve = [&outside](const cli::ServeWish& wish) { return serve(wish, outside); };
  outside.demo = demo;
  outside.master_key = [&entropy](const engine::Config& config, const std::string& data) {
    auto place = config;
    place.server.data = data;
    return master_key(place, entropy);
  };
  outside.users = make_users(clock, entropy);
  return cli::run(argc, argv, outside);
}

}  // namespace
}  // namespace holdfast::apps

int main(int argc, char** argv) {
  try {
    return holdfast::apps::run(argc, argv);
  } catch (const std::exception& failure) {
    std::cerr << "holdfast: " << failure.what() << "\n";
    return static_cast<int>(holdfast::cli::Exit::Internal);
  }
}
