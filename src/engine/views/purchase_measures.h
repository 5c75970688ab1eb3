#pragma once
// Purchase measures: how a supplier behaved, counted from the events of its purchase orders. A
// figure never stands without what it was counted over. Nothing is decided on it.

#include <string>
#include <vector>

#include "engine/setup.h"
#include "engine/views/history.h"

namespace holdfast::engine {

/// What the events of one purchase order say of the supplier's behaviour.
struct PurchaseFacts {
  std::string po;
  std::string channel;
  Instant released_at;
  Instant first_answer_at;  // as recorded here; 0 while nothing came
  Instant answered_at;      // when every line had an answer; 0 before
  Instant answer_due;       // 0 where the tier names no span
  std::int64_t lines = 0;
  std::int64_t lines_answered = 0;
  std::int64_t lines_changed = 0;   // quantity, price, date or item
  std::int64_t lines_rejected = 0;  // or backordered
  Instant ship_due;                 // 0 where neither supplier nor promise names a day
  Instant shipped_at;               // when a carrier had all of it; 0 before
  bool taken_back = false;          // nothing of it is wanted any more, by our doing
  std::optional<PayablesState> payment;
  Money paid;
};

/// The facts of every purchase order of a supplier in an order that was released.
std::vector<PurchaseFacts> purchase_facts(const Setup& setup, const History& history,
                                          const std::string& supplier);

/// The contract's Measures of these purchase orders, and its payables.
Json measures_json(const std::vector<const PurchaseFacts*>& facts, Instant now);
Json payables_json(const std::vector<const PurchaseFacts*>& facts);

}  // namespace holdfast::engine
