#include "engine/views/case_view.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "core/summary.h"
#include "engine/views/case_supplier.h"
#include "engine/views/way_out.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_evidence = 10;
constexpr std::size_t most_members = 50;

/// The number of the exception an event is about, or 0.
std::int64_t case_of(const Event& event) {
  if (const auto* e = event.as<ExceptionOpened>()) return e->number;
  if (const auto* e = event.as<ExceptionAssigned>()) return e->number;
  if (const auto* e = event.as<ExceptionSnoozed>()) return e->number;
  if (const auto* e = event.as<ExceptionEscalated>()) return e->number;
  if (const auto* e = event.as<ExceptionResolved>()) return e->number;
  return 0;
}

/// What of an order an exception is about.
struct Subject {
  std::string po;
  std::int64_t line = 0;
  std::int64_t parcel = 0;
  std::string gate;
};

Subject subject_of(const core::OrderState& state, const std::string& about) {
  Subject subject;
  for (const auto& po : state.pos) {
    if (about == po.po || about.starts_with(po.po + " ")) subject.po = po.po;
  }
  const auto after = [&](std::string_view word) -> std::int64_t {
    const auto at = about.find(word);
    return at == std::string::npos ? 0 : std::atoll(about.c_str() + at + word.size());
  };
  subject.line = after("line ");
  subject.parcel = after("parcel ");
  if (state.gates.contains(about)) subject.gate = about;
  return subject;
}

Json options_json(const core::OrderState& state, const core::ExceptionState& known,
                  const std::optional<Elsewhere>& elsewhere = {}) {
  Json list{Json::Array{}};
  for (const auto& option : known.options) {
    list.push(way_out_json(state, known, option, elsewhere));
  }
  return list;
}

/// Who would supply a case's pieces next, read only for a case that offers to move them.
std::optional<Elsewhere> elsewhere_for(ports::Store& store, const History& history,
                                       const core::ExceptionState& known) {
  const bool offers = std::ranges::any_of(known.options, [&](const Option& option) {
    return goes_elsewhere(known.reason, option.verb);
  });
  if (!offers) return std::nullopt;
  const auto pieces = moved_pieces(history.state, known.about);
  const auto routed = last_routed(history, pieces);
  if (!routed) return std::nullopt;
  const auto compared = read_compared(store, history.stream.tenant, routed->decided->facts);
  return compared ? elsewhere_of(history.state, pieces, *routed, *compared) : std::nullopt;
}

/// The options of a queue row: what an option costs its order is known on the case's own page.
Json options_json(const ports::ExceptionRow& row, const Json& stored) {
  Json list{Json::Array{}};
  for (const auto& option : stored.items()) {
    auto json = option;
    const auto& verb = option["verb"].string();
    const auto cost = parse_money(option["cost"].string());
    json.set("cost", cost ? amount_json(*cost) : Json());
    json.set("promise", promise_after(row.reason, verb));
    json.set("leaves", leaves_with(row.reason, row.about, verb));
    list.push(std::move(json));
  }
  return list;
}

struct Concerns {
  const Subject& subject;
  bool operator()(const PurchaseOrderDrafted& e) const { return e.po == subject.po; }
  bool operator()(const PurchaseOrderReleased& e) const { return e.po == subject.po; }
  bool operator()(const PurchaseOrderReplied& e) const { return e.po == subject.po; }
  bool operator()(const PurchaseOrderAcknowledged& e) const { return e.po == subject.po; }
  bool operator()(const SupplyCancelRequested& e) const { return e.po == subject.po; }
  bool operator()(const SupplyCancelAnswered& e) const { return e.po == subject.po; }
  bool operator()(const SupplyCancelLapsed& e) const { return e.po == subject.po; }
  bool operator()(const LadderStepTaken& e) const { return e.po == subject.po; }
  bool operator()(const CheckRecorded& e) const { return e.po == subject.po; }
  bool operator()(const CheckAttested& e) const { return e.po == subject.po; }
  bool operator()(const ParcelAnnounced& e) const { return e.parcel == subject.parcel; }
  bool operator()(const TrackingNumberCorrected& e) const { return e.parcel == subject.parcel; }
  bool operator()(const SupplierReminded& e) const { return e.po == subject.po; }
  bool operator()(const LabelMatched& e) const { return e.parcel == subject.parcel; }
  bool operator()(const TrackingRecorded& e) const { return e.parcel == subject.parcel; }
  bool operator()(const AnomalySeen& e) const { return e.parcel == subject.parcel; }
  bool operator()(const StoreRefusedFulfillment& e) const { return e.parcel == subject.parcel; }
  bool operator()(const GateEvaluated& e) const { return e.gate == subject.gate; }
};

template <class... Kinds>
bool any_concerns(const Event& event, const Concerns& concerns) {
  bool found = false;
  const auto ask = [&](const auto* kind) { found = found || (kind && concerns(*kind)); };
  (ask(event.as<Kinds>()), ...);
  return found;
}

bool concerns_it(const Event& event, const Subject& subject) {
  return any_concerns<
      PurchaseOrderDrafted, PurchaseOrderReleased, PurchaseOrderReplied, PurchaseOrderAcknowledged,
      SupplyCancelRequested, SupplyCancelAnswered, SupplyCancelLapsed, LadderStepTaken,
      CheckRecorded, CheckAttested, ParcelAnnounced, LabelMatched, TrackingRecorded, AnomalySeen,
      StoreRefusedFulfillment, GateEvaluated, TrackingNumberCorrected, SupplierReminded>(
      event, Concerns{subject});
}

/// The events that led to a case: what its gate was decided on, and what its subject went through.
Json evidence_of(const History& history, const Subject& subject, std::int64_t opened) {
  std::set<std::int64_t> versions;
  if (const auto gate = history.state.gates.find(subject.gate); gate != history.state.gates.end()) {
    for (const auto version : gate->second.evidence) versions.insert(version);
  }
  for (const auto& recorded : history.events) {
    const auto version = recorded.row.version;
    if (version < opened && concerns_it(recorded.event, subject)) versions.insert(version);
  }
  while (versions.size() > most_evidence) versions.erase(versions.begin());
  Json list{Json::Array{}};
  for (const auto version : versions) {
    if (const auto* recorded = history.at(version)) list.push(evidence_json(*recorded));
  }
  return list;
}

Json side_json(const core::LineState* line, const std::string& supplier_sku,
               const std::string& supplier, std::int64_t quantity, UnitPrice cost, Instant ready_at,
               const std::string& note) {
  Json json;
  json.set("title", line ? line->line.title : "");
  json.set("variant", line ? line->line.variant : "");
  json.set("sku", line ? line->line.sku : "");
  json.set("supplier_sku", supplier_sku);
  json.set("supplier", supplier);
  json.set("quantity", quantity);
  json.set("price", line ? amount_json(line->line.price) : Json());
  json.set("cost", amount_json(cost));
  json.set("ready_at", moment_json(ready_at));
  json.set("note", note);
  json.set("photos", Json{Json::Array{}});
  return json;
}

Json margin_json(const core::LineState* line, UnitPrice cost, std::int64_t quantity) {
  if (!line || !cost.currency.known()) return {};
  const auto income = price_of(line->line.price, quantity);
  const auto expense = price_of(cost, quantity);
  if (!income || !expense) return {};
  const auto margin = subtract(*income, *expense);
  return margin ? amount_json(*margin) : Json();
}

/// Listing promise and offer side by side; null when the case is about no purchase order.
Json comparison_json(const History& history, const core::ExceptionState& known) {
  const bool compares = known.reason == ReasonCode::Substitution ||
                        known.reason == ReasonCode::PriceChange ||
                        known.reason == ReasonCode::Approval;
  const auto subject = subject_of(history.state, known.about);
  const auto* po = history.state.po(subject.po);
  if (!compares || !po || po->lines.empty()) return {};
  const auto* part = subject.line != 0 ? po->line(subject.line) : &po->lines.front();
  if (!part) return {};
  const auto& asked = part->asked;
  const auto* line = history.state.line(asked.line);
  const auto answer =
      part->answer.value_or(LineAnswer{asked.line, AckKind::Accepted, asked.quantity,
                                       asked.supplier_sku, asked.cost, Instant{}, ""});
  const auto cost = answer.cost.currency.known() ? answer.cost : asked.cost;
  Json json;
  json.set("po", po->po);
  json.set("line", subject.line);
  json.set("promised",
           side_json(line, asked.supplier_sku, po->supplier, asked.quantity, asked.cost, {}, ""));
  auto offered =
      side_json(line, answer.supplier_sku.empty() ? asked.supplier_sku : answer.supplier_sku,
                po->supplier, answer.quantity, cost, answer.ready_at, answer.note);
  if (answer.kind == AckKind::ItemChanged) {
    // The listing's words are about the item that was promised, not about this one.
    offered.set("title", "");
    offered.set("variant", "");
  }
  json.set("offered", std::move(offered));
  json.set("equivalent", Json());
  json.set("margin_before", margin_json(line, asked.cost, asked.quantity));
  json.set("margin_after", margin_json(line, cost, answer.quantity));
  return json;
}

Json order_id(const ports::StreamKey& stream) {
  return stream.kind == ports::StreamKind::Order ? Json(stream_text(stream)) : Json();
}

/// The cases that are decided with an incident, the first of them; none for another case.
Json members_json(const History& history, const core::ExceptionState& known) {
  Json list{Json::Array{}};
  if (!known.about.starts_with("incident ")) return list;
  for (const auto& member : history.state.members) {
    if (list.items().size() == most_members) break;
    const auto stream =
        stream_text({history.stream.tenant, ports::StreamKind::Order, member.order});
    Json json;
    json.set("stream", stream);
    json.set("number", member.number);
    json.set("order", stream);
    json.set("store_number", member.store_number);
    list.push(std::move(json));
  }
  return list;
}

}  // namespace

Json case_json(const History& history, const core::ExceptionState& known) {
  Instant resolved_at;
  for (const auto& recorded : history.events) {
    const auto* resolved = recorded.event.as<ExceptionResolved>();
    if (resolved && resolved->number == known.number) resolved_at = recorded.row.at;
  }
  Json json;
  json.set("stream", stream_text(history.stream));
  json.set("number", known.number);
  json.set("order", order_id(history.stream));
  json.set("store_number", history.state.store_number);
  json.set("channel", history.state.channel);
  json.set("supplier", supplier_of(history.state, known));
  json.set("reason", name_of(known.reason));
  json.set("about", known.about);
  json.set("detail", known.detail);
  json.set("owner", known.owner);
  json.set("backup", known.backup);
  json.set("next_action", known.next_action);
  json.set("opened_at", to_text(known.opened_at));
  json.set("review_by", to_text(known.review_by));
  json.set("resolved_at", moment_json(resolved_at));
  json.set("resolution", known.resolution);
  json.set("money_at_risk", amount_json(known.money_at_risk));
  json.set("promise_at", moment_json(known.promise_at));
  json.set("snoozed", known.snoozed);
  json.set("options", options_json(history.state, known));
  return json;
}

Json case_json(const ports::ExceptionRow& row) {
  const auto parsed = parse_json(row.body);
  const Json body = parsed ? *parsed : Json();
  const auto money = parse_money(body["money_at_risk"].string());
  Json json;
  json.set("stream", stream_text(row.stream));
  json.set("number", row.number);
  json.set("order", order_id(row.stream));
  json.set("store_number", row.store_number);
  json.set("channel", row.channel);
  json.set("supplier", row.supplier);
  json.set("reason", name_of(row.reason));
  json.set("about", row.about);
  json.set("detail", row.detail);
  json.set("owner", row.owner);
  json.set("backup", row.backup);
  json.set("next_action", row.next_action);
  json.set("opened_at", to_text(row.opened_at));
  json.set("review_by", to_text(row.review_by));
  json.set("resolved_at", moment_json(row.resolved_at));
  json.set("resolution", row.resolution);
  json.set("money_at_risk", money ? amount_json(*money) : Json());
  json.set("promise_at", body["promise_at"]);
  json.set("snoozed", body["snoozed"].boolean());
  json.set("options", options_json(row, body["options"]));
  return json;
}

Result<Json> case_detail_json(ports::Store& store, const History& history, std::int64_t number) {
  const auto* known = history.state.exception(number);
  if (!known) return fail(ErrorCode::NotFound, "there is no such exception");
  std::int64_t opened = history.state.version;
  Json past{Json::Array{}};
  for (const auto& recorded : history.events) {
    if (case_of(recorded.event) != number) continue;
    if (recorded.event.as<ExceptionOpened>()) opened = recorded.row.version;
    past.push(evidence_json(recorded));
  }
  Json json;
  auto shown = case_json(history, *known);
  shown.set("options", options_json(history.state, *known, elsewhere_for(store, history, *known)));
  json.set("exception", std::move(shown));
  json.set("comparison", comparison_json(history, *known));
  json.set("evidence", evidence_of(history, subject_of(history.state, known->about), opened));
  json.set("history", std::move(past));
  auto members = members_json(history, *known);
  const bool incident = !members.items().empty();
  json.set("members", std::move(members));
  json.set("member_count",
           incident ? static_cast<std::int64_t>(history.state.members.size()) : std::int64_t{0});
  return json;
}

std::vector<Json> case_changes_json(const History& history, std::int64_t first_version) {
  std::map<std::int64_t, std::pair<std::string, std::string>> changed;  // number → actor, verb
  for (const auto& recorded : history.events) {
    if (recorded.row.version < first_version) continue;
    const auto number = case_of(recorded.event);
    if (number == 0) continue;
    const auto* resolved = recorded.event.as<ExceptionResolved>();
    changed[number] = {recorded.row.actor, resolved ? resolved->verb : ""};
  }
  std::vector<Json> list;
  for (const auto& [number, how] : changed) {
    const auto* known = history.state.exception(number);
    if (!known) continue;
    Json json;
    json.set("stream", stream_text(history.stream));
    json.set("number", number);
    json.set("open", known->open);
    json.set("owner", known->owner);
    json.set("reason", name_of(known->reason));
    json.set("review_by", to_text(known->review_by));
    json.set("actor", how.first);
    json.set("verb", how.second);
    list.push_back(std::move(json));
  }
  return list;
}

Json order_change_json(const History& history) {
  const auto& state = history.state;
  Json json;
  json.set("order", stream_text(history.stream));
  json.set("version", state.version);
  json.set("stage", core::name_of(core::stage_of(state)));
  json.set("held", core::is_held(state));
  json.set("open_exceptions", std::ranges::count_if(state.exceptions, &core::ExceptionState::open));
  return json;
}

}  // namespace holdfast::engine
