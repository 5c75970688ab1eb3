#pragma once
// Parcels and what proves that they move. Facts only: nothing here may claim more than its evidence
// shows. A released field keeps its name; a new one needs a default that older events can live
// with.

#include <string>
#include <variant>
#include <vector>

#include "model/values.h"

namespace holdfast {

/// A box with a tracking number; announced is not shipped.
struct ParcelAnnounced {
  static constexpr const char* name = "ParcelAnnounced";

  std::int64_t parcel = 0;
  std::string po;
  std::string carrier;
  std::string tracking;
  std::vector<LineQuantity> lines;
  Instant announced_at;
  std::string source;
  Strength strength{};

  bool operator==(const ParcelAnnounced&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("po", self.po);
    visit("carrier", self.carrier);
    visit("tracking", self.tracking);
    visit("lines", self.lines);
    visit("announced_at", self.announced_at);
    visit("source", self.source);
    visit("strength", self.strength);
  }
};

/// A courier swap: the old number is retired.
struct TrackingNumberReplaced {
  static constexpr const char* name = "TrackingNumberReplaced";

  std::int64_t parcel = 0;
  std::string carrier;
  std::string tracking;
  std::string reason;

  bool operator==(const TrackingNumberReplaced&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("carrier", self.carrier);
    visit("tracking", self.tracking);
    visit("reason", self.reason);
  }
};

/// A tracking provider watches the number.
struct TrackingRegistered {
  static constexpr const char* name = "TrackingRegistered";

  std::int64_t parcel = 0;
  std::string provider;

  bool operator==(const TrackingRegistered&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("provider", self.provider);
  }
};

/// One carrier event, normalised; raw code and mapping version kept.
struct TrackingRecorded {
  static constexpr const char* name = "TrackingRecorded";

  std::int64_t parcel = 0;
  TrackingStatus status{};
  TrackingFlag flag{};
  Proof proof{};
  Party party{};
  std::string country;
  std::string postcode_prefix;
  std::string place;
  Instant carrier_time;
  std::int64_t uncertainty_minutes = 0;
  std::string carrier_time_text;
  Instant seen_at;
  std::string raw;
  std::string mapping;
  std::string source;
  std::string key;

  bool operator==(const TrackingRecorded&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("status", self.status);
    visit("flag", self.flag);
    visit("proof", self.proof);
    visit("party", self.party);
    visit("country", self.country);
    visit("postcode_prefix", self.postcode_prefix);
    visit("place", self.place);
    visit("carrier_time", self.carrier_time);
    visit("uncertainty_minutes", self.uncertainty_minutes);
    visit("carrier_time_text", self.carrier_time_text);
    visit("seen_at", self.seen_at);
    visit("raw", self.raw);
    visit("mapping", self.mapping);
    visit("source", self.source);
    visit("key", self.key);
  }
};

/// Something about a parcel that a person must look at.
struct AnomalySeen {
  static constexpr const char* name = "AnomalySeen";

  std::int64_t parcel = 0;
  std::string anomaly;
  std::string detail;

  bool operator==(const AnomalySeen&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("anomaly", self.anomaly);
    visit("detail", self.detail);
  }
};

/// The parcel never had the number it was announced under: what was heard of that number says
/// nothing about this parcel.
struct TrackingNumberCorrected {
  static constexpr const char* name = "TrackingNumberCorrected";

  std::int64_t parcel = 0;
  std::string carrier;
  std::string tracking;
  std::string actor;
  std::string reason;

  bool operator==(const TrackingNumberCorrected&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("carrier", self.carrier);
    visit("tracking", self.tracking);
    visit("actor", self.actor);
    visit("reason", self.reason);
  }
};

/// One fact of this step.
using TransitEvent = std::variant<ParcelAnnounced, TrackingNumberReplaced, TrackingRegistered,
                                  TrackingRecorded, AnomalySeen, TrackingNumberCorrected>;

}  // namespace holdfast
