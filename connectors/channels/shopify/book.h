#pragma once
// What the shop's book says of an order's fulfillments right now: read before every write, because
// ids change with moves, splits and holds, and because Shopify refuses too little.

#include <map>
#include <string>
#include <vector>

#include "connectors/channels/shopify/wire.h"

namespace holdfast::connectors::shopify {

/// Pieces by LineItem id.
using Pieces = std::map<std::string, std::int64_t>;

struct BookedEvent {
  std::string status;
  Instant at;
};

/// A fulfillment that stands in the book.
struct BookedFulfillment {
  std::string id;
  bool stands = true;  // false when it was cancelled or failed
  std::vector<std::string> numbers;
  Pieces lines;
  std::vector<BookedEvent> events;
};

struct BookedHold {
  std::string id;
  std::string handle;
  bool by_us = false;
};

/// A fulfillment order: what is left of the order at one location.
struct BookedPart {
  struct Line {
    std::string id;         // FulfillmentOrderLineItem
    std::string line_item;  // LineItem
    std::int64_t remaining = 0;
  };
  std::string id;
  std::string status;
  std::string location;
  bool may_fulfill = true;  // Shopify lists CREATE_FULFILLMENT among what is allowed now
  std::vector<BookedHold> holds;
  std::vector<Line> lines;
};

struct Book {
  bool exists = false;
  bool cancelled = false;
  std::vector<BookedFulfillment> fulfillments;
  std::vector<BookedPart> parts;
};

/// Reads the book of one order; or the turn that comes first, or the failure that ends the attempt.
tl::expected<Book, ports::Turn> read_book(Talk& talk, const std::string& channel_order);

}  // namespace holdfast::connectors::shopify
