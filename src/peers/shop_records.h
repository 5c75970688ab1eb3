#pragma once
// What the shop's book holds about one order, as plain values with Shopify's words. Amounts are
// minor units of the shop's currency; ids are 64-bit and beyond 2^53, as real ones are.

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.h"
#include "model/channel_order.h"

namespace holdfast::peers {

struct ShopLine {
  std::int64_t id = 0;
  std::string sku;
  std::string title;
  std::string variant;
  std::string vendor;
  std::int64_t quantity = 0;
  std::int64_t current = 0;  // what the buyer still wants
  std::int64_t price_minor = 0;
  std::int64_t grams = 0;
};

struct ShopPartLine {
  std::int64_t id = 0;
  std::size_t line = 0;  // index into the order's lines
  std::int64_t total = 0;
  std::int64_t remaining = 0;
};

struct ShopHold {
  std::int64_t id = 0;
  std::string handle;
  std::string reason;
  std::string notes;
  bool by_app = true;  // placed by the app that asks, not by another
};

/// A FulfillmentOrder.
struct ShopPart {
  std::int64_t id = 0;
  std::string status = "OPEN";
  std::string request_status = "UNSUBMITTED";
  std::int64_t location = 0;
  Instant fulfill_at;
  Instant updated_at;
  std::vector<ShopPartLine> lines;
  std::vector<ShopHold> holds;
};

struct ShopTracking {
  std::string company;
  std::string number;
  std::string url;
};

struct ShopShipmentLine {
  std::int64_t id = 0;
  std::size_t line = 0;
  std::int64_t quantity = 0;
};

struct ShopShipmentEvent {
  std::int64_t id = 0;
  std::string status;
  Instant happened_at;
  std::string message;
};

/// A Fulfillment.
struct ShopShipment {
  std::int64_t id = 0;
  std::string status = "SUCCESS";
  std::string display = "FULFILLED";
  Instant created_at;
  Instant updated_at;
  std::int64_t location = 0;
  std::vector<ShopTracking> tracking;
  std::vector<ShopShipmentLine> lines;
  std::vector<ShopShipmentEvent> events;
  bool by_app = true;
  bool notify = false;
};

struct ShopRefundLine {
  std::int64_t id = 0;
  std::size_t line = 0;
  std::int64_t quantity = 0;
  std::string restock;  // CANCEL, RETURN or NO_RESTOCK
};

struct ShopRefund {
  std::int64_t id = 0;
  Instant created_at;
  std::string note;
  std::int64_t amount_minor = 0;
  std::vector<ShopRefundLine> lines;
};

struct ShopTransaction {
  std::int64_t id = 0;
  std::string kind;  // SALE, AUTHORIZATION, CAPTURE, REFUND, VOID
  std::int64_t amount_minor = 0;
  Instant created_at;
  Instant expires_at;  // of an AUTHORIZATION
};

struct ShopOrder {
  std::int64_t id = 0;
  std::int64_t number = 0;  // 1001, 1002 …
  std::string name;         // "#1001"
  Instant created_at;
  Instant updated_at;
  Instant cancelled_at;
  std::string cancel_reason;
  Address ship_to;
  std::string note;
  std::string service = "standard";  // the shipping line's code
  Instant fulfill_at;                // before when nothing of it ships; 0 for at once
  std::int64_t shipping_minor = 0;
  bool was_voided = false;
  bool has_expired = false;               // the authorization, before anybody captured it
  std::string recommendation = "ACCEPT";  // NONE: no assessment yet
  std::string risk_level = "LOW";
  std::vector<ShopLine> lines;
  std::vector<ShopPart> parts;
  std::vector<ShopShipment> shipments;
  std::vector<ShopRefund> refunds;
  std::vector<ShopTransaction> transactions;
  std::int64_t ids_given = 0;
};

/// Sums of an order in minor units.
struct ShopTotals {
  std::int64_t total = 0;    // as placed
  std::int64_t current = 0;  // after what was taken out
  std::int64_t received = 0;
  std::int64_t refunded = 0;
};

/// The sums of an order as its book stands.
ShopTotals totals(const ShopOrder& order);

/// Whether a part can be fulfilled now: OPEN or IN_PROGRESS.
bool takes_fulfillment(const ShopPart& part);

/// Whether a part is still to be fulfilled, held or not; no pre-order's before its time.
bool is_open(const ShopPart& part);

/// What is authorized and was not voided, in minor units, captured or not.
std::int64_t authorized_minor(const ShopOrder& order);

/// OrderDisplayFinancialStatus of the order.
std::string financial_status(const ShopOrder& order);

/// OrderDisplayFulfillmentStatus of the order.
std::string fulfillment_status(const ShopOrder& order);

/// Pieces of a line that parts still hold unshipped.
std::int64_t open_quantity(const ShopOrder& order, std::size_t line);

/// "12.50": minor units of US dollars as a decimal.
std::string decimal(std::int64_t minor);

/// Global id, such as gid://shopify/Order/5.
std::string gid(std::string_view noun, std::int64_t id);

/// The number in a global id of `noun`; 0 when it is none.
std::int64_t id_of(std::string_view gid, std::string_view noun);

/// Whole seconds in RFC 3339, the shop's resolution of time.
std::string shop_time(Instant instant);

}  // namespace holdfast::peers
