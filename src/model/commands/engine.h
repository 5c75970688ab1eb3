#pragma once
// From the engine itself: due times and what became of effects. Commands ask; only the core decides
// whether they become facts.

#include <variant>

#include "model/values.h"

namespace holdfast {

/// One carrier event as a tracking connector reads it.
struct TrackingRecord {
  std::string key;  // what makes it the same event when told twice
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
  std::string raw;      // the partner's code and words
  std::string mapping;  // version of codes.csv
  std::string source;
  std::string replaces;  // old number when the courier swapped it

  bool operator==(const TrackingRecord&) const = default;
  static void each(auto& self, auto& visit) {
    visit("key", self.key);
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
    visit("replaces", self.replaces);
  }
};

/// A due moment came.
struct FireTimer {
  static constexpr const char* name = "FireTimer";

  TimerKind timer{};
  std::string about;
  Instant due_at;

  bool operator==(const FireTimer&) const = default;
  static void each(auto& self, auto& visit) {
    visit("timer", self.timer);
    visit("about", self.about);
    visit("due_at", self.due_at);
  }
};

/// Carrier events for one parcel, in any order.
struct RecordTracking {
  static constexpr const char* name = "RecordTracking";

  std::string tracking;
  std::string carrier;
  std::vector<TrackingRecord> events;

  bool operator==(const RecordTracking&) const = default;
  static void each(auto& self, auto& visit) {
    visit("tracking", self.tracking);
    visit("carrier", self.carrier);
    visit("events", self.events);
  }
};

/// A provider watches the number.
struct RecordTrackingRegistered {
  static constexpr const char* name = "RecordTrackingRegistered";

  std::int64_t parcel = 0;
  std::string provider;

  bool operator==(const RecordTrackingRegistered&) const = default;
  static void each(auto& self, auto& visit) {
    visit("parcel", self.parcel);
    visit("provider", self.provider);
  }
};

/// What became of a message to the buyer.
struct SettleMessage {
  static constexpr const char* name = "SettleMessage";

  Moment moment{};
  std::int64_t parcel = 0;
  EffectState state{};
  std::string detail;

  bool operator==(const SettleMessage&) const = default;
  static void each(auto& self, auto& visit) {
    visit("moment", self.moment);
    visit("parcel", self.parcel);
    visit("state", self.state);
    visit("detail", self.detail);
  }
};

/// An effect whose outcome is unknown, refused or given up.
struct SettleEffect {
  static constexpr const char* name = "SettleEffect";

  std::string effect;
  EffectState state{};
  std::string about;
  std::string detail;

  bool operator==(const SettleEffect&) const = default;
  static void each(auto& self, auto& visit) {
    visit("effect", self.effect);
    visit("state", self.state);
    visit("about", self.about);
    visit("detail", self.detail);
  }
};

/// Proposals of one subject were agreed to or not: offers auto, or takes the offer back.
struct WeighAutomation {
  static constexpr const char* name = "WeighAutomation";

  std::string subject;
  std::int64_t agreed = 0;  // in a row

  bool operator==(const WeighAutomation&) const = default;
  static void each(auto& self, auto& visit) {
    visit("subject", self.subject);
    visit("agreed", self.agreed);
  }
};

/// An order's case with a cause that others may share was opened or settled.
struct CountIncident {
  static constexpr const char* name = "CountIncident";

  std::string cause;
  ReasonCode reason{};
  std::int64_t order = 0;
  std::string store_number;
  std::int64_t number = 0;
  bool joined = false;
  std::vector<Option> options;  // of the order's case
  Money money_at_risk;

  bool operator==(const CountIncident&) const = default;
  static void each(auto& self, auto& visit) {
    visit("cause", self.cause);
    visit("reason", self.reason);
    visit("order", self.order);
    visit("store_number", self.store_number);
    visit("number", self.number);
    visit("joined", self.joined);
    visit("options", self.options);
    visit("money_at_risk", self.money_at_risk);
  }
};

/// A case is from now on decided with the incident of its cause; by itself again when it names
/// none.
struct JoinIncident {
  static constexpr const char* name = "JoinIncident";

  std::int64_t number = 0;
  std::string incident;

  bool operator==(const JoinIncident&) const = default;
  static void each(auto& self, auto& visit) {
    visit("number", self.number);
    visit("incident", self.incident);
  }
};

/// Nothing new was said; look again at what may happen next.
struct Advance {
  static constexpr const char* name = "Advance";

  bool operator==(const Advance&) const = default;
  static void each(auto&, auto&) {}
};

/// One wish of this kind.
using EngineCommand =
    std::variant<FireTimer, RecordTracking, RecordTrackingRegistered, SettleMessage, SettleEffect,
                 WeighAutomation, CountIncident, JoinIncident, Advance>;

}  // namespace holdfast
