#include "engine/trial/retry.h"

#include <algorithm>
#include <exception>

#include "base/text.h"
#include "core/decide.h"
#include "core/evolve.h"
#include "engine/gather.h"
#include "engine/settings/policy_files.h"
#include "model/codec.h"

namespace holdfast::engine {
namespace {

/// Whether an event states a fact from outside, as opposed to what rules made of facts.
bool is_outside_fact(const Event& event) {
  return std::holds_alternative<IntakeEvent>(event.step()) || event.as<HoldPlaced>() ||
         event.as<HoldReleased>() || event.as<GateOverridden>();
}

/// The number behind "stock " in a candidate's detail.
std::optional<std::int64_t> stock_in(const std::string& detail) {
  const auto at = detail.find("stock ");
  if (at == std::string::npos) return std::nullopt;
  const auto end = detail.find_first_not_of("0123456789", at + 6);
  const auto json = parse_json(detail.substr(at + 6, end - at - 6));
  if (!json || !json->is_integer()) return std::nullopt;
  return json->integer();
}

/// The price behind "cost " in a candidate's detail.
std::optional<UnitPrice> cost_in(const std::string& detail) {
  if (!detail.starts_with("cost ")) return std::nullopt;
  const auto price = parse_unit_price(detail.substr(5, detail.find(',') - 5));
  if (!price) return std::nullopt;
  return *price;
}

/// Whether the filter that removed a candidate looks at the stock or price of its offer.
bool needs_stock(const std::string& filter) { return filter == "below_buffer"; }

std::optional<Offer> offer_of(const Candidate& candidate, const std::string& sku,
                              const Setup& setup, Instant now) {
  const auto known = std::ranges::find_if(setup.offers, [&](const Offer& offer) {
    return offer.sku == sku && offer.supplier == candidate.supplier;
  });
  if (known == setup.offers.end()) return std::nullopt;
  auto offer = *known;
  offer.stated_at = now - minutes(candidate.feed_age_minutes);
  offer.live = candidate.detail.ends_with(" live");
  const auto stock = stock_in(candidate.detail);
  const auto cost = cost_in(candidate.detail);
  if (stock) offer.stock = *stock;
  if (cost) offer.cost = *cost;
  const bool scored = candidate.removed_by.empty();
  if (scored && (!stock || !cost)) return std::nullopt;
  if (needs_stock(candidate.removed_by) && !stock) return std::nullopt;
  return offer;
}

std::string route_text(const std::vector<Allocation>& allocations) {
  std::vector<std::string> parts;
  for (const auto& given : allocations) {
    parts.push_back("line " + std::to_string(given.line) + ": " + std::to_string(given.quantity) +
                    " from " + given.supplier);
  }
  std::ranges::sort(parts);
  return join(parts, "; ");
}

const std::string& or_nothing(const std::string& text) {
  static const std::string nothing = "nothing is bought yet";
  return text.empty() ? nothing : text;
}

void compare(const Tried& before, const Tried& after, std::vector<std::string>& differs) {
  const auto tell = [&](const std::string& what, const std::string& was, const std::string& is) {
    if (was != is) differs.push_back(what + ": " + was + " → " + is);
  };
  tell("procedure", before.procedure, after.procedure);
  tell("ship by", to_text(before.ship_by), to_text(after.ship_by));
  auto gates = before.gates;
  gates.insert(after.gates.begin(), after.gates.end());
  const auto words = [](const Tried& tried, const std::string& gate) -> std::string {
    const auto found = tried.gates.find(gate);
    if (found == tried.gates.end()) return "not asked";
    return std::string(name_of(found->second.result)) + " (" + found->second.detail + ")";
  };
  const auto result = [](const Tried& tried, const std::string& gate) {
    const auto found = tried.gates.find(gate);
    return found == tried.gates.end() ? std::string() : std::string(name_of(found->second.result));
  };
  for (const auto& [gate, known] : gates) {
    if (result(before, gate) == result(after, gate)) continue;
    differs.push_back("gate " + gate + ": " + words(before, gate) + " → " + words(after, gate));
  }
  tell("route", or_nothing(before.route), or_nothing(after.route));
}

}  // namespace

Result<std::vector<Recorded>> read_past(ports::Store& store, const ports::StreamKey& stream) {
  auto rows = store.events(stream);
  if (!rows) return fail(rows.error());
  if (rows->empty()) {
    return fail(ErrorCode::NotFound, "no such order", id_text(OrderTag::prefix, stream.id));
  }
  std::vector<Recorded> past;
  past.reserve(rows->size());
  for (auto& row : *rows) {
    auto json = parse_json(row.bytes);
    auto event = json ? decode_event(*json) : Result<Event>(fail(json.error()));
    if (!event) {
      return fail(ErrorCode::Internal, "an event cannot be read: " + event.error().what,
                  "event " + std::to_string(row.seq), "run holdfast store check --all");
    }
    past.push_back({std::move(row), std::move(*event)});
  }
  return past;
}

Starting starting_of(const std::vector<Recorded>& past) {
  Starting starting;
  std::size_t end = past.size();
  for (std::size_t i = 0; i < past.size(); ++i) {
    const auto& event = past[i].event;
    if (const auto* chosen = event.as<ProcedureChosen>(); chosen && starting.policy_hash.empty()) {
      starting.policy_hash = chosen->policy;
    }
    starting.decided = event.as<RoutingDecided>();
    starting.failed = event.as<RoutingFailed>();
    if (!starting.decided && !starting.failed) continue;
    starting.policy_hash = starting.decided ? starting.decided->policy : starting.failed->policy;
    end = i;
    break;
  }
  if (past.empty()) return starting;
  starting.upto = end;
  starting.now = end < past.size() ? past[end].row.at : past.back().row.at;
  for (std::size_t i = 0; i < end; ++i) {
    if (is_outside_fact(past[i].event)) core::evolve(starting.state, past[i].event);
  }
  return starting;
}

std::shared_ptr<const Offer> shared(const Offer& offer) {
  return std::make_shared<const Offer>(offer);
}

core::Facts facts_of(const Starting& starting, const Setup& setup,
                     const std::optional<ComparedOffers>& stored,
                     std::vector<std::string>& missing) {
  core::Facts facts;
  facts.now = starting.now;
  facts.suppliers = &setup.profiles;
  facts.destination = starting.state.destination;
  const auto& candidates = starting.decided  ? starting.decided->candidates
                           : starting.failed ? starting.failed->candidates
                                             : std::vector<Candidate>{};
  if (stored) {
    for (const auto& offer : stored->offers) facts.offers.push_back(shared(offer));
    facts.suppliers = &stored->suppliers;
  }
  for (const auto& candidate : candidates) {
    const auto* line = starting.state.line(candidate.line);
    if (!line || stored) continue;
    const auto& sku = line->line.sku;
    const bool twice = std::ranges::any_of(facts.offers, [&](const auto& offer) {
      return offer->sku == sku && offer->supplier == candidate.supplier;
    });
    if (twice) continue;
    auto offer = offer_of(candidate, sku, setup, starting.now);
    if (offer)
      facts.offers.push_back(shared(*offer));
    else
      missing.push_back(candidate.supplier + " for " + sku);
  }
  // Mapping is what the gate asks for; before the first routing only today's catalogue tells it.
  for (const auto& line : starting.state.lines) {
    const auto& sku = line.line.sku;
    const auto maps = [&](const Offer& offer) { return offer.sku == sku && !offer.suspended; };
    const bool mapped =
        std::ranges::any_of(facts.offers, maps, [](const auto& o) -> const Offer& { return *o; }) ||
        (!stored && std::ranges::any_of(setup.offers, maps));
    if (mapped) facts.mapped_skus.push_back(sku);
  }
  if (candidates.empty() && !stored) {
    for (const auto& offer : setup.offers) facts.offers.push_back(shared(offer));
  }
  facts.fresh_po = [](std::int64_t nth) { return po_number("TRY", nth); };
  return facts;
}

Result<Tried> try_policy(const Starting& starting, core::Facts facts, const Policy& policy,
                         const std::string& hash) {
  facts.policy = &policy;
  facts.policy_hash = hash;
  try {
    const auto events = core::decide(starting.state, EngineCommand(Advance{}), facts);
    if (!events) return fail(events.error());
    auto state = starting.state;
    Tried tried;
    for (const auto& event : *events) {
      core::evolve(state, event);
      if (const auto* decided = event.as<RoutingDecided>(); decided && tried.route.empty()) {
        tried.route = route_text(decided->allocations);
      } else if (const auto* failed = event.as<RoutingFailed>(); failed && tried.route.empty()) {
        tried.route = "no route: " + failed->reason;
      }
    }
    tried.procedure = state.procedure;
    if (const auto* promise = state.promise(PromiseKind::ShipBy)) tried.ship_by = promise->due_at;
    for (const auto& [key, gate] : state.gates) {
      if (key.find('@') == std::string::npos) tried.gates[key] = gate;
    }
    return tried;
  } catch (const std::exception& failure) {
    return fail(ErrorCode::Internal, failure.what());
  }
}

Result<Retried> retry(ports::Store& store, const std::vector<Recorded>& past, const Setup& setup,
                      const Policy& old_policy, const Policy& new_policy) {
  Retried result;
  const auto starting = starting_of(past);
  if (!starting.state.imported) {
    result.not_retried = "it was never imported";
    return result;
  }
  const auto hash = starting.decided  ? starting.decided->facts
                    : starting.failed ? starting.failed->facts
                                      : std::string();
  std::optional<ComparedOffers> stored;
  if (auto read = read_compared(store, setup.tenant, hash)) stored = std::move(*read);
  const auto facts = facts_of(starting, setup, stored, result.missing);
  const auto before = try_policy(starting, facts, old_policy, policy_hash(old_policy));
  if (!before) return fail(before.error());
  const bool routed = starting.decided || starting.failed;
  const auto recorded = starting.decided  ? route_text(starting.decided->allocations)
                        : starting.failed ? "no route: " + starting.failed->reason
                                          : std::string();
  if (routed && before->route != recorded) {
    // Then the facts at hand are not the decision's, and a difference would prove nothing.
    result.not_retried = "with what is stored and today's catalogue its own policy decides " +
                         or_nothing(before->route) + ", recorded is " + recorded;
    return result;
  }
  const auto after = try_policy(starting, facts, new_policy, policy_hash(new_policy));
  if (!after) return fail(after.error());
  compare(*before, *after, result.differs);
  return result;
}

}  // namespace holdfast::engine
