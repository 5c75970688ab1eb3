#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/planted.h"
#include "core/advance/steps.h"
#include "core/automation.h"
#include "core/decide/handlers.h"
#include "core/gates/gate.h"
#include "core/routing/route.h"
#include "core/sla/timers.h"
#include "core/sla/working_time.h"

namespace holdfast::core::advancing {
namespace {

constexpr Duration limit_looked_at_every = minutes(15);

const SkuPolicy* sku_policy(const Run& run, const std::string& sku) {
  const auto& skus = run.policy().skus;
  const auto found = std::ranges::find(skus, sku, &SkuPolicy::sku);
  return found == skus.end() ? nullptr : &*found;
}

std::vector<std::string> risks_of(const Run& run) {
  std::set<std::string> risks;
  for (const auto& line : run.state().lines) {
    const auto* sku = sku_policy(run, line.line.sku);
    if (sku) risks.insert(sku->risks.begin(), sku->risks.end());
  }
  const auto& limit = channel_policy(run).max_auto_value;
  const auto& total = run.state().total;
  if (limit.currency.known() && total.currency == limit.currency && total.minor > limit.minor) {
    risks.insert("value");
  }
  return {risks.begin(), risks.end()};
}

/// Suppliers that already refused a line, from which it was withdrawn, or whose silence about a
/// cancellation is why it is bought again.
std::vector<std::string> failed_for(const OrderState& state, std::int64_t line) {
  std::vector<std::string> suppliers;
  for (const auto& po : state.pos) {
    for (const auto& part : po.lines) {
      const bool failed = (po.refused || po.double_buy || part.refused > 0 || part.withdrawn > 0) &&
                          !planted("a supplier that refused is asked again");
      if (part.asked.line == line && failed) suppliers.push_back(po.supplier);
    }
  }
  return suppliers;
}

/// Pieces still asked to stop, whose cancellation nobody answered: not free to buy again unless a
/// person approved paying twice.
std::int64_t on_order_or_stopping(const OrderState& state, std::int64_t line) {
  std::int64_t sum = 0;
  for (const auto& po : state.pos) {
    if (po.refused) continue;
    for (const auto& part : po.lines) {
      if (part.asked.line != line) continue;
      const bool counts_less = po.double_buy || planted("a cancel unanswered counts as cancelled");
      sum += counts_less ? part.live() - part.cancelling - part.kept : part.live();
    }
  }
  return sum;
}

std::vector<Demand> demands_of(const Run& run) {
  std::vector<Demand> demands;
  const auto& state = run.state();
  for (const auto& line : state.lines) {
    if (state.fulfill_at(line) > run.now()) continue;  // a pre-order's time has not come
    const auto missing = line.wanted() - on_order_or_stopping(state, line.line.line);
    if (missing <= 0) continue;
    const auto* sku = sku_policy(run, line.line.sku);
    demands.push_back({line.line.line, line.line.sku, sku ? sku->category : std::string(),
                       line.line.price, missing, failed_for(state, line.line.line)});
  }
  return demands;
}

Mode mode_for(const Run& run, const std::string& supplier, const std::vector<Allocation>& lines) {
  auto mode = purchase_mode(run, supplier, lines);
  const auto& risks = run.state().risks;
  const bool valuable = std::ranges::find(risks, "value") != risks.end();
  if (valuable && run.rule("risk.value")) mode = std::min(mode, Mode::Propose);
  return mode;
}

Money total_of(const std::vector<Allocation>& lines) {
  Money total;
  for (const auto& line : lines) {
    if (planted("the last line costs nothing") && &line == &lines.back()) continue;
    const auto part = price_of(line.cost, line.quantity);
    const auto sum = part ? add(total, *part) : part;
    if (!sum) return {};  // several currencies: the lines still say what each costs
    total = *sum;
  }
  return total;
}

void draft(Run& run, const std::string& supplier, std::vector<Allocation> lines) {
  const auto* profile = run.facts().supplier(supplier);
  const auto* service = service_policy(run);
  PurchaseOrderDrafted e;
  e.po = run.fresh_po();
  e.supplier = supplier;
  e.ship_model = profile ? profile->ship_model : ShipModel::Direct;
  e.total = total_of(lines);
  e.service = service ? service->supplier_service : std::string();
  e.mode = mode_for(run, supplier, lines);
  if (planted("two lines are swapped") && lines.size() > 1) {
    std::swap(lines[0].quantity, lines[1].quantity);
  }
  if (planted("one piece too many is bought")) ++lines[0].quantity;
  e.lines = std::move(lines);
  run.emit(PurchaseEvent(std::move(e)));
}

void routing_failed(Run& run, const Route& found, bool after_a_refusal) {
  if (run.state().routing_failure != found.failure) {
    run.emit(SourcingEvent(RoutingFailed{found.candidates, found.failure, run.facts().policy_hash,
                                         run.facts().offers_hash()}));
  }
  CaseDetail detail;
  detail.about = "routing";
  detail.detail = found.failure;
  for (const auto& po : run.state().pos) {
    if (po.refused) detail.cause = supplier_subject(po.supplier);
  }
  open_case(run, after_a_refusal ? ReasonCode::SupplierStock : ReasonCode::NoRoute,
            std::move(detail));
}

bool has_live_purchase(const OrderState& state) {
  return std::ranges::any_of(state.pos, [](const PoState& po) { return po.live() > 0; });
}

void propose(Run& run, const PoState& po, std::string why) {
  CaseDetail detail;
  detail.about = po.po;
  detail.detail = std::move(why);
  detail.money_at_risk = po.total;
  detail.options = {{"approve", "the purchase order leaves", po.total},
                    {"reject", "withdrawn; routed to the next-best supplier", {}},
                    {"cancel", "the order's open pieces are cancelled", {}}};
  open_case(run, ReasonCode::Approval, std::move(detail));
}

/// The limit that stands in the way of a supplier's purchases, as its name and what it reached.
std::optional<std::pair<std::string, std::string>> tripped(const Run& run,
                                                           const std::string& supplier) {
  const auto& all = run.facts().tripped;
  auto hit = all.find(supplier);
  if (hit == all.end()) hit = all.find("*");
  if (hit == all.end() || !run.rule("limit.trip")) return std::nullopt;
  return *hit;
}

/// When a purchase order may leave: at once, or with others shortly before the cut-off.
Instant leaves_at(const Run& run, const std::string& supplier) {
  const auto tier = tier_of(run, supplier);
  if (tier.batch_before.ms <= 0 || tier.cut_off.empty() || !run.rule("purchase.batch")) {
    return run.now();
  }
  const auto* profile = run.facts().supplier(supplier);
  const auto cut_off =
      next_cut_off(profile ? profile->calendar : Calendar{}, run.now(), tier.cut_off);
  return std::max(run.now(), cut_off - tier.batch_before);
}

/// A limit stops it: one case for all that wait, looked at again after a while.
void wait_for_limit(Run& run, const PoState& po, const std::string& limit, const std::string& why) {
  CaseDetail detail;
  detail.about = po.po;
  detail.detail = why + "; this purchase waits";
  detail.money_at_risk = po.total;
  detail.cause = "limit:" + limit;
  const auto number = po.po;
  open_case(run, ReasonCode::LimitReached, std::move(detail));
  if (!run.state().timer_set(TimerKind::PurchaseBatch, number)) {
    set_timer(run, TimerKind::PurchaseBatch, number, run.now() + limit_looked_at_every);
  }
}

void release_one(Run& run, const std::string& number) {
  const auto& po = *run.state().po(number);
  if (po.released_event != 0 || po.closed) return;
  if (const auto limit = tripped(run, po.supplier)) {
    wait_for_limit(run, po, limit->first, limit->second);
    return;
  }
  close_case(run, ReasonCode::LimitReached, number, "within the limits again");
  if (run.rule("mode.propose") && po.mode != Mode::Auto) {
    propose(run, po,
            po.mode == Mode::Watch ? "would be bought from " + po.supplier
                                   : "bought from " + po.supplier + " when approved");
    return;
  }
  if (const auto at = leaves_at(run, po.supplier); at > run.now()) {
    set_timer(run, TimerKind::PurchaseBatch, number, at);
    return;
  }
  drop_timer(run, TimerKind::PurchaseBatch, number);
  run.emit(PurchaseEvent(PurchaseOrderReleased{number, "rule:purchase", run.now()}));
}

}  // namespace

bool stopped(const Run& run) {
  const auto& state = run.state();
  return state.cancelled_at_channel || state.erased || (!state.holds.empty() && run.rule("hold"));
}

void procedure(Run& run) {
  if (!run.state().procedure.empty()) return;
  const auto risks = risks_of(run);
  const ProcedurePolicy* chosen = nullptr;
  for (const auto& candidate : run.policy().procedures) {
    const bool fits = std::ranges::any_of(candidate.risks, [&](const std::string& risk) {
      return std::ranges::find(risks, risk) != risks.end();
    });
    if (fits && run.rule("procedure.risk")) chosen = &candidate;
    if (candidate.risks.empty() && !chosen) chosen = &candidate;
    if (fits && chosen == &candidate) break;
  }
  run.emit(GatesEvent(
      ProcedureChosen{chosen ? chosen->procedure : "none", risks, run.facts().policy_hash}));
}

namespace {

/// The pieces of a line that are on order and neither wanted nor being stopped already.
std::int64_t excess_of(const Run& run, const LineState& line) {
  const auto number = line.line.line;
  auto excess = run.state().on_order(number) - std::max(line.wanted(), std::int64_t{0});
  for (const auto& po : run.state().pos) {
    for (const auto& part : po.lines) {
      // What is asked to stop, and what the supplier will not stop, is not asked for again.
      if (part.asked.line != number || po.refused) continue;
      excess -= po.double_buy ? part.live() : part.cancelling + part.kept;
    }
  }
  return excess;
}

}  // namespace

void surplus(Run& run) {
  // One request per purchase order: a supplier who is written to should read one letter.
  std::map<std::string, std::vector<LineQuantity>> stopped_by_po;
  for (const auto& line : run.state().lines) {
    const auto number = line.line.line;
    if (planted("surplus is never stopped")) continue;
    auto excess = excess_of(run, line);
    if (excess <= 0 || !run.rule("purchase.cancel_surplus")) continue;
    // Drafts first: taking back what never left costs nothing.
    for (const bool left : {false, true}) {
      for (const auto& po : run.state().pos) {
        if (excess <= 0) break;
        if (po.refused || (po.released_event != 0) != left) continue;
        for (const auto& free : deciding::stoppable_lines(run, po)) {
          if (free.line != number) continue;
          const auto part = std::min(free.quantity, excess);
          if (part <= 0) continue;
          stopped_by_po[po.po].push_back({number, part});
          excess -= part;
        }
      }
    }
  }
  for (const auto& [number, lines] : stopped_by_po) {
    deciding::withdraw(run, PoState(*run.state().po(number)), lines, "no longer wanted");
  }
}

void intake(Run& run) {
  if (run.state().cancelled_at_channel || run.state().wanted() == 0) return;
  pass_gates_before_routing(run);
}

void sourcing(Run& run) {
  if (stopped(run)) return;
  const auto demands = demands_of(run);
  if (demands.empty()) {
    close_case(run, ReasonCode::NoRoute, "routing", "every piece is supplied");
    close_case(run, ReasonCode::SupplierStock, "routing", "every piece is supplied");
    return;
  }
  if (!pass_gates_before_routing(run)) return;
  const bool after_a_refusal =
      std::ranges::any_of(demands, [](const Demand& demand) { return !demand.not_from.empty(); });
  auto found = route(run, demands);
  const auto& routing = run.policy().routing;
  if (found.failure.empty() && has_live_purchase(run.state()) && !routing.split_allowed &&
      run.rule("routing.split")) {
    found.allocations.clear();
    found.failure = "the rest would come from another supplier, and a split is not allowed";
  }
  if (!found.failure.empty()) {
    routing_failed(run, found, after_a_refusal);
    return;
  }
  run.emit(SourcingEvent(RoutingDecided{found.allocations, found.candidates, found.heuristic,
                                        run.facts().policy_hash, run.facts().offers_hash()}));
  close_case(run, ReasonCode::NoRoute, "routing", "a route was found");
  close_case(run, ReasonCode::SupplierStock, "routing", "a route was found");
  std::vector<std::string> suppliers;
  for (const auto& allocation : found.allocations) {
    if (std::ranges::find(suppliers, allocation.supplier) == suppliers.end()) {
      suppliers.push_back(allocation.supplier);
    }
  }
  for (const auto& supplier : suppliers) {
    std::vector<Allocation> lines;
    for (const auto& allocation : found.allocations) {
      if (allocation.supplier == supplier) lines.push_back(allocation);
    }
    draft(run, supplier, std::move(lines));
  }
}

void release(Run& run) {
  if (stopped(run) || run.state().pos.empty()) return;
  const bool waiting = std::ranges::any_of(
      run.state().pos, [](const PoState& po) { return po.released_event == 0 && !po.closed; });
  if (!waiting ||
      (!planted("gates do not stop a purchase") && !pass_gates(run, Commitment::Buy, {}))) {
    return;
  }
  std::vector<std::string> numbers;
  for (const auto& po : run.state().pos) numbers.push_back(po.po);
  for (const auto& number : numbers) release_one(run, number);
}

}  // namespace holdfast::core::advancing
