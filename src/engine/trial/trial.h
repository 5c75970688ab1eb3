#pragma once
// Trial: past orders decided again under a changed policy, the newest first, to see what a change
// would have done. Nothing is written; it must never be mistaken for a forecast: only the gates
// before buying, the procedure, the ship-by date and the first routing are tried.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/trial/retry.h"

namespace holdfast::engine {

/// An order that would differ, or could not be tried again.
struct TriedOrder {
  ports::StreamKey stream;
  std::string store_number;
  std::string not_retried;           // why not; then it did not differ
  std::vector<std::string> missing;  // offers whose statement was not stored
  std::vector<std::string> differs;  // in words
};

/// How many of the orders so far.
struct TrialCounts {
  std::int64_t tried = 0;
  std::int64_t same = 0;
  std::int64_t changed = 0;
  std::int64_t not_retried = 0;
  std::int64_t incomplete = 0;  // lack an offer that was not stored
  std::int64_t rerouted = 0;    // routed again later; only the first routing is tried
};

class Trial {
 public:
  /// `store` and `setup` outlive it; setup's policy is known beside those the store keeps.
  Trial(ports::Store& store, const Setup& setup, Policy changed);

  /// Tries up to `most` more orders (at least 1). False when there are no more. Errors are the
  /// store's; what a single order cannot be tried for is told of that order.
  Result<bool> next(std::size_t most);

  const TrialCounts& counts() const { return counts_; }
  /// Those that differ or could not be tried, the newest first.
  const std::vector<TriedOrder>& orders() const { return orders_; }

 private:
  const Policy* policy_of(const std::string& hash);
  Status try_one(const ports::OrderRow& row);

  ports::Store& store_;
  const Setup& setup_;
  Policy changed_;
  std::map<std::string, Policy> known_;  // by hash, as the store keeps them beside decisions
  std::int64_t before_ = 0;              // the last order tried; 0 at the beginning
  TrialCounts counts_;
  std::vector<TriedOrder> orders_;
};

}  // namespace holdfast::engine
