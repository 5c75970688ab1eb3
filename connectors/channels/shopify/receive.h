#pragma once
// Inbound webhooks: who sent them, what makes two of them one, and what they are about.
// It must never decide from a payload what happened to an order.

#include "ports/connector.h"

namespace holdfast::connectors::shopify {

/// Verifies base64(HMAC-SHA256(client secret, raw body)) with the current and the previous secret,
/// then names the delivery. Unauthentic when signature, method, shop or a required header does not
/// hold; TooLarge when the body is nested too deeply. What is authentic but cannot be read comes
/// back with `understood` false. Source: shopify.dev "Deliver webhooks through HTTPS".
Result<ports::Delivery> receive(const ports::Account& account, const ports::Inbound& inbound);

}  // namespace holdfast::connectors::shopify
