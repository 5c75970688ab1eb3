#pragma once
// What a parcel's events prove. Facts arrive in any order; proof only ever grows.
// It must never take a label or an announced number for movement.

#include <optional>

#include "core/state.h"

namespace holdfast::core {

/// Whether a status, physically proven, means that the carrier has or had the parcel. A scan
/// further down the way implies acceptance.
bool implies_acceptance(TrackingStatus status);

/// Whether nothing more is expected after this status.
bool is_final(TrackingStatus status);

/// The event that proves best that the carrier has the parcel, or nullptr when none does.
const TrackedEvent* acceptance(const ParcelState& parcel);

/// The parcel's furthest proven status: later times win, a final status is never left silently.
TrackingStatus status_of(const ParcelState& parcel);

/// Time of the newest event that shows the parcel moving; 0 when it never moved.
Instant last_movement(const ParcelState& parcel);

/// Whether the parcel needs no more attention by itself.
bool has_ended(const ParcelState& parcel);

/// The evidence strength a class of proof has.
Strength strength_of(Proof proof);

}  // namespace holdfast::core
