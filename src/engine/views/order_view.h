#pragma once
// Order view: an order as the contract shows it, derived at one version.
// It must never decide anything: what a reader may do is only shown, and checked where it is asked.

#include <optional>
#include <set>
#include <string>

#include "engine/setup.h"
#include "engine/views/words.h"

namespace holdfast::engine {

/// What a view may depend on besides the order: who reads it.
struct PageReader {
  std::set<std::string> roles;
  bool may_decide = false;
  bool may_override = false;
  bool sees_buyer = false;

  /// Whether a gate's releaser role is this reader's, or the reader owns the workspace.
  bool may_release(const std::string& role) const;
};

/// The contract's Order. `buyer` is null when erased or not for this reader.
Json order_json(const Setup& setup, const History& history, const std::optional<Address>& buyer,
                const PageReader& reader);

/// The contract's Buyer: the address in lines as they stand on a label.
Json buyer_json(const Address& address);

/// The contract's OrderRow from a list row.
Json order_row_json(const ports::OrderRow& row);

/// The contract's RoutingExplanation: every decision, newest first.
Json routing_json(const History& history);

/// The role that may release a gate of the order ("name" or "name@about"); NotFound when the
/// policy has no such gate.
Result<std::string> releaser_of(const Setup& setup, std::string_view gate);

}  // namespace holdfast::engine
