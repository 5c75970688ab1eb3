#include "engine/views/page_view.h"

#include <algorithm>
#include <tuple>

#include "core/run.h"
#include "core/sla/timers.h"
#include "core/summary.h"
#include "core/tracking/proof.h"
#include "engine/instructions.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_scans = 20;

BuyerParcel parcel_of(const History& history, const core::ParcelState& parcel) {
  BuyerParcel shown;
  shown.parcel = parcel.parcel;
  shown.carrier = parcel.carrier;
  shown.tracking = parcel.tracking;
  for (const auto& part : parcel.lines) {
    const auto* line = history.state.line(part.line);
    if (line) shown.items.emplace_back(line->line.title, part.quantity);
  }
  shown.status = core::status_of(parcel);
  shown.accepted = core::acceptance(parcel) != nullptr;
  shown.moved = bool(core::last_movement(parcel));
  shown.delivered = shown.status == TrackingStatus::Delivered;
  shown.trouble = !parcel.anomalies.empty() && !shown.delivered;
  auto events = parcel.events;
  std::ranges::sort(events, [](const core::TrackedEvent& a, const core::TrackedEvent& b) {
    return std::tie(a.at, a.event) > std::tie(b.at, b.event);
  });
  for (const auto& event : events) {
    if (shown.scans.size() == most_scans) break;
    const auto* recorded = history.at(event.event);
    const auto* told = recorded ? recorded->event.as<TrackingRecorded>() : nullptr;
    shown.scans.push_back({event.status, event.at, told ? told->place : "", event.country});
  }
  return shown;
}

bool is_late(const core::OrderState& state, const BuyerPage& page, Instant now) {
  const auto moving = [](const BuyerParcel& parcel) { return parcel.accepted; };
  const auto arrived = [](const BuyerParcel& parcel) { return parcel.delivered; };
  const bool all_moving = page.waiting == 0 && std::ranges::all_of(page.parcels, moving);
  const bool all_arrived = page.waiting == 0 && std::ranges::all_of(page.parcels, arrived);
  if (state.finished()) return false;
  if (page.ship_by && page.ship_by < now && !all_moving) return true;
  return page.deliver_by && page.deliver_by < now && !all_arrived;
}

}  // namespace

BuyerPage buyer_page(const Setup& setup, const History& history, Instant now) {
  const auto& state = history.state;
  BuyerPage page;
  page.store_number = state.store_number;
  page.locale = state.locale.empty() ? setup.buyer_locale : state.locale;
  page.placed_at = state.placed_at;
  if (const auto* promise = state.promise(PromiseKind::ShipBy)) page.ship_by = promise->due_at;
  if (const auto* promise = state.promise(PromiseKind::DeliverBy)) {
    page.deliver_by = promise->due_at;
  }
  page.cancelled = core::stage_of(state) == core::Stage::Cancelled;
  for (const auto& line : state.lines) {
    page.waiting += std::max<std::int64_t>(0, line.wanted() - state.in_parcels(line.line.line));
    page.reduced += line.line.ships ? line.reduced : 0;
  }
  for (const auto& parcel : state.parcels) page.parcels.push_back(parcel_of(history, parcel));
  for (const auto& question : state.questions) {
    if (!question.answer.empty()) continue;
    page.question = question.question;
    page.question_due = question.due_at;
  }
  for (const auto& recorded : history.events) {
    const auto* answered = recorded.event.as<BuyerAnswered>();
    if (!answered || answered->answer == core::question_lapsed) continue;
    page.answer = answered->answer;
    page.answered_by_default = answered->by_default;
  }
  page.promise_rule = core::channel_policy(setup.policy, state.channel).promise_rule;
  page.late = is_late(state, page, now);
  return page;
}

Result<SupplierPage> supplier_page_of(const Setup& setup, const History& history,
                                      const std::string& po) {
  const auto& state = history.state;
  const auto* known = state.po(po);
  if (!known) return fail(ErrorCode::NotFound, "there is no such purchase order");
  SupplierPage page;
  page.po = known->po;
  page.supplier = known->supplier;
  const auto locale = setup.supplier_locales.find(known->supplier);
  page.locale = locale == setup.supplier_locales.end() ? "en" : locale->second;
  if (const auto* promise = state.promise(PromiseKind::ShipBy)) page.ship_by = promise->due_at;
  page.total = known->total;
  page.supplier_ref = known->supplier_ref;
  page.instructions = join(instructions_of(setup.policy, state.channel, state.instructions), " · ");
  page.hub = known->ship_model == ShipModel::Hub;
  page.confirmed = known->confirmed();
  page.over = known->closed || known->live() == 0;
  for (const auto& part : known->lines) {
    const auto* line = state.line(part.asked.line);
    if (!line || part.live() == 0) continue;
    page.cancelling = page.cancelling || part.cancelling > 0;
    page.lines.push_back({part.asked.line, line->line.sku, part.asked.supplier_sku,
                          line->line.title, line->line.variant, part.live(), part.asked.cost,
                          line->line.instructions, part.cancelling, part.answer});
  }
  for (const auto& parcel : state.parcels) {
    if (parcel.po == po) page.parcels.emplace_back(parcel.carrier, parcel.tracking);
  }
  return page;
}

}  // namespace holdfast::engine
