#pragma once
// Page view: what the buyer's and the supplier's pages may know of an order, as plain values.
// It must never carry a name, an address, another order, or a price the reader did not agree to.

#include <optional>
#include <string>
#include <vector>

#include "engine/setup.h"
#include "engine/views/history.h"

namespace holdfast::engine {

/// One carrier event a buyer may see.
struct BuyerScan {
  TrackingStatus status{};
  Instant at;
  std::string place;
  std::string country;
};

struct BuyerParcel {
  std::int64_t parcel = 0;
  std::string carrier;
  std::string tracking;
  std::vector<std::pair<std::string, std::int64_t>> items;  // title, pieces
  TrackingStatus status{};
  bool accepted = false;  // the carrier has it, by proof
  bool moved = false;
  bool delivered = false;
  bool trouble = false;          // something a person looks at
  std::vector<BuyerScan> scans;  // newest first, at most 20
};

/// What the buyer's tracking page says.
struct BuyerPage {
  std::string store_number;
  std::string locale;
  Instant placed_at;
  Instant ship_by;
  Instant deliver_by;
  bool cancelled = false;
  bool late = false;         // a promise passed without its proof
  std::int64_t waiting = 0;  // pieces that stand in no parcel yet
  std::int64_t reduced = 0;  // pieces cancelled or refunded
  std::vector<BuyerParcel> parcels;
  std::string question;  // open question to the buyer, "" without one
  Instant question_due;
  std::string answer;  // what the newest answered question was answered with, or ""
  bool answered_by_default = false;
  std::string promise_rule;  // us_mail_order, eu_distance, marketplace
};

/// The page of an order at `now`.
BuyerPage buyer_page(const Setup& setup, const History& history, Instant now);

struct SupplierLine {
  std::int64_t line = 0;
  std::string sku;
  std::string supplier_sku;
  std::string title;
  std::string variant;
  std::int64_t quantity = 0;  // pieces still wanted
  UnitPrice cost;
  std::string instructions;
  std::int64_t cancelling = 0;
  std::optional<LineAnswer> answer;
};

/// What the supplier's page says of one purchase order.
struct SupplierPage {
  std::string po;
  std::string supplier;
  std::string locale;
  Instant ship_by;
  Money total;
  std::string supplier_ref;
  std::string instructions;
  bool hub = false;
  bool confirmed = false;
  bool over = false;        // nothing of it is wanted any more
  bool cancelling = false;  // an unanswered cancellation
  std::vector<SupplierLine> lines;
  std::vector<std::pair<std::string, std::string>> parcels;  // carrier, tracking
};

/// The page of one purchase order; NotFound when the order has none of that number.
Result<SupplierPage> supplier_page_of(const Setup& setup, const History& history,
                                      const std::string& po);

}  // namespace holdfast::engine
