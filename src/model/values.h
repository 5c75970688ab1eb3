#pragma once
// Plain values that events, commands and states share. No behaviour beyond equality.
// Every struct lists its fields once, in `each`; the codec, stories and diffs all read that list.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/money.h"
#include "model/enums.h"
#include "model/ids.h"

namespace holdfast {

/// A piece count of one order line: the unit of allocation, hold, purchase and shipment.
struct LineQuantity {
  std::int64_t line = 0;  // 1-based position in the order
  std::int64_t quantity = 0;

  bool operator==(const LineQuantity&) const = default;
  static void each(auto& self, auto& visit) {
    visit("line", self.line);
    visit("quantity", self.quantity);
  }
};

/// One thing the buyer paid for, as the channel stated it.
struct OrderLine {
  std::int64_t line = 0;
  std::string channel_line;  // the channel's own id, digits beyond 2^53 included
  std::string sku;
  std::string title;
  std::string variant;
  std::int64_t quantity = 0;
  UnitPrice price;
  bool ships = true;  // false for gift cards, tips and services: nothing is bought for them
  std::string instructions;
  Instant fulfill_at;  // 0 unless a pre-order

  bool operator==(const OrderLine&) const = default;
  static void each(auto& self, auto& visit) {
    visit("line", self.line);
    visit("channel_line", self.channel_line);
    visit("sku", self.sku);
    visit("title", self.title);
    visit("variant", self.variant);
    visit("quantity", self.quantity);
    visit("price", self.price);
    visit("ships", self.ships);
    visit("instructions", self.instructions);
    visit("fulfill_at", self.fulfill_at);
  }
};

/// What decisions may know of an address; the address itself is sealed beside the stream.
struct Destination {
  std::string country;  // ISO 3166-1 alpha-2
  std::string region;
  std::string postcode_prefix;        // at most the first three characters
  std::vector<std::string> problems;  // names of what is missing or malformed

  bool operator==(const Destination&) const = default;
  static void each(auto& self, auto& visit) {
    visit("country", self.country);
    visit("region", self.region);
    visit("postcode_prefix", self.postcode_prefix);
    visit("problems", self.problems);
  }
};

/// What one supplier offers for one of our SKUs, with the age of that statement.
struct Offer {
  std::string sku;
  std::string supplier;
  std::string supplier_sku;
  UnitPrice cost;
  std::int64_t stock = 0;
  Instant stated_at;           // when the feed or the answer said so
  bool live = false;           // answered for this question, not read from a feed
  std::int64_t lead_days = 0;  // supplier working days from purchase to hand-over
  std::string ship_from;       // ISO 3166-1 alpha-2
  Mode mode = Mode::Propose;
  bool suspended = false;

  bool operator==(const Offer&) const = default;
  static void each(auto& self, auto& visit) {
    visit("sku", self.sku);
    visit("supplier", self.supplier);
    visit("supplier_sku", self.supplier_sku);
    visit("cost", self.cost);
    visit("stock", self.stock);
    visit("stated_at", self.stated_at);
    visit("live", self.live);
    visit("lead_days", self.lead_days);
    visit("ship_from", self.ship_from);
    visit("mode", self.mode);
    visit("suspended", self.suspended);
  }
};

/// Part of a line given to one supplier at a price.
struct Allocation {
  std::int64_t line = 0;
  std::int64_t quantity = 0;
  std::string supplier;
  std::string supplier_sku;
  UnitPrice cost;

  bool operator==(const Allocation&) const = default;
  static void each(auto& self, auto& visit) {
    visit("line", self.line);
    visit("quantity", self.quantity);
    visit("supplier", self.supplier);
    visit("supplier_sku", self.supplier_sku);
    visit("cost", self.cost);
  }
};

/// A supplier's answer for one purchase order line.
struct LineAnswer {
  std::int64_t line = 0;
  AckKind kind = AckKind::Accepted;
  std::int64_t quantity = 0;
  std::string supplier_sku;  // the exact item confirmed or offered
  UnitPrice cost;
  Instant ready_at;
  std::string note;

  bool operator==(const LineAnswer&) const = default;
  static void each(auto& self, auto& visit) {
    visit("line", self.line);
    visit("kind", self.kind);
    visit("quantity", self.quantity);
    visit("supplier_sku", self.supplier_sku);
    visit("cost", self.cost);
    visit("ready_at", self.ready_at);
    visit("note", self.note);
  }
};

/// One item that a procedure's checklist asks for. In files a plain text is an item without needs.
struct ChecklistItem {
  std::string name;
  CheckNeed needs = CheckNeed::None;

  bool operator==(const ChecklistItem&) const = default;
  static void each(auto& self, auto& visit) {
    visit("name", self.name);
    visit("needs", self.needs);
  }
};

/// One item of a physical checklist.
struct CheckItem {
  std::string name;
  CheckVerdict verdict = CheckVerdict::Unclear;
  std::string note;
  std::string photo;  // SHA-256 of the stored file, hexadecimal; "" without one

  bool operator==(const CheckItem&) const = default;
  static void each(auto& self, auto& visit) {
    visit("name", self.name);
    visit("verdict", self.verdict);
    visit("note", self.note);
    visit("photo", self.photo);
  }
};

/// A channel's own division of an order (Shopify FulfillmentOrder and its likes).
struct ChannelPart {
  std::string part;  // the channel's id of the part
  std::string status;
  std::string request_status;
  std::string location;
  Instant fulfill_at;
  std::vector<LineQuantity> remaining;

  bool operator==(const ChannelPart&) const = default;
  static void each(auto& self, auto& visit) {
    visit("part", self.part);
    visit("status", self.status);
    visit("request_status", self.request_status);
    visit("location", self.location);
    visit("fulfill_at", self.fulfill_at);
    visit("remaining", self.remaining);
  }
};

/// One way out of an exception, with what it costs and what follows from it.
struct Option {
  std::string verb;  // hold, confirm, replace, repack, update, approve, reject, cancel, retry, …
  std::string consequence;
  Money cost;

  bool operator==(const Option&) const = default;
  static void each(auto& self, auto& visit) {
    visit("verb", self.verb);
    visit("consequence", self.consequence);
    visit("cost", self.cost);
  }
};

/// A candidate of a routing decision and what became of it.
struct Candidate {
  std::int64_t line = 0;
  std::string supplier;
  std::string removed_by;  // name of the filter, "" for those that were scored
  std::string detail;
  std::int64_t score = 0;  // 0…1000
  std::int64_t feed_age_minutes = 0;

  bool operator==(const Candidate&) const = default;
  static void each(auto& self, auto& visit) {
    visit("line", self.line);
    visit("supplier", self.supplier);
    visit("removed_by", self.removed_by);
    visit("detail", self.detail);
    visit("score", self.score);
    visit("feed_age_minutes", self.feed_age_minutes);
  }
};

}  // namespace holdfast
