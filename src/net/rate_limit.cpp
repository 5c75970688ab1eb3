#include "net/rate_limit.h"

#include <algorithm>

#include "base/check.h"

namespace holdfast::net {
namespace {

// Bounds under which credit × time cannot leave 64 bits.
constexpr std::int64_t most_tokens = 1'000'000'000;

}  // namespace

RateLimiter::RateLimiter(RateBudget budget, std::size_t most_keys)
    : budget_(budget), most_keys_(most_keys) {
  check(budget.tokens > 0 && budget.tokens <= most_tokens, "a budget gives tokens");
  check(budget.burst > 0 && budget.burst <= most_tokens, "a budget has a burst");
  check(budget.per > Duration{0} && budget.per <= days(31), "a budget has a period");
  check(most_keys > 0, "a limiter keeps at least one key");
  full_ = budget.burst * budget.per.ms;
}

std::int64_t RateLimiter::credit_at(const Bucket& bucket, Instant now) const {
  const auto elapsed_ms = std::max<std::int64_t>(0, (now - bucket.seen).ms);
  const auto missing = full_ - bucket.credit;
  // Whoever waited long enough is full; comparing by division keeps the product in range.
  if (elapsed_ms > missing / budget_.tokens) return full_;
  return bucket.credit + elapsed_ms * budget_.tokens;
}

RateLimiter::Bucket& RateLimiter::bucket_of(std::string_view key, Instant now) {
  if (const auto found = buckets_.find(key); found != buckets_.end()) {
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    return by_use_.front();
  }
  if (buckets_.size() >= most_keys_) {
    buckets_.erase(by_use_.back().key);
    by_use_.pop_back();
  }
  by_use_.push_front({std::string(key), full_, now});
  buckets_.emplace(by_use_.front().key, by_use_.begin());
  return by_use_.front();
}

RateDecision RateLimiter::take(std::string_view key, Instant now, std::int64_t cost) {
  check(cost >= 0, "a cost is not negative");
  auto& bucket = bucket_of(key, now);
  bucket.credit = credit_at(bucket, now);
  bucket.seen = now;
  if (cost > budget_.burst) return {false, budget_.per};
  const auto wanted = cost * budget_.per.ms;
  if (bucket.credit >= wanted) {
    bucket.credit -= wanted;
    return {true, {}};
  }
  const auto lacking = wanted - bucket.credit;
  return {false, Duration{(lacking + budget_.tokens - 1) / budget_.tokens}};
}

std::int64_t RateLimiter::available(std::string_view key, Instant now) const {
  const auto found = buckets_.find(key);
  if (found == buckets_.end()) return budget_.burst;
  return credit_at(*found->second, now) / budget_.per.ms;
}

}  // namespace holdfast::net
