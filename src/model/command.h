#pragma once
// Command: one wish, a two-level variant (where it comes from, then kind).
// A command may be refused; nothing in it is a fact yet.

#include <string>
#include <string_view>
#include <variant>

#include "base/json.h"
#include "model/commands/cases.h"
#include "model/commands/channel.h"
#include "model/commands/engine.h"
#include "model/commands/people.h"
#include "model/commands/supplier.h"

namespace holdfast {

using Command =
    std::variant<ChannelCommand, SupplierCommand, PeopleCommand, CasesCommand, EngineCommand>;

/// The kind's stable name, for example "OverrideGate".
std::string_view name_of(const Command& command);

/// {"command": name, fields…}. May hold personal data: seal it before storing.
std::string encode_command(const Command& command);

/// Reads what encode_command wrote or a client sent; unknown keys are Invalid and the nearest
/// known one is named.
Result<Command> decode_command(const Json& json);

}  // namespace holdfast
