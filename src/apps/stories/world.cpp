#include "apps/stories/world.h"

#include <algorithm>

#include "base/json.h"
#include "core/run.h"

namespace holdfast::stories {
namespace {

// More than one order ever sets; a story whose timers never end is wrong.
constexpr int most_timers = 500;

}  // namespace

bool Watch::active(std::string_view rule) {
  if (!asked_.contains(rule)) asked_.emplace(rule);
  return rule != off_;
}

World::World(const Policy& policy_file, Watch& watch, Shelf* shelf)
    : policy(policy_file), watch_(watch), shelf_(shelf) {
  // A Monday morning in every zone that the stories use.
  now = *parse_instant("2026-11-02T09:00:00Z");
}

ChannelPolicy& World::channel() {
  const std::string name = shop.channel.empty() ? "store" : shop.channel;
  for (auto& entry : policy.channels) {
    if (entry.channel == name) return entry;
  }
  auto copy = core::channel_policy(policy, name);
  copy.channel = name;
  return policy.channels.emplace_back(std::move(copy));
}

SupplierProfile& World::supplier(const std::string& id) {
  auto& profile = suppliers[id];
  if (!profile.supplier.empty()) return profile;
  profile.supplier = id;
  profile.title = id;
  profile.tier = "48_hour";
  profile.vetted = true;
  profile.can_cancel = true;
  profile.can_remind = true;
  return profile;
}

core::Facts World::facts() const {
  core::Facts facts;
  facts.now = now;
  facts.policy = &policy;
  facts.policy_hash = "policy";
  for (const auto& offer : offers) {
    facts.offers.push_back(std::make_shared<const Offer>(offer));
    facts.mapped_skus.push_back(offer.sku);
  }
  facts.suppliers = &suppliers;
  facts.fresh_po = [drafted = std::ssize(state.pos)](std::int64_t nth) {
    return po_name(std::to_string(drafted + nth));
  };
  facts.destination = destination;
  if (address_changed) facts.buyer = "buyer " + std::to_string(state.version);
  facts.tracking_elsewhere = tracking_elsewhere;
  facts.tripped = tripped;
  facts.automation = &automation;
  facts.watch = &watch_;
  return facts;
}

Status World::ask(const Command& command) {
  last_ = command;
  refusal.reset();
  auto decided = core::decide(state, command, facts());
  if (!decided) {
    refusal = decided.error();
    return {};
  }
  for (auto& event : *decided) {
    core::evolve(state, event);
    for (auto& effect : core::react(state, event)) outbox.push_back(std::move(effect));
    events.push_back(std::move(event));
  }
  if (!shelf_ || decided->empty()) return {};
  auto kept = shelf_->keep(now, events, outbox, state);
  if (!kept) return fail(kept.error());
  state = std::move(*kept);
  return {};
}

Status World::ask_again() {
  const auto before = events.size();
  if (auto status = ask(last_); !status) return status;
  if (refusal || events.size() == before) return {};
  return expected("the second time changes nothing", std::string(name_of(events[before])));
}

Status World::pass(Duration span) {
  const auto until = now + span;
  for (int i = 0; i < most_timers; ++i) {
    const auto& set = state.timers;
    const auto next = std::ranges::min_element(set, {}, &core::TimerState::due_at);
    if (next == set.end() || next->due_at > until) {
      now = until;
      return {};
    }
    now = std::max(now, next->due_at);
    const FireTimer due{next->timer, next->about, next->due_at};
    if (auto status = ask(EngineCommand(due)); !status) return status;
    if (refusal) return fail(*refusal);
  }
  return fail(ErrorCode::Internal, "the order's timers never come to rest");
}

void World::begin_block() {
  block_event_ = events.size();
  block_effect_ = outbox.size();
}

Status World::check_replay() const {
  core::OrderState replayed;
  for (const auto& event : events) {
    const auto bytes = encode_event(event);
    const auto json = parse_json(bytes);
    if (!json) return fail(within(json.error(), bytes));
    const auto decoded = decode_event(*json);
    if (!decoded) return fail(within(decoded.error(), bytes));
    if (*decoded != event || encode_event(*decoded) != bytes) {
      return expected("decoding gives the event again: " + bytes, encode_event(*decoded));
    }
    core::evolve(replayed, *decoded);
  }
  if (replayed == state) return {};
  return expected("replaying the stored events gives the same state", "another state");
}

std::vector<Event> World::block_events() const {
  return {events.begin() + std::ptrdiff_t(block_event_), events.end()};
}

std::vector<Effect> World::block_effects() const {
  return {outbox.begin() + std::ptrdiff_t(block_effect_), outbox.end()};
}

std::string World::history() const {
  std::string text;
  for (std::size_t i = 0; i < events.size(); ++i) {
    text += i < block_event_ ? "      " : "    > ";
    text += std::to_string(i + 1) + " " + encode_event(events[i]) + "\n";
  }
  for (std::size_t i = 0; i < outbox.size(); ++i) {
    text += i < block_effect_ ? "      " : "    > ";
    text += "effect " + encode_effect(outbox[i]) + "\n";
  }
  return text;
}

tl::unexpected<Error> expected(std::string wanted, std::string found) {
  return fail(ErrorCode::Conflict, "expected: " + std::move(wanted), {},
              "found: " + std::move(found));
}

std::string po_name(const std::string& number) { return "PO-" + number; }

}  // namespace holdfast::stories
