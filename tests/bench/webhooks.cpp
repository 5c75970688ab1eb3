// Acceptance of webhooks: the shop of a demo world signs them, and answers what the program then
// asks of it; the load itself is ours.
#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>

#include "peers/demo_world.h"
#include "tests/bench/acceptance.h"
#include "tests/bench/demo_folder.h"
#include "tests/bench/http.h"
#include "tests/bench/load.h"
#include "tests/bench/parts.h"
#include "tests/bench/program.h"
#include "tests/bench/yardstick.h"

namespace holdfast::bench {
namespace {

constexpr double webhooks_a_second = 500;
constexpr double p99_limit_ms = 50;
constexpr int drain_seconds = 300;
constexpr std::ptrdiff_t bare_exchanges = 500;

/// Places orders until the shop has `count` webhooks to send, and takes them away from it.
std::vector<Ask> webhooks_to_send(peers::DemoWorld& world, std::size_t count) {
  std::vector<Ask> asks;
  while (asks.size() < count) std::ranges::move(signed_webhooks(world), std::back_inserter(asks));
  asks.resize(count);
  return asks;
}

/// How long until every accepted message was worked off; the rate from the first one on.
Result<double> taken_in(const Program& program, std::chrono::steady_clock::time_point begin) {
  for (int i = 0; i < drain_seconds * 10; ++i) {
    const auto waiting = program.metric("holdfast_inbox_waiting");
    if (!waiting) return fail(waiting.error());
    if (*waiting == 0) {
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
      const auto orders = program.metric("holdfast_orders_total");
      if (!orders) return fail(orders.error());
      return static_cast<double>(*orders) / took.count();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return fail(ErrorCode::Timeout, "messages still wait", std::to_string(drain_seconds) + " s");
}

}  // namespace

Status measure_webhooks(const Plan& plan, Report& report) {
  const auto seconds_each = plan.quick ? 1 : 10;
  const auto each = static_cast<std::size_t>(seconds_each * webhooks_a_second);
  peers::DemoOptions options;
  options.program_url = nobody;
  options.shop_points_a_second = boundless;
  auto world = peers::DemoWorld::start(std::move(options));
  if (!world) return fail(world.error());
  say("signing " + std::to_string(each * static_cast<std::size_t>(plan.repeats())) + " webhooks");
  const auto asks = webhooks_to_send(**world, each * static_cast<std::size_t>(plan.repeats()));
  auto folder = demo_folder(plan, "webhooks", (*world)->settings());
  if (!folder) return fail(folder.error());
  auto bare = BareServer::start(0, folder->path + "/bare");
  if (!bare) return fail(bare.error());
  auto program = Program::start(plan.program, *folder);
  if (!program) return fail(program.error());
  std::vector<double> p50, p99, bare_p50, bare_p99;
  const auto begin = std::chrono::steady_clock::now();
  for (int repeat = 0; repeat < plan.repeats(); ++repeat) {
    const auto first = asks.begin() + repeat * static_cast<std::ptrdiff_t>(each);
    const std::vector<Ask> part(first, first + static_cast<std::ptrdiff_t>(each));
    say("webhooks, " + std::to_string(seconds_each) + " s at 500 a second");
    const auto load = open_load((*program)->port(), part, webhooks_a_second);
    if (load.wrong > 0) report.wrong(load.first_wrong);
    p50.push_back(percentile(load.ms, 50));
    p99.push_back(percentile(load.ms, 99));
    const std::vector<Ask> few(first, first + std::min(bare_exchanges, asks.end() - first));
    const auto least = closed_load((*bare)->port(), few);
    bare_p50.push_back(percentile(least.ms, 50));
    bare_p99.push_back(percentile(least.ms, 99));
  }
  const auto accepted = (*program)->metric("holdfast_deliveries_total{result=\"accepted\"}");
  if (!accepted) return fail(accepted.error());
  if (static_cast<std::size_t>(*accepted) != asks.size()) {
    report.wrong(std::to_string(*accepted) + " deliveries accepted of " +
                 std::to_string(asks.size()));
  }
  const std::string against = "one loopback exchange of the same bytes after a raw fsync'd append";
  report.add(
      {"webhook_acceptance_p50", median(p50), "ms", median(bare_p50), against, asks.size(), {}});
  report.add({"webhook_acceptance_p99", median(p99), "ms", median(bare_p99), against, asks.size(),
              p99_limit_ms});
  say("working off what was accepted");
  const auto rate = taken_in(**program, begin);
  if (!rate) return fail(rate.error());
  report.add({"orders_taken_in", *rate, "orders/s", 0, "", asks.size(), {}});
  program->reset();
  return measure_acceptance(plan, report);
}

}  // namespace holdfast::bench
