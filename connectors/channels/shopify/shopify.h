#pragma once
// Shopify as a sales channel, through its GraphQL Admin API and its signed webhooks.
// It must never act on a webhook's payload: a delivery only says what to fetch.

#include "ports/connector.h"

namespace holdfast::connectors {

/// The connector's table; kind "shopify".
extern const ports::ChannelConnector shopify_channel;

}  // namespace holdfast::connectors
