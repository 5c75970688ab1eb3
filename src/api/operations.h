#pragma once
// Operations: what the contract says of each address and of each command of an order. Generated
// from contract/openapi.json (cmake/operations.cmake); it must never be written by hand.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "model/enums.h"

namespace holdfast::api {

/// Who may come in at all.
enum class Entry : std::uint8_t { Anyone, SignedIn, WithRight };

/// What somebody who works for some stores reaches through an operation.
enum class Within : std::uint8_t {
  Order,     // the order in the path, where it is one of theirs
  Stream,    // the stream in the path, where it is about one of theirs
  Rows,      // what it shows or takes is cut down to theirs by the route
  Workspace  // nothing: it is about all stores
};

struct Operation {
  std::string_view id;
  std::string_view method;
  std::string_view path;  // below /api/v1, "{name}" for a segment that varies
  Entry entry{};
  std::optional<Right> right;  // set for WithRight
  Within within{};
};

/// A command of an order, and the right it asks for.
struct OrderCommand {
  std::string_view name;
  Right right{};
};

/// Every operation, in order of path.
std::span<const Operation> operations();

/// Every command that POST /orders/{order}/commands takes.
std::span<const OrderCommand> order_commands();

}  // namespace holdfast::api
