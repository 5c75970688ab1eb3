#pragma once
// Figures: counts over lists that take a while to read, kept for some seconds for all readers.
// They are figures for people; nothing may be decided on them.

#include "api/desk.h"

namespace holdfast::api {

struct Figures {
  Instant read_at;
  std::int64_t orders_live = 0;
  std::int64_t exceptions_overdue = 0;
  std::int64_t delivered = 0;
  std::int64_t untouched = 0;  // of the delivered, without any exception ever
};

/// The figures, at most 10 s old. The newest 20,000 rows of each list are looked at. Errors are the
/// store's.
Result<std::shared_ptr<const Figures>> figures_of(Desk& desk);

}  // namespace holdfast::api
