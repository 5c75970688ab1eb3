#pragma once
// Reading orders: one whole, and which changed since a time.
// It must never hand on half an order: a list cut short or changed between pages ends the attempt.

#include "ports/connector.h"

namespace holdfast::connectors::shopify {

/// Fetches one order with all its lines and fulfillment orders. `channel_order` is its digits, or
/// "fo:" and a fulfillment order's digits. An order that is gone comes back with `deleted`.
ports::Turn fetch_order(const ports::Account& account, const ports::FetchOrderJob& job,
                        const ports::Exchanges& exchanges);

/// One page of the orders changed since a time, oldest change first: ids in `order_ids`, times in
/// `changed_at`.
/// Source: queries/orders. The search lags behind writes: the caller keeps an overlap.
ports::Turn list_updated(const ports::Account& account, const ports::ListUpdatedJob& job,
                         const ports::Exchanges& exchanges);

}  // namespace holdfast::connectors::shopify
