#pragma once
// ChannelOrder: what a channel connector makes of a fetched order, in our words.
// It holds personal data; the engine seals that part before anything is stored.

#include "model/values.h"

namespace holdfast {

/// A postal address and how to reach the buyer: personal data, sealed at rest, never in the
/// stream.
struct Address {
  std::string name;
  std::string company;
  std::string line1;
  std::string line2;
  std::string city;
  std::string region;
  std::string postcode;
  std::string country;  // ISO 3166-1 alpha-2
  std::string phone;
  std::string email;

  bool operator==(const Address&) const = default;
  static void each(auto& self, auto& visit) {
    visit("name", self.name);
    visit("company", self.company);
    visit("line1", self.line1);
    visit("line2", self.line2);
    visit("city", self.city);
    visit("region", self.region);
    visit("postcode", self.postcode);
    visit("country", self.country);
    visit("phone", self.phone);
    visit("email", self.email);
  }
};

/// A refund as the channel books it.
struct ChannelRefund {
  std::string refund;
  std::vector<LineQuantity> lines;  // pieces that left the order
  Money amount;

  bool operator==(const ChannelRefund&) const = default;
  static void each(auto& self, auto& visit) {
    visit("refund", self.refund);
    visit("lines", self.lines);
    visit("amount", self.amount);
  }
};

/// A fulfillment that stands in the channel's book, ours or somebody else's.
struct ChannelFulfillment {
  std::string fulfillment;
  std::string status;
  std::string tracking;
  std::vector<LineQuantity> lines;

  bool operator==(const ChannelFulfillment&) const = default;
  static void each(auto& self, auto& visit) {
    visit("fulfillment", self.fulfillment);
    visit("status", self.status);
    visit("tracking", self.tracking);
    visit("lines", self.lines);
  }
};

/// A hold on one part of the order at the channel.
struct ChannelHold {
  std::string part;
  std::string hold;
  std::string handle;  // ours carry "holdfast"
  std::string reason;
  bool ours = false;

  bool operator==(const ChannelHold&) const = default;
  static void each(auto& self, auto& visit) {
    visit("part", self.part);
    visit("hold", self.hold);
    visit("handle", self.handle);
    visit("reason", self.reason);
    visit("ours", self.ours);
  }
};

/// A whole order as fetched from its channel. Comparing it with what is known gives the events.
struct ChannelOrder {
  std::string channel;  // account id
  std::string channel_order;
  std::string store_number;  // what merchant and buyer call it
  Instant placed_at;
  Instant as_of;         // the channel's own time of this version
  std::string currency;  // the shop's; amounts are in it
  Money total;
  PaymentState payment{};
  Money authorized;
  Money captured;
  Money refunded;
  Instant authorization_expires_at;
  RiskLevel risk{};
  Address address;
  bool has_address = false;
  std::vector<OrderLine> lines;       // quantity as ordered
  std::vector<LineQuantity> current;  // what is still wanted, per line
  std::vector<ChannelRefund> refunds;
  std::vector<ChannelFulfillment> fulfillments;
  std::vector<ChannelPart> parts;
  bool parts_known = false;  // the channel has divided the order
  std::vector<ChannelHold> holds;
  std::string service;
  std::string instructions;
  std::string locale;  // BCP 47 language of the buyer
  bool cancelled = false;
  std::string cancel_reason;
  bool deleted = false;
  bool test = false;

  bool operator==(const ChannelOrder&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("channel_order", self.channel_order);
    visit("store_number", self.store_number);
    visit("placed_at", self.placed_at);
    visit("as_of", self.as_of);
    visit("currency", self.currency);
    visit("total", self.total);
    visit("payment", self.payment);
    visit("authorized", self.authorized);
    visit("captured", self.captured);
    visit("refunded", self.refunded);
    visit("authorization_expires_at", self.authorization_expires_at);
    visit("risk", self.risk);
    visit("address", self.address);
    visit("has_address", self.has_address);
    visit("lines", self.lines);
    visit("current", self.current);
    visit("refunds", self.refunds);
    visit("fulfillments", self.fulfillments);
    visit("parts", self.parts);
    visit("parts_known", self.parts_known);
    visit("holds", self.holds);
    visit("service", self.service);
    visit("instructions", self.instructions);
    visit("locale", self.locale);
    visit("cancelled", self.cancelled);
    visit("cancel_reason", self.cancel_reason);
    visit("deleted", self.deleted);
    visit("test", self.test);
  }
};

}  // namespace holdfast
