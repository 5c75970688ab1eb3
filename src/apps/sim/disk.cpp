#include "apps/sim/disk.h"

#include <algorithm>

namespace holdfast::sim {
namespace {

/// What no row that is not sealed may show: the mail addresses of the world's buyers.
constexpr std::string_view personal = "@example.test";

std::string step(std::string_view what, std::string_view from, std::string_view to) {
  return std::string(what) + " " + std::string(from) + " > " + std::string(to);
}

bool shows_buyer(std::string_view text) { return text.find(personal) != std::string_view::npos; }

}  // namespace

bool may_become(EffectState from, EffectState to) {
  using enum EffectState;
  switch (from) {
    case Unsent:
      // Refused: what would be sent cannot be made; nothing leaves.
      return to == Sending || to == Withdrawn || to == Dead || to == Refused;
    case Sending:
      return to != Sending;
    case Unknown:
      return to == Sending || to == Done || to == Dead || to == Refused || to == Unknown ||
             to == Withdrawn;
    case Done:
    case Refused:
    case Withdrawn:
    case Dead:
      return false;
  }
  return false;
}

Status Disk::write(const ports::Batch& batch) {
  if (at_point) at_point("before a commit");
  if (fails && fails()) {
    ++lives_;  // what was decided in it may be told again
    return fail(ErrorCode::Unavailable, "the disk refuses");
  }
  auto written = inner_->write(batch);
  if (!written) {
    record_.violated("I13", "", "a commit that should hold failed: " + describe(written.error()));
    return written;
  }
  observe(batch);
  if (at_point) at_point("after a commit");
  return written;
}

void Disk::observe(const ports::Batch& batch) {
  for (const auto& row : batch.add_events) {
    if (row.stream.tenant != tenant_) record_.violated("I12", "", "an event of another tenant");
    if (row.seq <= last_seq_) record_.violated("I13", "", "event numbers go back");
    last_seq_ = row.seq;
    if (row.version != ++versions_[row.stream.id]) {
      record_.violated("I13", "", "a stream's versions have a gap: " + row.bytes);
    }
    if (row.stream.kind != ports::StreamKind::Order) case_streams_.insert(row.stream);
    if (row.actor.empty()) record_.violated("I13", "", "an event without an actor: " + row.bytes);
    if (shows_buyer(row.bytes)) record_.violated("I17", "", "an event shows a buyer: " + row.bytes);
  }
  for (const auto& row : batch.put_exceptions) {
    if (row.owner.empty() || (!row.resolved_at && !row.review_by)) {
      record_.violated("I10", row.store_number, "a case without owner or review: " + row.detail);
    }
    if (shows_buyer(row.detail + row.body)) {
      record_.violated("I17", row.store_number, "a case shows the buyer: " + row.detail);
    }
  }
  for (const auto& row : batch.put_records) {
    if (row.tenant != tenant_) record_.violated("I12", "", "a record of another tenant");
    if (shows_buyer(row.bytes)) record_.violated("I17", "", "a record shows a buyer: " + row.kind);
  }
  observe_effects(batch);
  observe_messages(batch);
}

void Disk::observe_effects(const ports::Batch& batch) {
  for (const auto& row : batch.put_outbox) {
    if (shows_buyer(row.bytes + row.detail)) {
      record_.violated("I17", "", "an effect shows a buyer: " + row.bytes);
    }
    const auto [known, fresh] = effects_.try_emplace({row.seq, row.number});
    auto [before, life, doubted] =
        std::exchange(known->second, Kept{row.state, lives_, known->second.doubted});
    if (fresh) {
      record_.transition(step("effect", "new", holdfast::name_of(row.state)));
      continue;
    }
    // What was on its way at a sudden end is unknown from then on, in memory first.
    const bool in_doubt = before == EffectState::Sending && life < lives_;
    known->second.doubted = doubted || in_doubt || row.state == EffectState::Unknown;
    if (in_doubt && row.state == EffectState::Sending) before = EffectState::Unknown;
    // A row may be written twice in one commit, as when it is decided and leaves at once.
    if (before == row.state && before == EffectState::Unsent) continue;
    if (!may_become(before, row.state)) {
      record_.violated(
          "I6", "",
          step("an effect went", holdfast::name_of(before), holdfast::name_of(row.state)) + ": " +
              row.bytes);
    }
    record_.transition(step("effect", holdfast::name_of(before), holdfast::name_of(row.state)));
  }
}

void Disk::observe_messages(const ports::Batch& batch) {
  for (const auto& row : batch.add_inbox) {
    if (row.tenant != tenant_) record_.violated("I12", "", "a message of another tenant");
    messages_.insert({row.account, row.body_hash});
    const bool is_first =
        row.dedupe_key.empty() || names_.insert({row.account, row.dedupe_key}).second;
    if (!is_first) record_.violated("I9", "", "a message is stored twice: " + row.topic);
    inbox_[row.seq] = row.state;
    record_.transition(step("message", "new", name_of(row.state)));
  }
  for (const auto& row : batch.put_inbox) {
    const auto before = std::exchange(inbox_[row.seq], row.state);
    if (before == ports::InboxState::Done && row.state != before &&
        row.state != ports::InboxState::Waiting) {
      record_.violated("I6", "", "a message that was done was taken up again");
    }
    record_.transition(step("message", name_of(before), name_of(row.state)));
  }
}

}  // namespace holdfast::sim
