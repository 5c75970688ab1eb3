#pragma once
// Run: one seed under one scenario from the first order to the last comparison, and what it found.
// Equal wishes give equal results; it must never look at the machine's clock.

#include <cstdint>
#include <string>
#include <vector>

#include "apps/sim/record.h"
#include "apps/sim/scenario.h"
#include "model/policy.h"

namespace holdfast::sim {

struct RunWishes {
  const Scenario* scenario = nullptr;
  const Policy* policy = nullptr;
  std::uint64_t seed = 1;
  std::string trace;  // an order's name at the shop: its story is told; "" for none
  // memory, sqlite in a folder that goes, or postgres://… in a schema that goes.
  std::string store = "memory";
  bool by_model = false;  // orders are read as records instead of bytes
};

struct RunResult {
  std::uint64_t seed = 0;
  std::string scenario;
  std::int64_t orders = 0;
  std::string hash;  // over everybody's books and the head of every stream
  Counts faults;
  Counts transitions;
  Counts spread;  // "lines 3": how many orders had three
  std::vector<Violation> violations;
  std::vector<std::string> story;  // of the traced order
};

/// Runs it. Errors are those of the wishes; what the program does wrong stands in the result.
Result<RunResult> run_seed(const RunWishes& wishes);

}  // namespace holdfast::sim
