// holdfast-bench: measures the program beside it and prints one JSON line per measure.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include <sodium.h>

#include "tests/bench/parts.h"

namespace holdfast::bench {
namespace {

constexpr const char* usage =
    "usage: holdfast-bench [--orders N] [--quick] [--check] [--folder DIR]\n"
    "                      [--seconds N] [--part NAME]\n"
    "  --orders N    orders of the filled store (1000000; 2000 with --quick)\n"
    "  --quick       a few seconds in all: shows that it works, not how fast it is\n"
    "  --check       exit with 1 when a limit was not kept\n"
    "  --folder DIR  where to write; the filled store stays there (build/bench)\n"
    "  --seconds N   how long a rate must hold (60; 2 with --quick)\n"
    "  --part NAME   only routing, idle, engine, engine_postgres, http, http_postgres, webhooks,\n"
    "                lifecycles or pages\n"
    "  --names       the rows every whole run prints, and their parts; measures nothing\n";

constexpr std::int64_t quick_orders = 2000;
constexpr std::int64_t most_orders = 20'000'000;

struct Wish {
  Plan plan;
  bool check = false;
  std::string part;
};

std::optional<Wish> wish_of(const std::vector<std::string>& words) {
  Wish wish;
  std::int64_t orders = 0;
  int seconds = 0;
  wish.plan.folder = "build/bench";
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (word == "--quick") {
      wish.plan.quick = true;
    } else if (word == "--check") {
      wish.check = true;
    } else if (i + 1 < words.size() && word == "--orders") {
      orders = std::atoll(words[++i].c_str());
      if (orders < 100 || orders > most_orders) return std::nullopt;
    } else if (i + 1 < words.size() && word == "--seconds") {
      seconds = std::atoi(words[++i].c_str());
      if (seconds < 1 || seconds > 3600) return std::nullopt;
    } else if (i + 1 < words.size() && word == "--folder") {
      wish.plan.folder = words[++i];
    } else if (i + 1 < words.size() && word == "--part") {
      wish.part = words[++i];
    } else {
      return std::nullopt;
    }
  }
  if (wish.plan.quick) wish.plan.seconds = 2;
  if (seconds != 0) wish.plan.seconds = seconds;
  if (orders == 0 && wish.plan.quick) orders = quick_orders;
  if (orders != 0) wish.plan.orders = orders;
  return wish;
}

struct Part {
  const char* name;
  Status (*measure)(const Plan&, Report&);
  std::vector<const char*> rows;  // that a whole run always prints
};

/// Quick ones first, the one that fills a store last.
const std::vector<Part>& all_parts() {
  static const std::vector<Part> parts{
      {"routing", measure_routing, {"route_decisions_s"}},
      {"idle", measure_idle, {"idle_mb"}},
      {"engine", measure_engine, {"lifecycle_engine_sqlite_s", "log_bytes_per_lifecycle"}},
      {"engine_postgres", measure_engine_postgres, {"lifecycle_engine_postgres_s"}},
      {"http", measure_http, {"lifecycle_http_sqlite_s", "cpu_ms_per_lifecycle"}},
      {"http_postgres", measure_http_postgres, {"lifecycle_http_postgres_s"}},
      {"webhooks", measure_webhooks, {"accept_webhooks_s"}},
      {"lifecycles", measure_lifecycles, {}},
      {"pages", measure_pages, {"start_ready_s", "queue_page_ms_p99", "search_page_ms_p99"}}};
  return parts;
}

void show_names() {
  for (const auto& part : all_parts()) {
    for (const auto* row : part.rows) std::cout << row << " (" << part.name << ")\n";
  }
}

int run(const Wish& wish) {
  Report report(std::cout);
  bool known = false;
  for (const auto& part : all_parts()) {
    if (!wish.part.empty() && wish.part != part.name) continue;
    known = true;
    if (auto status = part.measure(wish.plan, report); !status) {
      report.wrong(std::string(part.name) + ": " + describe(status.error()));
    }
    for (const auto* row : part.rows) {
      if (!report.has(row)) report.wrong(std::string("no row ") + row);
    }
  }
  if (!known) {
    std::cerr << usage;
    return 2;
  }
  return report.right() && (report.kept() || !wish.check) ? 0 : 1;
}

}  // namespace
}  // namespace holdfast::bench

int main(int argc, char** argv) {
  using namespace holdfast::bench;
  try {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (std::ranges::find(words, "--help") != words.end()) {
      std::cout << usage;
      return 0;
    }
    if (std::ranges::find(words, "--names") != words.end()) {
      show_names();
      return 0;
    }
    auto wish = wish_of(words);
    if (!wish || sodium_init() < 0) {
      std::cerr << usage;
      return 2;
    }
    const auto self = std::filesystem::read_symlink("/proc/self/exe");
    wish->plan.program = (self.parent_path() / "holdfast").string();
    std::filesystem::create_directories(wish->plan.folder);
    wish->plan.folder = std::filesystem::absolute(wish->plan.folder).string();
    return run(*wish);
  } catch (const std::exception& failure) {
    std::cerr << "holdfast-bench: " << failure.what() << "\n";
    return 1;
  }
}
