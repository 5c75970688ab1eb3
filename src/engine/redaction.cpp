// Redaction: what a channel's wish to erase leads to. A payload is a hint, since only its body is
// signed: nothing is erased before the channel itself was asked about the order or the shop.

#include "engine/commit.h"
#include "engine/courier.h"
#include "engine/mailroom.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t erased_per_commit = 100;

}  // namespace

/// Settles a message of a privacy topic: its body names the buyer, so only its hash is kept.
void Mailroom::settle_private(Engine::Commit& commit, std::int64_t seq) {
  settle(commit, seq);
  commit.batch.drop_inbox_bodies.push_back({engine_.setup_.tenant, seq});
}

bool Mailroom::is_erased(const ports::StreamKey& stream) {
  const auto held = engine_.orders_.held(stream);
  return held && (*held)->state.erased;
}

void Mailroom::redact(Engine::Commit& commit, const ports::InboxRow& row) {
  if (row.subject == ports::every_order) return ask_shop(row);
  auto& waits_for = redactions_[row.seq];
  for (const auto order : split(row.subject, ',')) {
    if (!engine_.orders_.stream_by("order:" + row.account, std::string(order))) continue;
    waits_for.insert(std::string(order));
    want(row.account, std::string(order), &row, row.topic);
    fetches_[fetch_key(row.account, std::string(order))].redact = true;
  }
  if (!waits_for.empty()) return;
  redactions_.erase(row.seq);
  settle_private(commit, row.seq);
}

/// The channel has spoken about one order. A message is settled when all its orders are done.
void Mailroom::redacted(Engine::Commit& commit, const Fetch& fetch) {
  const auto stream = engine_.orders_.stream_by("order:" + fetch.account, fetch.order);
  if (stream) {
    (void)engine_.step(commit, *stream,
                       ChannelCommand(ErasePersonalData{"asked for by " + fetch.source}),
                       "channel:" + fetch.account);
  }
  for (const auto& [seq, message] : fetch.rows) {
    auto& waits_for = redactions_[seq];
    waits_for.erase(fetch.order);
    if (!waits_for.empty()) continue;
    redactions_.erase(seq);
    settle_private(commit, seq);
  }
}

/// A shop that was left refuses us; one that still answers has not asked to be forgotten.
void Mailroom::ask_shop(const ports::InboxRow& row) {
  const auto* account = account_of(engine_.setup_.channels, row.account);
  const auto* connector = account ? channel_connector(engine_.setup_, account->kind) : nullptr;
  if (!connector || !connector->list_updated) return;
  const ports::ListUpdatedJob job{engine_.parts_.clock->now(), {}};
  Conversation talk;
  talk.account = row.account;
  talk.turn = [account, connector, job](const ports::Exchanges& exchanges) {
    return connector->list_updated(*account, job, exchanges);
  };
  talk.settled = [this, row](Engine::Commit& commit, const ports::Outcome& outcome) {
    switch (outcome.kind) {
      case ports::Outcome::Kind::Refused:
        erase_shop(commit, row, 0);
        return;
      case ports::Outcome::Kind::Done:
        engine_.raise(commit, "account:" + row.account, ReasonCode::ChannelTrouble, row.topic,
                      "the channel sent " + row.topic +
                          ", but the shop still lets us in: nothing was erased");
        settle_private(commit, row.seq);
        return;
      case ports::Outcome::Kind::NotSent:
      case ports::Outcome::Kind::Unknown:
        shops_to_ask_.push_back({row, engine_.parts_.clock->now() + minutes(5)});
        return;
    }
  };
  engine_.courier_->converse(std::move(talk));
}

/// Some orders at a time, so that other work goes on; after a restart it begins anew, and what is
/// erased already costs nothing.
void Mailroom::erase_shop(Engine::Commit& commit, const ports::InboxRow& row, std::int64_t before) {
  const auto orders = engine_.parts_.store->orders(
      {engine_.setup_.tenant, row.account, {}, {}, false, before, erased_per_commit});
  if (!orders) {
    shops_to_ask_.push_back({row, engine_.parts_.clock->now() + minutes(5)});
    return;
  }
  for (const auto& order : *orders) {
    if (order.stream.kind != ports::StreamKind::Order) continue;
    (void)engine_.step(commit, order.stream,
                       ChannelCommand(ErasePersonalData{"asked for by " + row.topic}),
                       "channel:" + row.account);
  }
  if (orders->size() < erased_per_commit) return settle_private(commit, row.seq);
  commit.after.push_back([this, row, next = orders->back().stream.id] {
    engine_.push([this, row, next](Engine::Commit& later) { erase_shop(later, row, next); });
  });
  commit.failed.push_back([this, row](const Error&) {
    shops_to_ask_.push_back({row, engine_.parts_.clock->now() + seconds(1)});
  });
}

}  // namespace holdfast::engine
