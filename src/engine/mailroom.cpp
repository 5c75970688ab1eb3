#include "engine/mailroom.h"

#include <algorithm>

#include "base/id.h"
#include "base/log.h"
#include "base/planted.h"
#include "base/text.h"
#include "engine/commit.h"
#include "engine/courier.h"
#include "engine/envelope.h"
#include "engine/retention/retention.h"
#include "engine/views/history.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t rows_read_at_start = 100'000;
constexpr std::int64_t fetch_tries_before_a_case = 4;
constexpr std::size_t most_fetches_in_flight = 8;
constexpr Duration between_renewals = minutes(1);
constexpr Duration same_moment = seconds(2);
constexpr Duration overlap = minutes(10);  // Shopify's search is eventually consistent
// A listing may be quicker than the message it overtakes; only what stays silent was lost.
constexpr Duration message_grace = minutes(15);
constexpr Duration most_drift = minutes(5);  // of a clock that is only adjusted
constexpr std::size_t most_unannounced = 10'000;

std::string place_of(const ports::InboxRow& row) { return "inbox/" + std::to_string(row.seq); }

/// What a case about a message says: its trouble, and the message by which it is found. What the
/// case is about stays the topic, so that a thousand alike are one case.
std::string told_of(const ports::InboxRow& row) {
  const auto why = row.problem.empty() ? std::string("it could not be read") : row.problem;
  return why + " (message " + id_text("msg", row.seq) + ")";
}

}  // namespace

std::string Mailroom::fetch_key(const std::string& account, const std::string& order) {
  return account + '\n' + order;
}

Status Mailroom::start() {
  auto heads = engine_.parts_.store->heads(engine_.setup_.tenant);
  if (!heads) return fail(heads.error());
  inbox_seq_ = heads->inbox_seq;
  auto rows = engine_.parts_.store->waiting(engine_.setup_.tenant, rows_read_at_start);
  if (!rows) return fail(rows.error());
  unread_ = std::move(*rows);
  const auto now = engine_.parts_.clock->now();
  for (const auto& account : engine_.setup_.channels) {
    auto& watch = watches_[account.id];
    watch.since = now - days(1);
    auto cursor =
        engine_.parts_.store->record({engine_.setup_.tenant, "cursor", "reconcile:" + account.id});
    if (!cursor) return fail(cursor.error());
    if (*cursor) {
      if (auto since = parse_instant((*cursor)->bytes)) {
        watch.since = *since;
        watch.knows = true;
      }
    }
    const auto& restored = engine_.orders_.restored();
    if (restored && !restored->done_at) {
      watch.since = std::min(watch.since, restored->since);
      watch.knows = false;  // nobody missed a message: they came to the store that is lost
    }
    watch.reconcile_at = now;
    watch.renew_at = account.setting("client_id").empty() ? Instant{INT64_MAX} : now;
    plan(account.id);
  }
  return {};
}

Result<ports::Delivery> Mailroom::verify(const std::string& account,
                                         const ports::Inbound& inbound) const {
  // A copy: the pumping thread renews access tokens while others verify.
  const auto found = [&](const std::vector<ports::Account>& accounts) {
    const std::lock_guard lock(engine_.mutex_);
    const auto* known = account_of(accounts, account);
    return known ? std::optional(*known) : std::nullopt;
  };
  const auto receive = [&](const auto& known, const auto* connector) {
    if (connector && connector->receive) return connector->receive(*known, inbound);
    return Result<ports::Delivery>(
        fail(ErrorCode::NotFound, "this account takes no messages", account));
  };
  if (const auto channel = found(engine_.setup_.channels)) {
    return receive(channel, channel_connector(engine_.setup_, channel->kind));
  }
  if (const auto supplier = found(engine_.setup_.suppliers)) {
    return receive(supplier, supplier_connector(engine_.setup_, supplier->kind));
  }
  if (const auto tracking = found(engine_.setup_.trackings)) {
    return receive(tracking, tracking_connector(engine_.setup_, tracking->kind));
  }
  return fail(ErrorCode::NotFound, "no account takes messages here", account);
}

void Mailroom::store(Engine::Commit& commit, const std::string& account,
                     const ports::Inbound& inbound, const ports::Delivery& delivery,
                     Engine::Received done) {
  const auto digest = sha256(inbound.body);
  auto shared = std::make_shared<Engine::Received>(std::move(done));
  const auto answer = [&](Reception reception) {
    if (planted("answered before the commit")) {
      (*shared)(reception);
      return;
    }
    commit.after.push_back([shared, reception] { (*shared)(reception); });
    commit.failed.push_back([shared](const Error& error) { (*shared)(fail(error)); });
  };
  const auto seen_under = [&](const std::string& key) -> Result<std::optional<Digest>> {
    const auto pending = commit.deliveries.find({account, key});
    if (pending != commit.deliveries.end()) return pending->second;
    auto known = engine_.parts_.store->delivery(engine_.setup_.tenant, account, key);
    if (!known) return fail(known.error());
    return *known ? std::optional((*known)->body_hash) : std::nullopt;
  };
  // The same key with other bytes is no repetition: kept under a key of its own, and owned.
  auto key = delivery.dedupe_key;
  auto seen = seen_under(key);
  const bool reused = seen && *seen && **seen != digest;
  if (reused) {
    key += "#" + hex(digest).substr(0, 16);
    seen = seen_under(key);
  }
  if (!seen) {
    (*shared)(fail(seen.error()));
    return;
  }
  {
    const std::lock_guard lock(engine_.mutex_);
    ++(*seen ? engine_.health_.duplicate_deliveries : engine_.health_.accepted_deliveries);
  }
  engine_.went_well(lane_of(account));
  unannounced_.drop(fetch_key(account, delivery.order_id));
  if (*seen && !planted("a delivery is stored twice")) {
    answer({true, true});
    return;
  }
  ports::InboxRow row;
  row.tenant = engine_.setup_.tenant;
  row.seq = ++inbox_seq_;
  row.account = account;
  row.dedupe_key = key;
  row.topic = delivery.topic;
  row.subject = delivery.order_id;
  row.envelope = encode_envelope(inbound, delivery);
  row.body = engine_.vault_.seal_tenant(place_of(row), inbound.body, *engine_.parts_.entropy);
  row.body_hash = digest;
  row.received_at = inbound.received_at;
  row.problem = reused ? "the delivery key was used before with other bytes" : delivery.problem;
  // A hint is followed all the same: nobody can silence a delivery by using its key before it.
  const bool hint = delivery.meaning == ports::Delivery::Meaning::Refetch;
  const bool understood = delivery.understood && (!reused || hint);
  if (!understood) row.state = ports::InboxState::Kept;
  commit.deliveries[{account, key}] = digest;
  commit.batch.add_inbox.push_back(row);
  if (!understood || reused) {
    engine_.raise(commit, "inbox:" + account, ReasonCode::MessageNotUnderstood,
                  row.topic.empty() ? "message" : row.topic, told_of(row));
  }
  answer({false, understood});
  if (understood) {
    commit.after.push_back([this, row] { unread_.push_back(row); });
  }
}

/// The lane a partner's account answers for, as its effects name it.
std::string Mailroom::lane_of(const std::string& account) const {
  if (account_of(engine_.setup_.channels, account)) return "channel:" + account;
  if (account_of(engine_.setup_.suppliers, account)) return "supplier:" + account;
  return "tracking";
}

void Mailroom::keep(Engine::Commit& commit, const ports::InboxRow& row, ports::InboxState state,
                    const std::string& problem) {
  if (planted("what is not understood stays unread")) return;
  auto changed = row;
  changed.body.clear();
  changed.state = state;
  changed.problem = std::string(clipped(problem, 500));
  ++changed.attempts;
  commit.batch.put_inbox.push_back(changed);
  engine_.raise(commit, "inbox:" + row.account, ReasonCode::MessageNotUnderstood,
                row.topic.empty() ? "message" : row.topic, told_of(changed));
}

void Mailroom::settle(Engine::Commit& commit, std::int64_t seq, const std::string& subject) {
  ports::InboxRow row;
  row.tenant = engine_.setup_.tenant;
  row.seq = seq;
  row.subject = subject;
  row.state = ports::InboxState::Done;
  commit.batch.put_inbox.push_back(row);
}

Status Mailroom::replay(Engine::Commit& commit, std::int64_t seq) {
  auto row = engine_.parts_.store->inbox(engine_.setup_.tenant, seq);
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::NotFound, "no such message", std::to_string(seq));
  auto again = **row;
  auto changed = again;
  changed.body.clear();
  changed.state = ports::InboxState::Waiting;
  changed.problem.clear();
  commit.batch.put_inbox.push_back(changed);
  again.state = ports::InboxState::Waiting;
  commit.after.push_back([this, again] { unread_.push_back(again); });
  return {};
}

/// The orders a message was read for list it as long as its body is kept.
void Mailroom::note_received(Engine::Commit& commit, const Received& message,
                             std::string_view about) {
  const auto until = keep_until(engine_.setup_.policy, "raw_messages", message.received_at);
  auto& records = commit.batch.put_records;
  for (auto& row : received_rows(engine_.setup_.tenant, message, about, until)) {
    records.push_back(std::move(row));
  }
}

void Mailroom::want(const std::string& account, const std::string& order,
                    const ports::InboxRow* row, const std::string& source) {
  auto& fetch = fetches_[fetch_key(account, order)];
  fetch.account = account;
  fetch.order = order;
  if (row) fetch.rows[row->seq] = {row->seq, row->account, row->topic, row->received_at};
  if (fetch.source.empty()) fetch.source = source;
  // A hint that came while the order was being fetched may be about something newer.
  fetch.again = fetch.again || fetch.in_flight;
  if (!fetch.in_flight) due_fetches_.set(fetch_key(account, order), fetch.not_before);
}

void Mailroom::handle(Engine::Commit& commit, const ports::InboxRow& row) {
  const auto meaning = meaning_of(row.envelope);
  const bool channel = account_of(engine_.setup_.channels, row.account) != nullptr;
  if (!channel) {
    handle_callback(commit, row);
    return;
  }
  switch (meaning) {
    case ports::Delivery::Meaning::Ping:
      settle(commit, row.seq);
      return;
    case ports::Delivery::Meaning::Commands:
      handle_callback(commit, row);
      return;
    case ports::Delivery::Meaning::Refetch:
      want(row.account, row.subject, &row, row.topic);
      return;
    case ports::Delivery::Meaning::Uninstalled:
      // A payload is a hint: a person checks at the channel what it says.
      engine_.raise(commit, "account:" + row.account, ReasonCode::ChannelTrouble, row.topic,
                    "the channel sent " + row.topic + "; check the app's installation");
      settle(commit, row.seq);
      return;
    case ports::Delivery::Meaning::DataRequest:
      engine_.raise(commit, "account:" + row.account, ReasonCode::ChannelTrouble, row.topic,
                    "the channel sent " + row.topic + " about order " + row.subject +
                        "; give the buyer what is kept");
      settle_private(commit, row.seq);
      return;
    case ports::Delivery::Meaning::Redact:
      redact(commit, row);
      return;
  }
}

Result<ports::StreamKey> Mailroom::stream_of(const Command& command) {
  if (const auto* supplier = std::get_if<SupplierCommand>(&command)) {
    const auto po = std::visit([](const auto& c) { return c.po; }, *supplier);
    return engine_.orders_.stream_by("po", po);
  }
  if (const auto* from_engine = std::get_if<EngineCommand>(&command)) {
    if (const auto* tracking = std::get_if<RecordTracking>(from_engine)) {
      auto found = engine_.orders_.stream_by("tracking", tracking->tracking);
      if (found) return found;
      for (const auto& record : tracking->events) {
        if (record.replaces.empty()) continue;
        found = engine_.orders_.stream_by("tracking", record.replaces);
        if (found) return found;
      }
      return found;
    }
  }
  return fail(ErrorCode::Invalid, "a partner's message cannot ask for this",
              std::string(name_of(command)));
}

void Mailroom::handle_callback(Engine::Commit& commit, const ports::InboxRow& row) {
  auto body = engine_.vault_.unseal_tenant(place_of(row), row.body);
  if (!body) {
    keep(commit, row, ports::InboxState::SetAside, describe(body.error()));
    return;
  }
  const auto inbound = decode_envelope(row.envelope, std::move(*body), row.received_at);
  Result<std::vector<Command>> commands =
      fail(ErrorCode::NotFound, "the account is not configured any more", row.account);
  if (const auto* supplier = account_of(engine_.setup_.suppliers, row.account)) {
    const auto* connector = supplier_connector(engine_.setup_, supplier->kind);
    if (connector && connector->read_callback) {
      commands = connector->read_callback(*supplier, inbound);
    }
  } else if (const auto* tracking = account_of(engine_.setup_.trackings, row.account)) {
    const auto* connector = tracking_connector(engine_.setup_, tracking->kind);
    if (connector && connector->read_push) commands = connector->read_push(*tracking, inbound);
  }
  if (!commands) {
    keep(commit, row, ports::InboxState::Kept, describe(commands.error()));
    return;
  }
  std::string problem;
  std::set<std::string> subjects;
  for (const auto& command : *commands) {
    auto stream = stream_of(command);
    Result<Engine::Step> stepped = fail(ErrorCode::NotFound, "");
    if (stream) stepped = engine_.step(commit, *stream, command, "partner:" + row.account);
    if (stream) subjects.insert(stream_text(*stream));
    if (stream && is_erased(*stream)) {
      commit.batch.drop_inbox_bodies.push_back({engine_.setup_.tenant, row.seq});
    }
    if (!stream || !stepped) problem = describe(stream ? stepped.error() : stream.error());
  }
  // By these an erasure finds what else was told of the order.
  auto about = row;
  about.subject = join({subjects.begin(), subjects.end()}, ",");
  if (!problem.empty()) {
    keep(commit, about, ports::InboxState::SetAside, problem);
    return;
  }
  settle(commit, row.seq, about.subject);
  note_received(commit, {row.seq, row.account, row.topic, row.received_at}, about.subject);
}

void Mailroom::start_fetch(const std::string& key) {
  auto& fetch = fetches_.at(key);
  const auto* account = account_of(engine_.setup_.channels, fetch.account);
  const auto* connector = account ? channel_connector(engine_.setup_, account->kind) : nullptr;
  if (!connector || !connector->fetch_order) return;
  fetch.in_flight = true;
  fetch.again = false;
  ++fetch.attempts;
  ++fetches_in_flight_;
  Conversation talk;
  talk.account = account->id;
  talk.doing = "fetch_order";
  talk.turn = [account, connector,
               job = ports::FetchOrderJob{fetch.order}](const ports::Exchanges& exchanges) {
    return connector->fetch_order(*account, job, exchanges);
  };
  talk.settled = [this, key](Engine::Commit& commit, const ports::Outcome& outcome) {
    fetched(commit, key, outcome);
  };
  engine_.courier_->converse(std::move(talk));
}

/// Steps with what a fetch brought. `about` gets the streams beside what the message named, by
/// which an erasure finds the message. Gives the last problem, "" without one.
std::string Mailroom::take_in(Engine::Commit& commit, const Fetch& fetch,
                              const ports::Outcome& outcome, std::string& about) {
  std::string problem;
  for (auto order : outcome.orders) {
    order.channel = fetch.account;
    auto stream = engine_.orders_.stream_of_order(fetch.account, order.channel_order);
    Result<Engine::Step> stepped = fail(ErrorCode::NotFound, "");
    if (stream) {
      stepped = engine_.step(commit, *stream, ChannelCommand(ObserveOrder{order, fetch.source}),
                             "channel:" + fetch.account);
    }
    if (!stream || !stepped) problem = describe(stream ? stepped.error() : stream.error());
    if (stream) about += "," + stream_text(*stream);
    if (!stream || !is_erased(*stream)) continue;
    // News of an erased order goes as it comes.
    for (const auto& [seq, message] : fetch.rows) {
      commit.batch.drop_inbox_bodies.push_back({engine_.setup_.tenant, seq});
    }
  }
  return problem;
}

void Mailroom::fetched(Engine::Commit& commit, const std::string& key,
                       const ports::Outcome& outcome) {
  const auto found = fetches_.find(key);
  if (found == fetches_.end()) return;
  auto& fetch = found->second;
  fetch.in_flight = false;
  --fetches_in_flight_;
  const auto now = engine_.parts_.clock->now();
  // A channel that refuses to show the order does not free us of erasing it.
  const bool gone = fetch.redact && outcome.kind == ports::Outcome::Kind::Refused;
  if (outcome.kind != ports::Outcome::Kind::Done && !gone) {
    const auto wait =
        std::max(outcome.retry_after,
                 seconds(2) * (std::int64_t{1} << std::min<std::int64_t>(fetch.attempts, 9)));
    fetch.not_before = now + wait;
    if (!planted("a failed fetch is not repeated")) due_fetches_.set(key, fetch.not_before);
    const bool refused = outcome.kind == ports::Outcome::Kind::Refused;
    if (refused || fetch.attempts >= fetch_tries_before_a_case) {
      engine_.raise(commit, "account:" + fetch.account, ReasonCode::ChannelTrouble, "fetch",
                    "orders cannot be fetched: " + outcome.detail);
    }
    return;
  }
  auto about = fetch.order;
  std::string problem;
  if (fetch.redact)
    redacted(commit, fetch);
  else
    problem = take_in(commit, fetch, outcome, about);
  const auto rows = fetch.rows;
  if (!problem.empty() && rows.empty()) {
    // No message is kept that says so.
    engine_.raise(commit, "account:" + fetch.account, ReasonCode::MessageNotUnderstood,
                  "order " + fetch.order, "an order could not be taken in: " + problem);
  }
  if (!problem.empty()) {
    for (const auto& [seq, message] : rows) {
      ports::InboxRow row;
      row.tenant = engine_.setup_.tenant;
      row.seq = seq;
      row.account = fetch.account;
      row.topic = fetch.source;
      keep(commit, row, ports::InboxState::SetAside, problem);
    }
  } else {
    // A redaction settles its own message when all its orders are done.
    for (const auto& [seq, message] : rows) {
      if (fetch.redact) continue;
      settle(commit, seq, about);
      note_received(commit, message, std::string_view(about).substr(fetch.order.size()));
    }
  }
  const bool was_owed = watches_[fetch.account].owed.erase(fetch.order) > 0;
  commit.failed.push_back([this, fetch, was_owed](const Error&) {
    if (was_owed) watches_[fetch.account].owed.insert(fetch.order);
    auto& again = fetches_[fetch_key(fetch.account, fetch.order)];
    if (again.in_flight) {
      // It was hinted at meanwhile and is on its way once more: that answer settles all.
      again.rows.insert(fetch.rows.begin(), fetch.rows.end());
      again.redact = again.redact || fetch.redact;
    } else {
      again = fetch;
      again.not_before = engine_.parts_.clock->now() + seconds(1);
      due_fetches_.set(fetch_key(fetch.account, fetch.order), again.not_before);
    }
    if (!fetch.redact) return;
    for (const auto& [seq, message] : fetch.rows) redactions_[seq].insert(fetch.order);
  });
  keep_cursor(commit, fetch.account);
  if (fetch.again) {
    fetch.redact = false;
    fetch.rows.clear();
    fetch.attempts = 0;
    fetch.not_before = {};
    due_fetches_.set(key, fetch.not_before);
  } else {
    fetches_.erase(found);
  }
}

void Mailroom::reconcile(const ports::Account& account, Watch& watch) {
  const auto* connector = channel_connector(engine_.setup_, account.kind);
  if (!connector || !connector->list_updated || planted("changed orders are never listed")) {
    watch.reconcile_at = Instant{INT64_MAX};
    watch.looked = true;
    return;
  }
  watch.in_flight = true;
  const ports::ListUpdatedJob job{watch.since - overlap, watch.cursor};
  Conversation talk;
  talk.account = account.id;
  talk.doing = "list_updated";
  talk.turn = [&account, connector, job](const ports::Exchanges& exchanges) {
    return connector->list_updated(account, job, exchanges);
  };
  talk.settled = [this, id = account.id](Engine::Commit& commit, const ports::Outcome& outcome) {
    reconciled(commit, id, outcome);
    plan(id);
  };
  engine_.courier_->converse(std::move(talk));
}

void Mailroom::reconciled(Engine::Commit& commit, const std::string& account,
                          const ports::Outcome& outcome) {
  auto& watch = watches_[account];
  watch.in_flight = false;
  const auto now = engine_.parts_.clock->now();
  if (outcome.kind != ports::Outcome::Kind::Done) {
    watch.reconcile_at = now + std::max(outcome.retry_after, minutes(1));
    if (outcome.kind == ports::Outcome::Kind::Refused) {
      engine_.raise(commit, "account:" + account, ReasonCode::ChannelTrouble, "reconcile",
                    "changed orders cannot be listed: " + outcome.detail);
    }
    return;
  }
  engine_.went_well(lane_of(account));
  const auto newest_before = watch.newest;
  for (std::size_t i = 0; i < outcome.order_ids.size(); ++i) {
    const auto& order = outcome.order_ids[i];
    const auto changed_at = i < outcome.changed_at.size() ? outcome.changed_at[i] : Instant{};
    watch.newest = std::max(watch.newest, changed_at);
    watch.listing[order] = changed_at;
    // Taken in since, and long enough before the last look that it cannot have changed unseen.
    const auto known = watch.listed.find(order);
    if (known != watch.listed.end() && known->second == changed_at &&
        changed_at + same_moment < newest_before && !watch.owed.contains(order)) {
      continue;
    }
    if (watch.knows) found(account, order);
    want(account, order, nullptr, "reconcile");
    watch.owed.insert(order);
  }
  watch.cursor = outcome.cursor;
  if (!watch.cursor.empty()) {
    watch.reconcile_at = now;
    return;
  }
  watch.knows = true;
  watch.looked = true;
  watch.since = std::max(watch.since, watch.newest);
  watch.listed = std::exchange(watch.listing, {});
  watch.reconcile_at = now + engine_.setup_.reconcile_every;
  watch.listed_until = watch.since;
  keep_cursor(commit, account);
  const std::lock_guard lock(engine_.mutex_);
  engine_.health_.last_reconciled = now;
}

/// Keeps how far listings came, once all they named was taken in: what a sudden end takes from
/// memory is then listed again.
void Mailroom::keep_cursor(Engine::Commit& commit, const std::string& account) {
  auto& watch = watches_[account];
  if (planted("the cursor is kept before its orders")) watch.owed.clear();
  if (!watch.owed.empty() || !watch.listed_until) return;
  const auto until = std::exchange(watch.listed_until, {});
  commit.batch.put_records.push_back(
      {engine_.setup_.tenant, "cursor", "reconcile:" + account, to_text(until), {}});
  commit.failed.push_back([this, account, until](const Error&) {
    auto& again = watches_[account].listed_until;
    again = std::max(again, until);
  });
}

/// Notes an order that no message told of so far.
void Mailroom::found(const std::string& account, const std::string& order) {
  const auto key = fetch_key(account, order);
  if (fetches_.contains(key) || engine_.orders_.stream_by("order:" + account, order)) return;
  if (unannounced_.size() < most_unannounced && !unannounced_.contains(key)) {
    unannounced_.set(key, engine_.parts_.clock->now() + message_grace);
  }
}

void Mailroom::count_gaps(Instant now) {
  std::int64_t lost = 0;
  while (unannounced_.take(now)) ++lost;
  if (lost == 0) return;
  const std::lock_guard lock(engine_.mutex_);
  engine_.health_.gaps += lost;
}

void Mailroom::renew(const ports::Account& account, Watch& watch) {
  const auto* connector = channel_connector(engine_.setup_, account.kind);
  if (!connector || !connector->renew_token) {
    watch.renew_at = Instant{INT64_MAX};
    return;
  }
  watch.renewing = true;
  watch.renewed_at = engine_.parts_.clock->now();
  Conversation talk;
  talk.account = account.id;
  talk.renewed = true;
  talk.doing = "renew_token";
  talk.turn = [&account, connector](const ports::Exchanges& exchanges) {
    return connector->renew_token(account, {}, exchanges);
  };
  talk.settled = [this, id = account.id](Engine::Commit& commit, const ports::Outcome& outcome) {
    renewed(commit, id, outcome);
    plan(id);
  };
  engine_.courier_->converse(std::move(talk));
}

void Mailroom::renewed(Engine::Commit& commit, const std::string& account,
                       const ports::Outcome& outcome) {
  const auto now = engine_.parts_.clock->now();
  auto& watch = watches_[account];
  watch.renewing = false;
  watch.renewal_failed = false;
  const bool fresh = outcome.kind == ports::Outcome::Kind::Done && !outcome.token.empty();
  if (fresh) {
    const std::lock_guard lock(engine_.mutex_);
    for (auto& known : engine_.setup_.channels) {
      if (known.id == account) known.secrets["access_token"] = outcome.token;
    }
    ++watch.token;
    // Renewed at four fifths of its life, so that one refused renewal still leaves time.
    watch.renew_at = now + outcome.token_lifetime * 4 / 5;
  } else {
    watch.renewal_failed = true;
    watch.renew_at = now + std::max(outcome.retry_after, minutes(5));
    engine_.raise(commit, "account:" + account, ReasonCode::ChannelTrouble, "token",
                  "the access token cannot be renewed: " + outcome.detail);
  }
  for (const auto& done : std::exchange(watch.wait_for_token, {})) done(fresh);
}

std::int64_t Mailroom::token_of(const std::string& account) const {
  const auto found = watches_.find(account);
  return found == watches_.end() ? 0 : found->second.token;
}

bool Mailroom::renew_token(const std::string& account, std::int64_t refused,
                           std::function<void(bool fresh)> done) {
  const auto* known = account_of(engine_.setup_.channels, account);
  const auto* connector = known ? channel_connector(engine_.setup_, known->kind) : nullptr;
  if (!connector || !connector->renew_token || known->setting("client_id").empty()) return false;
  auto& watch = watches_[account];
  if (watch.token != refused) {
    done(true);
    return true;
  }
  const auto now = engine_.parts_.clock->now();
  if (!watch.renewing && watch.renewed_at && now < watch.renewed_at + between_renewals) {
    if (!watch.renewal_failed) return false;
    done(false);  // its case is open
    return true;
  }
  watch.wait_for_token.push_back(std::move(done));
  if (!watch.renewing) renew(*known, watch);
  return true;
}

/// Notes when the account's next periodic work is due.
void Mailroom::plan(const std::string& account) {
  const auto& watch = watches_[account];
  constexpr Instant never{INT64_MAX};
  due_watches_.set(account, std::min(watch.renewing ? never : watch.renew_at,
                                     watch.in_flight ? never : watch.reconcile_at));
}

/// What a clock that was ahead has put off is due by one that was put right.
void Mailroom::look_at_clock(Instant now) {
  const bool was_ahead = now + most_drift < tended_at_;
  tended_at_ = now;
  if (!was_ahead) return;
  for (auto& [account, watch] : watches_) {
    const bool is_planned = watch.reconcile_at < Instant{INT64_MAX};
    if (is_planned) watch.reconcile_at = std::min(watch.reconcile_at, now);
    plan(account);
  }
}

void Mailroom::tend(Engine::Commit& commit) {
  const auto unread = std::exchange(unread_, {});
  for (const auto& row : unread) handle(commit, row);
  if (!unread.empty() && !planted("unread messages are lost with a failed commit")) {
    commit.failed.push_back([this, unread](const Error&) {
      unread_.insert(unread_.end(), unread.begin(), unread.end());
    });
  }
  const auto now = engine_.parts_.clock->now();
  while (fetches_in_flight_ < most_fetches_in_flight) {
    const auto key = due_fetches_.take(now);
    if (!key) break;
    start_fetch(*key);
  }
  for (const auto& asked : std::exchange(shops_to_ask_, {})) {
    if (asked.at <= now)
      ask_shop(asked.row);
    else
      shops_to_ask_.push_back(asked);
  }
  look_at_clock(now);
  while (const auto id = due_watches_.take(now)) {
    const auto* account = account_of(engine_.setup_.channels, *id);
    if (!account) continue;
    auto& watch = watches_[*id];
    if (watch.renew_at <= now && !watch.renewing) renew(*account, watch);
    if (watch.reconcile_at <= now && !watch.in_flight) reconcile(*account, watch);
    plan(*id);
  }
  count_gaps(now);
}

bool Mailroom::caught_up() const {
  return unread_.empty() && fetches_.empty() &&
         std::ranges::all_of(watches_, [](const auto& entry) { return entry.second.looked; });
}

Instant Mailroom::next_due() const {
  if (!unread_.empty()) return {};
  auto next = std::min(due_watches_.next(), unannounced_.next());
  for (const auto& asked : shops_to_ask_) next = std::min(next, asked.at);
  // While as many as may are under way, the next one's end wakes the engine.
  if (fetches_in_flight_ >= most_fetches_in_flight) return next;
  return std::min(next, due_fetches_.next());
}

}  // namespace holdfast::engine
