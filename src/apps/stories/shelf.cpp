#include "apps/stories/shelf.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json.h"
#include "core/evolve.h"
#include "store/memory/memory_store.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"

namespace holdfast::stories {
namespace {

tl::unexpected<Error> came_back_otherwise(const std::string& what) {
  return fail(ErrorCode::Internal, what + " came back from the store otherwise than written");
}

}  // namespace

Result<Shelf> Shelf::open(const std::string& url) {
  constexpr std::string_view file = "sqlite:";
  if (url == "memory") return Shelf(store::make_memory_store());
  if (store::is_postgres(url)) {
    auto opened = store::open_postgres_store(url);
    if (!opened) return fail(opened.error());
    return Shelf(std::move(*opened));
  }
  if (!url.starts_with(file)) return fail(ErrorCode::Invalid, "no such store", url);
  auto opened = store::open_sqlite_store(url.substr(file.size()));
  if (!opened) return fail(opened.error());
  return Shelf(std::move(*opened));
}

void Shelf::next_story() {
  ++stream_.id;
  head_ = 0;
  events_ = effects_ = 0;
  timers_.clear();
}

ports::Batch Shelf::batch_of(Instant now, const std::vector<Event>& events,
                             const std::vector<Effect>& effects, const core::OrderState& state) {
  ports::Batch batch;
  Digest hash{};
  for (; events_ < events.size(); ++events_) {
    auto bytes = encode_event(events[events_]);
    hash = sha256(bytes);
    batch.add_events.push_back(
        {stream_, ++seq_, std::int64_t(events_) + 1, head_, now, "story", std::move(bytes), hash});
    head_ = seq_;
  }
  for (; effects_ < effects.size(); ++effects_) {
    batch.put_outbox.push_back({stream_,
                                seq_,
                                std::int64_t(effects_),
                                "story",
                                encode_effect(effects[effects_]),
                                EffectState::Unsent,
                                0,
                                now,
                                now,
                                {}});
  }
  for (const auto& set : timers_) batch.drop_timers.push_back({stream_, set.timer, set.about});
  for (const auto& set : state.timers) {
    batch.put_timers.push_back({stream_, set.timer, set.about, set.due_at});
  }
  std::erase_if(batch.drop_timers, [&](const ports::TimerKey& key) {
    return std::ranges::any_of(state.timers, [&](const core::TimerState& set) {
      return set.timer == key.kind && set.about == key.about;
    });
  });
  timers_ = state.timers;
  ports::OrderRow row;
  row.stream = stream_;
  row.head_seq = head_;
  row.version = std::int64_t(events_);
  row.head_hash = hash;
  row.placed_at = now;
  batch.put_orders.push_back(std::move(row));
  return batch;
}

Status Shelf::compare_rows(const std::vector<Effect>& effects, const core::OrderState& state) {
  const auto outbox = store_->outbox_of(stream_);
  if (!outbox) return fail(outbox.error());
  if (outbox->size() != effects.size()) return came_back_otherwise("the effects");
  for (std::size_t i = 0; i < effects.size(); ++i) {
    if ((*outbox)[i].bytes != encode_effect(effects[i])) return came_back_otherwise("an effect");
  }
  const auto timers = store_->timers_of(stream_);
  if (!timers) return fail(timers.error());
  const bool same =
      timers->size() == state.timers.size() &&
      std::ranges::all_of(*timers, [&](const ports::TimerRow& row) {
        return std::ranges::any_of(state.timers, [&](const core::TimerState& set) {
          return set.timer == row.kind && set.about == row.about && set.due_at == row.due_at;
        });
      });
  return same ? Status() : came_back_otherwise("the timers");
}

Result<core::OrderState> Shelf::keep(Instant now, const std::vector<Event>& events,
                                     const std::vector<Effect>& effects,
                                     const core::OrderState& state) {
  if (auto done = store_->write(batch_of(now, events, effects, state)); !done) {
    return fail(done.error());
  }
  if (auto done = compare_rows(effects, state); !done) return fail(done.error());
  const auto rows = store_->events(stream_);
  if (!rows) return fail(rows.error());
  core::OrderState replayed;
  for (const auto& row : *rows) {
    const auto json = parse_json(row.bytes);
    if (!json) return fail(within(json.error(), row.bytes));
    const auto event = decode_event(*json);
    if (!event) return fail(within(event.error(), row.bytes));
    core::evolve(replayed, *event);
  }
  if (replayed != state) return came_back_otherwise("the state");
  return replayed;
}

}  // namespace holdfast::stories
