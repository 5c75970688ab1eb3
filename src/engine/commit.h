#pragma once
// Commit: what one pump gathers before it becomes durable together. Private to the engine's own
// files; nothing outside may see rows that are not yet committed.

#include "engine/engine.h"

namespace holdfast::engine {

struct Engine::Commit {
  ports::Batch batch;
  std::vector<std::shared_ptr<const Stepped>> steps;
  std::vector<std::function<void()>> after;                          // once durable
  std::vector<std::function<void(const Error&)>> failed;             // when the commit failed
  std::map<std::pair<std::string, std::string>, Digest> deliveries;  // stored in this commit
};

}  // namespace holdfast::engine
