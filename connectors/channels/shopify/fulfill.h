#pragma once
// Telling Shopify that pieces left: one fulfillment per location, never the same pieces twice.
// It must never write before it has read the book: fulfillmentCreate has no idempotency key.

#include "ports/connector.h"

namespace holdfast::connectors::shopify {

/// Fulfills the job's pieces with their tracking number. Pieces that already stand under that
/// number are not told again. Our own hold is released by its id first; another hold, too few
/// pieces left or a cancelled order are Refused. Carries RecordStoreAnswer for every fulfillment
/// made or refused. Source: mutations/fulfillmentCreate.
ports::Turn fulfill(const ports::Account& account, const ports::FulfillJob& job,
                    const ports::Exchanges& exchanges);

}  // namespace holdfast::connectors::shopify
