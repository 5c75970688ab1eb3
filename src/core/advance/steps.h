#pragma once
// The steps of advance, in the order an order meets them. Each looks at the state and emits what
// the gates let happen; doing nothing twice is what ends the loop.

#include "core/run.h"

namespace holdfast::core::advancing {

/// Chooses the procedure by risk classes.
void procedure(Run& run);
/// Dates what must happen by when, and watches authorizations and pre-orders.
void promises(Run& run);
/// Takes back pieces that are on order and no longer wanted.
void surplus(Run& run);
/// Evaluates the gates before buying.
void intake(Run& run);
/// Routes pieces nobody supplies yet and drafts purchase orders.
void sourcing(Run& run);
/// Releases drafted purchase orders as mode, limits and gates permit.
void release(Run& run);
/// Follows purchase orders: confirmation gates, ladder, polling.
void suppliers(Run& run);
/// Follows parcels: goods gates, proof, telling the store.
void parcels(Run& run);
/// Places and releases our one hold per part of the channel's order.
void store_holds(Run& run);
/// Tells the buyer what is proven, once per moment and parcel.
void buyer(Run& run);
/// Drops what no longer matters when the order has ended.
void closing(Run& run);

/// Whether anything stops buying: a hold, a cancellation, erasure.
bool stopped(const Run& run);

}  // namespace holdfast::core::advancing
