#pragma once
// Who supplies what. Facts only: nothing here may claim more than its evidence shows.
// A released field keeps its name; a new one needs a default that older events can live with.

#include <string>
#include <variant>
#include <vector>

#include "model/values.h"

namespace holdfast {

/// The choice, with every candidate and what removed it.
struct RoutingDecided {
  static constexpr const char* name = "RoutingDecided";

  std::vector<Allocation> allocations;
  std::vector<Candidate> candidates;
  bool heuristic = false;
  std::string policy;
  std::string facts;  // hash of the offers compared, stored beside the stream

  bool operator==(const RoutingDecided&) const = default;
  static void each(auto& self, auto& visit) {
    visit("allocations", self.allocations);
    visit("candidates", self.candidates);
    visit("heuristic", self.heuristic);
    visit("policy", self.policy);
    visit("facts", self.facts);
  }
};

/// No permitted choice covers the lines.
struct RoutingFailed {
  static constexpr const char* name = "RoutingFailed";

  std::vector<Candidate> candidates;
  std::string reason;
  std::string policy;
  std::string facts;  // as in RoutingDecided

  bool operator==(const RoutingFailed&) const = default;
  static void each(auto& self, auto& visit) {
    visit("candidates", self.candidates);
    visit("reason", self.reason);
    visit("policy", self.policy);
    visit("facts", self.facts);
  }
};

/// Pieces went back to be routed again, or are no longer wanted.
struct AllocationWithdrawn {
  static constexpr const char* name = "AllocationWithdrawn";

  std::string po;
  std::string supplier;
  std::vector<LineQuantity> lines;
  std::string reason;

  bool operator==(const AllocationWithdrawn&) const = default;
  static void each(auto& self, auto& visit) {
    visit("po", self.po);
    visit("supplier", self.supplier);
    visit("lines", self.lines);
    visit("reason", self.reason);
  }
};

/// One fact of this step.
using SourcingEvent = std::variant<RoutingDecided, RoutingFailed, AllocationWithdrawn>;

}  // namespace holdfast
