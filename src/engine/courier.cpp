#include "engine/courier.h"

#include <algorithm>

#include "base/log.h"
#include "core/react.h"
#include "engine/commit.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_in_flight_per_lane = 8;
constexpr std::string_view supplier_lane = "supplier:";
constexpr std::string_view buyer_lane = "buyer";
constexpr Duration longest_backoff = minutes(30);
constexpr std::size_t most_reminders_in_one = 100;

/// Doubling waits from 2 s, spread by the row's own number instead of chance, so that a run
/// repeats.
Duration backoff(std::int64_t attempts, std::int64_t seq) {
  const auto shift = std::min<std::int64_t>(attempts, 10);
  const auto wait = std::min(seconds(2) * (std::int64_t{1} << shift), longest_backoff);
  return wait + milliseconds(seq * 37 % 1000);
}

/// Reads and reminders harm nobody when repeated; the others must be asked about first.
bool harmless_to_repeat(const Effect& effect) {
  return std::holds_alternative<AskAboutPurchaseOrder>(effect) ||
         std::holds_alternative<RegisterTracking>(effect) ||
         std::holds_alternative<HoldAtChannel>(effect) ||
         std::holds_alternative<ReleaseAtChannel>(effect);
}

/// Whether the connector itself looks before it writes when told that it may have happened.
bool reads_back(const Effect& effect) {
  return std::holds_alternative<FulfillAtChannel>(effect) ||
         std::holds_alternative<TellChannelTracking>(effect);
}

std::string about(const Effect& effect) {
  return std::visit(
      [](const auto& value) -> std::string {
        if constexpr (requires { value.po; })
          return value.po;
        else if constexpr (requires { value.moment; })
          return std::string(name_of(value.moment));
        else if constexpr (requires { value.parcel; }) {
          return "parcel " + std::to_string(value.parcel);
        } else {
          return value.part;
        }
      },
      effect);
}

}  // namespace

Status Courier::start() {
  auto rows = engine_.parts_.store->unsettled(engine_.setup_.tenant);
  if (!rows) return fail(rows.error());
  for (auto& row : *rows) {
    // Nobody knows how far a row got that was on its way when the program ended.
    if (row.state == EffectState::Sending) row.state = EffectState::Unknown;
    row.not_before = engine_.parts_.clock->now();
    take(row);
  }
  return {};
}

/// Where a partner can neither know a repetition nor be asked, one row is on its way at a time: a
/// sudden end then leaves one outcome in doubt and not many.
std::size_t Courier::width_of(const std::string& name) const {
  const auto width = [](const auto* connector) {
    const bool sure = !connector || connector->capabilities.idempotent ||
                      connector->capabilities.find_by_reference;
    return sure ? most_in_flight_per_lane : 1;
  };
  const auto& setup = engine_.setup_;
  if (name == buyer_lane) {
    return setup.notifiers.empty() ? 1 : width(notifier_connector(setup.notifiers.front().kind));
  }
  if (name.starts_with(supplier_lane)) {
    const auto* account = account_of(setup.suppliers, name.substr(supplier_lane.size()));
    return account ? width(supplier_connector(account->kind)) : 1;
  }
  return most_in_flight_per_lane;
}

Courier::Lane& Courier::lane_named(const std::string& name) {
  const auto [at, fresh] = lanes_.try_emplace(name);
  if (fresh) at->second.width = width_of(name);
  return at->second;
}

void Courier::take(const ports::OutboxRow& row) {
  lane_named(row.lane).waiting[{row.not_before, row.seq, row.number}] = row;
  count(EffectState::Done, row.state);
}

void Courier::count(EffectState from, EffectState to) {
  const std::lock_guard lock(engine_.mutex_);
  const auto change = [&](EffectState state, std::int64_t by) {
    if (state == EffectState::Unknown) engine_.health_.effects_unknown += by;
    if (state == EffectState::Unsent) engine_.health_.effects_waiting += by;
    if (state == EffectState::Dead && by > 0) engine_.health_.effects_dead += by;
  };
  change(from, -1);
  change(to, 1);
}

Instant Courier::next_due() const {
  Instant next{INT64_MAX};
  for (const auto& [name, lane] : lanes_) {
    if (lane.waiting.empty() || lane.streams.size() >= lane.width) continue;
    for (const auto& [key, row] : lane.waiting) {
      if (lane.streams.contains(row.stream.id)) continue;  // it goes on when that one is settled
      next = std::min(next, std::max(std::get<0>(key), lane.paused_until));
      break;
    }
  }
  return next;
}

void Courier::dispatch(Engine::Commit& commit) {
  const auto now = engine_.parts_.clock->now();
  for (auto& [name, lane] : lanes_) {
    if (lane.paused_until > now) continue;
    auto at = lane.waiting.begin();
    while (at != lane.waiting.end() && lane.streams.size() < lane.width) {
      if (std::get<0>(at->first) > now) break;
      if (lane.streams.contains(at->second.stream.id)) {
        ++at;
        continue;
      }
      auto row = std::move(at->second);
      at = lane.waiting.erase(at);
      const auto waiting = lane.waiting.size();
      send_row(commit, lane, std::move(row));
      // It may have taken others with it: the walk begins again.
      if (lane.waiting.size() != waiting) at = lane.waiting.begin();
    }
  }
}

void Courier::put_back(ports::OutboxRow row, Instant not_before) {
  row.not_before = not_before;
  auto& waiting = lane_named(row.lane).waiting;
  waiting[{row.not_before, row.seq, row.number}] = std::move(row);
}

/// Settles a row without a conversation: withdrawn, dead, or handed to a person.
void Courier::settle_now(Engine::Commit& commit, ports::OutboxRow row, EffectState state,
                         const std::string& detail) {
  const auto before = row.state;
  row.state = state;
  row.detail = detail;
  row.changed_at = engine_.parts_.clock->now();
  commit.batch.put_outbox.push_back(row);
  count(before, state);
  commit.failed.push_back([this, row, before](const Error&) mutable {
    count(row.state, before);
    row.state = before;
    put_back(row, engine_.parts_.clock->now());
  });
}

void Courier::send_row(Engine::Commit& commit, Lane& lane, ports::OutboxRow row) {
  auto json = parse_json(row.bytes);
  auto effect = json ? decode_effect(*json) : Result<Effect>(fail(json.error()));
  auto held = engine_.orders_.held(row.stream);
  if (!effect || !held) {
    const auto why = describe(effect ? held.error() : effect.error());
    settle_now(commit, row, EffectState::Dead, why);
    engine_.raise(commit, "outbox", ReasonCode::StepFailed, "row " + std::to_string(row.seq), why);
    return;
  }
  const auto& state = (*held)->state;
  const bool unsure = row.state == EffectState::Unknown;
  if (const auto why = core::no_longer_wanted(state, *effect); !why.empty() && !unsure) {
    settle_now(commit, row, EffectState::Withdrawn, why);
    if (const auto* message = std::get_if<SendBuyerMessage>(&*effect)) {
      (void)engine_.step(commit, row.stream,
                         EngineCommand(SettleMessage{message->moment, message->parcel,
                                                     EffectState::Withdrawn, why}),
                         "courier");
    }
    return;
  }
  std::vector<Leaving> also;
  std::vector<std::string> also_about;
  if (const auto* remind = std::get_if<RemindSupplier>(&*effect); remind && !unsure) {
    also = gather_reminders(commit, lane, *remind);
    for (const auto& one : also) also_about.push_back(about(one.effect));
  }
  auto buyer = engine_.orders_.buyer(row.stream);
  auto words = engine_.orders_.words(row.stream);
  auto talk = words ? prepare(engine_.setup_, engine_.vault_, row.stream, state,
                              buyer ? *buyer : Json(), *words, *effect, unsure, also_about)
                    : Result<Prepared>(fail(words.error()));
  if (!talk) {
    ports::Outcome outcome{
        ports::Outcome::Kind::Refused, describe(talk.error()), {}, {}, {}, {}, {}, {}, {}, -1, {}};
    for (auto& one : also) settle_row(commit, one.row, one.effect, outcome);
    settle_row(commit, row, *effect, std::move(outcome));
    return;
  }
  const bool may_repeat = harmless_to_repeat(*effect) || reads_back(*effect) ||
                          talk->capabilities.idempotent || talk->capabilities.find_by_reference;
  if (unsure && !may_repeat) {
    // It cannot be asked about: a person decides (I3).
    ports::Outcome outcome;
    outcome.kind = ports::Outcome::Kind::Unknown;
    outcome.detail = "it may have happened before a restart";
    settle_row(commit, row, *effect, std::move(outcome));
    return;
  }
  std::vector<Leaving> leaving{{std::move(row), *effect, {}}};
  std::ranges::move(also, std::back_inserter(leaving));
  for (auto& one : leaving) leave(commit, lane, one);
  auto conversation = std::make_shared<Conversation>();
  conversation->turn = std::move(talk->turn);
  conversation->settled = [this, leaving](Engine::Commit& later, const ports::Outcome& outcome) {
    for (const auto& one : leaving) {
      lane_named(one.row.lane).streams.erase(one.row.stream.id);
      settle_row(later, one.row, one.effect, outcome);
    }
  };
  commit.after.push_back([this, conversation] { proceed(conversation); });
}

/// Marks a row as sending, durably before a byte leaves; a failed commit puts it back.
void Courier::leave(Engine::Commit& commit, Lane& lane, Leaving& leaving) {
  auto& row = leaving.row;
  leaving.before = row.state;
  row.state = EffectState::Sending;
  ++row.attempts;
  row.changed_at = engine_.parts_.clock->now();
  commit.batch.put_outbox.push_back(row);
  for (auto& link : links_in(engine_.vault_, row.stream, leaving.effect, row.changed_at)) {
    commit.batch.put_records.push_back(std::move(link));
  }
  count(leaving.before, row.state);
  lane.streams.insert(row.stream.id);
  commit.failed.push_back([this, row, before = leaving.before](const Error&) mutable {
    lane_named(row.lane).streams.erase(row.stream.id);
    count(row.state, before);
    row.state = before;
    put_back(row, engine_.parts_.clock->now() + seconds(1));
  });
}

/// Takes the other reminders that wait in a lane, due or not: one message is enough for all.
std::vector<Courier::Leaving> Courier::gather_reminders(Engine::Commit& commit, Lane& lane,
                                                        const RemindSupplier& like) {
  std::vector<Leaving> gathered;
  for (auto at = lane.waiting.begin(); at != lane.waiting.end();) {
    const auto here = at++;
    const auto& row = here->second;
    const bool free = row.state == EffectState::Unsent && !lane.streams.contains(row.stream.id);
    if (!free || gathered.size() >= most_reminders_in_one) continue;
    const auto json = parse_json(row.bytes);
    const auto effect = json ? decode_effect(*json) : Result<Effect>(fail(json.error()));
    const auto* remind = effect ? std::get_if<RemindSupplier>(&*effect) : nullptr;
    if (!remind || remind->step != like.step) continue;
    const auto held = engine_.orders_.held(row.stream);
    if (!held) continue;  // its own turn says what is wrong
    if (const auto why = core::no_longer_wanted((*held)->state, *effect); !why.empty()) {
      settle_now(commit, row, EffectState::Withdrawn, why);
    } else {
      gathered.push_back({row, *effect, {}});
    }
    lane.waiting.erase(here);
  }
  return gathered;
}

void Courier::converse(std::function<ports::Turn(const ports::Exchanges&)> turn,
                       std::function<void(Engine::Commit&, const ports::Outcome&)> settled) {
  auto conversation = std::make_shared<Conversation>();
  conversation->turn = std::move(turn);
  conversation->settled = std::move(settled);
  proceed(conversation);
}

void Courier::proceed(const std::shared_ptr<Conversation>& talk) {
  ports::Turn turn;
  try {
    turn = talk->turn(talk->exchanges);
  } catch (const std::exception& failure) {
    turn.next.reset();
    turn.outcome.kind =
        talk->exchanges.empty() ? ports::Outcome::Kind::Refused : ports::Outcome::Kind::Unknown;
    turn.outcome.detail = std::string("the connector failed: ") + failure.what();
  }
  if (turn.next && talk->exchanges.size() >= ports::max_exchanges) {
    turn.next.reset();
    turn.outcome.kind = ports::Outcome::Kind::Unknown;
    turn.outcome.detail = "the conversation did not end";
  }
  if (!turn.next) {
    engine_.push([talk, outcome = std::move(turn.outcome)](Engine::Commit& commit) {
      talk->settled(commit, outcome);
    });
    return;
  }
  auto request = *turn.next;
  engine_.talks(1);
  engine_.parts_.transport->send(
      std::move(request), engine_.setup_.request_limit,
      [this, talk, sent = std::move(*turn.next)](ports::Response response) mutable {
        engine_.push([this, talk, sent = std::move(sent),
                      response = std::move(response)](Engine::Commit&) mutable {
          talk->exchanges.push_back({std::move(sent), std::move(response)});
          proceed(talk);
        });
        engine_.talks(-1);
      });
}

/// Whether an outcome nobody knows can be found out, or the effect repeated without harm.
bool Courier::may_ask(const Effect& effect) const {
  const auto* place = std::get_if<PlacePurchaseOrder>(&effect);
  const auto* cancel = std::get_if<CancelSupply>(&effect);
  if (!place && !cancel) return harmless_to_repeat(effect) || reads_back(effect);
  const auto profile = engine_.setup_.profiles.find(place ? place->supplier : cancel->supplier);
  return profile != engine_.setup_.profiles.end() &&
         (profile->second.can_find || profile->second.idempotent);
}

/// What an outcome means for the order beside the connector's own commands.
std::vector<Command> Courier::consequences(const Effect& effect, const ports::OutboxRow& row,
                                           const ports::Outcome& outcome) const {
  using Kind = ports::Outcome::Kind;
  std::vector<Command> commands = outcome.commands;
  const auto reply = [&](const std::string& po, PoReply what) {
    commands.push_back(SupplierCommand(RecordPurchaseOrderReply{po, what, {}, outcome.detail}));
  };
  const bool unknown = outcome.kind == Kind::Unknown;
  const bool refused = outcome.kind == Kind::Refused;
  if (const auto* place = std::get_if<PlacePurchaseOrder>(&effect)) {
    if (unknown) reply(place->po, PoReply::Unknown);
    if (refused) reply(place->po, PoReply::Refused);
  } else if (const auto* fulfill = std::get_if<FulfillAtChannel>(&effect)) {
    // A connector that was refused by the store says so itself; others could not even ask.
    if (refused && commands.empty()) {
      commands.push_back(
          ChannelCommand(RecordStoreAnswer{fulfill->parcel, {}, true, outcome.detail}));
    }
  } else if (const auto* message = std::get_if<SendBuyerMessage>(&effect)) {
    const auto state = unknown   ? EffectState::Unknown
                       : refused ? EffectState::Refused
                                 : EffectState::Done;
    commands.push_back(
        EngineCommand(SettleMessage{message->moment, message->parcel, state, outcome.detail}));
  } else if (const auto* watch = std::get_if<RegisterTracking>(&effect)) {
    if (outcome.kind == Kind::Done && outcome.commands.empty()) {
      commands.push_back(EngineCommand(RecordTrackingRegistered{watch->parcel, row.lane}));
    }
  }
  if (unknown && std::holds_alternative<CancelSupply>(effect) && !may_ask(effect)) {
    commands.push_back(EngineCommand(SettleEffect{
        std::string(name_of(effect)), EffectState::Unknown, about(effect), outcome.detail}));
  }
  const bool has_own_words = std::holds_alternative<PlacePurchaseOrder>(effect) ||
                             std::holds_alternative<FulfillAtChannel>(effect) ||
                             std::holds_alternative<SendBuyerMessage>(effect);
  const bool only_a_question = std::holds_alternative<AskAboutPurchaseOrder>(effect) ||
                               std::holds_alternative<RemindSupplier>(effect);
  if (refused && !has_own_words && !only_a_question) {
    commands.push_back(EngineCommand(SettleEffect{
        std::string(name_of(effect)), EffectState::Refused, about(effect), outcome.detail}));
  }
  return commands;
}

void Courier::settle_row(Engine::Commit& commit, ports::OutboxRow row, const Effect& effect,
                         ports::Outcome outcome) {
  using Kind = ports::Outcome::Kind;
  const auto now = engine_.parts_.clock->now();
  if (outcome.budget_wait.ms > 0) lane_named(row.lane).paused_until = now + outcome.budget_wait;
  const auto before = row.state;
  row.changed_at = now;
  row.detail = std::string(clipped(outcome.detail, 500));
  if (outcome.kind == Kind::NotSent && row.attempts < engine_.setup_.max_attempts) {
    row.state = EffectState::Unsent;
    row.not_before = now + std::max(outcome.retry_after, backoff(row.attempts, row.seq));
    commit.batch.put_outbox.push_back(row);
    count(before, row.state);
    put_back(row, row.not_before);
    return;
  }
  if (outcome.kind == Kind::NotSent) {
    row.state = EffectState::Dead;
    outcome.kind = Kind::Refused;
    outcome.detail = "given up after " + std::to_string(row.attempts) + " tries: " + outcome.detail;
  }
  for (const auto& command : consequences(effect, row, outcome)) {
    auto stepped = engine_.step(commit, row.stream, command, row.lane);
    if (stepped) continue;
    engine_.raise(commit, row.lane, ReasonCode::MessageNotUnderstood, about(effect),
                  "an answer could not be taken in: " + describe(stepped.error()));
  }
  if (outcome.kind == Kind::Unknown) {
    row.state = EffectState::Unknown;
    const bool can_ask = may_ask(effect);
    if (can_ask && row.attempts < engine_.setup_.max_attempts) {
      row.not_before = now + backoff(row.attempts, row.seq);
      put_back(row, row.not_before);
    } else if (can_ask) {
      row.state = EffectState::Dead;
      (void)engine_.step(commit, row.stream,
                         EngineCommand(SettleEffect{std::string(name_of(effect)), EffectState::Dead,
                                                    about(effect), outcome.detail}),
                         "courier");
    } else if (std::holds_alternative<RemindSupplier>(effect)) {
      row.state = EffectState::Withdrawn;  // the ladder goes on; nobody is reminded twice
    } else {
      row.state = EffectState::Dead;  // its case is open; a person's decision makes a new effect
    }
  } else if (outcome.kind == Kind::Refused && row.state != EffectState::Dead) {
    row.state = EffectState::Refused;
  } else if (outcome.kind == Kind::Done) {
    row.state = EffectState::Done;
    engine_.went_well(row.lane);
  }
  commit.batch.put_outbox.push_back(row);
  count(before, row.state);
  // An answer whose commit failed must not be lost: it is taken in again.
  commit.failed.push_back([this, row, before, effect, outcome](const Error&) mutable {
    count(row.state, before);
    row.state = before;
    engine_.push([this, row, effect, outcome](Engine::Commit& again) {
      settle_row(again, row, effect, outcome);
    });
  });
}

}  // namespace holdfast::engine
