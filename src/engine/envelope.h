#pragma once
// Envelope: what is kept of an inbound message beside its body: method, path, headers, meaning.
// Headers that prove the sender or authorise us are not kept.

#include <string>

#include "ports/connector.h"

namespace holdfast::engine {

/// JSON of a message's envelope.
std::string encode_envelope(const ports::Inbound& inbound, const ports::Delivery& delivery);

/// The message again, with its body.
ports::Inbound decode_envelope(const std::string& envelope, std::string body, Instant received_at);

/// What the connector took the message for.
ports::Delivery::Meaning meaning_of(const std::string& envelope);

}  // namespace holdfast::engine
