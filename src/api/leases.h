#pragma once
// Leases: who is working on which exception just now, so that two people never decide the same one.
// A lease lasts a minute and is renewed while the case is open in front of somebody. In memory
// only: after a restart everybody simply takes theirs again. It must never be all that stands
// between two decisions; the core refuses the second one anyway.

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>

#include "base/instant.h"
#include "ports/store.h"

namespace holdfast::api {

struct Lease {
  std::string holder;
  Instant until;
};

class Leases {
 public:
  /// Takes or renews a case's lease; the lease of somebody else when there is one.
  std::optional<Lease> take(const ports::StreamKey& stream, std::int64_t number,
                            const std::string& holder, Instant now);
  /// Gives it back. False when it was not theirs.
  bool give_back(const ports::StreamKey& stream, std::int64_t number, const std::string& holder);
  /// Who holds it now.
  std::optional<Lease> of(const ports::StreamKey& stream, std::int64_t number, Instant now) const;

  static Duration lasts() { return minutes(1); }

 private:
  using Key = std::tuple<ports::StreamKey, std::int64_t>;

  mutable std::mutex mutex_;
  std::map<Key, Lease> held_;
};

}  // namespace holdfast::api
