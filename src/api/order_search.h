#pragma once
// Order search: which orders somebody asks for, and pages of them, for the list and the export
// alike. It must never give a row of a store that is not theirs.

#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"

namespace holdfast::api {

struct OrderFilter {
  ports::OrderQuery query;
  std::size_t limit = 50;
  std::string text;  // what is searched for; "" for nothing
  std::optional<bool> held;
  bool overdue = false;  // still running and past its nearest promise
  std::string supplier, procedure, country;
  Instant placed_from, placed_to;  // 0 for no bound; the second is not within
  Instant now;
  const Who* who = nullptr;  // outlives the filter

  bool fits(const ports::OrderRow& row) const;
};

/// The filter that a call's parameters name. Invalid, with the parameter, for one that is wrong.
Result<OrderFilter> order_filter(const Desk& desk, const Call& call);

struct FoundOrders {
  std::vector<ports::OrderRow> rows;
  std::string next;  // cursor of the page after; "" when this was the last
};

/// One page, newest first. A search begins with the order meant by its number. A page may hold
/// fewer rows than its limit, even none, and still have one after it. Errors are the store's.
Result<FoundOrders> find_orders(Desk& desk, OrderFilter filter);

/// The place a cursor names; Invalid when it is not one of ours.
Result<std::int64_t> cursor_place(const std::string& cursor);

}  // namespace holdfast::api
