#pragma once
// Retry: an order's first routing decided once more, under the policy it was made with and under
// another. Both runs get the same facts, so that what differs comes from the policy alone.
// It must never guess a fact that was not stored; what is missing is said.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/history.h"
#include "engine/views/routing_facts.h"

namespace holdfast::cli {

/// What a run from an order's recorded facts leads to.
struct Tried {
  std::string procedure;
  std::map<std::string, core::GateState> gates;  // of the whole order, before buying
  std::string route;  // "line 1: 2 from acme; …", "no route: why", or "" when gates stop it
  Instant ship_by;
};

/// One order's comparison.
struct Retried {
  std::string not_retried;           // why it could not be; then the rest is empty
  std::vector<std::string> missing;  // offers whose statement was not stored, left out of both runs
  std::vector<std::string> differs;  // in words; empty when both policies decide the same
};

/// The state made of what the shop and people said up to (not with) the order's first routing.
struct Starting {
  core::OrderState state;
  Instant now;           // of the decision
  std::size_t upto = 0;  // events taken into account
  const RoutingDecided* decided = nullptr;
  const RoutingFailed* failed = nullptr;
  std::string policy_hash;  // the decision's
};
/// Where an order stood then; without an import its state stays empty.
Starting starting_of(const History& history);

/// Facts as they were at the decision: the stored offers and profiles. Decisions from before these
/// were stored use their candidates where these say enough, the rest of an offer (item number,
/// lead time) from today's catalogue.
core::Facts facts_of(const Starting& starting, const engine::Setup& setup,
                     const std::optional<engine::ComparedOffers>& stored,
                     std::vector<std::string>& missing);

/// Decides under a policy. Errors are the core's.
Result<Tried> try_policy(const Starting& starting, core::Facts facts, const Policy& policy,
                         const std::string& hash);

/// Compares; `old_policy` is the one the order's decision names. Errors are the core's: Internal
/// when a rule's invariant breaks.
Result<Retried> retry(ports::Store& store, const History& history, const engine::Setup& setup,
                      const Policy& old_policy, const Policy& new_policy);

}  // namespace holdfast::cli
