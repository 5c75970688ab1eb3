#pragma once
// Audit: the store of the program under test held against the books of everybody it dealt with,
// line by line. What the partners' books say is the truth; the program's own words never excuse a
// difference, only an open case of a person does.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "core/state.h"
#include "ports/store.h"

namespace holdfast::apps {

/// What one comparison found.
struct Findings {
  std::int64_t orders = 0;           // in the shop's book
  std::int64_t lost = 0;             // of them or of acknowledged webhooks: not in the store
  std::int64_t acknowledged = 0;     // webhooks the shop counts as delivered
  std::int64_t purchase_orders = 0;  // on the suppliers' books
  std::int64_t bought_twice = 0;
  std::int64_t not_bought = 0;
  std::int64_t mails = 0;
  std::int64_t mails_twice = 0;
  std::int64_t mails_unknown = 0;
  std::int64_t fulfilled_twice = 0;
  std::int64_t untouched = 0;  // orders that ended and wait for nobody
  std::int64_t set_aside = 0;  // messages kept for a person
  std::vector<std::string> differences;
  std::vector<std::string> notes;  // no differences, but worth a look

  bool clean() const { return differences.empty(); }
};

/// One order as the program keeps it.
struct KeptOrder {
  ports::OrderRow row;
  core::OrderState state;
  std::vector<ports::OutboxRow> outbox;
};

/// Orders of a tenant by their number at the shop. Errors are the store's; Conflict when two
/// streams carry one number.
Result<std::map<std::string, KeptOrder>> kept_orders(ports::Store& store, TenantId tenant);

/// Compares; `now` is the world's present. Errors are the store's.
Result<Findings> audit(ports::Store& store, TenantId tenant, const Json& books, Instant now);

}  // namespace holdfast::apps
