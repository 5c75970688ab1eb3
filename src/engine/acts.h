#pragma once
// Which commands are decisions that a policy may keep for some people, and what they are about.
// It must never decide who may: that is access.h.

#include <optional>

#include "base/json.h"
#include "engine/access.h"
#include "engine/views/history.h"

namespace holdfast::engine {

/// The decision behind the body of a command about this order; nothing where anybody with the
/// command's right may take it.
std::optional<Act> act_of(const Policy& policy, const History& history, const Json& body);

}  // namespace holdfast::engine
