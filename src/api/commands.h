#pragma once
// Commands: a client's body becomes a command of the core, with the actor the session proves and a
// strength no greater than it may claim. It must never take an actor from a body.

#include "api/desk.h"
#include "engine/views/history.h"

namespace holdfast::api {

/// The command of a body about an order. Invalid, naming the member, when it does not fit;
/// Forbidden when the caller may not give it.
Result<Command> read_command(const Desk& desk, const Call& call, const engine::History& history);

}  // namespace holdfast::api
