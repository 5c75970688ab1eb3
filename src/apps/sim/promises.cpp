#include "apps/sim/promises.h"

#include <algorithm>
#include <array>

#include "core/automation.h"
#include "core/summary.h"
#include "engine/chain.h"
#include "peers/catalogue.h"

namespace holdfast::sim {
namespace {

constexpr Duration between_looks = hours(6);
// The disk may be full for forty minutes, and the program down for ten.
constexpr Duration longest_off = hours(2);
// Reminders count working hours: a weekend may lie in between, and a clock may be a day wrong.
constexpr Duration longest_silence = days(4);
// How the row of a case reads that is decided with others, before the incident's cause.
constexpr std::string_view with_others = "decided together: incident ";

bool is_unsettled(EffectState state) {
  return state == EffectState::Unsent || state == EffectState::Sending ||
         state == EffectState::Unknown;
}

/// When a supplier was first asked to stop a purchase order; `never` when it was not.
Instant stopped_at(const KeptOrder& kept, const std::string& po, Instant never) {
  for (const auto& [row, event] : kept.events) {
    const auto* asked = event.as<SupplyCancelRequested>();
    if (asked && asked->po == po) return row.at;
  }
  return never;
}

/// A purchase that certainly did not reach its supplier is taken elsewhere without anybody.
bool is_refused_purchase(const core::OrderState& state, const ports::OutboxRow& row) {
  const auto placed = purchase_in(row);
  const auto* po = placed ? state.po(placed->po) : nullptr;
  return po && po->reply == PoReply::Refused;
}

}  // namespace

Promises::Promises(Machine& machine)
    : machine_(machine), record_(machine.record()), world_(machine.world()) {
  machine_.on_purchase = [this](const peers::SupplyOrder& order) { purchased(order); };
  machine_.at_rest = [this] { resting(); };
}

void Promises::differ(const char* invariant, const std::string& order, const std::string& what) {
  record_.violated(invariant, order, what);
}

bool Promises::read() {
  auto kept = read_kept(machine_.disk(), machine_.tenant(), machine_.disk().case_streams());
  if (!kept) {
    differ("I13", "", "the store cannot be read: " + describe(kept.error()));
    return false;
  }
  kept_ = std::move(*kept);
  return true;
}

// ---- at every moment --------------------------------------------------------------------------

/// I2 and I20 at the moment a purchase order reaches a supplier.
void Promises::purchased(const peers::SupplyOrder& order) {
  const auto* truth = world_.shop().named(order.order);
  if (!truth) {
    differ("I2", order.order, "a purchase order for an order the shop does not have: " + order.po);
    return;
  }
  i2_pieces(order.order, false);
  i6_asked_again(order);
  i8_bought(order);
  const auto sums = peers::totals(*truth);
  const auto doubt = [&](const char* gate, const char* why) {
    doubtful_.push_back({order.order, gate, order.po + ": " + why});
  };
  if (sums.received < sums.current) doubt("payment", "bought and not paid");
  const bool since = machine_.was_reassessed(order.order);  // it was bought before the shop knew
  if (truth->recommendation != "ACCEPT" && !since)
    doubt("fraud", "bought and not cleared of fraud");
  if (truth->ship_to.line1.empty()) doubt("address", "bought for an incomplete address");
  if (truth->ship_to.country == peers::excluded_country) {
    doubt("destination", "bought for a country where nobody delivers");
  }
}

void Promises::resting() {
  const auto now = machine_.now();
  if (rested_at_ && now < rested_at_ + between_looks) return;
  rested_at_ = now;
  ports::OrderQuery query;
  query.tenant = machine_.tenant();
  query.live = true;
  query.limit = 250;
  const auto rows = machine_.disk().orders(query);
  if (!rows) return;
  for (const auto& row : *rows) {
    if (row.stream.kind == ports::StreamKind::Order) i10_waits(row);
  }
  if (rows->empty()) return;
  // One order a look is read as a whole: all of them would cost more than the run.
  const auto& row = (*rows)[looks_++ % rows->size()];
  const auto kept = read_order(machine_.disk(), row.stream);
  if (kept) i10_stored(*kept);
}

/// Whether a case of the stream stands in the queue as an incident that is still open.
bool Promises::is_decided_with_others(const ports::StreamKey& stream) {
  const auto cases = machine_.disk().exceptions_of(stream);
  return cases && std::ranges::any_of(*cases, [this](const ports::ExceptionRow& row) {
           if (!row.resolution.starts_with(with_others)) return false;
           const auto subject =
               core::incident_subject(row.reason, row.resolution.substr(with_others.size()));
           const auto incident = machine_.disk().reference(row.stream.tenant, "case", subject);
           if (!incident || !*incident) return false;
           const auto open = machine_.disk().order(**incident);
           return open && *open && (*open)->open_exceptions > 0;
         });
}

/// Something wakes a live order, answers it, or a person has it.
void Promises::i10_waits(const ports::OrderRow& row) {
  const auto timers = machine_.disk().timers_of(row.stream);
  if (!timers) return;
  for (const auto& timer : *timers) {
    // A clock that is set back keeps everything waiting.
    if (!clock_was_right() || timer.due_at + longest_off > machine_.now()) continue;
    differ("I10", row.store_number,
           "a timer was due and did not fire: " + std::string(name_of(timer.kind)));
  }
  if (row.open_exceptions > 0 || !timers->empty()) return;
  const auto effects = machine_.disk().outbox_of(row.stream);
  if (!effects) return;
  const bool waits = std::ranges::any_of(
      *effects, [](const ports::OutboxRow& effect) { return is_unsettled(effect.state); });
  if (waits || is_decided_with_others(row.stream)) return;
  differ("I10", row.store_number,
         "it is " + row.stage + ", and no timer, answer or person is waited for");
}

void Promises::after_a_day() {
  if (!read()) return;
  for (const auto& truth : world_.shop().orders()) {
    const auto* kept = kept_.order(truth.name);
    if (!kept) {
      differ("I11", truth.name,
             "the shop has it since " + to_text(truth.created_at) + ", the store does not");
      continue;
    }
    i11_ended(truth, *kept, false);
  }
}

/// Parcels that carry this number, or carried it before another took its place.
std::vector<const peers::CarrierParcel*> Promises::parcels_shown_as(
    const std::string& number) const {
  std::vector<const peers::CarrierParcel*> shown;
  const auto [from, to] = parcels_by_number_.equal_range(number);
  for (auto at = from; at != to; ++at) shown.push_back(at->second);
  return shown;
}

void Promises::at_the_end() {
  if (!read()) return;
  for (const auto& parcel : world_.carriers().parcels()) {
    parcels_of_[parcel.order].push_back(&parcel);
    parcels_by_number_.emplace(parcel.number, &parcel);
    if (!parcel.replaces.empty()) parcels_by_number_.emplace(parcel.replaces, &parcel);
  }
  i1_acknowledged();
  i3_letters();
  i4_parcels();
  i9_once();
  i19_proven();
  i20_doubtful();
  i20_benches();
  i21_others();
  for (const auto& truth : world_.shop().orders()) {
    const auto* kept = kept_.order(truth.name);
    if (!kept) continue;  // said a day after it became calm
    i2_pieces(truth.name, true);
    i4_quantities(truth.name, *kept);
    i4_taken_out(truth, *kept);
    i4_answers(*kept);
    i5_money(truth.name, *kept);
    i6_commitments(truth.name, *kept);
    i7_newest(truth, *kept);
    i8_cancelled(truth.name, *kept);
    i8_stopped(truth, *kept);
    if (!core::is_over(kept->state)) i10_waits(kept->row);
    i10_timers(truth.name, *kept);
    i11_ended(truth, *kept, true);
    i14_effects(truth.name, *kept);
    i17_erased(truth, *kept);
    i19_told(truth, *kept);
    i20_gates(truth.name, *kept);
    i20_changes(*kept);
    i13_chain(*kept);
  }
  for (const auto& one : kept_.cases) i13_chain(one);
}

// ---- one each ---------------------------------------------------------------------------------

/// Every acknowledged message and decision is in the store.
void Promises::i1_acknowledged() {
  for (const auto& one : machine_.acknowledged()) {
    if (machine_.disk().has_message(one.account, one.body)) continue;
    differ("I1", "", "a message from " + one.account + " was acknowledged and is not stored");
  }
  for (const auto& [stream, decisions] : machine_.people().decided()) {
    const auto row = machine_.disk().order(stream);
    for (const auto& decided : decisions) {
      const bool there = row && *row && (*row)->version >= decided.version;
      if (!there) differ("I1", decided.order, "a decision was confirmed and is not stored");
    }
  }
  for (const auto& [stream, version] : machine_.people().told()) {
    const auto row = machine_.disk().order(stream);
    const bool there = row && *row && (*row)->version >= version;
    if (!there) differ("I1", "", "what was recorded was confirmed and is not stored");
  }
}

/// One number, one parcel; one mail for each parcel and moment.
void Promises::i9_once() {
  std::map<std::string, std::string> owner;
  for (const auto& [name, kept] : kept_.orders) {
    for (const auto& parcel : kept.state.parcels) {
      const auto [known, fresh] = owner.emplace(parcel.tracking, name);
      if (!fresh) differ("I9", name, parcel.tracking + " stands on two parcels");
    }
  }
  const auto books = world_.mailboxes().books();
  for (const auto& [address, mails] : books.members()) {
    if (!address.starts_with("buyer")) continue;
    std::map<std::string, std::int64_t> arrived;
    for (const auto& mail : mails.items()) {
      if (mail["by_store"].boolean() || ++arrived[mail["message_id"].string()] != 2) continue;
      differ("I9", peers::order_of_buyer(address),
             "the mail " + mail["moment"].string() + " came twice");
    }
  }
  for (const auto& order : world_.shop().orders()) {
    std::set<std::string> numbers;
    for (const auto& shipment : order.shipments) {
      if (!shipment.by_app || shipment.status != "SUCCESS") continue;
      for (const auto& tracking : shipment.tracking) {
        if (numbers.insert(tracking.number).second) continue;
        differ("I9", order.name, "fulfilled twice at the shop with " + tracking.number);
      }
    }
  }
}

/// What wakes an order is stored as its events say, and the queue shows the cases that are open.
void Promises::i10_stored(const KeptOrder& kept) {
  const auto& name = kept.row.store_number;
  std::set<std::tuple<TimerKind, std::string, std::int64_t>> said, stored;
  for (const auto& timer : kept.state.timers) {
    said.insert({timer.timer, timer.about, timer.due_at.ms});
  }
  for (const auto& timer : kept.timers) stored.insert({timer.kind, timer.about, timer.due_at.ms});
  if (said != stored) differ("I10", name, "the stored timers are not those its events set");
  std::set<std::int64_t> open, queued;
  for (const auto& one : kept.state.exceptions) {
    if (one.open && one.incident.empty()) open.insert(one.number);  // else the incident stands
  }
  const auto queue = machine_.disk().exceptions_of(kept.row.stream);
  if (!queue) return;
  for (const auto& row : *queue) {
    if (!row.resolved_at) queued.insert(row.number);
  }
  if (open != queued) differ("I10", name, "the queue shows other cases than are open");
}

/// Nobody waits for an answer without a reminder, and each open case has its owner and review.
void Promises::i10_timers(const std::string& name, const KeptOrder& kept) {
  i10_stored(kept);
  for (const auto& po : kept.state.pos) {
    const bool open = po.released_event != 0 && !po.answered() && !po.closed && !po.refused;
    if (!open || !po.steps.empty()) continue;
    if (po.released_at + longest_silence > stopped_at(kept, po.po, machine_.now())) continue;
    differ("I10", name, po.po + " was never answered, and nobody was reminded");
  }
  std::int64_t open = 0;
  for (const auto& one : kept.state.exceptions) {
    if (!one.open || !one.incident.empty()) continue;  // the incident stands for it
    ++open;
    if (one.owner.empty()) differ("I10", name, "a case nobody owns: " + one.about);
    const auto about = "case " + std::to_string(one.number);
    if (!kept.state.timer_set(TimerKind::ExceptionReview, about)) {
      differ("I10", name, "a case is never looked at again: " + one.about);
    }
  }
  if (open != kept.row.open_exceptions) differ("I10", name, "its row counts other open cases");
}

void Promises::i11_ended(const peers::ShopOrder& truth, const KeptOrder& kept, bool last) {
  if (last && machine_.scenario().by_itself && !core::is_over(kept.state)) {
    std::string cases;
    for (const auto& one : kept.state.exceptions) {
      if (one.open) cases += " " + std::string(name_of(one.reason)) + " " + one.about;
    }
    differ("I11", truth.name, "no person is needed, and it is " + kept.row.stage + ":" + cases);
  }
  if (core::is_over(kept.state) || kept.has_open_case()) return;
  // A person who closed its case without ending it has taken it on, even when the program ended
  // before it could say that it is done.
  const bool taken_on = std::ranges::any_of(kept.events, [](const KeptEvent& known) {
    const auto* closed = known.event.as<ExceptionResolved>();
    return closed && closed->actor == People::clerk;
  });
  if (taken_on) return;
  const auto due = core::next_due(kept.state);
  const bool within = !last && due > machine_.now() && !kept.timers.empty();
  if (within || (!last && truth.created_at + hours(24) > machine_.now())) return;
  differ("I11", truth.name,
         "it is " + kept.row.stage + ", due " + to_text(due) + ", and no person has it");
}

/// The chain of hashes, from the first event without a gap, and the row that says where it ends.
void Promises::i13_chain(const KeptOrder& kept) {
  Digest head{};
  std::int64_t version = 0, previous = 0;
  for (const auto& [row, event] : kept.events) {
    const auto salt = machine_.engine().vault().event_salt(row.stream, row.version);
    head = engine::chained(head, row, engine::content_of(salt, row));
    const bool sound = row.hash == head && row.version == ++version && row.previous == previous;
    previous = row.seq;
    if (sound) continue;
    differ("I13", kept.row.store_number, "the chain breaks at event " + std::to_string(row.seq));
    return;
  }
  if (kept.row.version != version || kept.row.head_hash != head || kept.row.head_seq != previous) {
    differ("I13", kept.row.store_number, "its row does not say where its events end");
  }
  const auto stage = std::string(core::name_of(core::stage_of(kept.state)));
  if (kept.row.stage != stage && kept.row.stream.kind == ports::StreamKind::Order) {
    differ("I13", kept.row.store_number, "its row says " + kept.row.stage + ", it is " + stage);
  }
}

/// A purchase order that is said to be placed stands in its supplier's book.
void Promises::i14_placed(const std::string& name, const ports::OutboxRow& row) {
  const auto placed = purchase_in(row);
  if (!placed || !peers::manner_of(placed->supplier)) return;
  if (world_.suppliers().find(placed->supplier, placed->po)) return;
  differ("I14", name, placed->po + " counts as placed and " + placed->supplier + " has it not");
}

void Promises::i14_effects(const std::string& name, const KeptOrder& kept) {
  for (const auto& row : kept.outbox) {
    if (is_unsettled(row.state) && row.not_before + hours(1) < machine_.now()) {
      differ("I14", name,
             "an effect is still " + std::string(holdfast::name_of(row.state)) + ": " + row.bytes);
    }
    if (row.state == EffectState::Done) i14_placed(name, row);
    if (row.state == EffectState::Dead && kept.state.exceptions.empty() &&
        !is_refused_purchase(kept.state, row)) {
      differ("I14", name, "an effect is dead and nobody was told: " + row.bytes);
    }
  }
  for (const auto& message : kept.state.messages) {
    if (message.speaker == Speaker::Holdfast && !message.settled) {
      differ("I14", name, "a mail was never settled: " + std::string(name_of(message.moment)));
    }
  }
}

void Promises::i17_erased(const peers::ShopOrder& truth, const KeptOrder& kept) {
  const auto& name = truth.name;
  if (!kept.state.erased) {
    if (machine_.is_told_to_erase(truth.id)) differ("I17", name, "its buyer was not erased");
    return;
  }
  const auto sealed = machine_.disk().sealed(kept.row.stream);
  if (!sealed || !sealed->empty()) {
    differ("I17", name, "it was erased and sealed rows are left");
  }
}

/// The store is told of a parcel only when its carrier had scanned it.
void Promises::i19_proven() {
  const auto moved_by = [&](const std::string& number, Instant at) {
    for (const auto* shown : parcels_shown_as(number)) {
      const auto& parcel = *shown;
      const auto* before =
          parcel.replaces.empty() ? nullptr : world_.carriers().find(parcel.replaces);
      if (before && before->scans.size() > 1 && before->scans[1].at <= at) return true;
      if (parcel.scans.size() > 1 && parcel.scans[1].at <= at) return true;
    }
    return false;
  };
  for (const auto& order : world_.shop().orders()) {
    for (const auto& shipment : order.shipments) {
      if (!shipment.by_app) continue;
      for (const auto& tracking : shipment.tracking) {
        if (moved_by(tracking.number, shipment.created_at)) continue;
        differ("I19", order.name,
               "the store was told of " + tracking.number + " before its carrier had it");
      }
    }
  }
}

/// The buyer hears of movement after it, and of delivery after it; what moved, the store knows.
void Promises::i19_told(const peers::ShopOrder& truth, const KeptOrder& kept) {
  Instant moved, delivered;
  for (const auto* sent : parcels_of_[truth.name]) {
    const auto& parcel = *sent;
    if (parcel.scans.size() > 1 && (!moved || parcel.scans[1].at < moved)) {
      moved = parcel.scans[1].at;
    }
    for (const auto& scan : parcel.scans) {
      const bool arrived = scan.code.starts_with("Delivered");
      if (arrived && (!delivered || scan.at < delivered)) delivered = scan.at;
    }
  }
  if (!moved && kept.row.stage == core::name_of(core::Stage::InTransit)) {
    differ("I19", truth.name, "it is in transit, and no carrier ever had a parcel of it");
  }
  for (const auto& mail : world_.mailboxes().of(truth.ship_to.email)) {
    const auto early = [&](Instant fact) { return !fact || mail.at < fact; };
    const bool wrong = (mail.moment == "carrier_pickup" && early(moved)) ||
                       (mail.moment == "delivered" && early(delivered));
    if (wrong)
      differ("I19", truth.name, "the buyer was told " + mail.moment + " and it was not so");
  }
  if (!delivered || kept.has_open_case() || kept.state.erased) return;
  const bool told = std::ranges::any_of(kept.state.messages, [](const core::MessageState& message) {
    return message.moment == Moment::Delivered;
  });
  if (!told && kept.state.exceptions.empty()) {
    differ("I11", truth.name, "it was delivered, and neither the buyer nor anybody else knows");
  }
}

/// Whether an order's procedure names a gate.
bool Promises::is_asked_for(const GatePolicy& gate, const std::string& procedure) const {
  return std::ranges::any_of(machine_.engine().setup().policy.procedures, [&](const auto& one) {
    return one.procedure == procedure && std::ranges::find(one.gates, gate.gate) != one.gates.end();
  });
}

/// At the moment of each purchase every gate before it was open, or a named person let it pass.
void Promises::i20_gates(const std::string& name, const KeptOrder& kept) {
  core::OrderState state;
  for (const auto& [row, event] : kept.events) {
    const auto* passed = event.as<GateOverridden>();
    if (passed && (passed->actor.empty() || passed->reason.empty())) {
      differ("I20", name, "an override names nobody");
    }
    if (event.as<PurchaseOrderReleased>()) {
      for (const auto& gate : machine_.engine().setup().policy.gates) {
        if (gate.guards != Commitment::Buy || gate.check) continue;
        const auto known = state.gates.find(gate.gate);
        if (known == state.gates.end()) {
          if (is_asked_for(gate, state.procedure)) {
            differ("I20", name, "bought and nobody looked at the gate " + gate.gate);
          }
          continue;
        }
        const auto result = known->second.result;
        const bool open = result == GateResult::Open || result == GateResult::Overridden ||
                          result == GateResult::NotApplicable;
        if (!open) differ("I20", name, "bought while the gate " + gate.gate + " was shut");
      }
    }
    core::evolve(state, event);
  }
}

void Promises::i20_doubtful() {
  for (const auto& doubt : doubtful_) {
    const auto* kept = kept_.order(doubt.order);
    const bool passed = kept && std::ranges::any_of(kept->events, [&](const KeptEvent& known) {
                          const auto* e = known.event.as<GateOverridden>();
                          return e && e->gate == doubt.gate;
                        });
    if (!passed) differ("I20", doubt.order, doubt.why);
  }
}

/// The store is told of goods from a hub only after hands received them and scanned slip and label.
void Promises::i20_benches() {
  const auto& hubs = machine_.scenario().merchant.hubs;
  for (const auto& truth : world_.shop().orders()) {
    const auto* kept = hubs.empty() ? nullptr : kept_.order(truth.name);
    if (!kept) continue;
    for (const auto& shipment : truth.shipments) {
      const bool ours = shipment.by_app && !shipment.tracking.empty();
      const auto* parcel = ours ? kept->state.parcel_of(shipment.tracking.front().number) : nullptr;
      const auto* po = parcel ? kept->state.po(parcel->po) : nullptr;
      if (!po || std::ranges::find(hubs, po->supplier) == hubs.end()) continue;
      const std::array places{
          std::pair{CheckKind::Receiving, "receiving@" + po->po},
          std::pair{CheckKind::LabelMatch, "label_match@parcel " + std::to_string(parcel->parcel)}};
      for (const auto& [step, gate] : places) {
        const auto at = machine_.bench().passed_at(po->po, step);
        const bool named = std::ranges::any_of(kept->events, [&](const KeptEvent& known) {
          const auto* e = known.event.as<GateOverridden>();
          return e && e->gate == gate;
        });
        if (named || (at && at <= shipment.created_at)) continue;
        differ("I20", truth.name, po->po + " left and " + gate + " had not been seen at the bench");
      }
    }
  }
}

/// Nothing waits unread, and no step broke.
void Promises::i21_others() {
  const auto waiting = machine_.disk().waiting(machine_.tenant(), 100);
  if (waiting) {
    for (const auto& row : *waiting) {
      const bool old = row.received_at + hours(24) < machine_.now();
      if (old) differ("I21", "", "a message was never handled: " + row.account + " " + row.topic);
    }
  }
  for (const auto& one : kept_.cases) {
    for (const auto& known : one.state.exceptions) {
      if (known.reason == ReasonCode::StepFailed) {
        differ("I21", "", "a step failed: " + known.about + ": " + known.detail);
      }
    }
  }
}

}  // namespace holdfast::sim
