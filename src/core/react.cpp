#include "core/react.h"

#include <algorithm>

#include "core/sla/timers.h"
#include "core/tracking/proof.h"

namespace holdfast::core {
namespace {

using Effects = std::vector<Effect>;

struct React {
  const OrderState& state;

  Effects operator()(const auto&) const { return {}; }

  Effects operator()(const PurchaseOrderReleased& e) const {
    const auto* po = state.po(e.po);
    return po ? Effects{PlacePurchaseOrder{e.po, po->supplier}} : Effects{};
  }
  Effects operator()(const SupplyCancelRequested& e) const {
    const auto* po = state.po(e.po);
    return po ? Effects{CancelSupply{e.po, po->supplier, e.lines}} : Effects{};
  }
  Effects operator()(const LadderStepTaken& e) const {
    const auto* po = state.po(e.po);
    if (!po) return {};
    switch (e.step) {
      case LadderStep::Remind:
      case LadderStep::Contact:
        return {RemindSupplier{e.po, po->supplier, e.step, false}};
      case LadderStep::Reroute:
      case LadderStep::TellBuyer:
        return {};
    }
    return {};
  }
  Effects operator()(const SupplierReminded& e) const {
    const auto* po = state.po(e.po);
    return po ? Effects{RemindSupplier{e.po, po->supplier, LadderStep::Remind, true}} : Effects{};
  }
  Effects operator()(const TimerFired& e) const {
    if (e.timer == TimerKind::TrackingAsk) {
      const auto* silent = state.parcel(parcel_in(e.about));
      if (!silent || has_ended(*silent)) return {};
      return {AskAboutTracking{silent->parcel, silent->carrier, silent->tracking}};
    }
    const auto* po = e.timer == TimerKind::SupplierPoll ? state.po(e.about) : nullptr;
    return po ? Effects{AskAboutPurchaseOrder{e.about, po->supplier}} : Effects{};
  }
  Effects operator()(const ParcelAnnounced& e) const {
    return {RegisterTracking{e.parcel, e.carrier, e.tracking}};
  }
  Effects operator()(const TrackingNumberReplaced& e) const {
    return renumbered(e.parcel, e.carrier, e.tracking);
  }
  Effects operator()(const TrackingNumberCorrected& e) const {
    return renumbered(e.parcel, e.carrier, e.tracking);
  }
  /// The tracker watches the new number, and a store that has the old one is told.
  Effects renumbered(std::int64_t number, const std::string& carrier,
                     const std::string& tracking) const {
    Effects effects{RegisterTracking{number, carrier, tracking}};
    const auto* parcel = state.parcel(number);
    if (parcel && !parcel->fulfillment.empty()) {
      effects.push_back(TellChannelTracking{state.channel, number, status_of(*parcel),
                                            last_movement(*parcel), true});
    }
    return effects;
  }
  Effects operator()(const StoreTold& e) const {
    return {FulfillAtChannel{state.channel, e.parcel, e.lines}};
  }
  Effects operator()(const StoreTrackingTold& e) const {
    return {TellChannelTracking{state.channel, e.parcel, e.status, e.at, false}};
  }
  Effects operator()(const StoreHoldAsked& e) const {
    if (e.place) return {HoldAtChannel{state.channel, e.part, e.reason}};
    return {ReleaseAtChannel{state.channel, e.part, e.hold}};
  }
  Effects operator()(const BuyerTold& e) const {
    if (e.speaker != Speaker::Holdfast) return {};
    return {SendBuyerMessage{e.moment, e.parcel}};
  }
  /// A person decided that a purchase order whose outcome was unknown is not there.
  Effects operator()(const ExceptionResolved& e) const {
    const auto* decided = state.exception(e.number);
    if (!decided || e.verb != "retry" || decided->reason != ReasonCode::UnknownOutcome) return {};
    const auto* po = state.po(decided->about);
    return po ? Effects{PlacePurchaseOrder{po->po, po->supplier}} : Effects{};
  }
};

struct Wanted {
  const OrderState& state;

  std::string operator()(const PlacePurchaseOrder& e) const {
    const auto* po = state.po(e.po);
    // Pieces that are to be stopped need not be bought first.
    const bool wanted = po && std::ranges::any_of(po->lines, [](const PoLine& line) {
                          return line.live() > line.cancelling;
                        });
    if (!wanted) return "nothing of this purchase order is wanted any more";
    if (state.erased) return "the buyer's data was erased";
    return {};
  }
  std::string operator()(const AskAboutPurchaseOrder& e) const {
    const auto* po = state.po(e.po);
    return !po || po->closed ? "the purchase order is closed" : std::string();
  }
  std::string operator()(const CancelSupply& e) const {
    const auto* po = state.po(e.po);
    const bool waiting = po && std::ranges::any_of(e.lines, [&](const LineQuantity& asked) {
                           const auto* line = po->line(asked.line);
                           return line && line->cancelling > 0;
                         });
    return waiting ? std::string() : "the cancellation was answered";
  }
  std::string operator()(const RemindSupplier& e) const {
    const auto* po = state.po(e.po);
    const bool over = !po || po->closed || (po->answered() && !e.asked);
    return over ? "the supplier answered" : std::string();
  }
  std::string operator()(const FulfillAtChannel& e) const {
    const auto* parcel = state.parcel(e.parcel);
    if (!parcel || !parcel->fulfillment.empty()) return "the store already has this fulfillment";
    return state.deleted_at_channel ? "the order was deleted at the channel" : std::string();
  }
  std::string operator()(const TellChannelTracking& e) const {
    const auto* parcel = state.parcel(e.parcel);
    return !parcel || parcel->fulfillment.empty() ? "the store has no fulfillment" : std::string();
  }
  std::string operator()(const HoldAtChannel& e) const {
    const auto& asked = state.holds_asked;
    const bool wanted = std::ranges::find(asked, e.part) != asked.end();
    if (!wanted) return "the hold is not needed any more";
    return state.our_holds.contains(e.part) ? "our hold stands already" : std::string();
  }
  std::string operator()(const ReleaseAtChannel& e) const {
    return state.our_holds.contains(e.part) ? std::string() : "we hold nothing there";
  }
  std::string operator()(const RegisterTracking& e) const {
    const auto* parcel = state.parcel(e.parcel);
    return !parcel || parcel->tracking != e.tracking ? "the number was replaced" : std::string();
  }
  std::string operator()(const AskAboutTracking& e) const {
    const auto* parcel = state.parcel(e.parcel);
    if (!parcel || parcel->tracking != e.tracking) return "the number was replaced";
    return has_ended(*parcel) ? "the parcel's way has ended" : std::string();
  }
  std::string operator()(const SendBuyerMessage& e) const {
    if (state.erased) return "the buyer's data was erased";
    const auto* parcel = state.parcel(e.parcel);
    const auto status = parcel ? status_of(*parcel) : TrackingStatus::Unknown;
    const bool over = status == TrackingStatus::Delivered;
    switch (e.moment) {
      case Moment::LabelCreated:
        return parcel && acceptance(*parcel) ? "the parcel already moves" : std::string();
      case Moment::OutForDelivery:
      case Moment::AwaitingPickup:
      case Moment::InTransit:
      case Moment::DelayDetected:
        return over ? "the parcel was delivered" : std::string();
      case Moment::DecisionNeeded:
        return state.wanted() == 0 ? "nothing is left to decide" : std::string();
      case Moment::OrderConfirmed:
      case Moment::CarrierPickup:
      case Moment::Delivered:
      case Moment::TrackingReplaced:
      case Moment::OrderChanged:
      case Moment::Cancelled:
        return {};
    }
    return {};
  }
};

}  // namespace

std::vector<Effect> react(const OrderState& state, const Event& event) {
  return std::visit([&](const auto& group) { return std::visit(React{state}, group); },
                    event.step());
}

std::string no_longer_wanted(const OrderState& state, const Effect& effect) {
  return std::visit(Wanted{state}, effect);
}

}  // namespace holdfast::core
