#pragma once
// Shelf: a real store under the stories. Each step of a story is one commit in it, and the story
// goes on with what is read back. It must never let two stories share a stream.

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/state.h"
#include "model/effect.h"
#include "model/event.h"
#include "ports/store.h"

namespace holdfast::stories {

class Shelf {
 public:
  /// The store at `url`: memory, sqlite:PATH or postgres://… (its password in PGPASSWORD). Errors
  /// are those of opening it.
  static Result<Shelf> open(const std::string& url);

  /// From here on another story is told.
  void next_story();

  /// Commits what a step added to the story's events and effects, given all of both, and reads it
  /// back: the state that the stored rows give. Errors: the store's; Internal when rows come back
  /// otherwise than they were written.
  Result<core::OrderState> keep(Instant now, const std::vector<Event>& events,
                                const std::vector<Effect>& effects, const core::OrderState& state);

 private:
  explicit Shelf(std::unique_ptr<ports::Store> store) : store_(std::move(store)) {}
  ports::Batch batch_of(Instant now, const std::vector<Event>& events,
                        const std::vector<Effect>& effects, const core::OrderState& state);
  Status compare_rows(const std::vector<Effect>& effects, const core::OrderState& state);

  std::unique_ptr<ports::Store> store_;
  ports::StreamKey stream_{TenantId{1}, ports::StreamKind::Order, 0};
  std::int64_t seq_ = 0;   // of the last event of all stories
  std::int64_t head_ = 0;  // of this story
  std::size_t events_ = 0;
  std::size_t effects_ = 0;
  std::vector<core::TimerState> timers_;  // as they stand in the store
};

}  // namespace holdfast::stories
