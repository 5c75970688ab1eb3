#include "apps/holdfast/evidence.h"

#include <chrono>
#include <future>
#include <memory>

#include "core/evolve.h"
#include "engine/evidence/coverage.h"
#include "engine/evidence/pack.h"
#include "engine/photos.h"

namespace holdfast::apps {
namespace {

constexpr std::chrono::seconds longest_wait{30};

struct History {
  core::OrderState state;
  std::vector<Event> events;
};

Result<History> history_of(const std::vector<ports::EventRow>& rows) {
  History history;
  for (const auto& row : rows) {
    auto json = parse_json(row.bytes);
    auto event = json ? decode_event(*json) : Result<Event>(fail(json.error()));
    if (!event) return fail(event.error());
    core::evolve(history.state, *event);
    history.events.push_back(std::move(*event));
  }
  return history;
}

/// The one supplier that was asked for goods; "" for none or several.
std::string only_supplier(const core::OrderState& state) {
  std::string only;
  for (const auto& po : state.pos) {
    if (!only.empty() && po.supplier != only) return {};
    only = po.supplier;
  }
  return only;
}

}  // namespace

Result<Json> evidence_coverage(engine::Engine& engine, const ports::StreamKey& order) {
  auto rows = engine.store().events(order);
  if (!rows) return fail(rows.error());
  if (rows->empty()) return fail(ErrorCode::NotFound, "no such order", std::to_string(order.id));
  const auto history = history_of(*rows);
  if (!history) return fail(history.error());
  const auto coverage = engine::coverage_of(history->state, history->events);
  Json missing{Json::Array{}};
  for (const auto& what : coverage.missing) missing.push(what);
  Json json;
  json.set("score_permille", coverage.permille);
  json.set("present",
           Json(Json::Array{Json(
               std::to_string(coverage.asked - static_cast<std::int64_t>(coverage.missing.size())) +
               " of " + std::to_string(coverage.asked) + " proofs asked for")}));
  json.set("missing", std::move(missing));
  return json;
}

Result<std::string> evidence_pack(engine::Engine& engine, const ports::StreamKey& order,
                                  const std::string& profile, const std::string& supplier) {
  const auto whose = from_name<engine::Profile>(profile);
  if (!whose) return fail(whose.error());
  auto gathered = std::make_shared<engine::GatheredPack>();
  auto done = std::make_shared<std::promise<Status>>();
  engine.with_batch(
      [&engine, order, gathered](ports::Batch& batch) -> Status {
        auto pack =
            engine::gather_pack(engine.store(), engine.vault(), order, engine.clock().now());
        if (!pack) return fail(pack.error());
        batch.put_records.insert(batch.put_records.end(), pack->rows.begin(), pack->rows.end());
        *gathered = std::move(*pack);
        return {};
      },
      [done](const Result<engine::Stepped>& stepped) {
        done->set_value(stepped ? Status{} : Status(fail(stepped.error())));
      });
  auto answer = done->get_future();
  if (answer.wait_for(longest_wait) != std::future_status::ready) {
    return fail(ErrorCode::Timeout, "the engine did not commit in time");
  }
  if (auto status = answer.get(); !status) return fail(status.error());
  if (!engine.setup().data_folder.empty()) {
    const auto left = engine::append_line(engine.setup().data_folder + "/checkpoints.jsonl",
                                          engine::encode_checkpoint(gathered->input.checkpoint));
    if (!left) return fail(left.error());
  }
  const auto names = engine::photos_of(gathered->input.rows);
  if (!names) return fail(names.error());
  const engine::PhotoPlace photos{engine.store(), engine.vault(), engine.setup().data_folder};
  for (const auto& name : *names) {
    auto bytes = engine::read_photo(photos, order, name);
    // An erased or purged photo is named in the chain and is not there any more.
    if (bytes) gathered->input.photos.push_back(std::move(*bytes));
  }
  gathered->input.supplier = supplier;
  if (*whose == engine::Profile::Supplier && supplier.empty()) {
    const auto history = history_of(gathered->input.rows);
    if (!history) return fail(history.error());
    gathered->input.supplier = only_supplier(history->state);
  }
  return engine::export_pack(gathered->input, *whose, engine.vault());
}

}  // namespace holdfast::apps
