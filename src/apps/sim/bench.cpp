#include "apps/sim/bench.h"

#include "base/hash.h"
#include "engine/views/history.h"

namespace holdfast::sim {
namespace {

constexpr std::size_t most_orders = 10'000;  // of one stage
constexpr const char* label_of_another = "LX000000000ZZ";

}  // namespace

Instant Bench::passed_at(const std::string& po, CheckKind step) const {
  const auto found = tried_.find({po, step});
  return found == tried_.end() ? Instant{} : found->second.passed_at;
}

void Bench::look(engine::Engine& engine) {
  const auto tasks = station_.tasks(engine.store(), engine.vault(), engine.setup(), most_orders);
  if (!tasks) return;
  for (const auto& task : *tasks) {
    auto& tried = tried_[{task.po, task.step}];
    if (clock_.at < tried.again_at) continue;
    const auto stream = engine::parse_stream(engine.setup().tenant, task.json["order"].string());
    if (!stream) continue;
    ++tried.times;
    // What was not in order is looked at again when it was put right.
    const bool is_label = task.step == CheckKind::LabelMatch;
    tried.again_at = clock_.at + (is_label ? minutes(30) : dice_.span(hours(5), hours(30)));
    if (is_label)
      scan(engine, *stream, task, tried);
    else
      check(engine, *stream, task, tried);
  }
}

void Bench::check(engine::Engine& engine, const ports::StreamKey& stream,
                  const engine::StationTask& task, Tried& tried) {
  const bool fails = tried.times == 1 && dice_.happens(scenario_.bench.failing);
  RecordCheck record;
  record.check = task.step;
  record.po = task.po;
  record.strength = Strength::Verified;
  record.actor = hand;
  for (const auto& item : task.json["checklist"].items()) {
    const auto& needs = item["needs"].string();
    const auto& name = item["name"].string();
    record.items.push_back({name, CheckVerdict::Pass,
                            needs == name_of(CheckNeed::Text) ? "SN " + task.po : "",
                            needs == name_of(CheckNeed::Photo) ? hex(sha256(name)) : ""});
  }
  if (record.items.empty()) record.items.push_back({"goods", CheckVerdict::Pass, "", ""});
  if (fails) {
    record_.fault("bench.failed");
    const bool unclear = dice_.happens(250);
    record.items.back().verdict = unclear ? CheckVerdict::Unclear : CheckVerdict::Fail;
    record.items.back().note = unclear ? "the light is bad" : "not as it should be";
  } else if (!tried.passed_at) {
    tried.passed_at = clock_.at;
  }
  submit(engine, stream, PeopleCommand(std::move(record)));
}

void Bench::scan(engine::Engine& engine, const ports::StreamKey& stream,
                 const engine::StationTask& task, Tried& tried) {
  const auto* book = world_.suppliers().find(task.json["supplier"].string(), task.po);
  if (!book || book->parcels.empty()) return;
  const bool other = tried.times == 1 && dice_.happens(scenario_.bench.mislabelled);
  const auto label = other ? std::string(label_of_another) : book->parcels.front().number;
  if (other) record_.fault("bench.mislabelled");
  if (!other && !tried.passed_at) tried.passed_at = clock_.at;
  submit(engine, stream,
         PeopleCommand(MatchLabel{task.json["parcel"]["parcel"].integer(),
                                  task.json["store_number"].string(), label, hand}));
}

void Bench::submit(engine::Engine& engine, const ports::StreamKey& stream, PeopleCommand command) {
  engine.submit(stream, std::move(command), hand,
                [this, stream](const Result<engine::Stepped>& stepped) {
                  if (stepped) people_.note(stream, stepped->version);
                });
}

}  // namespace holdfast::sim
