#include "engine/views/words.h"

#include <algorithm>

#include "base/text.h"
#include "core/sla/timers.h"

namespace holdfast::engine {
namespace {

std::string pieces(const std::vector<LineQuantity>& lines) {
  std::int64_t sum = 0;
  for (const auto& line : lines) sum += line.quantity;
  return std::to_string(sum) + (sum == 1 ? " piece" : " pieces");
}

std::string number(std::int64_t value) { return std::to_string(value); }

template <Named E>
std::string say(E value) {
  return spoken(name_of(value));
}

/// "first: rest", or only the part that is there.
std::string with(std::string first, const std::string& rest) {
  if (rest.empty()) return first;
  return first.empty() ? rest : first + ": " + rest;
}

struct IntakeWords {
  std::string operator()(const OrderImported& e) const {
    return "Order " + e.store_number + ", " + number(static_cast<std::int64_t>(e.lines.size())) +
           (e.lines.size() == 1 ? " line" : " lines") + " to " + e.destination.country;
  }
  std::string operator()(const PaymentRecorded& e) const {
    const bool money = e.captured.currency.known();
    return "Payment " + say(e.state) + (money ? ", " + to_text(e.captured) + " captured" : "");
  }
  std::string operator()(const RiskRecorded& e) const { return "Risk " + say(e.level); }
  std::string operator()(const DestinationChanged& e) const {
    return "Address changed, now " + e.destination.country + " " + e.destination.postcode_prefix;
  }
  std::string operator()(const LineAdded& e) const {
    return "Line " + number(e.line.line) + " added: " + number(e.line.quantity) + " × " +
           e.line.sku;
  }
  std::string operator()(const LineReduced& e) const {
    return "Line " + number(e.line) + " reduced by " + number(e.by) + " (" + say(e.cause) + ")";
  }
  std::string operator()(const MoneyRefunded& e) const {
    return to_text(e.amount) + " refunded without pieces";
  }
  std::string operator()(const ChannelPartsRecorded& e) const {
    return "The channel divides the order into " +
           number(static_cast<std::int64_t>(e.parts.size()));
  }
  std::string operator()(const ChannelHoldChanged& e) const {
    return with(e.placed ? "Hold at the channel" : "Hold at the channel released", e.reason);
  }
  std::string operator()(const OrderCancelledAtChannel& e) const {
    return with(e.deleted ? "Deleted at the channel" : "Cancelled at the channel", e.reason);
  }
  std::string operator()(const FulfilledElsewhere& e) const {
    return pieces(e.lines) + " fulfilled at the channel without us";
  }
  std::string operator()(const ServiceChanged& e) const { return "Service now " + e.service; }
};

struct GateWords {
  std::string operator()(const GateEvaluated& e) const {
    return with(e.gate + " " + say(e.result), e.detail);
  }
  std::string operator()(const GateOverridden& e) const {
    return with(e.gate + " overridden", e.reason);
  }
  std::string operator()(const HoldPlaced& e) const { return with("Hold " + e.hold, e.reason); }
  std::string operator()(const HoldReleased& e) const {
    return with("Hold " + e.hold + " released", e.reason);
  }
  std::string operator()(const PromiseMade& e) const {
    return with(say(e.promise) + " " + to_text(e.due_at), e.source);
  }
  std::string operator()(const TimerSet& e) const {
    return with("Timer " + say(e.timer) + " for " + to_text(e.due_at), e.about);
  }
  std::string operator()(const TimerDropped& e) const {
    return with("Timer " + say(e.timer) + " dropped", e.about);
  }
  std::string operator()(const TimerFired& e) const {
    return with("Timer " + say(e.timer) + " came", e.about);
  }
  std::string operator()(const ProcedureChosen& e) const {
    return with("Procedure " + e.procedure, join(e.risks, ", "));
  }
};

struct SourcingWords {
  std::string operator()(const RoutingDecided& e) const {
    std::vector<std::string> parts;
    for (const auto& part : e.allocations) {
      parts.push_back(number(part.quantity) + " of line " + number(part.line) + " to " +
                      part.supplier);
    }
    return "Routed: " + join(parts, ", ");
  }
  std::string operator()(const RoutingFailed& e) const { return with("No route", e.reason); }
  std::string operator()(const AllocationWithdrawn& e) const {
    return with(e.po + ": " + pieces(e.lines) + " taken back", e.reason);
  }
};

struct PurchaseWords {
  std::string operator()(const PurchaseOrderDrafted& e) const {
    return e.po + " for " + e.supplier + ", " + to_text(e.total);
  }
  std::string operator()(const PurchaseOrderReleased& e) const { return e.po + " released"; }
  std::string operator()(const PurchaseOrderReplied& e) const {
    return with(e.po + " " + say(e.reply), e.detail);
  }
  std::string operator()(const PurchaseOrderAcknowledged& e) const {
    std::vector<std::string> parts;
    for (const auto& answer : e.answers) {
      parts.push_back("line " + number(answer.line) + " " + say(answer.kind));
    }
    return e.po + ": " + join(parts, "; ");
  }
  std::string operator()(const SupplyChangeDecided& e) const {
    return with(e.po + " line " + number(e.line) + (e.approved ? " approved" : " refused"),
                e.reason);
  }
  std::string operator()(const SupplyCancelRequested& e) const {
    return with(e.po + ": asked to stop " + pieces(e.lines), e.reason);
  }
  std::string operator()(const SupplyCancelAnswered& e) const {
    return with(e.po + ": cancellation " + say(e.reply), e.detail);
  }
  std::string operator()(const SupplyCancelLapsed& e) const {
    return e.po + ": cancellation went unanswered";
  }
  std::string operator()(const DoubleBuyApproved& e) const {
    return with("Bought twice for " + to_text(e.cost) + " (" + e.po + ")", e.reason);
  }
  std::string operator()(const LadderStepTaken& e) const { return e.po + ": " + say(e.step); }
  std::string operator()(const SupplierPaymentRecorded& e) const {
    return e.po + ": payment " + say(e.state);
  }
  std::string operator()(const SupplierReminded& e) const {
    return with(e.po + ": written to again", e.reason);
  }
};

struct PhysicalWords {
  std::string operator()(const CheckRecorded& e) const {
    const auto said = e.po + ": " + say(e.check) + " " + say(e.verdict) + ", " + pieces(e.lines);
    const auto worst = std::ranges::find_if(e.items, [&](const CheckItem& item) {
      return item.verdict != CheckVerdict::Pass && item.verdict == e.verdict;
    });
    return worst == e.items.end() ? said : said + ": " + worst->name;
  }
  std::string operator()(const CheckAttested& e) const {
    return with(e.po + ": " + say(e.check) + " attested", e.statement);
  }
  std::string operator()(const LabelMatched& e) const {
    return "Parcel " + number(e.parcel) + (e.matches ? ": label fits" : ": label does not fit");
  }
};

struct TransitWords {
  std::string operator()(const ParcelAnnounced& e) const {
    return "Parcel " + number(e.parcel) + " announced: " + e.carrier + " " + e.tracking;
  }
  std::string operator()(const TrackingNumberReplaced& e) const {
    return with("Parcel " + number(e.parcel) + " is now " + e.carrier + " " + e.tracking, e.reason);
  }
  std::string operator()(const TrackingNumberCorrected& e) const {
    return with("Parcel " + number(e.parcel) + " corrected to " + e.carrier + " " + e.tracking,
                e.reason);
  }
  std::string operator()(const TrackingRegistered& e) const {
    return "Parcel " + number(e.parcel) + " watched by " + e.provider;
  }
  std::string operator()(const TrackingRecorded& e) const {
    return "Parcel " + number(e.parcel) + ": " + say(e.status) + " (" + say(e.proof) + ")";
  }
  std::string operator()(const AnomalySeen& e) const {
    return with("Parcel " + number(e.parcel) + ": " + spoken(e.anomaly), e.detail);
  }
};

struct TellingWords {
  std::string operator()(const StoreTold& e) const {
    return "Parcel " + number(e.parcel) + ": the store is told of " + pieces(e.lines);
  }
  std::string operator()(const StoreRecorded& e) const {
    return "Parcel " + number(e.parcel) + ": the store recorded it";
  }
  std::string operator()(const StoreRefusedFulfillment& e) const {
    return with("Parcel " + number(e.parcel) + ": the store refused", e.detail);
  }
  std::string operator()(const StoreHoldAsked& e) const {
    return with(e.place ? "Our hold at the store asked for" : "Our hold at the store to be lifted",
                e.reason);
  }
  std::string operator()(const StoreHoldChanged& e) const {
    return e.placed ? "Our hold at the store stands" : "Our hold at the store is lifted";
  }
  std::string operator()(const StoreTrackingTold& e) const {
    return "Parcel " + number(e.parcel) + ": the store is told " + say(e.status);
  }
  std::string operator()(const BuyerTold& e) const {
    return with(say(e.moment) + ", by " + say(e.speaker), e.detail);
  }
  std::string operator()(const MessageSettled& e) const {
    return with(say(e.moment) + " message " + say(e.state), e.detail);
  }
  std::string operator()(const BuyerAsked& e) const {
    return "The buyer is asked: " + spoken(e.question);
  }
  std::string operator()(const BuyerAnswered& e) const {
    if (e.answer == core::question_lapsed) return spoken(e.question) + ": no longer asked";
    return spoken(e.question) + ": " + e.answer + (e.by_default ? " (by default)" : "");
  }
};

struct ExceptionWords {
  std::string operator()(const ExceptionOpened& e) const {
    return with(say(e.reason) + ", " + e.owner, e.detail);
  }
  std::string operator()(const ExceptionAssigned& e) const { return "Owner now " + e.owner; }
  std::string operator()(const ExceptionSnoozed& e) const {
    return with("Review moved to " + to_text(e.review_by), e.reason);
  }
  std::string operator()(const ExceptionEscalated& e) const {
    return "Review passed; now " + e.owner + ", by " + to_text(e.review_by);
  }
  std::string operator()(const ExceptionResolved& e) const { return with(spoken(e.verb), e.note); }
  std::string operator()(const EffectUnsettled& e) const {
    return with(spoken(e.effect) + " " + say(e.state), e.detail);
  }
  std::string operator()(const AutomationNoted& e) const {
    return with(e.rule + " (" + say(e.mode) + ")", e.detail);
  }
  std::string operator()(const AutomationModeSet& e) const {
    return with(e.subject + " set to " + say(e.mode) + " by " + e.actor, e.note);
  }
  std::string operator()(const ExceptionJoined& e) const {
    return e.incident.empty() ? "Decided by itself again"
                              : "Decided together with others: " + e.incident;
  }
  std::string operator()(const IncidentChanged& e) const {
    return e.store_number + (e.joined ? " joined" : " left") + " the incident " + e.cause;
  }
  std::string operator()(const PersonalDataErased& e) const {
    return with("Personal data erased", e.reason);
  }
  std::string operator()(const NoteAdded& e) const { return e.text; }
};

struct StepWords {
  std::string operator()(const IntakeEvent& e) const { return std::visit(IntakeWords{}, e); }
  std::string operator()(const GatesEvent& e) const { return std::visit(GateWords{}, e); }
  std::string operator()(const SourcingEvent& e) const { return std::visit(SourcingWords{}, e); }
  std::string operator()(const PurchaseEvent& e) const { return std::visit(PurchaseWords{}, e); }
  std::string operator()(const PhysicalEvent& e) const { return std::visit(PhysicalWords{}, e); }
  std::string operator()(const TransitEvent& e) const { return std::visit(TransitWords{}, e); }
  std::string operator()(const TellingEvent& e) const { return std::visit(TellingWords{}, e); }
  std::string operator()(const ExceptionsEvent& e) const { return std::visit(ExceptionWords{}, e); }
};

struct StepNames {
  std::string_view operator()(const IntakeEvent&) const { return "intake"; }
  std::string_view operator()(const GatesEvent&) const { return "gates"; }
  std::string_view operator()(const SourcingEvent&) const { return "sourcing"; }
  std::string_view operator()(const PurchaseEvent&) const { return "purchase"; }
  std::string_view operator()(const PhysicalEvent&) const { return "physical"; }
  std::string_view operator()(const TransitEvent&) const { return "transit"; }
  std::string_view operator()(const TellingEvent&) const { return "telling"; }
  std::string_view operator()(const ExceptionsEvent&) const { return "exceptions"; }
};

}  // namespace

std::string summary_of(const Event& event) { return std::visit(StepWords{}, event.step()); }

std::string_view step_of(const Event& event) { return std::visit(StepNames{}, event.step()); }

std::string spoken(std::string_view name) {
  std::string text(name);
  for (auto& c : text) {
    if (c == '_') c = ' ';
  }
  return text;
}

Json moment_json(Instant at) { return at ? Json(to_text(at)) : Json(); }

Json amount_json(Money amount) { return amount.currency.known() ? Json(to_text(amount)) : Json(); }

Json amount_json(UnitPrice amount) {
  return amount.currency.known() ? Json(to_text(amount)) : Json();
}

Json findings_json(const CheckRecorded& check) {
  Json list{Json::Array{}};
  for (const auto& item : check.items) {
    Json json;
    json.set("name", item.name);
    json.set("verdict", name_of(item.verdict));
    json.set("note", item.note);
    json.set("photo", item.photo);
    list.push(std::move(json));
  }
  return list;
}

Json evidence_json(const Recorded& recorded) {
  Json json;
  json.set("event", recorded.row.version);
  json.set("name", name_of(recorded.event));
  json.set("at", to_text(recorded.row.at));
  json.set("actor", recorded.row.actor);
  json.set("summary", summary_of(recorded.event));
  if (const auto* check = recorded.event.as<CheckRecorded>()) {
    json.set("items", findings_json(*check));
  }
  return json;
}

Json timeline_json(const Recorded& recorded) {
  auto json = evidence_json(recorded);
  json.set("step", step_of(recorded.event));
  auto body = parse_json(recorded.row.bytes);
  Json fields = body ? std::move(*body) : Json(Json::Object{});
  fields.erase("event");
  fields.erase("v");
  json.set("body", std::move(fields));
  json.set("hash", hex(recorded.row.hash));
  return json;
}

Json texts_json(const std::vector<std::string>& texts) {
  Json json{Json::Array{}};
  for (const auto& text : texts) json.push(text);
  return json;
}

}  // namespace holdfast::engine
