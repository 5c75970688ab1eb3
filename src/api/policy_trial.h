#pragma once
// PolicyTrial: past orders decided again under a draft, in the background and a few at a time, for
// one person who watches. It ends by itself when nobody asks for it any more.

#include <memory>
#include <mutex>
#include <string>

#include "api/desk.h"
#include "engine/trial/trial.h"

namespace holdfast::api {

enum class TrialState : std::uint8_t { Running, Done, Cancelled, Failed };

/// What a watcher is told: the counts so far.
struct TrialReport {
  std::string id;
  TrialState state{};
  std::int64_t most = 0;  // orders to try
  engine::TrialCounts counts;
  std::string problem;  // why it failed
};

class PolicyTrial {
 public:
  /// Of at most `most` orders, begun by somebody. It keeps a copy of what the engine works with, so
  /// that every order is judged by the same.
  PolicyTrial(std::string id, std::string by, engine::Setup setup, ports::Store& store,
              Policy changed, std::int64_t most, Instant now);

  const std::string& id() const { return id_; }
  const std::string& by() const { return by_; }

  /// Tries some more orders; false when there is nothing left to do, or nobody asked for long.
  bool work(Instant now);
  void cancel();
  bool running(Instant now);

  /// How far it is; whoever asks keeps it going.
  TrialReport report(Instant now);
  /// Orders that differ or could not be tried, from the `from`-th on.
  std::vector<engine::TriedOrder> orders(std::size_t from, std::size_t most);

 private:
  bool left_alone(Instant now) const;

  const std::string id_, by_;
  const engine::Setup setup_;
  const std::int64_t most_;
  std::mutex mutex_;
  engine::Trial trial_;
  TrialState state_ = TrialState::Running;
  std::string problem_;
  Instant asked_at_;
};

}  // namespace holdfast::api
