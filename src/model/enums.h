#pragma once
// Every enum that events, policy files and the API carry, with its name table.
// Enumerators are added at the end; names are never changed, because stored events carry them.

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "model/names.h"

namespace holdfast {

/// How strong a piece of evidence is, weakest first; the order is fixed (design §1.2).
enum class Strength : std::uint8_t { Claimed, Attested, Recorded, Verified, Observed };

/// Whether goods pass our or our agent's bench, or leave from the supplier.
enum class ShipModel : std::uint8_t { Hub, Direct };

/// What the channel says of the buyer's money.
enum class PaymentState : std::uint8_t {
  Unknown,
  Pending,
  Authorized,
  PartiallyPaid,
  Paid,
  PartiallyRefunded,
  Refunded,
  Voided,
  Expired
};

/// When a channel's order counts as paid.
enum class PaymentRule : std::uint8_t {
  Captured,
  Authorized,
  Terms,
  CashOnDelivery,
  MarketplaceCollects
};

/// The channel's fraud assessment; None means that no assessment has come.
enum class RiskLevel : std::uint8_t { None, Low, Medium, High };

/// Why a line's quantity went down: the channel says so, or it was decided here.
enum class LineCause : std::uint8_t { Refund, Cancel, Edit, Decision };

/// Where a gate stands. Everything but Open, Overridden and NotApplicable stops the step it
/// guards.
enum class GateResult : std::uint8_t { Pending, Open, Failed, Unclear, Overridden, NotApplicable };

/// The step a gate guards: nothing of it happens while a gate before it is shut.
enum class Commitment : std::uint8_t { Buy, Pack, HandOver, TellStore, TellBuyer };

/// The fixed shapes a gate's pass condition can have; parameters stand in the policy.
enum class Condition : std::uint8_t {
  PaymentSecured,
  FraudCleared,
  AddressComplete,
  DestinationAllowed,
  SkusMapped,
  MarginWithin,
  ServiceMapped,
  NoChannelHold,
  SupplierConfirmed,
  GoodsReceived,
  InspectionPassed,
  PackingDone,
  LabelMatched,
  TrackingValid,
  CarrierProof
};

/// Why a person must decide.
enum class ReasonCode : std::uint8_t {
  PaymentHold,
  AddressHold,
  FraudHold,
  SupplierStock,
  SpecificationMismatch,
  ProductCheckFailed,
  PackingIssue,
  RouteRestriction,
  TrackingDelay,
  CancellationRequest,
  CustomerDecision,
  UnmappedSku,
  MarginBreach,
  PriceChange,
  Substitution,
  SupplierSilent,
  UnknownOutcome,
  NoRoute,
  Approval,
  LabelMismatch,
  HandoffGap,
  DeliveryFailed,
  ReturnToSender,
  ParcelDamaged,
  ParcelLost,
  CustomsHold,
  RouteDeviation,
  TrackingConflict,
  ShipByRisk,
  StoreRefused,
  NotificationFailed,
  FulfilledElsewhere,
  ChannelTrouble,
  MessageNotUnderstood,
  StepFailed,
  SupplierPayment,
  LimitReached,
  AmbiguousRefund,
  AutomationOffer
};

/// What an exception is attributed to when it is resolved (R101).
enum class RootCause : std::uint8_t {
  StockConfirmation,
  LabelGeneration,
  PickupDelay,
  CarrierHandling,
  SupplierError,
  ChannelData,
  BuyerRequest,
  OwnError,
  Unknown
};

/// How much a rule, supplier or mapping may do by itself.
enum class Mode : std::uint8_t { Watch, Propose, Auto };

/// What somebody may do: roles hold rights (access.toml), tokens are given some of their maker's,
/// and every operation of the API asks for one.
enum class Right : std::uint8_t {
  Read,        // orders, exceptions, evidence
  Buyers,      // a buyer's name and address
  Notes,       // write notes, raise exceptions
  Decide,      // exceptions and purchases
  Override,    // open a gate without its evidence
  Station,     // benches: checks, labels, photos
  Export,      // take data out: packs, lists
  Messages,    // messages of partners, and reading them again
  People,      // users, their roles and stores
  Tokens,      // make tokens for programs
  Audit,       // who signed in, and who changed who may do what
  Policy,      // try, publish and roll back the policy
  Connections  // connect stores, suppliers, trackers and mail; set their secrets
};

/// A supplier's answer for one line, in the words of X12 855 ACK01.
enum class AckKind : std::uint8_t {
  Accepted,
  QuantityChanged,
  PriceChanged,
  DateChanged,
  ItemChanged,
  Backordered,
  Rejected
};

/// How far a purchase order got at the supplier; each is a different fact.
enum class PoReply : std::uint8_t { Sent, Delivered, Read, Unknown, Refused };

/// A point where somebody looks at physical goods.
enum class CheckKind : std::uint8_t { Receiving, Inspection, Packing, LabelMatch };

/// What an item of a checklist passes with, beside the word of who looked.
enum class CheckNeed : std::uint8_t { None, Photo, Text };

/// What the person found; unclear stops like fail.
enum class CheckVerdict : std::uint8_t { Pass, Fail, Unclear };

/// What a tracking event proves: data sent, something concluded, a collection signed, a physical
/// scan.
enum class Proof : std::uint8_t { Electronic, Inferred, Collected, Physical };

/// Normalised carrier status.
enum class TrackingStatus : std::uint8_t {
  Unknown,
  InvalidNumber,
  LabelCreated,
  CarrierAccepted,
  InTransit,
  Customs,
  CustomsCleared,
  LocalHandoff,
  OutForDelivery,
  AvailableForPickup,
  AttemptFailed,
  Delivered,
  Returning,
  Returned,
  Lost,
  Destroyed,
  Cancelled,
  Stale
};

/// Who caused a tracking incident.
enum class Party : std::uint8_t { None, Carrier, Retailer, Consignee, Customs, Weather };

/// A circumstance beside the status.
enum class TrackingFlag : std::uint8_t { None, Delayed, CustomsHold, ActionRequired, Damaged };

/// When a buyer may hear something (R110).
enum class Moment : std::uint8_t {
  OrderConfirmed,
  LabelCreated,
  CarrierPickup,
  InTransit,
  OutForDelivery,
  DelayDetected,
  Delivered,
  AwaitingPickup,
  DecisionNeeded,
  TrackingReplaced,
  OrderChanged,
  Cancelled
};

/// Who speaks to the buyer at a moment.
enum class Speaker : std::uint8_t { Store, Holdfast, Nobody };

/// Where an outbox row stands.
enum class EffectState : std::uint8_t { Unsent, Sending, Unknown, Done, Refused, Withdrawn, Dead };

/// What is done when a supplier does not answer, in this order.
enum class LadderStep : std::uint8_t { Remind, Contact, Reroute, TellBuyer };

/// What must happen by when.
enum class PromiseKind : std::uint8_t { ShipBy, DeliverBy, ConsentBy };

/// The supplier's answer to a cancellation; silence is not one of them.
enum class CancelReply : std::uint8_t { Accepted, Rejected };

/// Our payment to the supplier for one purchase order.
enum class PayablesState : std::uint8_t { Due, Paid, BalanceTooLow };

/// A due moment that comes back as a command.
enum class TimerKind : std::uint8_t {
  GateReview,
  AuthorizationLapse,
  AckReminder,
  AckContact,
  AckReroute,
  AckTellBuyer,
  CancelWindow,
  HandoffGap,
  TransitStall,
  ShipBy,
  DeliverBy,
  ExceptionReview,
  FulfillAt,
  PurchaseBatch,
  BuyerDecision,
  SupplierPoll,
  TrackingAsk
};

template <>
struct Names<Strength> {
  static constexpr const char* what = "evidence strength";
  static constexpr std::array<std::pair<Strength, std::string_view>, 5> table{{
      {Strength::Claimed, "claimed"},
      {Strength::Attested, "attested"},
      {Strength::Recorded, "recorded"},
      {Strength::Verified, "verified"},
      {Strength::Observed, "observed"},
  }};
};

template <>
struct Names<ShipModel> {
  static constexpr const char* what = "ship model";
  static constexpr std::array<std::pair<ShipModel, std::string_view>, 2> table{{
      {ShipModel::Hub, "hub"},
      {ShipModel::Direct, "direct"},
  }};
};

template <>
struct Names<PaymentState> {
  static constexpr const char* what = "payment state";
  static constexpr std::array<std::pair<PaymentState, std::string_view>, 9> table{{
      {PaymentState::Unknown, "unknown"},
      {PaymentState::Pending, "pending"},
      {PaymentState::Authorized, "authorized"},
      {PaymentState::PartiallyPaid, "partially_paid"},
      {PaymentState::Paid, "paid"},
      {PaymentState::PartiallyRefunded, "partially_refunded"},
      {PaymentState::Refunded, "refunded"},
      {PaymentState::Voided, "voided"},
      {PaymentState::Expired, "expired"},
  }};
};

template <>
struct Names<PaymentRule> {
  static constexpr const char* what = "payment rule";
  static constexpr std::array<std::pair<PaymentRule, std::string_view>, 5> table{{
      {PaymentRule::Captured, "captured"},
      {PaymentRule::Authorized, "authorized"},
      {PaymentRule::Terms, "terms"},
      {PaymentRule::CashOnDelivery, "cash_on_delivery"},
      {PaymentRule::MarketplaceCollects, "marketplace_collects"},
  }};
};

template <>
struct Names<RiskLevel> {
  static constexpr const char* what = "risk level";
  static constexpr std::array<std::pair<RiskLevel, std::string_view>, 4> table{{
      {RiskLevel::None, "none"},
      {RiskLevel::Low, "low"},
      {RiskLevel::Medium, "medium"},
      {RiskLevel::High, "high"},
  }};
};

template <>
struct Names<LineCause> {
  static constexpr const char* what = "cause of a quantity change";
  static constexpr std::array<std::pair<LineCause, std::string_view>, 4> table{{
      {LineCause::Refund, "refund"},
      {LineCause::Cancel, "cancel"},
      {LineCause::Edit, "edit"},
      {LineCause::Decision, "decision"},
  }};
};

template <>
struct Names<GateResult> {
  static constexpr const char* what = "gate result";
  static constexpr std::array<std::pair<GateResult, std::string_view>, 6> table{{
      {GateResult::Pending, "pending"},
      {GateResult::Open, "open"},
      {GateResult::Failed, "failed"},
      {GateResult::Unclear, "unclear"},
      {GateResult::Overridden, "overridden"},
      {GateResult::NotApplicable, "not_applicable"},
  }};
};

template <>
struct Names<Commitment> {
  static constexpr const char* what = "commitment";
  static constexpr std::array<std::pair<Commitment, std::string_view>, 5> table{{
      {Commitment::Buy, "buy"},
      {Commitment::Pack, "pack"},
      {Commitment::HandOver, "hand_over"},
      {Commitment::TellStore, "tell_store"},
      {Commitment::TellBuyer, "tell_buyer"},
  }};
};

template <>
struct Names<Condition> {
  static constexpr const char* what = "gate condition";
  static constexpr std::array<std::pair<Condition, std::string_view>, 15> table{{
      {Condition::PaymentSecured, "payment_secured"},
      {Condition::FraudCleared, "fraud_cleared"},
      {Condition::AddressComplete, "address_complete"},
      {Condition::DestinationAllowed, "destination_allowed"},
      {Condition::SkusMapped, "skus_mapped"},
      {Condition::MarginWithin, "margin_within"},
      {Condition::ServiceMapped, "service_mapped"},
      {Condition::NoChannelHold, "no_channel_hold"},
      {Condition::SupplierConfirmed, "supplier_confirmed"},
      {Condition::GoodsReceived, "goods_received"},
      {Condition::InspectionPassed, "inspection_passed"},
      {Condition::PackingDone, "packing_done"},
      {Condition::LabelMatched, "label_matched"},
      {Condition::TrackingValid, "tracking_valid"},
      {Condition::CarrierProof, "carrier_proof"},
  }};
};

template <>
struct Names<ReasonCode> {
  static constexpr const char* what = "reason code";
  static constexpr std::array<std::pair<ReasonCode, std::string_view>, 39> table{{
      {ReasonCode::PaymentHold, "payment_hold"},
      {ReasonCode::AddressHold, "address_hold"},
      {ReasonCode::FraudHold, "fraud_hold"},
      {ReasonCode::SupplierStock, "supplier_stock"},
      {ReasonCode::SpecificationMismatch, "specification_mismatch"},
      {ReasonCode::ProductCheckFailed, "product_check_failed"},
      {ReasonCode::PackingIssue, "packing_issue"},
      {ReasonCode::RouteRestriction, "route_restriction"},
      {ReasonCode::TrackingDelay, "tracking_delay"},
      {ReasonCode::CancellationRequest, "cancellation_request"},
      {ReasonCode::CustomerDecision, "customer_decision"},
      {ReasonCode::UnmappedSku, "unmapped_sku"},
      {ReasonCode::MarginBreach, "margin_breach"},
      {ReasonCode::PriceChange, "price_change"},
      {ReasonCode::Substitution, "substitution"},
      {ReasonCode::SupplierSilent, "supplier_silent"},
      {ReasonCode::UnknownOutcome, "unknown_outcome"},
      {ReasonCode::NoRoute, "no_route"},
      {ReasonCode::Approval, "approval"},
      {ReasonCode::LabelMismatch, "label_mismatch"},
      {ReasonCode::HandoffGap, "handoff_gap"},
      {ReasonCode::DeliveryFailed, "delivery_failed"},
      {ReasonCode::ReturnToSender, "return_to_sender"},
      {ReasonCode::ParcelDamaged, "parcel_damaged"},
      {ReasonCode::ParcelLost, "parcel_lost"},
      {ReasonCode::CustomsHold, "customs_hold"},
      {ReasonCode::RouteDeviation, "route_deviation"},
      {ReasonCode::TrackingConflict, "tracking_conflict"},
      {ReasonCode::ShipByRisk, "ship_by_risk"},
      {ReasonCode::StoreRefused, "store_refused"},
      {ReasonCode::NotificationFailed, "notification_failed"},
      {ReasonCode::FulfilledElsewhere, "fulfilled_elsewhere"},
      {ReasonCode::ChannelTrouble, "channel_trouble"},
      {ReasonCode::MessageNotUnderstood, "message_not_understood"},
      {ReasonCode::StepFailed, "step_failed"},
      {ReasonCode::SupplierPayment, "supplier_payment"},
      {ReasonCode::LimitReached, "limit_reached"},
      {ReasonCode::AmbiguousRefund, "ambiguous_refund"},
      {ReasonCode::AutomationOffer, "automation_offer"},
  }};
};

template <>
struct Names<RootCause> {
  static constexpr const char* what = "root cause";
  static constexpr std::array<std::pair<RootCause, std::string_view>, 9> table{{
      {RootCause::StockConfirmation, "stock_confirmation"},
      {RootCause::LabelGeneration, "label_generation"},
      {RootCause::PickupDelay, "pickup_delay"},
      {RootCause::CarrierHandling, "carrier_handling"},
      {RootCause::SupplierError, "supplier_error"},
      {RootCause::ChannelData, "channel_data"},
      {RootCause::BuyerRequest, "buyer_request"},
      {RootCause::OwnError, "own_error"},
      {RootCause::Unknown, "unknown"},
  }};
};

template <>
struct Names<Mode> {
  static constexpr const char* what = "automation mode";
  static constexpr std::array<std::pair<Mode, std::string_view>, 3> table{{
      {Mode::Watch, "watch"},
      {Mode::Propose, "propose"},
      {Mode::Auto, "auto"},
  }};
};

template <>
struct Names<Right> {
  static constexpr const char* what = "right";
  static constexpr std::array<std::pair<Right, std::string_view>, 13> table{{
      {Right::Read, "read"},
      {Right::Buyers, "buyers"},
      {Right::Notes, "notes"},
      {Right::Decide, "decide"},
      {Right::Override, "override"},
      {Right::Station, "station"},
      {Right::Export, "export"},
      {Right::Messages, "messages"},
      {Right::People, "people"},
      {Right::Tokens, "tokens"},
      {Right::Audit, "audit"},
      {Right::Policy, "policy"},
      {Right::Connections, "connections"},
  }};
};

template <>
struct Names<AckKind> {
  static constexpr const char* what = "acknowledgment kind";
  static constexpr std::array<std::pair<AckKind, std::string_view>, 7> table{{
      {AckKind::Accepted, "accepted"},
      {AckKind::QuantityChanged, "quantity_changed"},
      {AckKind::PriceChanged, "price_changed"},
      {AckKind::DateChanged, "date_changed"},
      {AckKind::ItemChanged, "item_changed"},
      {AckKind::Backordered, "backordered"},
      {AckKind::Rejected, "rejected"},
  }};
};

template <>
struct Names<PoReply> {
  static constexpr const char* what = "purchase order reply";
  static constexpr std::array<std::pair<PoReply, std::string_view>, 5> table{{
      {PoReply::Sent, "sent"},
      {PoReply::Delivered, "delivered"},
      {PoReply::Read, "read"},
      {PoReply::Unknown, "unknown"},
      {PoReply::Refused, "refused"},
  }};
};

template <>
struct Names<CheckKind> {
  static constexpr const char* what = "physical check";
  static constexpr std::array<std::pair<CheckKind, std::string_view>, 4> table{{
      {CheckKind::Receiving, "receiving"},
      {CheckKind::Inspection, "inspection"},
      {CheckKind::Packing, "packing"},
      {CheckKind::LabelMatch, "label_match"},
  }};
};

template <>
struct Names<CheckNeed> {
  static constexpr const char* what = "need of a checklist item";
  static constexpr std::array<std::pair<CheckNeed, std::string_view>, 3> table{{
      {CheckNeed::None, "none"},
      {CheckNeed::Photo, "photo"},
      {CheckNeed::Text, "text"},
  }};
};

template <>
struct Names<CheckVerdict> {
  static constexpr const char* what = "check verdict";
  static constexpr std::array<std::pair<CheckVerdict, std::string_view>, 3> table{{
      {CheckVerdict::Pass, "pass"},
      {CheckVerdict::Fail, "fail"},
      {CheckVerdict::Unclear, "unclear"},
  }};
};

template <>
struct Names<Proof> {
  static constexpr const char* what = "class of proof";
  static constexpr std::array<std::pair<Proof, std::string_view>, 4> table{{
      {Proof::Electronic, "electronic"},
      {Proof::Inferred, "inferred"},
      {Proof::Collected, "collected"},
      {Proof::Physical, "physical"},
  }};
};

template <>
struct Names<TrackingStatus> {
  static constexpr const char* what = "tracking status";
  static constexpr std::array<std::pair<TrackingStatus, std::string_view>, 18> table{{
      {TrackingStatus::Unknown, "unknown"},
      {TrackingStatus::InvalidNumber, "invalid_number"},
      {TrackingStatus::LabelCreated, "label_created"},
      {TrackingStatus::CarrierAccepted, "carrier_accepted"},
      {TrackingStatus::InTransit, "in_transit"},
      {TrackingStatus::Customs, "customs"},
      {TrackingStatus::CustomsCleared, "customs_cleared"},
      {TrackingStatus::LocalHandoff, "local_handoff"},
      {TrackingStatus::OutForDelivery, "out_for_delivery"},
      {TrackingStatus::AvailableForPickup, "available_for_pickup"},
      {TrackingStatus::AttemptFailed, "attempt_failed"},
      {TrackingStatus::Delivered, "delivered"},
      {TrackingStatus::Returning, "returning"},
      {TrackingStatus::Returned, "returned"},
      {TrackingStatus::Lost, "lost"},
      {TrackingStatus::Destroyed, "destroyed"},
      {TrackingStatus::Cancelled, "cancelled"},
      {TrackingStatus::Stale, "stale"},
  }};
};

template <>
struct Names<Party> {
  static constexpr const char* what = "party at fault";
  static constexpr std::array<std::pair<Party, std::string_view>, 6> table{{
      {Party::None, "none"},
      {Party::Carrier, "carrier"},
      {Party::Retailer, "retailer"},
      {Party::Consignee, "consignee"},
      {Party::Customs, "customs"},
      {Party::Weather, "weather"},
  }};
};

template <>
struct Names<TrackingFlag> {
  static constexpr const char* what = "tracking flag";
  static constexpr std::array<std::pair<TrackingFlag, std::string_view>, 5> table{{
      {TrackingFlag::None, "none"},
      {TrackingFlag::Delayed, "delayed"},
      {TrackingFlag::CustomsHold, "customs_hold"},
      {TrackingFlag::ActionRequired, "action_required"},
      {TrackingFlag::Damaged, "damaged"},
  }};
};

template <>
struct Names<Moment> {
  static constexpr const char* what = "buyer moment";
  static constexpr std::array<std::pair<Moment, std::string_view>, 12> table{{
      {Moment::OrderConfirmed, "order_confirmed"},
      {Moment::LabelCreated, "label_created"},
      {Moment::CarrierPickup, "carrier_pickup"},
      {Moment::InTransit, "in_transit"},
      {Moment::OutForDelivery, "out_for_delivery"},
      {Moment::DelayDetected, "delay_detected"},
      {Moment::Delivered, "delivered"},
      {Moment::AwaitingPickup, "awaiting_pickup"},
      {Moment::DecisionNeeded, "decision_needed"},
      {Moment::TrackingReplaced, "tracking_replaced"},
      {Moment::OrderChanged, "order_changed"},
      {Moment::Cancelled, "cancelled"},
  }};
};

template <>
struct Names<Speaker> {
  static constexpr const char* what = "speaker";
  static constexpr std::array<std::pair<Speaker, std::string_view>, 3> table{{
      {Speaker::Store, "store"},
      {Speaker::Holdfast, "holdfast"},
      {Speaker::Nobody, "nobody"},
  }};
};

template <>
struct Names<EffectState> {
  static constexpr const char* what = "effect state";
  static constexpr std::array<std::pair<EffectState, std::string_view>, 7> table{{
      {EffectState::Unsent, "unsent"},
      {EffectState::Sending, "sending"},
      {EffectState::Unknown, "unknown"},
      {EffectState::Done, "done"},
      {EffectState::Refused, "refused"},
      {EffectState::Withdrawn, "withdrawn"},
      {EffectState::Dead, "dead"},
  }};
};

template <>
struct Names<LadderStep> {
  static constexpr const char* what = "ladder step";
  static constexpr std::array<std::pair<LadderStep, std::string_view>, 4> table{{
      {LadderStep::Remind, "remind"},
      {LadderStep::Contact, "contact"},
      {LadderStep::Reroute, "reroute"},
      {LadderStep::TellBuyer, "tell_buyer"},
  }};
};

template <>
struct Names<PromiseKind> {
  static constexpr const char* what = "promise";
  static constexpr std::array<std::pair<PromiseKind, std::string_view>, 3> table{{
      {PromiseKind::ShipBy, "ship_by"},
      {PromiseKind::DeliverBy, "deliver_by"},
      {PromiseKind::ConsentBy, "consent_by"},
  }};
};

template <>
struct Names<CancelReply> {
  static constexpr const char* what = "cancel reply";
  static constexpr std::array<std::pair<CancelReply, std::string_view>, 2> table{{
      {CancelReply::Accepted, "accepted"},
      {CancelReply::Rejected, "rejected"},
  }};
};

template <>
struct Names<PayablesState> {
  static constexpr const char* what = "payables state";
  static constexpr std::array<std::pair<PayablesState, std::string_view>, 3> table{{
      {PayablesState::Due, "due"},
      {PayablesState::Paid, "paid"},
      {PayablesState::BalanceTooLow, "balance_too_low"},
  }};
};

template <>
struct Names<TimerKind> {
  static constexpr const char* what = "timer";
  static constexpr std::array<std::pair<TimerKind, std::string_view>, 17> table{{
      {TimerKind::GateReview, "gate_review"},
      {TimerKind::AuthorizationLapse, "authorization_lapse"},
      {TimerKind::AckReminder, "ack_reminder"},
      {TimerKind::AckContact, "ack_contact"},
      {TimerKind::AckReroute, "ack_reroute"},
      {TimerKind::AckTellBuyer, "ack_tell_buyer"},
      {TimerKind::CancelWindow, "cancel_window"},
      {TimerKind::HandoffGap, "handoff_gap"},
      {TimerKind::TransitStall, "transit_stall"},
      {TimerKind::ShipBy, "ship_by"},
      {TimerKind::DeliverBy, "deliver_by"},
      {TimerKind::ExceptionReview, "exception_review"},
      {TimerKind::FulfillAt, "fulfill_at"},
      {TimerKind::PurchaseBatch, "purchase_batch"},
      {TimerKind::BuyerDecision, "buyer_decision"},
      {TimerKind::SupplierPoll, "supplier_poll"},
      {TimerKind::TrackingAsk, "tracking_ask"},
  }};
};

}  // namespace holdfast
