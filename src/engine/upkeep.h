#pragma once
// Upkeep: what must be done by the clock and belongs to no order: signed checkpoints, removing what
// is due, and looking whether the channels still send.
// It must never decide about an order; erasing goes by a command like everything else.

#include <map>
#include <string>

#include "engine/engine.h"

namespace holdfast::engine {

class Upkeep {
 public:
  explicit Upkeep(Engine& engine) : engine_(engine) {}

  /// Sets the first due times.
  void start();

  /// Does what is due, within `commit`.
  void tend(Engine::Commit& commit);

  Instant next_due() const;

 private:
  void checkpoint(Engine::Commit& commit);
  void remove_due(Engine::Commit& commit);
  void look_at_subscriptions(const ports::Account& account, bool create);
  void subscriptions_seen(Engine::Commit& commit, const std::string& account, bool created,
                          const ports::Outcome& outcome);

  Engine& engine_;
  Instant checkpoint_at_;
  Instant purge_at_;
  std::map<std::string, Instant> subscriptions_at_;
};

}  // namespace holdfast::engine
