#include "engine/upkeep.h"

#include <algorithm>

#include "base/log.h"
#include "engine/commit.h"
#include "engine/courier.h"
#include "engine/evidence/checkpoint.h"
#include "engine/photos.h"
#include "engine/retention/retention.h"

namespace holdfast::engine {
namespace {

constexpr Duration checkpoint_every = hours(1);
constexpr Duration purge_every = hours(1);
constexpr Duration purge_goes_on = seconds(10);
constexpr Duration subscriptions_every = hours(1);

}  // namespace

void Upkeep::start() {
  const auto now = engine_.clock().now();
  checkpoint_at_ = now + checkpoint_every;
  purge_at_ = now + purge_every;
  // At the start whatever is missing is made; later a missing one has vanished, and that is news.
  for (const auto& account : engine_.setup().channels) look_at_subscriptions(account, true);
}

Instant Upkeep::next_due() const {
  auto next = std::min(checkpoint_at_, purge_at_);
  for (const auto& [account, at] : subscriptions_at_) next = std::min(next, at);
  return next;
}

void Upkeep::tend(Engine::Commit& commit) {
  const auto now = engine_.clock().now();
  if (checkpoint_at_ <= now) checkpoint(commit);
  if (purge_at_ <= now) remove_due(commit);
  for (auto& [account, at] : subscriptions_at_) {
    if (at > now) continue;
    at = now + subscriptions_every;
    const auto* known = account_of(engine_.setup().channels, account);
    if (known) look_at_subscriptions(*known, false);
  }
}

void Upkeep::checkpoint(Engine::Commit& commit) {
  const auto now = engine_.clock().now();
  checkpoint_at_ = now + checkpoint_every;
  auto made = make_checkpoint(engine_.store(), engine_.vault(), engine_.setup().tenant, now);
  if (!made) {
    log_error("upkeep", "no checkpoint was made", {field("why", describe(made.error()))});
    return;
  }
  if (!*made) return;
  if ((*made)->more) checkpoint_at_ = now;
  for (auto& row : (*made)->rows) commit.batch.put_records.push_back(std::move(row));
  if (engine_.setup().data_folder.empty()) return;
  const auto path = engine_.setup().data_folder + "/checkpoints.jsonl";
  commit.after.push_back([path, line = encode_checkpoint((*made)->checkpoint)] {
    if (const auto written = append_line(path, line); !written) {
      log_error("upkeep", "a checkpoint did not leave", {field("why", describe(written.error()))});
    }
  });
}

void Upkeep::remove_due(Engine::Commit& commit) {
  const auto now = engine_.clock().now();
  purge_at_ = now + purge_every;
  auto due = purge(engine_.store(), engine_.setup().tenant, now, engine_.setup().policy);
  if (!due) {
    log_error("upkeep", "nothing was removed", {field("why", describe(due.error()))});
    return;
  }
  if (due->more) purge_at_ = now + purge_goes_on;
  auto& batch = commit.batch;
  const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
  append(batch.drop_inbox_bodies, due->rows.drop_inbox_bodies);
  append(batch.drop_sealed_rows, due->rows.drop_sealed_rows);
  for (const auto& key : due->rows.drop_sealed_rows) {
    engine_.orders_.sealed_row_goes(key);
    if (!key.kind.starts_with(photo_kind)) continue;
    const auto sha = key.kind.substr(photo_kind.size());
    batch.drop_records.push_back(photo_key(key.stream, sha));
    commit.after.push_back([this, stream = key.stream, sha] {
      remove_photos(engine_.setup().data_folder, stream, {sha});
    });
  }
  append(batch.drop_records, due->rows.drop_records);
  for (const auto& stream : due->erase) {
    (void)engine_.step(commit, stream, ChannelCommand(ErasePersonalData{"retention"}), "retention");
  }
}

void Upkeep::look_at_subscriptions(const ports::Account& account, bool create) {
  const auto* connector = channel_connector(engine_.setup(), account.kind);
  if (!connector || !connector->subscriptions) return;
  subscriptions_at_[account.id] = engine_.clock().now() + subscriptions_every;
  const auto& setup = engine_.setup();
  const auto base = setup.hooks_url.empty() ? setup.public_url : setup.hooks_url;
  const ports::SubscriptionsJob job{base + "/hooks/" + account.id, create};
  Conversation talk;
  talk.account = account.id;
  talk.doing = "subscriptions";
  talk.turn = [&account, connector, job](const ports::Exchanges& exchanges) {
    return connector->subscriptions(account, job, exchanges);
  };
  talk.settled = [this, id = account.id, create](Engine::Commit& commit,
                                                 const ports::Outcome& outcome) {
    subscriptions_seen(commit, id, create, outcome);
  };
  engine_.courier_->converse(std::move(talk));
}

void Upkeep::subscriptions_seen(Engine::Commit& commit, const std::string& account, bool created,
                                const ports::Outcome& outcome) {
  if (outcome.kind == ports::Outcome::Kind::Done) return;
  if (outcome.kind != ports::Outcome::Kind::Refused) {
    subscriptions_at_[account] = engine_.clock().now() + std::max(outcome.retry_after, minutes(5));
    return;
  }
  engine_.raise(
      commit, "account:" + account, ReasonCode::ChannelTrouble, "subscriptions",
      (created ? "webhooks cannot be subscribed: " : "webhooks have vanished: ") + outcome.detail);
  const auto* known = account_of(engine_.setup().channels, account);
  if (!created && known) look_at_subscriptions(*known, true);
}

}  // namespace holdfast::engine
