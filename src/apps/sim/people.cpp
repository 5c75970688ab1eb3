#include "apps/sim/people.h"

#include <algorithm>

#include "model/names.h"

namespace holdfast::sim {
namespace {

constexpr std::string_view store_cancellation = "cancel at the store";
constexpr std::string_view late_addition = "added after the cancellation";
constexpr std::int64_t mostly_agreed = 850;  // of a thousand things that need a key
constexpr const char* by_phone = "asked by phone";

std::vector<std::string> verbs_of(const ports::ExceptionRow& row) {
  std::vector<std::string> verbs;
  const auto body = parse_json(row.body);
  if (!body) return verbs;
  for (const auto& option : (*body)["options"].items()) verbs.push_back(option["verb"].string());
  return verbs;
}

bool offers(const std::vector<std::string>& verbs, std::string_view verb) {
  return std::ranges::find(verbs, verb) != verbs.end();
}

}  // namespace

std::int64_t People::sent_again(const std::string& po) const {
  const auto found = sent_again_.find(po);
  return found == sent_again_.end() ? 0 : found->second;
}

Instant People::cancelled_at(const std::string& order) const {
  const auto found = cancelled_.find(order);
  return found == cancelled_.end() ? Instant{} : found->second;
}

void People::look(engine::Engine& engine) {
  ports::ExceptionQuery query;
  query.tenant = engine.setup().tenant;
  query.limit = 250;
  const auto rows = engine.store().exceptions(query);
  if (!rows) return;
  for (const auto& row : *rows) {
    if (dice_.happens(scenario_.people.decide))
      decide(engine, row);
    else if (dice_.happens(scenario_.people.busy))
      pass_on(engine, row);
  }
  if (scenario_.people.busy == 0) return;
  ports::OrderQuery live;
  live.tenant = query.tenant;
  live.live = true;
  live.limit = query.limit;
  const auto orders = engine.store().orders(live);
  if (!orders) return;
  for (const auto& row : *orders) {
    const bool is_order = row.stream.kind == ports::StreamKind::Order;
    if (is_order && dice_.happens(scenario_.people.busy)) touch(engine, row);
  }
}

void People::pass_on(engine::Engine& engine, const ports::ExceptionRow& row) {
  Command command = CasesCommand(AssignException{row.number, "shop owner", clerk});
  if (dice_.happens(500)) {
    const auto review_by = engine.clock().now() + dice_.span(hours(1), hours(20));
    command = CasesCommand(SnoozeException{row.number, review_by, clerk, "nobody answers now"});
  }
  engine.submit(row.stream, std::move(command), clerk, {});
}

void People::touch(engine::Engine& engine, const ports::OrderRow& row) {
  if (dice_.happens(500)) {
    engine.submit(row.stream, PeopleCommand(AddNote{clerk, "asked about on the phone"}), clerk, {});
    return;
  }
  engine.submit(row.stream, PeopleCommand(PlaceHold{by_phone, clerk, "to be looked at"}), clerk,
                [this, stream = row.stream](const Result<engine::Stepped>& stepped) {
                  if (!stepped) return;
                  later(dice_.span(hours(1), hours(5)), [this, stream] { let_go(stream); });
                });
}

/// Whoever stopped an order lets it go on, however often it takes.
void People::let_go(const ports::StreamKey& stream) {
  const auto again = [this, stream] { later(minutes(10), [this, stream] { let_go(stream); }); };
  auto* engine = program();
  if (!engine) return again();
  engine->submit(stream, PeopleCommand(ReleaseHold{by_phone, clerk, "looked at"}), clerk,
                 [again](const Result<engine::Stepped>& stepped) {
                   if (!stepped) again();
                 });
}

/// Nobody says what is not so: whether a letter arrived is asked of the one it was sent to, and a
/// parcel's gate is not opened without its proof.
std::string People::verb_for(const ports::ExceptionRow& row,
                             const std::vector<std::string>& verbs) {
  if (row.reason == ReasonCode::UnknownOutcome) {
    const auto* manner = world_.suppliers().find("paper", row.about);
    if (manner) return "confirm";
    return dice_.happens(700) ? "retry" : "reroute";
  }
  if (row.about == store_cancellation) {
    cancelled_.try_emplace(row.store_number, clock_.at);
    (void)world_.shop().cancel(row.store_number, "OTHER");
    return "refund";
  }
  // Whoever cancelled it meant all of it.
  if (row.about == late_addition) return "cancel";
  const bool is_key =
      row.reason == ReasonCode::Approval || row.reason == ReasonCode::AutomationOffer;
  if (is_key && offers(verbs, "approve") && dice_.happens(mostly_agreed)) return "approve";
  std::vector<std::string> sound;
  for (const auto& verb : verbs) {
    const bool of_a_parcel = row.about.find('@') != std::string::npos;
    if (verb == "override" && of_a_parcel) continue;
    sound.push_back(verb);
  }
  if (sound.empty()) return {};
  const auto last = static_cast<std::int64_t>(sound.size()) - 1;
  return sound[static_cast<std::size_t>(dice_.between(0, last))];
}

const std::vector<Decided>& People::decided(const ports::StreamKey& stream) const {
  static const std::vector<Decided> none;
  const auto found = decided_.find(stream);
  return found == decided_.end() ? none : found->second;
}

void People::decide(engine::Engine& engine, const ports::ExceptionRow& row) {
  const auto verbs = verbs_of(row);
  auto verb = verb_for(row, verbs);
  if (verb.empty() && !verbs.empty()) return;
  if (verb.empty()) verb = "done";
  if (!verbs.empty() && !offers(verbs, verb)) return;
  const int times = dice_.happens(scenario_.people.twice) ? 2 : 1;
  for (int i = 0; i < times; ++i) {
    engine.submit(row.stream,
                  CasesCommand(ResolveException{row.number, verb, clerk, "looked into it",
                                                RootCause::Unknown, false}),
                  clerk, [this, row, verb](const Result<engine::Stepped>& stepped) {
                    if (stepped) done(row, verb, *stepped);
                  });
  }
}

void People::done(const ports::ExceptionRow& row, const std::string& verb,
                  const engine::Stepped& stepped) {
  record_.transition("decision " + verb);
  record_.say(clock_.at, row.store_number + ": " + std::string(name_of(row.reason)) + " about " +
                             row.about + " decided: " + verb + " (" + row.detail + ")");
  decided_[row.stream].push_back({stepped.version, verb, row.store_number, row.about});
  if (verb == "retry" && row.reason == ReasonCode::UnknownOutcome) ++sent_again_[row.about];
  if (verb == "retry" && row.reason == ReasonCode::StoreRefused) {
    world_.shop().lift(row.store_number);
  }
  if (verb == "capture") {
    (void)world_.shop().capture(row.store_number);
    (void)world_.shop().release_others(row.store_number);
  }
  const bool is_refund = row.reason == ReasonCode::AmbiguousRefund;
  if (is_refund && verb == "release") sends_refunded_.insert(row.store_number);
  if (verb == "buy_again") pays_twice_.insert(row.store_number);
  if (verb == "cancel" && !row.store_number.empty()) {
    cancelled_.try_emplace(row.store_number, clock_.at);
    // They cancel at the shop, too; seldom in the same minute. One that is cancelled is left alone.
    later(dice_.span(seconds(1), hours(2)),
          [this, name = row.store_number] { (void)world_.shop().cancel(name, "OTHER"); });
  }
}

}  // namespace holdfast::sim
