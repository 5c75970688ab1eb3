#pragma once
// Alone: a desk over a store that no server works on. Steps are decided and written here, but no
// effect leaves: what they ask for waits in the outbox until the server starts.

#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "cli/desk.h"

namespace holdfast::cli {

/// The engine's steps on a store that this process has to itself.
class Alone {
 public:
  /// Prepares steps over an open store. `setup` must outlive it. Invalid for a master key that is
  /// too short; else the store's errors.
  static Result<std::unique_ptr<Alone>> open(ports::Store& store, ports::Clock& clock,
                                             ports::Entropy& entropy, engine::Setup& setup);

  /// One command on one stream, durable when it returns. Errors are the decision's rejections, the
  /// store's, or Internal for a broken invariant; nothing was written then.
  Result<engine::Stepped> submit(const ports::StreamKey& stream, const Command& command,
                                 const std::string& actor);

  /// The same, but the rows join `batch`, which the caller writes.
  Result<engine::Stepped> step(const ports::StreamKey& stream, const Command& command,
                               const std::string& actor, ports::Batch& batch);

  /// Writes a batch of steps, adding what they did to timers. After a failure no step that was
  /// decided on top of it may be kept.
  Status write(ports::Batch& batch);

  /// Adds to `batch` what its steps did to timers, for a caller that writes it to the store itself.
  void add_timers(ports::Batch& batch);

  engine::Orders& orders() { return *orders_; }

 private:
  Alone(ports::Store& store, engine::Vault vault, std::string data_folder)
      : store_(store), vault_(std::move(vault)), data_folder_(std::move(data_folder)) {}

  ports::Store& store_;
  engine::Vault vault_;
  std::string data_folder_;
  std::unique_ptr<engine::Orders> orders_;
  using TimerName = std::tuple<ports::StreamKey, TimerKind, std::string>;
  std::map<TimerName, engine::TimerChange> timers_;  // of the steps not written yet
};

}  // namespace holdfast::cli
