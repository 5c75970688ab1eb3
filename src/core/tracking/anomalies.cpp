#include "core/tracking/anomalies.h"

#include <algorithm>

#include "core/tracking/proof.h"

namespace holdfast::core {
namespace {

void report(Run& run, std::int64_t parcel, ReasonCode reason, const std::string& anomaly,
            std::string detail) {
  if (!run.rule("anomaly", anomaly)) return;
  const auto& known = run.state().parcel(parcel)->anomalies;
  if (std::ranges::find(known, anomaly) != known.end()) return;
  run.emit(TransitEvent(AnomalySeen{parcel, anomaly, detail}));
  CaseDetail what;
  what.about = "parcel " + std::to_string(parcel) + " " + anomaly;
  what.detail = std::move(detail);
  open_case(run, reason, std::move(what));
}

void by_status(Run& run, std::int64_t parcel, const TrackedEvent& event) {
  switch (event.status) {
    case TrackingStatus::AttemptFailed:
      report(run, parcel, ReasonCode::DeliveryFailed, "failed_attempt", "a delivery failed");
      return;
    case TrackingStatus::Returning:
    case TrackingStatus::Returned:
      report(run, parcel, ReasonCode::ReturnToSender, "return_to_sender", "it goes back");
      return;
    case TrackingStatus::Lost:
    case TrackingStatus::Destroyed:
      report(run, parcel, ReasonCode::ParcelLost, "lost", "the carrier lost or destroyed it");
      return;
    case TrackingStatus::Stale:
      report(run, parcel, ReasonCode::TrackingDelay, "stale", "the provider stopped watching");
      return;
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
    case TrackingStatus::Delivered:
    case TrackingStatus::Cancelled:
      return;
  }
}

void by_flag(Run& run, std::int64_t parcel, const TrackedEvent& event) {
  switch (event.flag) {
    case TrackingFlag::None:
      return;
    case TrackingFlag::Delayed:
      report(run, parcel, ReasonCode::TrackingDelay, "delayed", "the carrier announces a delay");
      return;
    case TrackingFlag::CustomsHold:
    case TrackingFlag::ActionRequired:
      report(run, parcel, ReasonCode::CustomsHold, "customs_hold", "somebody must act on it");
      return;
    case TrackingFlag::Damaged:
      report(run, parcel, ReasonCode::ParcelDamaged, "damaged", "the carrier reports damage");
      return;
  }
}

bool in_destination_network(TrackingStatus status) {
  return status == TrackingStatus::LocalHandoff || status == TrackingStatus::OutForDelivery ||
         status == TrackingStatus::AvailableForPickup;
}

void by_place(Run& run, std::int64_t parcel, const TrackedEvent& event) {
  const auto& destination = run.state().destination;
  const bool abroad = !event.country.empty() && event.country != destination.country;
  if (event.status == TrackingStatus::Delivered) {
    const auto length = std::min(event.postcode_prefix.size(), destination.postcode_prefix.size());
    const bool other_postcode = length > 0 && event.postcode_prefix.substr(0, length) !=
                                                  destination.postcode_prefix.substr(0, length);
    if (abroad || other_postcode) {
      report(run, parcel, ReasonCode::TrackingConflict, "delivered_elsewhere",
             "delivered in " + event.country + " " + event.postcode_prefix + ", address is in " +
                 destination.country + " " + destination.postcode_prefix);
    }
  } else if (in_destination_network(event.status) && abroad) {
    report(run, parcel, ReasonCode::RouteDeviation, "route_deviation",
           "last-mile scan in " + event.country + ", address is in " + destination.country);
  }
}

/// Times compare only beyond the carrier's uncertainty.
void by_time(Run& run, std::int64_t number, const TrackedEvent& event) {
  const auto& parcel = *run.state().parcel(number);
  const auto* po = run.state().po(parcel.po);
  if (event.proof < Proof::Collected || !implies_acceptance(event.status)) return;
  const auto latest = event.at + minutes(event.uncertainty_minutes);
  if (po && po->released_at && latest < po->released_at) {
    report(run, number, ReasonCode::TrackingConflict, "scan_before_label",
           "scanned " + to_text(event.at) + ", purchased " + to_text(po->released_at));
    return;
  }
  if (latest + hours(24) < parcel.announced_at) {
    report(run, number, ReasonCode::TrackingDelay, "uploaded_late",
           "moving since " + to_text(event.at) + ", told us " + to_text(parcel.announced_at));
  }
}

void after_the_end(Run& run, std::int64_t number, const TrackedEvent& event) {
  const auto& parcel = *run.state().parcel(number);
  if (is_final(event.status) || !implies_acceptance(event.status)) return;
  if (event.status == TrackingStatus::Returning) return;
  for (const auto& earlier : parcel.events) {
    if (earlier.status != TrackingStatus::Delivered || event.at <= earlier.at) continue;
    report(run, number, ReasonCode::TrackingConflict, "scan_after_delivery",
           "delivered " + to_text(earlier.at) + ", scanned again " + to_text(event.at));
    return;
  }
}

}  // namespace

const std::vector<std::string> anomaly_names = {"handoff_gap",
                                                "stall",
                                                "failed_attempt",
                                                "return_to_sender",
                                                "lost",
                                                "stale",
                                                "delayed",
                                                "customs_hold",
                                                "damaged",
                                                "delivered_elsewhere",
                                                "route_deviation",
                                                "scan_before_label",
                                                "uploaded_late",
                                                "scan_after_delivery"};

void look_for_anomalies(Run& run, std::int64_t parcel, std::int64_t number) {
  const auto& events = run.state().parcel(parcel)->events;
  const auto found = std::ranges::find(events, number, &TrackedEvent::event);
  // The event may stand before a replaced number's record; then the last one is it.
  if (events.empty()) return;
  const auto event = found == events.end() ? events.back() : *found;
  by_status(run, parcel, event);
  by_flag(run, parcel, event);
  by_place(run, parcel, event);
  by_time(run, parcel, event);
  after_the_end(run, parcel, event);
}

}  // namespace holdfast::core
