#include "engine/view_rows.h"

#include <algorithm>

#include "core/summary.h"
#include "engine/views/case_supplier.h"
#include "model/codec.h"

namespace holdfast::engine {

ports::OrderRow order_row(const core::OrderState& state, const StreamHead& head) {
  ports::OrderRow row;
  row.stream = head.stream;
  row.head_seq = head.seq;
  row.version = state.version;
  row.head_hash = head.hash;
  row.channel = state.channel;
  row.store_number = state.store_number;
  row.placed_at = state.placed_at;
  // A case that is decided with an incident stands in the queue once, as the incident.
  row.open_exceptions = std::ranges::count_if(
      state.exceptions,
      [](const core::ExceptionState& known) { return known.open && known.incident.empty(); });
  if (head.stream.kind == ports::StreamKind::Order) {
    row.stage = core::name_of(core::stage_of(state));
    row.summary = core::summary_json(state);
    row.due_at = core::next_due(state);
    row.live = !core::is_over(state);
  } else {
    row.stage = "case";
    row.live = row.open_exceptions > 0;
  }
  return row;
}

namespace {

Json decision_json(const ExceptionResolved& decision) {
  Json json;
  json.set("verb", decision.verb);
  json.set("actor", decision.actor);
  json.set("root_cause", name_of(decision.root_cause));
  json.set("rule_change", decision.rule_change);
  return json;
}

}  // namespace

ports::ExceptionRow exception_row(const core::OrderState& state, const ports::StreamKey& stream,
                                  const core::ExceptionState& known, const Closing& closing) {
  ports::ExceptionRow row;
  row.stream = stream;
  row.number = known.number;
  row.reason = known.reason;
  row.owner = known.owner;
  row.backup = known.backup;
  row.detail = known.detail;
  row.about = known.about;
  row.next_action = known.next_action;
  row.store_number = state.store_number;
  row.channel = state.channel;
  row.supplier = supplier_of(state, known);
  row.opened_at = known.opened_at;
  row.review_by = known.review_by;
  Json body, options{Json::Array{}};
  for (const auto& option : known.options) {
    auto parsed = parse_json(codec::encode(option));
    if (parsed) options.push(std::move(*parsed));
  }
  body.set("options", std::move(options));
  body.set("money_at_risk", to_text(known.money_at_risk));
  body.set("promise_at", known.promise_at ? Json(to_text(known.promise_at)) : Json());
  if (known.snoozed) body.set("snoozed", true);
  if (!known.open && closing.decision) body.set("decided", decision_json(*closing.decision));
  row.body = to_text(body);
  if (!known.open) {
    row.resolved_at = closing.at;
    row.resolution = known.resolution;
  } else if (!known.incident.empty()) {
    row.resolved_at = closing.at;
    row.resolution = "decided together: " + known.incident;
  }
  return row;
}

std::vector<std::pair<std::string, std::string>> references_in(const Event& event) {
  if (const auto* imported = event.as<OrderImported>()) {
    return {{"order:" + imported->channel, imported->channel_order},
            {"store_number", imported->store_number}};
  }
  if (const auto* drafted = event.as<PurchaseOrderDrafted>()) return {{"po", drafted->po}};
  if (const auto* parcel = event.as<ParcelAnnounced>()) return {{"tracking", parcel->tracking}};
  if (const auto* swapped = event.as<TrackingNumberReplaced>()) {
    return {{"tracking", swapped->tracking}};
  }
  if (const auto* corrected = event.as<TrackingNumberCorrected>()) {
    return {{"tracking", corrected->tracking}};
  }
  return {};
}

}  // namespace holdfast::engine
