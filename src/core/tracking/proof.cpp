#include "core/tracking/proof.h"

#include <algorithm>

#include "base/planted.h"

namespace holdfast::core {

bool implies_acceptance(TrackingStatus status) {
  switch (status) {
    case TrackingStatus::Unknown:
    case TrackingStatus::InvalidNumber:
    case TrackingStatus::LabelCreated:
    case TrackingStatus::Cancelled:
    case TrackingStatus::Stale:
      return planted("a label counts as accepted") && status == TrackingStatus::LabelCreated;
    case TrackingStatus::CarrierAccepted:
    case TrackingStatus::InTransit:
    case TrackingStatus::Customs:
    case TrackingStatus::CustomsCleared:
    case TrackingStatus::LocalHandoff:
    case TrackingStatus::OutForDelivery:
    case TrackingStatus::AvailableForPickup:
    case TrackingStatus::AttemptFailed:
    case TrackingStatus::Delivered:
    case TrackingStatus::Returning:
    case TrackingStatus::Returned:
    case TrackingStatus::Lost:
    case TrackingStatus::Destroyed:
      return true;
  }
  return false;
}

bool is_final(TrackingStatus status) {
  switch (status) {
    case TrackingStatus::Delivered:
    case TrackingStatus::Returned:
    case TrackingStatus::Lost:
    case TrackingStatus::Destroyed:
    case TrackingStatus::Cancelled:
      return true;
    case TrackingStatus::Unknown:
    case TrackingStatus::InvalidNumber:
    case TrackingStatus::LabelCreated:
    case TrackingStatus::CarrierAccepted:
    case TrackingStatus::InTransit:
    case TrackingStatus::Customs:
    case TrackingStatus::CustomsCleared:
    case TrackingStatus::LocalHandoff:
    case TrackingStatus::OutForDelivery:
    case TrackingStatus::AvailableForPickup:
    case TrackingStatus::AttemptFailed:
    case TrackingStatus::Returning:
    case TrackingStatus::Stale:
      return false;
  }
  return false;
}

const TrackedEvent* acceptance(const ParcelState& parcel) {
  const TrackedEvent* best = nullptr;
  for (const auto& event : parcel.events) {
    if (!implies_acceptance(event.status)) continue;
    if (!best || event.proof > best->proof) best = &event;
  }
  return best;
}

TrackingStatus status_of(const ParcelState& parcel) {
  const TrackedEvent* newest = nullptr;
  const TrackedEvent* final_one = nullptr;
  for (const auto& event : parcel.events) {
    if (event.status == TrackingStatus::Unknown) continue;
    if (!newest || event.at >= newest->at) newest = &event;
    // A return after a delivery is a new fact; any other scan after an end is a conflict.
    if (is_final(event.status) && (!final_one || event.at >= final_one->at)) final_one = &event;
  }
  if (final_one) return final_one->status;
  return newest ? newest->status : TrackingStatus::Unknown;
}

Instant last_movement(const ParcelState& parcel) {
  Instant last;
  for (const auto& event : parcel.events) {
    if (implies_acceptance(event.status)) last = std::max(last, event.at);
  }
  return last;
}

bool has_ended(const ParcelState& parcel) { return is_final(status_of(parcel)); }

Strength strength_of(Proof proof) {
  switch (proof) {
    case Proof::Electronic:
    case Proof::Inferred:
      return Strength::Claimed;
    case Proof::Collected:
      return Strength::Verified;
    case Proof::Physical:
      return Strength::Observed;
  }
  return Strength::Claimed;
}

}  // namespace holdfast::core
