#pragma once
// Attempts: how often somebody may try to sign in. After five failures in a row for a name from an
// address each further one waits, twice as long every time; an address has a budget for all names,
// and so has a name for all addresses. An IPv6 address counts as its network of 64 bits, which one
// subscriber has to itself. It must never say whether a name exists.

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/instant.h"
#include "net/rate_limit.h"

namespace holdfast::api {

class Attempts {
 public:
  /// How long to wait before another try at this name from this address; nothing when it may be
  /// now.
  std::optional<Duration> must_wait(const std::string& name, const std::string& address,
                                    Instant now);
  /// The same where nobody is named: by the address alone, so that no stranger's tries keep others
  /// waiting.
  std::optional<Duration> must_wait(const std::string& address, Instant now);
  /// Notes a failed or a good try.
  void tried(const std::string& name, const std::string& address, bool good, Instant now);

  /// Whether nobody has used this one-time code of this user before. From then on it is used.
  bool first_use(const std::string& user, std::int64_t step);

 private:
  struct Tries {
    std::int64_t failed = 0;
    Instant not_before;
  };

  std::mutex mutex_;
  std::map<std::string, Tries> tries_;
  std::map<std::string, std::int64_t> used_;  // newest step of a user's code
  net::RateLimiter addresses_{{30, minutes(1), 30}, 10'000};
  net::RateLimiter names_{{20, minutes(1), 20}, 10'000};
};

}  // namespace holdfast::api
