#pragma once
// OrderState: what the events of one order add up to. Only evolve writes it.
// Facts and quantities are kept, never a status: stages are derived in summary.h.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/event.h"

namespace holdfast::core {

struct LineState {
  OrderLine line;
  std::int64_t reduced = 0;    // refunded, cancelled or edited away
  std::int64_t decided = 0;    // of those: by a decision here that the channel does not show yet
  std::int64_t elsewhere = 0;  // fulfilled at the channel without us

  /// Pieces still wanted through us; 0 for lines that do not ship.
  std::int64_t wanted() const;

  bool operator==(const LineState&) const = default;
};

struct GateState {
  GateResult result = GateResult::Pending;
  Strength strength{};
  std::vector<std::int64_t> evidence;  // event numbers
  std::string detail;
  std::int64_t event = 0;

  bool operator==(const GateState&) const = default;
};

struct PoLine {
  Allocation asked;
  std::int64_t withdrawn = 0;   // taken back before it left, or cancelled by agreement
  std::int64_t refused = 0;     // rejected or backordered by the supplier
  std::int64_t cancelling = 0;  // asked to stop, not answered
  std::int64_t cancelled = 0;   // the supplier agreed, or stopped by itself
  std::int64_t kept = 0;        // the supplier will not stop these; only a person asks again
  std::optional<LineAnswer> answer;
  bool change_decided = false;  // the answer's change was approved
  std::int64_t answer_event = 0;

  /// Pieces that may arrive: asked less what certainly will not.
  std::int64_t live() const;
  /// Whether the answer changes something a person must approve first.
  bool change_open() const;

  bool operator==(const PoLine&) const = default;
};

struct CheckState {
  CheckVerdict verdict = CheckVerdict::Unclear;
  Strength strength{};
  std::int64_t event = 0;
  std::string statement;  // the supplier's words and photo, to know a repetition
  std::string amiss;      // items that were not in order, for people

  bool operator==(const CheckState&) const = default;
};

struct PoState {
  std::string po;
  std::string supplier;
  ShipModel ship_model{};
  Mode mode{};
  std::string service;
  Money total;
  std::vector<PoLine> lines;
  std::int64_t drafted_event = 0;
  std::int64_t released_event = 0;
  Instant released_at;
  std::optional<PoReply> reply;  // how far it got
  Instant replied_at;
  std::string supplier_ref;
  std::int64_t acknowledged_event = 0;
  Strength ack_strength{};
  bool refused = false;  // the supplier refused it as a whole
  bool closed = false;   // nothing of it is live any more
  bool cancel_lapsed = false;
  bool cancel_refused = false;
  bool double_buy = false;
  std::vector<LadderStep> steps;
  std::map<CheckKind, CheckState> checks;
  std::optional<PayablesState> payment;

  /// Pieces of all lines that may arrive.
  std::int64_t live() const;
  /// Whether the supplier has answered for every live line.
  bool answered() const;
  /// Whether every live line has an answer that needs no approval any more.
  bool confirmed() const;
  const PoLine* line(std::int64_t number) const;

  bool operator==(const PoState&) const = default;
};

struct TrackedEvent {
  std::int64_t event = 0;
  TrackingStatus status{};
  TrackingFlag flag{};
  Proof proof{};
  Instant at;
  std::int64_t uncertainty_minutes = 0;
  std::string country;
  std::string postcode_prefix;
  std::string key;

  bool operator==(const TrackedEvent&) const = default;
};

struct ParcelState {
  std::int64_t parcel = 0;
  std::string po;
  std::string carrier;
  std::string tracking;
  std::vector<std::string> retired;   // numbers a courier swap replaced
  std::vector<std::string> mistaken;  // numbers that never were this parcel's
  std::vector<LineQuantity> lines;
  Instant announced_at;
  Strength strength{};
  std::int64_t announced_event = 0;
  std::int64_t numbered_event = 0;   // the one that gave it its present number
  bool told_wrong = false;           // the buyer was told of a number that was corrected
  std::vector<TrackedEvent> events;  // in the order seen
  std::string provider;
  bool label_matched = false;
  bool label_mismatched = false;
  std::int64_t label_event = 0;
  std::int64_t told_event = 0;  // StoreTold
  std::string fulfillment;      // the store's id
  bool store_refused = false;
  std::vector<std::string> anomalies;
  std::vector<TrackingStatus> store_news;

  bool operator==(const ParcelState&) const = default;
};

struct MessageState {
  Moment moment{};
  std::int64_t parcel = 0;
  Speaker speaker{};
  std::optional<EffectState> settled;

  bool operator==(const MessageState&) const = default;
};

struct ExceptionState {
  std::int64_t number = 0;
  ReasonCode reason{};
  std::string about;
  std::string detail;
  std::string owner;
  std::string backup;
  std::string next_action;
  Instant opened_at;
  Instant review_by;
  Money money_at_risk;
  Instant promise_at;
  bool open = true;
  std::vector<Option> options;
  std::string resolution;  // verb and note of the decision
  std::string cause;       // what other cases may share
  std::string incident;    // decided together with others as this incident
  std::int64_t reviews_passed = 0;
  bool snoozed = false;  // somebody moved the review, and it has not come yet

  bool operator==(const ExceptionState&) const = default;
};

struct PromiseState {
  PromiseKind promise{};
  Instant due_at;
  std::string source;
  bool provisional = false;

  bool operator==(const PromiseState&) const = default;
};

struct TimerState {
  TimerKind timer{};
  std::string about;
  Instant due_at;

  bool operator==(const TimerState&) const = default;
};

struct QuestionState {
  std::string question;
  std::string default_answer;
  Instant due_at;
  std::string answer;

  bool operator==(const QuestionState&) const = default;
};

/// One order's case within an incident.
struct IncidentMember {
  std::int64_t order = 0;  // stream
  std::string store_number;
  std::int64_t number = 0;
  Money money_at_risk;

  bool operator==(const IncidentMember&) const = default;
};

struct OrderState {
  std::int64_t version = 0;  // number of the last event
  bool imported = false;
  std::string channel;
  std::string channel_order;
  std::string store_number;
  Instant placed_at;
  Instant as_of;    // the newest channel time seen
  Instant paid_at;  // when the channel first called it paid
  Money total;
  Destination destination;
  std::int64_t destination_event = 0;
  std::string buyer;
  std::string locale;
  std::string service;
  std::string instructions;
  bool test = false;
  std::vector<LineState> lines;
  PaymentState payment{};
  Money authorized, captured, refunded;
  Instant authorization_expires_at;
  Instant payment_as_of;
  std::int64_t payment_event = 0;
  RiskLevel risk{};
  Instant risk_as_of;
  std::int64_t risk_event = 0;
  std::vector<ChannelPart> parts;
  bool parts_known = false;
  std::vector<std::pair<std::string, std::string>> channel_holds;  // part, hold: not ours
  std::map<std::string, std::string> our_holds;                    // part → hold id
  std::vector<std::string> holds_asked;                            // parts
  bool cancelled_at_channel = false;
  bool deleted_at_channel = false;
  bool erased = false;
  std::string procedure;
  std::vector<std::string> risks;
  std::map<std::string, GateState> gates;    // "gate" or "gate@about"
  std::map<std::string, std::string> holds;  // hold → reason
  std::vector<PromiseState> promises;
  std::vector<TimerState> timers;
  std::int64_t routing_event = 0;
  std::string routing_failure;
  std::vector<PoState> pos;
  std::vector<ParcelState> parcels;
  std::vector<std::string> fulfilled_elsewhere;
  std::vector<MessageState> messages;
  std::vector<ExceptionState> exceptions;
  std::vector<QuestionState> questions;
  std::int64_t mapping_event = 0;
  std::vector<IncidentMember> members;  // of a case stream: orders whose cases share its cause

  LineState* line(std::int64_t number);
  const LineState* line(std::int64_t number) const;
  PoState* po(std::string_view number);
  const PoState* po(std::string_view number) const;
  ParcelState* parcel(std::int64_t number);
  const ParcelState* parcel(std::int64_t number) const;
  /// The parcel that goes under a tracking number, went under it, or was said to by mistake.
  const ParcelState* parcel_of(std::string_view tracking) const;
  const ExceptionState* exception(std::int64_t number) const;
  /// The open exception of this reason about this thing, or nullptr.
  const ExceptionState* open_exception(ReasonCode reason, std::string_view about) const;
  const PromiseState* promise(PromiseKind kind) const;
  bool timer_set(TimerKind timer, std::string_view about) const;
  bool message_asked(Moment moment, std::int64_t parcel) const;

  /// Pieces of a line on purchase orders that may still arrive.
  std::int64_t on_order(std::int64_t line) const;
  /// Pieces of a line that are on order, in no parcel, and not kept by a supplier against our wish.
  std::int64_t outstanding(std::int64_t line) const;
  /// Before when a line must not be bought, by the channel's parts once they are known, which name
  /// their lines as the channel counts them; 0 for a line that is no pre-order.
  Instant fulfill_at(const LineState& line) const;
  /// Pieces of a line that stand in parcels.
  std::int64_t in_parcels(std::int64_t line) const;
  /// Pieces of all shipping lines still wanted.
  std::int64_t wanted() const;
  /// Whether buying, shipping and telling are all behind us or no longer wanted.
  bool finished() const;

  bool operator==(const OrderState&) const = default;
};

/// The orders of an incident as its case lists them.
std::string members_text(const std::vector<IncidentMember>& members);

/// What stands at risk in all of them; nothing when they are in several currencies.
Money money_of(const std::vector<IncidentMember>& members);

}  // namespace holdfast::core
