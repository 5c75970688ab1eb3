#pragma once
// Inbox: stored messages as the contract shows them, and what of a body a reader may see.
// It must never show what may tell of a person to somebody without the right to see buyers.

#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"

namespace holdfast::api {

/// The contract's InboxMessage.
Json message_json(const ports::InboxRow& row);

/// By what a message tells that it is about an order.
struct OrderNames {
  std::string stream;                                         // "ord_7"
  std::vector<std::pair<std::string, std::string>> channels;  // account and its id of the order
};

/// The names of the order that the query asks for; nothing where it asks for none. Invalid for
/// what is no order's id; else the store's error.
Result<std::optional<OrderNames>> order_filtered(Desk& desk, const Call& call);

/// Whether a message's subject names the order.
bool is_about(const ports::InboxRow& row, const OrderNames& order);

/// A JSON body without the words and numbers that may tell of a person; nothing for another body.
std::optional<std::string> without_people(std::string_view body);

}  // namespace holdfast::api
