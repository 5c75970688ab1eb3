#pragma once
// Refusals: how many refused tries to sign in are written down one by one. Anybody can cause them,
// so within an hour the rest of a name's only count on in its last entry. It must never drop one
// uncounted.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/instant.h"

namespace holdfast::api {

class Refusals {
 public:
  /// Where a refused try is written down: an entry of its own, or a former one that counts on.
  struct Place {
    std::string key;
    std::int64_t more = 0;  // tries since that entry which have none of their own
  };

  /// `fresh` is the key of an entry of its own. Names that nobody has share one budget: pass "".
  Place place_of(const std::string& name, const std::string& fresh, Instant now);

 private:
  struct Hour {
    Instant since;
    std::int64_t tries = 0;
    std::string last;
  };

  std::mutex mutex_;
  std::map<std::string, Hour> hours_;
};

}  // namespace holdfast::api
