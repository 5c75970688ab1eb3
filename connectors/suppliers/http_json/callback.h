#pragma once
// Standard Webhooks 1.0: who sent a callback, and is it fresh.
// It must never accept a message that is unsigned, signed twice over, or older than the window.

#include "ports/connector.h"

namespace holdfast::connectors::http_json {

/// How far a callback's own time may lie from ours, in either direction (Standard Webhooks 1.0,
/// "Verifying webhook authenticity", leaves the span to the receiver).
constexpr Duration callback_window = seconds(300);

/// Passes when webhook-signature holds a v1 signature of "id.timestamp.body" by one of the secrets.
/// Unauthentic otherwise, and when a header is missing or stands twice or the time is outside the
/// window.
Status verify_callback(const ports::Inbound& inbound, const std::vector<std::string>& secrets);

}  // namespace holdfast::connectors::http_json
