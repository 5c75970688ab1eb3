#include "apps/holdfast/rehearsal.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/json.h"

namespace holdfast::apps {
namespace {

constexpr Duration shortest_step = minutes(1);  // what falls due within it is done together
constexpr std::chrono::microseconds look_again{200};
constexpr std::chrono::seconds longest_unrest{60};

/// Whether nobody has anything left to do at this instant. The engine is asked before and after the
/// world: when it did nothing in between, the world had nobody else to hear from.
bool is_over(Instant now, peers::DemoWorld& world, engine::Engine& engine) {
  const auto before = engine.rest();
  if (!before.quiet || before.due <= now) return false;
  bool world_rests = false;
  world.with([&](peers::World& inside) { world_rests = inside.post_open() == 0; });
  const auto after = engine.rest();
  return world_rests && after.quiet && after.pumps == before.pumps;
}

Status come_to_rest(SteppedClock& clock, peers::DemoWorld& world, engine::Engine& engine) {
  // The pump must have seen this instant before its answer counts.
  const auto seen = engine.rest().pumps;
  engine.with_batch([](ports::Batch&) { return Status{}; }, {});
  const auto limit = std::chrono::steady_clock::now() + longest_unrest;
  while (engine.rest().pumps == seen || !is_over(clock.now(), world, engine)) {
    if (std::chrono::steady_clock::now() > limit) {
      return fail(ErrorCode::Timeout, "the world and the program do not come to rest",
                  to_text(clock.now()));
    }
    std::this_thread::sleep_for(look_again);
  }
  return {};
}

}  // namespace

Result<RehearsalPlan> read_rehearsal(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  if (!file) return fail(ErrorCode::NotFound, "the rehearsal's file cannot be read", path);
  const auto json = parse_json(text.str());
  if (!json) return fail(json.error());
  RehearsalPlan plan;
  plan.orders = (*json)["orders"].integer();
  plan.order_every = seconds((*json)["order_every_s"].integer());
  plan.lasts = days((*json)["lasts_days"].integer());
  plan.seed = static_cast<std::uint64_t>((*json)["seed"].integer());
  plan.data = (*json)["data"].string();
  plan.before_shop = (*json)["before_shop"].boolean();
  for (const auto& fault : (*json)["faults"].items()) {
    plan.faults.push_back({fault["order"].string(), fault["kind"].string()});
  }
  if (plan.orders < 1 || plan.order_every.ms < 1 || plan.lasts.ms < 1 || plan.data.empty()) {
    return fail(ErrorCode::Invalid, "a rehearsal needs orders, order_every_s, lasts_days and data",
                path);
  }
  return plan;
}

Status live_through(Duration lasts, SteppedClock& clock, peers::DemoWorld& world, House& house) {
  const auto end = clock.now() + lasts;
  auto& engine = house.engine();
  while (true) {
    if (auto status = come_to_rest(clock, world, engine); !status) return status;
    const auto now = clock.now();
    if (now >= end) return {};
    auto next = engine.rest().due;
    world.with([&](peers::World& inside) {
      if (inside.next_due()) next = std::min(next, inside.next_due());
    });
    clock.move_to(std::clamp(next, now + shortest_step, std::max(end, now + shortest_step)));
  }
}

}  // namespace holdfast::apps
