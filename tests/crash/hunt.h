#pragma once
// Hunt: one run of the scenario in which the machine ends after every single operation on a file,
// in every mode and with several seeds, and what is left is opened, compared and lived on with.
// It must never repair what it finds.

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "tests/crash/machine.h"

namespace holdfast::crash {

struct Wishes {
  Scenario scenario;
  std::int64_t seeds = 5;
  std::int64_t every = 1;    // looks at every so-manieth operation only
  std::int64_t workers = 2;  // processes that share the operations among them
  std::int64_t backups = 0;  // rounds of restoring, instead of looking at operations
};

/// What a hunt, or a share of one, found.
struct Tally {
  std::int64_t operations = 0;  // on files, in the whole run
  std::int64_t steps = 0;       // of the business
  std::int64_t points = 0;
  std::int64_t lived_on = 0;  // points from which a new engine went on to the scenario's end
  std::int64_t lost = 0;
  std::int64_t doubled = 0;
  std::int64_t corrupt = 0;
  std::int64_t second_writers = 0;
  std::vector<std::string> findings;

  bool clean() const {
    return lost == 0 && doubled == 0 && corrupt == 0 && second_writers == 0 && findings.empty();
  }
};

Json to_json(const Tally& tally);
Result<Tally> parse_tally(const std::string& text);
void add(Tally& sum, const Tally& part);

/// Runs the share of worker number `worker`. Errors are of the run without any end.
Result<Tally> hunt(const Wishes& wishes, std::int64_t worker);

}  // namespace holdfast::crash
