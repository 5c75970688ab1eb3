// What the program holds in memory while nothing happens.
#include <chrono>
#include <thread>

#include "tests/bench/demo_folder.h"
#include "tests/bench/parts.h"

namespace holdfast::bench {
namespace {

constexpr double idle_limit_mb = 64;
constexpr double settle_seconds = 10;  // after the start, and after the console was asked for

}  // namespace

Status measure_idle(const Plan& plan, Report& report) {
  peers::DemoOptions options;
  options.program_url = nobody;
  auto world = peers::DemoWorld::start(std::move(options));
  if (!world) return fail(world.error());
  auto folder = demo_folder(plan, "idle", (*world)->settings());
  if (!folder) return fail(folder.error());
  auto program = Program::start(plan.program, *folder);
  if (!program) return fail(program.error());
  say("the program with nothing to do");
  const auto seconds = std::min(settle_seconds, plan.seconds);
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  const auto used = (*program)->usage();
  if (!used) return fail(used.error());
  Measure idle;
  idle.name = "idle_mb";
  idle.value = used->resident_mb;
  idle.unit = "MB";
  idle.samples = 1;
  idle.limit = idle_limit_mb;
  report.add(idle);
  return {};
}

}  // namespace holdfast::bench
