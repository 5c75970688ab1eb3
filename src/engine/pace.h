#pragma once
// Pace: when the next request to each account may leave, so that nobody is asked more than it
// declared to bear. What a partner says of its own budget counts for more than what its connector
// declares. It must never read a clock.

#include <map>
#include <string>

#include "ports/connector.h"

namespace holdfast::engine {

/// What an account may be asked at a moment.
struct Budget {
  std::int64_t per_minute = 0;
  std::int64_t burst = 0;
  std::int64_t left = 0;        // requests that may leave at once
  std::int64_t told_left = -1;  // what the partner said is left, in its own points; -1: nothing
  Instant free_at;              // when the next request may leave; `at` or earlier means at once
  Instant at;                   // of these figures
};

class Pace {
 public:
  /// Sets what an account bears: its kind's capabilities, or its own settings
  /// `requests_per_minute` and `burst` where it has them.
  void declare(const ports::Account& account, const ports::Capabilities& capabilities);

  /// When the next request may leave; `now` or earlier means at once. An account that was never
  /// declared may always be asked.
  Instant ready_at(const std::string& account, Instant now) const;

  /// What an account may be asked now; zeros for one that was never declared.
  Budget budget(const std::string& account, Instant now) const;

  /// Counts a request that leaves.
  void take(const std::string& account, Instant now);

  /// Takes in what an answer says: points or requests left, what a request costs of them, how many
  /// come back in a second, and how long to pause.
  void heard(const std::string& account, const ports::Outcome& outcome, Instant now);

 private:
  struct Meter {
    Duration every;          // one request comes back after this
    std::int64_t burst = 1;  // requests that may leave at once
    Instant next;            // when the bucket would be full again (generic cell rate algorithm)
    Instant paused_until;
    // The partner's own figures, and when they were heard.
    std::int64_t left = 0;
    std::int64_t cost = 1;
    std::int64_t restore = 0;
    Instant heard_at;
    bool is_metered(Instant now) const;
  };

  std::map<std::string, Meter> meters_;
};

/// A positive number in an account's settings, or `standard`.
std::int64_t number_setting(const ports::Account& account, const std::string& key,
                            std::int64_t standard);

}  // namespace holdfast::engine
