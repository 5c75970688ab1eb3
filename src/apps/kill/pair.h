#pragma once
// Pair: two programs over one store behind one address; one works and the other waits. It must
// never tell either of them that it is about to stand still.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "apps/kill/balancer.h"
#include "apps/kill/child.h"
#include "apps/kill/stopwatch.h"

namespace holdfast::apps {

struct PairOptions {
  std::string program;
  std::string settings;  // the file both read; where they listen and keep their files is theirs
  std::string folder;
  std::string store;                   // postgres://…
  std::vector<std::string> variables;  // "NAME=value" for both
};

/// What one pause led to, since the holder stood still.
struct Pause {
  Lap taken;    // the other one had the lease
  Lap serving;  // and worked
};

class Pair {
 public:
  explicit Pair(PairOptions options);

  /// The address of both.
  int port() const { return balancer_.port(); }

  /// Starts both and waits until one works and the other waits. `variables` as in Child::start.
  Status start(const std::vector<std::string>& variables);

  /// The one that works stands still until the other one works, and `asleep_ms` longer; then it
  /// wakes up, must end with exit code 4, and is started again. Errors: Internal when something
  /// else happens, Timeout when it does not happen in time.
  Result<Pause> pause_holder(std::int64_t asleep_ms, const std::vector<std::string>& variables);

  /// Whether one of them ended by itself.
  bool gone() { return children_[0]->gone() || children_[1]->gone(); }

  /// Ends both as an operator does; fails when either does not end well.
  Status stop();

 private:
  Child& holder() { return *children_[holder_]; }
  Child& other() { return *children_[1 - holder_]; }
  Result<std::int64_t> epoch() const;
  Status await(std::size_t which, bool waiting);

  PairOptions options_;
  Balancer balancer_;
  std::array<int, 2> ports_{};
  std::array<std::unique_ptr<Child>, 2> children_;
  std::size_t holder_ = 0;
};

}  // namespace holdfast::apps
