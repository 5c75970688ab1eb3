#pragma once
// Document: the order as a pack tells it, derived from the events the pack shows and from nothing
// else, so that whoever verifies a pack derives the same again.

#include <string>
#include <vector>

#include "base/json.h"
#include "core/state.h"
#include "engine/evidence/coverage.h"

namespace holdfast::engine {

/// A stream's events and what they add up to.
struct Replayed {
  core::OrderState state;
  std::vector<Event> events;
};

/// Evolves events from their stored bytes, in order. Invalid when one does not read.
Result<Replayed> replayed(const std::vector<std::string>& events);

/// order.json without its coverage: stage, lines, gates with their evidence, purchase orders,
/// parcels, exceptions.
Json order_document(const core::OrderState& state);

/// The member `coverage` of order.json.
Json coverage_document(const Coverage& coverage);

/// What index.html shows beside the order: one row of the timeline.
struct TimelineRow {
  std::int64_t version = 0;
  Instant at;
  std::string kind;
  std::string actor;
  std::string words;  // the event as shown
  bool whole = true;
};

/// A readable page: self-contained, without script or outside reference. `facts` are pairs of
/// heading and text.
std::string page_document(const Json& order,
                          const std::vector<std::pair<std::string, std::string>>& facts,
                          const std::vector<TimelineRow>& timeline);

}  // namespace holdfast::engine
