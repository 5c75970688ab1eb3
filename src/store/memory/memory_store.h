#pragma once
// The memory store: the same answers as a durable one, for tests, stories and the simulator.
// It must never be used where an order has to survive the process.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "base/error.h"
#include "ports/store.h"

namespace holdfast::store {

/// Planned failures of a memory store. Any thread may plan them while the store works.
class MemoryStoreFaults {
 public:
  /// What a failing write leaves: nothing, or everything although its caller hears of a failure,
  /// as when the answer to a commit is lost.
  enum class Leaves { Nothing, Everything };

  /// Lets the `nth` write from now on (1 is the next one) fail with `code`.
  void fail_write(std::int64_t nth, ErrorCode code = ErrorCode::Unavailable,
                  Leaves leaves = Leaves::Nothing);
  /// Lets every write fail with Unavailable until `on` is false again, as a full disk does.
  void refuse_writes(bool on);
  /// How many writes were asked for so far, failed ones included.
  std::int64_t writes() const;

  struct Fault {
    ErrorCode code = ErrorCode::Unavailable;
    Leaves leaves = Leaves::Nothing;
  };
  /// Counts one write and gives the failure planned for it; the store calls this.
  std::optional<Fault> next_write();

 private:
  mutable std::mutex guard_;
  std::map<std::int64_t, Fault> planned_;
  std::int64_t writes_ = 0;
  bool refusing_ = false;
};

/// An empty store in memory, safe for any number of threads; `faults` may be null.
std::unique_ptr<ports::Store> make_memory_store(
    std::shared_ptr<MemoryStoreFaults> faults = nullptr);

}  // namespace holdfast::store
