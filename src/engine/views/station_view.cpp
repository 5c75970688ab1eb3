#include "engine/views/station_view.h"

#include <algorithm>
#include <tuple>

#include "base/hash.h"
#include "core/gates/gate.h"
#include "core/summary.h"
#include "engine/instructions.h"
#include "engine/views/order_parts.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_known = 20'000;
constexpr std::size_t page = 250;
/// Of one order; an order of more is matched by the server alone.
constexpr std::size_t most_parcels = 50;

constexpr std::pair<CheckKind, Condition> benches[] = {
    {CheckKind::Receiving, Condition::GoodsReceived},
    {CheckKind::Inspection, Condition::InspectionPassed},
    {CheckKind::Packing, Condition::PackingDone},
    {CheckKind::LabelMatch, Condition::LabelMatched},
};

/// The procedure's gate with a condition, where it holds for goods at a bench.
const GatePolicy* gate_with(const Policy& policy, const ProcedurePolicy& procedure,
                            Condition condition) {
  for (const auto& gate : policy.gates) {
    const bool hub = gate.ship_models.empty() ||
                     std::ranges::find(gate.ship_models, "hub") != gate.ship_models.end();
    const bool named = std::ranges::find(procedure.gates, gate.gate) != procedure.gates.end();
    if (gate.condition == condition && hub && named) return &gate;
  }
  return nullptr;
}

Json checklist_json(const std::vector<ChecklistItem>& items) {
  Json list{Json::Array{}};
  for (const auto& item : items) {
    Json json;
    json.set("name", item.name);
    json.set("needs", name_of(item.needs));
    list.push(std::move(json));
  }
  return list;
}

struct TasksWriter {
  const Setup& setup;
  const History& history;
  std::vector<StationTask> tasks;

  const core::OrderState& state() const { return history.state; }

  const ProcedurePolicy* procedure() const {
    const auto& all = setup.policy.procedures;
    const auto found = std::ranges::find(all, state().procedure, &ProcedurePolicy::procedure);
    return found == all.end() ? nullptr : &*found;
  }

  const GatePolicy* asked_gate(Condition condition) const {
    const auto* followed = procedure();
    return followed ? gate_with(setup.policy, *followed, condition) : nullptr;
  }

  bool let_pass(const GatePolicy& gate, const std::string& about) const {
    const auto found = state().gates.find(gate.gate + "@" + about);
    return found != state().gates.end() && core::lets_pass(found->second.result);
  }

  bool check_open(const core::PoState& po, Condition condition, CheckKind kind) const {
    const auto* gate = asked_gate(condition);
    if (!gate || let_pass(*gate, po.po)) return false;
    const auto done = po.checks.find(kind);
    return done == po.checks.end() || done->second.verdict != CheckVerdict::Pass;
  }

  void write() {
    for (const auto& po : state().pos) {
      const bool here = po.released_event != 0 && po.live() > 0 && !po.closed &&
                        po.ship_model == ShipModel::Hub && (po.confirmed() || !po.checks.empty());
      if (here) write_po(po);
    }
  }

  void write_po(const core::PoState& po) {
    if (check_open(po, Condition::GoodsReceived, CheckKind::Receiving)) {
      add(po, CheckKind::Receiving, nullptr);
    } else if (check_open(po, Condition::InspectionPassed, CheckKind::Inspection)) {
      add(po, CheckKind::Inspection, nullptr);
    } else if (check_open(po, Condition::PackingDone, CheckKind::Packing)) {
      add(po, CheckKind::Packing, nullptr);
    } else if (const auto* gate = asked_gate(Condition::LabelMatched)) {
      for (const auto& parcel : state().parcels) {
        const auto about = "parcel " + std::to_string(parcel.parcel);
        if (parcel.po != po.po || parcel.label_matched || let_pass(*gate, about)) continue;
        add(po, CheckKind::LabelMatch, &parcel);
      }
    }
  }

  Json checklist(CheckKind step) const {
    const auto* followed = procedure();
    return followed ? checklist_json(followed->checklist(step)) : Json{Json::Array{}};
  }

  static Json done(const core::PoState& po) {
    Json list{Json::Array{}};
    for (const auto& [kind, check] : po.checks) {
      Json json;
      json.set("check", name_of(kind));
      json.set("verdict", name_of(check.verdict));
      list.push(std::move(json));
    }
    return list;
  }

  /// The order's parcels; a digest tells a label that is scanned, and nothing before.
  Json parcels() const {
    Json list{Json::Array{}};
    for (const auto& parcel : state().parcels) {
      if (list.items().size() == most_parcels) break;
      Json json;
      json.set("parcel", parcel.parcel);
      json.set("po", parcel.po);
      json.set("carrier", parcel.carrier);
      json.set("digest", parcel.tracking.empty() ? "" : hex(sha256("label " + parcel.tracking)));
      json.set("matched", parcel.label_matched);
      list.push(std::move(json));
    }
    return list;
  }

  Json hold_reasons() const {
    Json list{Json::Array{}};
    for (const auto& [hold, reason] : state().holds) list.push(reason.empty() ? hold : reason);
    for (const auto& known : state().exceptions) {
      if (known.open)
        list.push(known.detail.empty() ? spoken(name_of(known.reason)) : known.detail);
    }
    return list;
  }

  Json instructions(const core::PoState& po) const {
    Json list{Json::Array{}};
    for (auto& text : instructions_of(setup.policy, state().channel, state().instructions)) {
      list.push(std::move(text));
    }
    for (const auto& part : po.lines) {
      const auto* line = state().line(part.asked.line);
      if (line && part.live() > 0 && !line->line.instructions.empty()) {
        list.push("Line " + std::to_string(part.asked.line) + ": " + line->line.instructions);
      }
    }
    return list;
  }

  Json lines(const core::PoState& po) const {
    Json list{Json::Array{}};
    for (const auto& part : po.lines) {
      const auto* line = state().line(part.asked.line);
      if (!line || part.live() == 0) continue;
      Json json;
      json.set("line", part.asked.line);
      json.set("sku", line->line.sku);
      json.set("supplier_sku", part.asked.supplier_sku);
      json.set("title", line->line.title);
      json.set("variant", line->line.variant);
      json.set("quantity", part.live());
      json.set("instructions", line->line.instructions);
      list.push(std::move(json));
    }
    return list;
  }

  std::vector<std::string> scans(const core::PoState& po) const {
    std::vector<std::string> found{po.po, state().store_number};
    for (const auto& parcel : state().parcels) {
      if (parcel.po == po.po) found.push_back(parcel.tracking);
    }
    for (const auto& part : po.lines) {
      if (const auto* line = state().line(part.asked.line)) found.push_back(line->line.sku);
      found.push_back(part.asked.supplier_sku);
    }
    return found;
  }

  void add(const core::PoState& po, CheckKind step, const core::ParcelState* parcel) {
    Json box;
    if (parcel) {
      box.set("parcel", parcel->parcel);
      box.set("carrier", parcel->carrier);
    }
    StationTask task{step, core::next_due(state()), po.po, scans(po), {}};
    auto& json = task.json;
    json.set("order", stream_text(history.stream));
    json.set("store_number", state().store_number);
    json.set("channel", state().channel);
    json.set("po", po.po);
    json.set("supplier", po.supplier);
    json.set("supplier_ref", po.supplier_ref);
    json.set("step", name_of(step));
    json.set("due_at", moment_json(task.due_at));
    json.set("held", core::is_held(state()));
    json.set("hold_reasons", hold_reasons());
    json.set("instructions", instructions(po));
    json.set("procedure", state().procedure);
    json.set("risks", texts_json(state().risks));
    json.set("checklist", checklist(step));
    json.set("lines", lines(po));
    json.set("parcel", std::move(box));
    json.set("parcels", parcels());
    json.set("done", done(po));
    tasks.push_back(std::move(task));
  }
};

}  // namespace

Json station_procedures(const Policy& policy) {
  Json list{Json::Array{}};
  for (const auto& procedure : policy.procedures) {
    Json steps{Json::Array{}};
    for (const auto& [kind, condition] : benches) {
      if (!gate_with(policy, procedure, condition)) continue;
      Json step;
      step.set("step", name_of(kind));
      step.set("checklist", checklist_json(procedure.checklist(kind)));
      steps.push(std::move(step));
    }
    Json json;
    json.set("procedure", procedure.procedure);
    json.set("steps", std::move(steps));
    list.push(std::move(json));
  }
  return list;
}

Result<std::vector<StationTask>> StationBook::tasks_of(ports::Store& store, const Vault& vault,
                                                       const Setup& setup,
                                                       const ports::OrderRow& row) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(row.stream.id);
    if (found != known_.end() && found->second.version == row.version) return found->second.tasks;
  }
  auto history = read_history(store, vault, row.stream);
  if (!history) return fail(history.error());
  TasksWriter writer{setup, *history, {}};
  writer.write();
  const std::lock_guard lock(mutex_);
  if (known_.size() >= most_known) known_.clear();
  known_[row.stream.id] = {history->state.version, writer.tasks};
  return std::move(writer.tasks);
}

Result<std::vector<StationTask>> StationBook::tasks(ports::Store& store, const Vault& vault,
                                                    const Setup& setup, std::size_t most_orders) {
  std::vector<StationTask> found;
  for (const char* stage : {"held", "buying", "confirming", "preparing", "awaiting_carrier"}) {
    ports::OrderQuery query{setup.tenant, {}, stage, true, false, 0, page};
    for (std::size_t seen = 0; seen < most_orders;) {
      auto rows = store.orders(query);
      if (!rows) return fail(rows.error());
      for (const auto& row : *rows) {
        if (row.stream.kind != ports::StreamKind::Order) continue;
        auto tasks = tasks_of(store, vault, setup, row);
        if (!tasks) return fail(tasks.error());
        found.insert(found.end(), tasks->begin(), tasks->end());
      }
      seen += rows->size();
      if (rows->size() < page) break;
      query.before = rows->back().stream.id;
    }
  }
  std::ranges::sort(found, [](const StationTask& a, const StationTask& b) {
    const bool a_open = !a.due_at, b_open = !b.due_at;
    return std::tie(a_open, a.due_at, a.po) < std::tie(b_open, b.due_at, b.po);
  });
  return found;
}

}  // namespace holdfast::engine
