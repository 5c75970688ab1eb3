#pragma once
// Machine: the scripted scenario of the crash points: a few orders with troubles, dealt with by the
// production engine on the production store over a disk in memory. Equal wishes give equal runs.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "apps/kill/audit.h"
#include "peers/disk.h"
#include "tests/kit/in_process.h"

namespace holdfast::crash {

struct Scenario {
  std::int64_t orders = 4;
  std::uint64_t seed = 1;
  Duration length = days(30);
  std::int64_t checkpoint_pages = 30;  // small, so that the log is moved many times
  std::string path;                    // the store's name on the disk
};

/// The store on a disk. Errors are those of opening it.
Result<std::unique_ptr<ports::Store>> open_store(const Scenario& scenario, const peers::Disk& disk);

/// The SHA-256 of every row of every table, in order. Internal when the file is damaged, a check
/// of all its pages included.
Result<std::string> digest_of(const Scenario& scenario, const peers::Disk& disk);

/// What an image comes to when the store is opened on it again.
Result<std::string> digest_of(const Scenario& scenario, peers::Disk::Image image);

class Machine {
 public:
  explicit Machine(Scenario scenario);

  /// Begins the scenario on an empty disk. Fails when the disk dies on the way.
  Status begin(std::shared_ptr<peers::Disk> disk, std::function<void()> pumped);
  /// Goes on with it on another disk, as the end of the machine left it.
  Status go_on(std::shared_ptr<peers::Disk> disk);
  /// Lives until the scenario's end, or until the disk dies.
  void live();
  /// How often bytes were exchanged with a partner so far.
  std::int64_t exchanges() const;
  /// Steps that changed something, until the first end.
  std::int64_t steps() const { return steps_; }
  /// The store against the partners' books.
  Result<apps::Findings> audit();

 private:
  Scenario scenario_;
  std::shared_ptr<peers::Disk> disk_;
  std::unique_ptr<kit::InProcess> inside_;
  Instant end_;
  std::int64_t mails_ = 0;
  std::int64_t steps_ = 0;
};

}  // namespace holdfast::crash
