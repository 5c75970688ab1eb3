#pragma once
// RateLimiter: a token bucket per key, for inbound clients and for partners' request budgets.
// It must never read a clock, and it keeps a bounded number of keys; its owner does the locking.

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/instant.h"

namespace holdfast::net {

/// `tokens` are given back evenly over each `per`; at most `burst` are ever there at once.
struct RateBudget {
  std::int64_t tokens = 60;
  Duration per = minutes(1);
  std::int64_t burst = 60;
};

/// Whether the tokens were taken; if not, how long until they would be there.
struct RateDecision {
  bool allowed = true;
  Duration retry_after;
};

class RateLimiter {
 public:
  /// At most `most_keys` keys are kept. When one more comes, the key unused for longest is
  /// forgotten, which gives that key a full bucket again.
  RateLimiter(RateBudget budget, std::size_t most_keys);

  /// Takes `cost` tokens of `key` at `now`, or none at all. A cost above the burst is never
  /// allowed. A clock that steps back gives no tokens and takes none away.
  RateDecision take(std::string_view key, Instant now, std::int64_t cost = 1);

  /// Tokens there for `key` at `now`, rounded down; changes nothing.
  std::int64_t available(std::string_view key, Instant now) const;

  std::size_t keys() const { return buckets_.size(); }

 private:
  // Credit is counted in tokens × per.ms, so that a millisecond gives exactly `tokens` of it and
  // nothing is lost to rounding.
  struct Bucket {
    std::string key;
    std::int64_t credit = 0;
    Instant seen;
  };
  std::int64_t credit_at(const Bucket& bucket, Instant now) const;
  Bucket& bucket_of(std::string_view key, Instant now);

  RateBudget budget_;
  std::int64_t full_ = 0;
  std::size_t most_keys_;
  std::list<Bucket> by_use_;  // the most recently used in front
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> buckets_;
};

}  // namespace holdfast::net
