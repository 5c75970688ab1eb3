#pragma once
// Station view: hub purchase orders whose goods wait at a bench, and which bench is next.
// It must never tell a tracking number, only its digest: the label has to be scanned.

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "engine/setup.h"
#include "engine/views/words.h"

namespace holdfast::engine {

/// One task and what a scan may match it by.
struct StationTask {
  CheckKind step{};
  Instant due_at;
  std::string po;
  std::vector<std::string> scans;  // PO, store number, tracking numbers, SKUs
  Json json;                       // the contract's StationTask
};

/// The contract's list of StationProcedure: the benches that each procedure asks for, with what is
/// looked at there, so that a tablet knows what comes next without asking.
Json station_procedures(const Policy& policy);

/// Keeps the tasks of each order at its version, so that a list reads only what changed.
class StationBook {
 public:
  /// Tasks of all live orders, by promise, earliest first; looks at the newest `most_orders` of
  /// each stage in which goods can wait. Errors are the store's.
  Result<std::vector<StationTask>> tasks(ports::Store& store, const Vault& vault,
                                         const Setup& setup, std::size_t most_orders = 1000);

 private:
  struct Known {
    std::int64_t version = 0;
    std::vector<StationTask> tasks;
  };
  Result<std::vector<StationTask>> tasks_of(ports::Store& store, const Vault& vault,
                                            const Setup& setup, const ports::OrderRow& row);

  std::mutex mutex_;
  std::map<std::int64_t, Known> known_;
};

}  // namespace holdfast::engine
