#pragma once
// The published documents as values: what we post, and what the supplier answers about an order.
// Reading is strict where a misread word could open a gate; it must never fill in a missing answer.

#include <optional>
#include <string>
#include <vector>

#include "ports/connector.h"

namespace holdfast::connectors::http_json {

/// How far the supplier says the order is; Other for a word this version does not know.
enum class Stage { Received, Read, Accepted, Confirmed, Shipped, Rejected, Cancelled, Other };

struct Parcel {
  std::string carrier;
  std::string tracking;
  std::vector<LineQuantity> lines;
  Instant announced_at;
  std::string replaces;  // the number it was announced under before
};

struct Check {
  CheckKind kind{};
  std::string statement;
  std::string photo;
};

struct Cancel {
  std::optional<CancelReply> reply;  // nothing while the supplier has not decided
  std::vector<LineQuantity> lines;
  std::string detail;
};

/// The supplier's document about one order (schema/order.json).
struct Order {
  std::string po;
  std::string supplier_ref;
  Stage stage = Stage::Other;
  std::string detail;
  std::vector<LineAnswer> answers;
  std::vector<Parcel> parcels;
  std::vector<Check> checks;
  std::optional<Cancel> cancel;
};

/// The body of a placing request (schema/place_request.json).
std::string place_body(const ports::PurchaseOrderDocument& document);

/// The body of a cancelling request (schema/cancel_request.json).
std::string cancel_body(const ports::CancelJob& job);

/// Reads schema/order.json. Invalid, with the member's name, when it does not fit or when it is
/// about another purchase order than `po`; an empty `po` takes any.
Result<Order> read_order(const Json& json, const std::string& po);

/// Reads schema/cancel_answer.json. Invalid when it does not fit or is about another order.
Result<Cancel> read_cancel_answer(const Json& json, const std::string& po);

/// The words of an error body (RFC 9457 or {"error": {"message"}}), at most 200 bytes.
std::string words_of(std::string_view body);

}  // namespace holdfast::connectors::http_json
