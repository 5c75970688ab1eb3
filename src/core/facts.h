#pragma once
// Facts: everything a decision may depend on besides state and command, gathered before it.
// Whatever could differ between two runs stands here and is stored with the decision.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts_codec.h"
#include "model/policy.h"
#include "model/supplier.h"

namespace holdfast::core {

/// Asked at every rule. The story runner counts and switches rules off through it.
class RuleWatch {
 public:
  virtual ~RuleWatch() = default;
  /// Whether the rule applies; the production engine has no watch and all rules apply.
  virtual bool active(std::string_view rule) = 0;
};

/// What was learned of one subject ("supplier:north", "mapping:MUG@north", "rule:purchase") that
/// may only propose.
struct Automation {
  bool raised = false;      // a named person let it act by itself
  std::int64_t agreed = 0;  // proposals agreed to in a row
};
using AutomationBook = std::map<std::string, Automation>;

struct Facts {
  Instant now;
  const Policy* policy = nullptr;  // never null in decide
  std::string policy_hash;
  std::vector<std::shared_ptr<const Offer>> offers;  // for the SKUs of this order
  std::vector<std::string> mapped_skus;              // SKUs with at least one live mapping
  const std::map<std::string, SupplierProfile>* suppliers = nullptr;  // null for none
  std::function<std::string(std::int64_t)> fresh_po;  // the 1st, 2nd … number not used before
  Destination destination;                            // of the command's address
  std::string buyer;                            // commitment of the command's sealed buyer record
  std::vector<std::string> tracking_elsewhere;  // numbers that other orders use
  std::map<std::string, std::string> tripped;   // supplier (or "*") → the limit that it reached
  const AutomationBook* automation = nullptr;   // of every subject; null for none
  RuleWatch* watch = nullptr;

  /// Whether a rule is on.
  bool rule(std::string_view name) const { return !watch || watch->active(name); }
  /// The same for "group.name".
  bool rule(std::string_view group, std::string_view name) const {
    return !watch || watch->active(std::string(group) + "." + std::string(name));
  }
  const SupplierProfile* supplier(std::string_view id) const;
  /// The offers and the suppliers behind them, as they are stored with a decision.
  RoutingFacts offers_compared() const;
  /// Hash of offers_compared() as it is stored, in hexadecimal.
  std::string offers_hash() const;
};

}  // namespace holdfast::core
