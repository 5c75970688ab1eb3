// Routing decisions a second, of the hardest baskets that are still decided exactly.
#include <chrono>

#include "core/routing/route.h"
#include "engine/settings/policy_files.h"
#include "tests/bench/parts.h"

namespace holdfast::bench {
namespace {

constexpr std::int64_t decisions_at_once = 64;

std::string sku_of(std::size_t line) { return "SKU-" + std::to_string(line); }

/// Suppliers of whom each lacks every third article, so that none can serve a basket alone.
std::map<std::string, SupplierProfile> suppliers() {
  std::map<std::string, SupplierProfile> all;
  for (std::size_t i = 0; i < core::exact_suppliers; ++i) {
    SupplierProfile profile;
    profile.supplier = profile.title = "supplier-" + std::to_string(i);
    profile.tier = "48_hour";
    profile.mode = Mode::Auto;
    profile.vetted = true;
    profile.ship_from = "DE";
    profile.calendar.zone = "Europe/Berlin";
    all[profile.supplier] = profile;
  }
  return all;
}

std::vector<std::shared_ptr<const Offer>> offers(Instant now) {
  std::vector<std::shared_ptr<const Offer>> all;
  for (std::size_t s = 0; s < core::exact_suppliers; ++s) {
    for (std::size_t line = 0; line < core::exact_lines; ++line) {
      if ((s + line) % 3 == 0) continue;
      Offer offer;
      offer.sku = sku_of(line);
      offer.supplier = "supplier-" + std::to_string(s);
      offer.supplier_sku = "S-" + offer.sku;
      offer.cost = *parse_unit_price("9.40 USD");
      offer.cost.micros += static_cast<std::int64_t>(s * 7 + line * 3) * 10'000;
      offer.stock = 100'000;
      offer.stated_at = now;
      offer.lead_days = 1;
      offer.ship_from = "DE";
      offer.mode = Mode::Auto;
      all.push_back(std::make_shared<const Offer>(std::move(offer)));
    }
  }
  return all;
}

std::vector<core::Demand> basket() {
  std::vector<core::Demand> demands;
  for (std::size_t line = 0; line < core::exact_lines; ++line) {
    core::Demand demand;
    demand.line = static_cast<std::int64_t>(line) + 1;
    demand.sku = sku_of(line);
    demand.price = *parse_unit_price("21.27 USD");
    demand.quantity = 1 + static_cast<std::int64_t>(line % 3);
    demands.push_back(std::move(demand));
  }
  return demands;
}

}  // namespace

Status measure_routing(const Plan& plan, Report& report) {
  auto policy = engine::load_policy(plan.policy);
  if (!policy) return fail(policy.error());
  policy->routing.split_allowed = true;
  const auto profiles = suppliers();
  core::Facts facts;
  facts.now = *parse_instant("2026-11-02T08:00:00Z");
  facts.policy = &*policy;
  facts.suppliers = &profiles;
  facts.offers = offers(facts.now);
  core::OrderState state;
  state.channel = "shop";
  state.total = *parse_money("500.00 USD");
  state.destination.country = "DE";
  const core::Run run(state, facts);
  const auto demands = basket();
  say("routing decisions");
  std::vector<double> ms;
  std::size_t wrong = 0;
  const auto begin = std::chrono::steady_clock::now();
  double seconds = 0;
  while (seconds < plan.seconds) {
    const auto before = seconds;
    for (std::int64_t i = 0; i < decisions_at_once; ++i) {
      const auto chosen = core::route(run, demands);
      wrong += chosen.allocations.empty() || chosen.heuristic ? 1 : 0;
    }
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    ms.push_back((seconds - before) * 1000 / static_cast<double>(decisions_at_once));
  }
  if (wrong != 0) report.wrong("a basket of 12 lines was not routed exactly");
  const auto decisions = static_cast<double>(ms.size()) * static_cast<double>(decisions_at_once);
  Measure speed;
  speed.name = "route_decisions_s";
  speed.value = decisions / seconds;
  speed.unit = "decisions/s";
  speed.samples = static_cast<std::size_t>(decisions);
  speed.p50_ms = percentile(ms, 50);
  speed.p99_ms = percentile(ms, 99);
  report.add(speed);
  return {};
}

}  // namespace holdfast::bench
