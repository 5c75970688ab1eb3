#include "engine/courier.h"

#include <algorithm>

#include "base/log.h"
#include "base/planted.h"
#include "core/react.h"
#include "engine/commit.h"
#include "engine/mailroom.h"
#include "engine/retention/retention.h"
#include "engine/views/history.h"

namespace holdfast::engine {
namespace {

constexpr std::int64_t most_in_flight_per_lane = 8;  // unless an account says `at_once`
// The same of mails to buyers. None can be asked about, so that a sudden end leaves as many in
// doubt for a person to look at; one at a time would be some fifty a second.
constexpr std::int64_t most_mails_in_flight = 4;
constexpr std::size_t most_rows_per_commit = 512;
constexpr std::size_t most_links_remembered = 100'000;
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
  return planted("everything is sent again after a timeout") ||
         std::holds_alternative<AskAboutPurchaseOrder>(effect) ||
         std::holds_alternative<AskAboutTracking>(effect) ||
         std::holds_alternative<RegisterTracking>(effect) ||
         std::holds_alternative<HoldAtChannel>(effect) ||
         std::holds_alternative<ReleaseAtChannel>(effect);
}

/// Nothing depends on its one answer: its timer or the ladder comes again.
bool only_a_question(const Effect& effect) {
  return std::holds_alternative<AskAboutPurchaseOrder>(effect) ||
         std::holds_alternative<AskAboutTracking>(effect) ||
         std::holds_alternative<RemindSupplier>(effect);
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
  const auto declare = [&](const std::vector<ports::Account>& accounts, const auto& connector_of) {
    for (const auto& account : accounts) {
      const auto* connector = connector_of(engine_.setup_, account.kind);
      if (connector) pace_.declare(account, connector->capabilities);
    }
  };
  declare(engine_.setup_.channels, channel_connector);
  declare(engine_.setup_.suppliers, supplier_connector);
  declare(engine_.setup_.trackings, tracking_connector);
  declare(engine_.setup_.notifiers, notifier_connector);
  for (const auto* account : accounts_of(engine_.setup_)) tell_budget(account->id);
  auto rows = engine_.parts_.store->unsettled(engine_.setup_.tenant);
  if (!rows) return fail(rows.error());
  const auto& restored = engine_.orders_.restored();
  held_ = restored && !restored->done_at;
  for (auto& row : *rows) {
    // Nobody knows how far a row got that was on its way when the program ended.
    if (row.state == EffectState::Sending) {
      row.state =
          planted("what was on its way starts anew") ? EffectState::Unsent : EffectState::Unknown;
    }
    row.not_before = engine_.parts_.clock->now();
    take(row);
  }
  return {};
}

void Courier::take(const ports::OutboxRow& row) {
  put_back(row, row.not_before);
  count(EffectState::Done, row.state);
}

bool Courier::Lane::is_full() const { return streams.size() >= width; }

Courier::Lane& Courier::lane_named(const std::string& name) {
  const auto [found, fresh] = lanes_.try_emplace(name);
  auto& lane = found->second;
  if (!fresh) return lane;
  const auto partner = partner_of(engine_.setup_, name);
  lane.ordered = partner.capabilities.ordered;
  const bool looks_first = name.starts_with("channel:") || name == "tracking";
  const bool sure =
      looks_first || partner.capabilities.idempotent || partner.capabilities.find_by_reference;
  auto at_once = sure ? most_in_flight_per_lane : most_mails_in_flight;
  if (partner.account) {
    lane.account = partner.account->id;
    at_once = number_setting(*partner.account, "at_once", at_once);
  }
  // Where a supplier can neither know a repetition nor be asked, one row is on its way at a time: a
  // sudden end then leaves one purchase in doubt and not many.
  const bool wide = (sure || name == "buyer") && !lane.ordered;
  lane.width = wide ? static_cast<std::size_t>(at_once) : 1;
  return lane;
}

/// Notes when the lane's next row may leave.
void Courier::plan(const std::string& name) {
  const auto& lane = lane_named(name);
  if (lane.waiting.empty() || lane.is_full()) {
    due_.drop(name);
    return;
  }
  const auto now = engine_.parts_.clock->now();
  const auto& first = lane.waiting.begin()->second;
  due_.set(name, std::max(first.not_before, pace_.ready_at(lane.account, now)));
}

/// The order's row in flight is settled: what waited behind it may go on.
void Courier::arrived(const std::string& name, std::int64_t stream) {
  auto& lane = lane_named(name);
  lane.streams.erase(stream);
  auto behind = lane.behind.extract(stream);
  if (behind && !planted("rows behind another are forgotten")) {
    for (auto& row : behind.mapped()) put_back(row, row.not_before);
  }
  plan(name);
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
  const auto next = held_ ? Instant{INT64_MAX} : due_.next();
  return paced_.empty() ? next : std::min(next, paced_.begin()->first.first);
}

void Courier::let_go(Engine::Commit& commit) {
  held_ = false;
  commit.failed.push_back([this](const Error&) { held_ = true; });
  for (auto& [name, lane] : lanes_) {
    for (auto& [key, row] : lane.waiting) {
      const auto order = engine_.orders_.held(row.stream);
      const bool old = order && engine_.orders_.may_have_moved_on((*order)->state.placed_at);
      if (!old || row.state == EffectState::Unknown) continue;
      count(row.state, EffectState::Unknown);
      row.state = EffectState::Unknown;
      commit.batch.put_outbox.push_back(row);
    }
  }
}

/// Whether an effect that this store never sent may have been sent by the one it was restored from.
bool Courier::may_have_happened(const core::OrderState& state, const Effect& effect) const {
  if (!engine_.orders_.may_have_moved_on(state.placed_at)) return false;
  const auto before = engine_.orders_.restored()->restored_at;
  if (const auto* place = std::get_if<PlacePurchaseOrder>(&effect)) {
    // Whatever was drafted since carries a person's approval and a number never used.
    const auto* po = state.po(place->po);
    return po && po->mode == Mode::Auto;
  }
  const auto* message = std::get_if<SendBuyerMessage>(&effect);
  if (!message) return reads_back(effect);
  const auto* parcel = state.parcel(message->parcel);
  return parcel && std::ranges::any_of(parcel->events, [&](const core::TrackedEvent& event) {
           if (event.at > before) return false;
           if (message->moment == Moment::CarrierPickup) return event.proof == Proof::Physical;
           if (message->moment == Moment::Delivered)
             return event.status == TrackingStatus::Delivered;
           return true;
         });
}

void Courier::dispatch(Engine::Commit& commit) {
  const auto now = engine_.parts_.clock->now();
  while (!paced_.empty() && paced_.begin()->first.first <= now) {
    auto departure = std::move(paced_.begin()->second);
    paced_.erase(paced_.begin());
    depart(departure.talk, std::move(departure.request));
  }
  if (held_) return;
  std::size_t budget = most_rows_per_commit;
  while (budget > 0) {
    const auto name = due_.take(now);
    if (!name) return;
    dispatch_lane(commit, *name, budget);
  }
}

void Courier::dispatch_lane(Engine::Commit& commit, const std::string& name, std::size_t& budget) {
  const auto now = engine_.parts_.clock->now();
  auto& lane = lane_named(name);
  while (!lane.waiting.empty() && !lane.is_full() && budget > 0) {
    const auto first = lane.waiting.begin();
    if (first->second.not_before > now || pace_.ready_at(lane.account, now) > now) break;
    auto row = std::move(first->second);
    lane.waiting.erase(first);
    --budget;
    if (lane.streams.contains(row.stream.id))
      lane.behind[row.stream.id].push_back(std::move(row));
    else
      send_row(commit, lane, std::move(row));
  }
  plan(name);
}

void Courier::put_back(ports::OutboxRow row, Instant not_before) {
  row.not_before = not_before;
  const auto name = row.lane;
  auto& lane = lane_named(name);
  // In an ordered lane a row that waits keeps its place and those after it wait, too.
  const auto place = lane.ordered ? Instant{} : row.not_before;
  lane.waiting[{place, row.seq, row.number}] = std::move(row);
  plan(name);
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

/// What they would be sent from could not be read: the commit fails, and they wait.
void Courier::wait_for_store(Engine::Commit& commit, ports::OutboxRow row,
                             const std::vector<Leaving>& also) {
  commit.failed.push_back([this, row = std::move(row), also](const Error&) {
    const auto later = engine_.parts_.clock->now() + seconds(1);
    put_back(row, later);
    for (const auto& one : also) put_back(one.row, later);
  });
}

/// What is no longer wanted does not leave, and its order hears so.
void Courier::withdraw(Engine::Commit& commit, const ports::OutboxRow& row, const Effect& effect,
                       const std::string& why) {
  settle_now(commit, row, EffectState::Withdrawn, why);
  if (const auto* message = std::get_if<SendBuyerMessage>(&effect)) {
    (void)engine_.step(
        commit, row.stream,
        EngineCommand(SettleMessage{message->moment, message->parcel, EffectState::Withdrawn, why}),
        "courier");
  }
  if (const auto* place = std::get_if<PlacePurchaseOrder>(&effect)) {
    // Its supplier never saw it: what was to be stopped is stopped.
    (void)engine_.step(commit, row.stream,
                       SupplierCommand(AnswerSupplyCancel{
                           place->po, CancelReply::Accepted, {}, "courier", "it had not left"}),
                       "courier");
  }
}

void Courier::send_row(Engine::Commit& commit, Lane& lane, ports::OutboxRow row) {
  auto json = parse_json(row.bytes);
  auto effect = json ? decode_effect(*json) : Result<Effect>(fail(json.error()));
  auto held = engine_.orders_.held(row.stream);
  if (!effect || !held) {
    const auto why = describe(effect ? held.error() : effect.error());
    settle_now(commit, row, EffectState::Dead, why);
    engine_.raise(commit, "outbox", ReasonCode::StepFailed, "row " + std::to_string(row.seq),
                  why + " (" + stream_text(row.stream) + ")");
    return;
  }
  const auto& state = (*held)->state;
  const bool unsure = row.state == EffectState::Unknown || may_have_happened(state, *effect);
  if (const auto why = core::no_longer_wanted(state, *effect);
      !why.empty() && !unsure && !planted("nobody asks whether an effect is still wanted")) {
    return withdraw(commit, row, *effect, why);
  }
  std::vector<Leaving> also;
  std::vector<std::string> also_about;
  if (const auto* remind = std::get_if<RemindSupplier>(&*effect); remind && !unsure) {
    also = gather_reminders(commit, lane, *remind);
    for (const auto& one : also) also_about.push_back(about(one.effect));
  }
  const auto sources = sources_of(state, *effect);
  auto buyer = sources.buyer ? engine_.orders_.buyer(row.stream) : Result<Json>(Json());
  auto words = sources.words ? engine_.orders_.words(row.stream) : Result<WordBook>(WordBook());
  auto talk = words ? prepare(engine_.setup_, engine_.vault_, row.stream, state,
                              buyer ? *buyer : Json(), *words, *effect, unsure, also_about)
                    : Result<Prepared>(fail(words.error()));
  if (engine_.orders_.is_unread()) return wait_for_store(commit, std::move(row), also);
  if (!talk) {
    ports::Outcome outcome;
    outcome.kind = ports::Outcome::Kind::Refused;
    outcome.detail = describe(talk.error());
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
    outcome.detail = "it may have happened before the program was started again";
    settle_row(commit, row, *effect, std::move(outcome));
    return;
  }
  std::vector<Leaving> leaving{{std::move(row), *effect, {}}};
  std::ranges::move(also, std::back_inserter(leaving));
  for (auto& one : leaving) leave(commit, lane, one);
  if (talk->told) keep_text(commit, leaving.front().row, **held, std::move(*talk->told));
  pace_.take(talk->account, engine_.parts_.clock->now());
  auto conversation = std::make_shared<Conversation>();
  conversation->account = talk->account;
  conversation->doing = name_of(*effect);
  conversation->token = engine_.mailroom_->token_of(talk->account);
  conversation->counted = true;
  conversation->turn = std::move(talk->turn);
  conversation->settled = [this, leaving](Engine::Commit& later, const ports::Outcome& outcome) {
    for (const auto& one : leaving) {
      arrived(one.row.lane, one.row.stream.id);
      settle_row(later, one.row, one.effect, outcome);
    }
  };
  commit.after.push_back([this, conversation] { proceed(conversation); });
}

/// Makes the links lead somewhere that an effect gives away. One that was written within a day is
/// not written again: its key is chance, so that each writing costs a page of the log.
void Courier::put_links(Engine::Commit& commit, const ports::StreamKey& stream,
                        const Effect& effect, Instant now) {
  if (links_.size() >= most_links_remembered) links_.clear();
  for (auto& link : links_in(engine_.vault_, stream, effect, now)) {
    const auto known = links_.find(link.key);
    if (known != links_.end() && now < known->second + days(1)) continue;
    commit.after.push_back([this, key = link.key, now] { links_[key] = now; });
    commit.batch.put_records.push_back(std::move(link));
  }
}

/// What a buyer is about to read is durable with the row that says it leaves.
void Courier::keep_text(Engine::Commit& commit, const ports::OutboxRow& row, const Held& held,
                        ToldText told) {
  told.at = row.changed_at;
  const auto until = keep_until(engine_.setup_.policy, "buyer_messages", told.at);
  const auto kept = keep_told(engine_.vault_, *engine_.parts_.entropy, row.stream, held.sealed_key,
                              row.seq, told, until, commit.batch);
  // The key opened for the address a moment ago; without its copy the message is no worse.
  if (!kept) {
    log_error("courier", "a message's text is not kept", {field("why", describe(kept.error()))});
  }
}

/// Marks a row as sending, durably before a byte leaves; a failed commit puts it back.
void Courier::leave(Engine::Commit& commit, Lane& lane, Leaving& leaving) {
  auto& row = leaving.row;
  leaving.before = row.state;
  row.state = EffectState::Sending;
  ++row.attempts;
  row.changed_at = engine_.parts_.clock->now();
  if (!planted("bytes leave before the row says so")) commit.batch.put_outbox.push_back(row);
  put_links(commit, row.stream, leaving.effect, row.changed_at);
  count(leaving.before, row.state);
  lane.streams.insert(row.stream.id);
  commit.failed.push_back([this, row, before = leaving.before](const Error&) mutable {
    arrived(row.lane, row.stream.id);
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
    // A link that was asked for is about one purchase order.
    if (!remind || remind->step != like.step || remind->asked || like.asked) continue;
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

void Courier::converse(Conversation talk) {
  talk.token = engine_.mailroom_->token_of(talk.account);
  proceed(std::make_shared<Conversation>(std::move(talk)));
}

void Courier::proceed(const Talk& talk) {
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
  if (!talk->exchanges.empty()) {
    pace_.heard(talk->account, turn.outcome, engine_.parts_.clock->now());
    tell_budget(talk->account);
  }
  if (turn.next)
    depart(talk, std::move(*turn.next));
  else
    finish(talk, turn.outcome);
}

/// Sends the conversation's next request when its account's budget allows it.
void Courier::depart(const Talk& talk, ports::Request request) {
  const auto now = engine_.parts_.clock->now();
  if (!std::exchange(talk->counted, false)) {
    const auto ready_at = pace_.ready_at(talk->account, now);
    if (ready_at > now) {
      paced_.insert({{ready_at, ++departures_}, {talk, std::move(request)}});
      return;
    }
    pace_.take(talk->account, now);
  }
  tell_budget(talk->account);
  auto sent = request;
  engine_.talks(1);
  engine_.parts_.transport->send(
      std::move(request), engine_.setup_.request_limit,
      [this, talk, sent = std::move(sent)](ports::Response response) mutable {
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

/// An access token that lapsed is renewed once, and the conversation begins again; nothing of it
/// can have happened.
void Courier::finish(const Talk& talk, const ports::Outcome& outcome) {
  const bool may_help = outcome.credentials_refused && !talk->renewed &&
                        outcome.kind == ports::Outcome::Kind::NotSent;
  if (may_help &&
      engine_.mailroom_->renew_token(talk->account, talk->token, [this, talk, outcome](bool fresh) {
        if (!fresh) {
          auto known = outcome;  // the refused renewal has its own case
          known.credentials_refused = false;
          return settle(talk, known);
        }
        talk->renewed = true;
        talk->exchanges.clear();
        proceed(talk);
      })) {
    return;
  }
  settle(talk, outcome);
}

void Courier::tell_budget(const std::string& account) {
  const auto now = engine_.parts_.clock->now();
  engine_.partners_.budget(account, pace_.budget(account, now));
}

void Courier::settle(const Talk& talk, const ports::Outcome& outcome) {
  const auto now = engine_.parts_.clock->now();
  if (outcome.kind == ports::Outcome::Kind::Done) {
    engine_.partners_.went_well(talk->account, now);
  } else if (const auto account = engine_.account(talk->account)) {
    engine_.partners_.went_wrong(*account, talk->doing, outcome, now);
  }
  engine_.push([this, talk, outcome](Engine::Commit& commit) {
    if (outcome.credentials_refused) {
      engine_.raise(commit, "account:" + talk->account, ReasonCode::ChannelTrouble, "credentials",
                    talk->account + " does not accept our credentials: " + outcome.detail);
    }
    talk->settled(commit, outcome);
  });
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
    if (unknown) {
      reply(place->po,
            planted("an unknown outcome counts as refused") ? PoReply::Refused : PoReply::Unknown);
    }
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
  if (refused && !has_own_words && !only_a_question(effect)) {
    commands.push_back(EngineCommand(SettleEffect{
        std::string(name_of(effect)), EffectState::Refused, about(effect), outcome.detail}));
  }
  return commands;
}

void Courier::settle_row(Engine::Commit& commit, ports::OutboxRow row, const Effect& effect,
                         ports::Outcome outcome) {
  using Kind = ports::Outcome::Kind;
  const auto now = engine_.parts_.clock->now();
  const auto before = row.state;
  row.changed_at = now;
  row.detail = std::string(clipped(outcome.detail, 500));
  if (outcome.kind == Kind::NotSent && planted("what did not leave counts as done")) {
    outcome.kind = Kind::Done;
  }
  if (outcome.kind == Kind::NotSent && row.attempts < engine_.setup_.max_attempts) {
    row.state = EffectState::Unsent;
    row.not_before = now + std::max(outcome.retry_after, backoff(row.attempts, row.seq));
    commit.batch.put_outbox.push_back(row);
    count(before, row.state);
    if (!planted("a try that failed is the last")) put_back(row, row.not_before);
    return;
  }
  if (outcome.kind == Kind::NotSent) {
    // A question that was not heard is asked again by its timer: it is over, and nobody's case.
    if (!only_a_question(effect)) row.state = EffectState::Dead;
    outcome.kind = Kind::Refused;
    outcome.detail = "given up after " + std::to_string(row.attempts) + " tries: " + outcome.detail;
  }
  for (const auto& command : consequences(effect, row, outcome)) {
    auto stepped = engine_.step(commit, row.stream, command, row.lane);
    if (stepped) continue;
    engine_.raise(commit, row.lane, ReasonCode::MessageNotUnderstood, about(effect),
                  "an answer could not be taken in: " + describe(stepped.error()) + " (" +
                      stream_text(row.stream) + ")");
  }
  if (outcome.kind == Kind::Unknown) {
    row.state = EffectState::Unknown;
    const bool can_ask = may_ask(effect);
    if (can_ask && row.attempts < engine_.setup_.max_attempts) {
      row.not_before = now + backoff(row.attempts, row.seq);
      // Not before it is durable: a failed commit settles the row again, and it may wait only once.
      commit.after.push_back([this, row] { put_back(row, row.not_before); });
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
  if (planted("an answer is lost with a failed commit")) return;
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
