#pragma once
// The supplier's document → commands. It must never make an answer stronger than what was said: a
// bare "accepted" is a claim, and only an answer per line is an attestation.

#include <vector>

#include "connectors/suppliers/http_json/wire.h"

namespace holdfast::connectors::http_json {

/// What the document means for the purchase order. `reply` is how far it got when the stage itself
/// does not say more; `actor` names the account; `told_at` is when we were told, 0 when not known.
std::vector<Command> commands_of(const Order& order, PoReply reply, const std::string& actor,
                                 Instant told_at);

/// The supplier's answer to a cancellation, or nothing while it is pending.
std::vector<Command> commands_of(const std::string& po, const Cancel& cancel,
                                 const std::string& actor);

/// A record of how far the purchase order got.
Command reply_of(const std::string& po, PoReply reply, const std::string& supplier_ref,
                 const std::string& detail);

}  // namespace holdfast::connectors::http_json
