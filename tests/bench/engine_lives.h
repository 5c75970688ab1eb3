#pragma once
// Whole order lives by commands handed to the engine, with partners that answer in this process.
// It drives and counts; what a figure means is said where it is reported.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "ports/store.h"

namespace holdfast::bench {

/// What a span of time brought.
struct Lives {
  std::int64_t finished = 0;  // orders whose delivery became durable
  std::int64_t wrong = 0;     // commands that were refused
  std::int64_t commands = 0;
  std::int64_t events = 0;  // durable
  std::int64_t commits = 0;
  double seconds = 0;
  double cpu_seconds = 0;         // of this process
  std::vector<double> commit_ms;  // from handing a command over to its being durable
};

/// Keeps a fixed number of orders under way, each taking its next step when its last is durable.
class EngineLives {
 public:
  /// Opens an engine over `store`; `policy` is a policy folder. Throws when either is unusable.
  EngineLives(ports::Store& store, const std::string& policy, std::int64_t under_way);
  ~EngineLives();
  EngineLives(const EngineLives&) = delete;
  EngineLives& operator=(const EngineLives&) = delete;

  /// Goes on until `over` says so, asked after each commit with what was done so far.
  Lives run(const std::function<bool(const Lives&)>& over);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace holdfast::bench
