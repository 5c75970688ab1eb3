#pragma once
// Retry: an order's first routing decided once more, under the policy it was made with and under
// another. Both runs get the same facts, so that what differs comes from the policy alone.
// It must never guess a fact that was not stored; what is missing is said.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/facts.h"
#include "core/state.h"
#include "engine/setup.h"
#include "engine/views/history.h"
#include "engine/views/routing_facts.h"

namespace holdfast::engine {

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
/// An order's events as they were stored, in order; the words people wrote stay sealed, since no
/// rule reads them. NotFound when there are none, Internal when one cannot be read.
Result<std::vector<Recorded>> read_past(ports::Store& store, const ports::StreamKey& stream);

/// Where an order stood then; without an import its state stays empty.
Starting starting_of(const std::vector<Recorded>& past);

/// Facts as they were at the decision: the stored offers and profiles. Decisions from before these
/// were stored use their candidates where these say enough, the rest of an offer (item number,
/// lead time) from today's catalogue.
core::Facts facts_of(const Starting& starting, const Setup& setup,
                     const std::optional<ComparedOffers>& stored,
                     std::vector<std::string>& missing);

/// Decides under a policy. Errors are the core's.
Result<Tried> try_policy(const Starting& starting, core::Facts facts, const Policy& policy,
                         const std::string& hash);

/// Compares; `old_policy` is the one the order's decision names. Errors are the core's: Internal
/// when a rule's invariant breaks.
Result<Retried> retry(ports::Store& store, const std::vector<Recorded>& past, const Setup& setup,
                      const Policy& old_policy, const Policy& new_policy);

}  // namespace holdfast::engine
