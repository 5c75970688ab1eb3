#pragma once
// Record: what one run counted and found. Counts by name, broken promises, and, when a trace is
// wanted, every line of what the network and the disk did.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace holdfast::sim {

/// A promise that was not kept.
struct Violation {
  std::string invariant;  // I1 … I21
  std::string order;      // its name at the shop; "" when it is about no single order
  std::string what;

  bool operator==(const Violation&) const = default;
};

using Counts = std::map<std::string, std::int64_t, std::less<>>;

class Record {
 public:
  explicit Record(bool traces) : traces_(traces) {}

  void fault(std::string_view kind) { ++at(faults, kind); }
  void transition(std::string_view step) { ++at(transitions, step); }

  /// Notes a broken promise; the same one again says nothing new.
  void violated(std::string_view invariant, std::string_view order, std::string what) {
    Violation found{std::string(invariant), std::string(order), std::move(what)};
    if (violations.size() >= most_kept) return;
    for (const auto& known : violations) {
      if (known == found) return;
    }
    violations.push_back(std::move(found));
  }

  bool traces() const { return traces_; }
  void say(Instant at, std::string text) {
    if (traces_) lines.emplace_back(at, std::move(text));
  }

  Counts faults;
  Counts transitions;
  std::vector<Violation> violations;
  std::vector<std::pair<Instant, std::string>> lines;

 private:
  static constexpr std::size_t most_kept = 200;

  static std::int64_t& at(Counts& counts, std::string_view name) {
    const auto found = counts.find(name);
    return found == counts.end() ? counts[std::string(name)] : found->second;
  }

  bool traces_;
};

}  // namespace holdfast::sim
