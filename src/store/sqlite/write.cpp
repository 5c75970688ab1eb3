#include "store/sqlite/write.h"

#include <algorithm>
#include <map>
#include <span>

#include "store/delivery_period.h"
#include "store/rows.h"
#include "store/sql/event_rows.h"
#include "store/sqlite/database.h"

namespace holdfast::store {
namespace {

using namespace ports;

Status only_status(const Result<std::int64_t>& changed) {
  if (!changed) return fail(changed.error());
  return {};
}

// Runs `write` on every row until one fails. A statement is prepared for lists that have rows.
template <class Row, class Write>
Status each(const std::vector<Row>& rows, const Write& write) {
  for (const auto& row : rows) {
    if (Status done = write(row); !done) return done;
  }
  return {};
}

std::int64_t kind_number(StreamKind kind) { return static_cast<std::int64_t>(kind); }

constexpr std::string_view put_open_effect =
    "insert into outbox_open"
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " on conflict (tenant_id, seq, number) do update set"
    " kind = excluded.kind, stream_id = excluded.stream_id, lane = excluded.lane,"
    " bytes = excluded.bytes, state = excluded.state, attempts = excluded.attempts,"
    " not_before_ms = excluded.not_before_ms, changed_at_ms = excluded.changed_at_ms,"
    " detail = excluded.detail";
constexpr std::string_view put_settled_effect =
    "insert into outbox_settled"
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " on conflict (tenant_id, seq, number) do update set"
    " kind = excluded.kind, stream_id = excluded.stream_id, lane = excluded.lane,"
    " bytes = excluded.bytes, state = excluded.state, attempts = excluded.attempts,"
    " not_before_ms = excluded.not_before_ms, changed_at_ms = excluded.changed_at_ms,"
    " detail = excluded.detail";
constexpr std::string_view drop_open_effect =
    "delete from outbox_open where tenant_id = ? and seq = ? and number = ?";
constexpr std::string_view drop_settled_effect =
    "delete from outbox_settled where tenant_id = ? and seq = ? and number = ?";

class BatchWriter {
 public:
  BatchWriter(Database& database, Packer& packer, Lately& lately)
      : db_(database), packer_(packer), lately_(lately) {}

  Status write(const Batch& batch) {
    auto done = add_events(batch.add_events);
    if (done) done = put_orders(batch.put_orders);
    if (done) done = put_exceptions(batch.put_exceptions);
    if (done) done = put_outbox(batch.put_outbox);
    if (done) done = put_timers(batch.put_timers);
    if (done) done = drop_timers(batch.drop_timers);
    if (done) done = add_inbox(batch.add_inbox);
    if (done) done = put_inbox(batch.put_inbox);
    if (done) done = drop_inbox_bodies(batch.drop_inbox_bodies);
    if (done) done = put_references(batch.put_references);
    if (done) done = put_sealed(batch.put_sealed);
    if (done) done = drop_sealed(batch.drop_sealed);
    if (done) done = drop_sealed_rows(batch.drop_sealed_rows);
    if (done) done = put_values(batch.put_values);
    if (done) done = put_records(batch.put_records);
    if (done) done = drop_records(batch.drop_records);
    if (done) done = add_search(batch.add_search);
    if (done) done = drop_search(batch.drop_search);
    if (done) done = put_tallies();
    return done;
  }

 private:
  struct Tally {
    std::int64_t orders = 0;
    std::int64_t events = 0;
  };

  Status add_events(const std::vector<EventRow>& events) {
    if (events.empty()) return {};
    auto insert = db_.query("insert into event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    auto find = db_.query(
        "select seq - max(events, 1) from event where tenant_id = ? and seq >= ?"
        " order by seq limit 1");
    for (auto rest = std::span(events); !rest.empty();) {
      const auto row = rest.first(shared_row(rest));
      rest = rest.subspan(row.size());
      const auto& first = row.front();
      const auto& last = row.back();
      // The key holds the last number alone; the others must be as new as that.
      const auto later = find.with(first.stream.tenant.value, first.seq).next();
      if (!later) return fail(later.error());
      if (*later && find.integer() < last.seq) return fail(Database::conflict());
      const auto bytes = row_bytes(row, packer_);
      const auto hashes = row_hashes(row);
      const auto added =
          insert.change(last.stream.tenant.value, last.seq, kind_number(last.stream.kind),
                        last.stream.id, last.version, first.previous, last.at.ms, last.actor,
                        Blob{bytes}, Blob{hashes}, static_cast<std::int64_t>(row.size()));
      if (!added) return only_status(added);
      tallies_[last.stream.tenant].events += static_cast<std::int64_t>(row.size());
    }
    return {};
  }

  Status put_orders(const std::vector<OrderRow>& rows) {
    // Steps of one commit may each put their stream's row: only the last one is written, and in
    // order of the key, so that neighbours share a page.
    std::vector<const OrderRow*> order;
    order.reserve(rows.size());
    for (const auto& row : rows) order.push_back(&row);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
      return a->stream != b->stream ? a->stream < b->stream : a < b;
    });
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i + 1 < order.size() && order[i + 1]->stream == order[i]->stream) continue;
      auto done = put_head(*order[i]);
      if (done) done = put_view(*order[i]);
      if (!done) return done;
    }
    return {};
  }

  Status put_head(const OrderRow& row) {
    auto put = db_.query(
        "insert into stream_head values (?, ?, ?, ?, ?, ?)"
        " on conflict (tenant_id, kind, stream_id) do update set"
        " head_seq = excluded.head_seq, version = excluded.version, hash = excluded.hash");
    return only_status(put.change(row.stream.tenant.value, kind_number(row.stream.kind),
                                  row.stream.id, row.head_seq, row.version,
                                  Blob{bytes_of(row.head_hash)}));
  }

  enum class Difference { New, None, Facts, Keys };

  // What of the view would change; Keys are the columns an index holds.
  Result<Difference> difference(const OrderRow& row) {
    if (const auto* known = lately_.view(row.stream)) return difference(*known, row);
    auto find = db_.query(
        "select channel, stage, live, open_exceptions, store_number, summary, placed_at_ms,"
        " due_at_ms from stream_view where tenant_id = ? and kind = ? and stream_id = ?");
    find.with(row.stream.tenant.value, kind_number(row.stream.kind), row.stream.id);
    const auto found = find.next();
    if (!found) return fail(found.error());
    if (!*found) return Difference::New;
    OrderRow known;
    known.channel = find.text();
    known.stage = find.text();
    known.live = find.boolean();
    known.open_exceptions = find.integer();
    known.store_number = find.text();
    known.summary = find.text();
    known.placed_at = {find.integer()};
    known.due_at = {find.integer()};
    return difference(known, row);
  }

  static Difference difference(const OrderRow& known, const OrderRow& row) {
    if (known.channel != row.channel || known.stage != row.stage || known.live != row.live ||
        (known.open_exceptions > 0) != (row.open_exceptions > 0)) {
      return Difference::Keys;
    }
    const bool same = known.store_number == row.store_number && known.summary == row.summary &&
                      known.placed_at == row.placed_at && known.due_at == row.due_at &&
                      known.open_exceptions == row.open_exceptions;
    return same ? Difference::None : Difference::Facts;
  }

  // An update that names an indexed column rewrites that index even when the value stays, hence
  // two updates.
  Status put_view(const OrderRow& row) {
    const auto what = difference(row);
    if (!what) return fail(what.error());
    if (*what != Difference::None) lately_.wrote_view(row);
    const auto tenant = row.stream.tenant.value;
    const auto kind = kind_number(row.stream.kind);
    switch (*what) {
      case Difference::None:
        return {};
      case Difference::New: {
        if (row.stream.kind == StreamKind::Order) ++tallies_[row.stream.tenant].orders;
        auto insert = db_.query("insert into stream_view values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        return only_status(insert.change(tenant, kind, row.stream.id, row.channel, row.store_number,
                                         row.stage, row.summary, row.placed_at.ms, row.due_at.ms,
                                         row.open_exceptions, row.live));
      }
      case Difference::Facts: {
        // open_exceptions is a condition of an index, and here stays on its side of it; naming it
        // costs that one small index and no other.
        auto update = db_.query(
            "update stream_view set store_number = ?, summary = ?, placed_at_ms = ?,"
            " due_at_ms = ?, open_exceptions = ?"
            " where tenant_id = ? and kind = ? and stream_id = ?");
        return only_status(update.change(row.store_number, row.summary, row.placed_at.ms,
                                         row.due_at.ms, row.open_exceptions, tenant, kind,
                                         row.stream.id));
      }
      case Difference::Keys: {
        auto update = db_.query(
            "update stream_view set store_number = ?, summary = ?, placed_at_ms = ?,"
            " due_at_ms = ?, open_exceptions = ?, channel = ?, stage = ?, live = ?"
            " where tenant_id = ? and kind = ? and stream_id = ?");
        return only_status(update.change(row.store_number, row.summary, row.placed_at.ms,
                                         row.due_at.ms, row.open_exceptions, row.channel, row.stage,
                                         row.live, tenant, kind, row.stream.id));
      }
    }
    return {};
  }

  Status put_exceptions(const std::vector<ExceptionRow>& rows) {
    auto put = db_.query(
        "insert into order_exception values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict (tenant_id, kind, stream_id, number) do update set"
        " reason = excluded.reason, owner = excluded.owner, backup = excluded.backup,"
        " next_action = excluded.next_action, detail = excluded.detail, about = excluded.about,"
        " body = excluded.body, store_number = excluded.store_number, channel = excluded.channel,"
        " opened_at_ms = excluded.opened_at_ms, review_by_ms = excluded.review_by_ms,"
        " resolved_at_ms = excluded.resolved_at_ms, resolution = excluded.resolution,"
        " supplier = excluded.supplier");
    return each(rows, [&](const ExceptionRow& row) {
      return only_status(put.change(
          row.stream.tenant.value, kind_number(row.stream.kind), row.stream.id, row.number,
          name_of(row.reason), row.owner, row.backup, row.next_action, row.detail, row.about,
          row.body, row.store_number, row.channel, row.opened_at.ms, row.review_by.ms,
          row.resolved_at.ms, row.resolution, row.supplier));
    });
  }

  Status put_outbox(const std::vector<OutboxRow>& rows) {
    return each(rows, [&](const OutboxRow& row) -> Status {
      const Lately::EffectKey key{row.stream.tenant, row.seq, row.number};
      auto fresh = lately_.is_new(db_, key);
      if (!fresh) return fail(fresh.error());
      const auto* known = lately_.open_effect(key);
      return is_unsettled(row.state) ? put_open(row, key, known, *fresh)
                                     : put_settled(row, key, known, *fresh);
    });
  }

  Status put_open(const OutboxRow& row, const Lately::EffectKey& key, const Lately::Open* known,
                  bool fresh) {
    if (known && known->bytes == row.bytes && known->lane == row.lane) {
      auto update = db_.query(
          "update outbox_open set state = ?, attempts = ?, not_before_ms = ?, changed_at_ms = ?,"
          " detail = ? where tenant_id = ? and seq = ? and number = ?");
      return only_status(update.change(name_of(row.state), row.attempts, row.not_before.ms,
                                       row.changed_at.ms, row.detail, row.stream.tenant.value,
                                       row.seq, row.number));
    }
    if (!known && !fresh) {
      if (auto dropped = drop_effect(row, drop_settled_effect); !dropped) return dropped;
    }
    auto packed = packer_.pack_known(row.bytes);
    auto done = put_effect(row, put_open_effect, packed);
    if (done) lately_.opened(key, {row.lane, row.bytes, std::move(packed)});
    return done;
  }

  Status put_settled(const OutboxRow& row, const Lately::EffectKey& key, const Lately::Open* known,
                     bool fresh) {
    if (!fresh) {
      if (auto dropped = drop_effect(row, drop_open_effect); !dropped) return dropped;
    }
    const bool packed = known && known->bytes == row.bytes;
    auto done =
        put_effect(row, put_settled_effect, packed ? known->packed : packer_.pack_known(row.bytes));
    lately_.closed(key);
    return done;
  }

  Status drop_effect(const OutboxRow& row, std::string_view sql) {
    auto drop = db_.query(sql);
    return only_status(drop.change(row.stream.tenant.value, row.seq, row.number));
  }

  Status put_effect(const OutboxRow& row, std::string_view sql, std::string_view packed) {
    auto put = db_.query(sql);
    return only_status(put.change(row.stream.tenant.value, row.seq, row.number,
                                  kind_number(row.stream.kind), row.stream.id, row.lane,
                                  Blob{packed}, name_of(row.state), row.attempts, row.not_before.ms,
                                  row.changed_at.ms, row.detail));
  }

  Status put_timers(const std::vector<TimerRow>& rows) {
    auto put = db_.query(
        "insert into timer values (?, ?, ?, ?, ?, ?)"
        " on conflict (tenant_id, kind, stream_id, timer, about) do update set"
        " due_at_ms = excluded.due_at_ms");
    return each(rows, [&](const TimerRow& row) {
      return only_status(put.change(row.stream.tenant.value, kind_number(row.stream.kind),
                                    row.stream.id, name_of(row.kind), row.about, row.due_at.ms));
    });
  }

  Status drop_timers(const std::vector<TimerKey>& keys) {
    auto drop = db_.query(
        "delete from timer"
        " where tenant_id = ? and kind = ? and stream_id = ? and timer = ? and about = ?");
    return each(keys, [&](const TimerKey& key) {
      return only_status(drop.change(key.stream.tenant.value, kind_number(key.stream.kind),
                                     key.stream.id, name_of(key.kind), key.about));
    });
  }

  Status add_inbox(const std::vector<InboxRow>& rows) {
    if (rows.empty()) return {};
    auto insert = db_.query("insert into inbox values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    auto insert_body = db_.query("insert into inbox_body values (?, ?, ?)");
    auto periods = delivery_periods();
    if (!periods) return fail(periods.error());
    return each(rows, [&](const InboxRow& row) -> Status {
      auto added = insert.change(row.tenant.value, row.seq, row.account, row.dedupe_key, row.topic,
                                 row.subject, row.envelope, Blob{bytes_of(row.body_hash)},
                                 row.received_at.ms, static_cast<std::int64_t>(row.state),
                                 row.attempts, row.problem);
      if (!added) return only_status(added);
      const auto body = packer_.pack(row.body);
      added = insert_body.change(row.tenant.value, row.seq, Blob{body});
      if (!added) return only_status(added);
      return row.dedupe_key.empty() ? Status() : remember_delivery(row, *periods);
    });
  }

  Result<DeliveryPeriods> delivery_periods() {
    DeliveryPeriods held{no_delivery_period, no_delivery_period};
    auto read = db_.query("select slot, period from delivery_period");
    for (;;) {
      const auto row = read.next();
      if (!row) return fail(row.error());
      if (!*row) return held;
      const auto slot = static_cast<std::size_t>(read.integer());
      held[slot] = read.integer();
    }
  }

  Status remember_delivery(const InboxRow& row, DeliveryPeriods& held) {
    const auto place = delivery_slot(held, row.received_at);
    const bool even = place.slot == 0;
    if (place.empty_first) {
      // Without a condition, so that the table's pages are freed whole and not row by row.
      auto empty = db_.query(even ? "delete from delivery_even" : "delete from delivery_odd");
      if (auto emptied = empty.run(); !emptied) return emptied;
      auto note = db_.query(
          "insert into delivery_period values (?, ?)"
          " on conflict (slot) do update set period = excluded.period");
      if (auto noted = note.change(place.slot, place.period); !noted) return only_status(noted);
      held[place.slot] = place.period;
    }
    auto insert = db_.query(even ? "insert into delivery_even values (?, ?, ?, ?)"
                                   " on conflict (tenant_id, account, dedupe_key) do nothing"
                                 : "insert into delivery_odd values (?, ?, ?, ?)"
                                   " on conflict (tenant_id, account, dedupe_key) do nothing");
    return only_status(insert.change(row.tenant.value, row.account, row.dedupe_key, row.seq));
  }

  Status put_inbox(const std::vector<InboxRow>& rows) {
    auto update = db_.query(
        "update inbox set state = ?, attempts = ?, problem = ?,"
        " subject = case when ?4 = '' then subject else ?4 end where tenant_id = ? and seq = ?");
    return each(rows, [&](const InboxRow& row) -> Status {
      auto changed = update.change(static_cast<std::int64_t>(row.state), row.attempts, row.problem,
                                   row.subject, row.tenant.value, row.seq);
      if (changed && *changed == 0) {
        return fail(ErrorCode::Conflict, "an inbox row to change is not stored", "store",
                    "read again");
      }
      return only_status(changed);
    });
  }

  Status drop_inbox_bodies(const std::vector<InboxKey>& keys) {
    auto drop = db_.query("delete from inbox_body where tenant_id = ? and seq = ?");
    return each(keys, [&](const InboxKey& key) {
      return only_status(drop.change(key.tenant.value, key.seq));
    });
  }

  Status put_references(const std::vector<ReferenceRow>& rows) {
    // The row is left alone when it stands already: it lies at a random place of the key.
    auto put = db_.query(
        "insert into reference values (?, ?, ?, ?, ?)"
        " on conflict (tenant_id, reference_kind, value) do update set"
        " kind = excluded.kind, stream_id = excluded.stream_id"
        " where reference.kind <> excluded.kind or reference.stream_id <> excluded.stream_id");
    return each(rows, [&](const ReferenceRow& row) {
      return only_status(put.change(row.tenant.value, row.kind, row.value,
                                    kind_number(row.stream.kind), row.stream.id));
    });
  }

  Status put_sealed(const std::vector<SealedRow>& rows) {
    auto put = db_.query(
        "insert into sealed values (?, ?, ?, ?, ?, ?)"
        " on conflict (tenant_id, kind, stream_id, sealed_kind) do update set"
        " bytes = excluded.bytes, delete_at_ms = excluded.delete_at_ms");
    return each(rows, [&](const SealedRow& row) {
      return only_status(put.change(row.stream.tenant.value, kind_number(row.stream.kind),
                                    row.stream.id, row.kind, Blob{row.bytes}, row.delete_at.ms));
    });
  }

  Status drop_sealed(const std::vector<StreamKey>& keys) {
    auto drop = db_.query("delete from sealed where tenant_id = ? and kind = ? and stream_id = ?");
    return each(keys, [&](const StreamKey& key) {
      return only_status(drop.change(key.tenant.value, kind_number(key.kind), key.id));
    });
  }

  Status drop_sealed_rows(const std::vector<SealedKey>& keys) {
    auto drop = db_.query(
        "delete from sealed"
        " where tenant_id = ? and kind = ? and stream_id = ? and sealed_kind = ?");
    return each(keys, [&](const SealedKey& key) {
      return only_status(drop.change(key.stream.tenant.value, kind_number(key.stream.kind),
                                     key.stream.id, key.kind));
    });
  }

  Status put_values(const std::vector<ValueRow>& rows) {
    auto find = db_.query("select 1 from fact where tenant_id = ? and hash = ?");
    auto insert = db_.query("insert into fact values (?, ?, ?)");
    return each(rows, [&](const ValueRow& row) -> Status {
      // Asked first: most values stand already, and packing costs more than looking.
      const auto found = find.with(row.tenant.value, Blob{bytes_of(row.hash)}).next();
      if (!found) return fail(found.error());
      if (*found) return {};
      const auto packed = packer_.pack_known(row.bytes);
      return only_status(insert.change(row.tenant.value, Blob{bytes_of(row.hash)}, Blob{packed}));
    });
  }

  Status put_records(const std::vector<RecordRow>& rows) {
    auto put = db_.query(
        "insert into record values (?, ?, ?, ?, ?)"
        " on conflict (tenant_id, record_kind, key) do update set"
        " bytes = excluded.bytes, expires_at_ms = excluded.expires_at_ms");
    return each(rows, [&](const RecordRow& row) {
      return only_status(
          put.change(row.tenant.value, row.kind, row.key, Blob{row.bytes}, row.expires_at.ms));
    });
  }

  Status drop_records(const std::vector<RecordKey>& keys) {
    auto drop = db_.query("delete from record where tenant_id = ? and record_kind = ? and key = ?");
    return each(keys, [&](const RecordKey& key) {
      return only_status(drop.change(key.tenant.value, key.kind, key.key));
    });
  }

  Status add_search(const std::vector<SearchRow>& rows) {
    auto insert = db_.query(
        "insert into search values (?, ?, ?, ?)"
        " on conflict (tenant_id, stream_id, kind, token) do nothing");
    return each(rows, [&](const SearchRow& row) {
      return only_status(insert.change(row.stream.tenant.value, row.stream.id,
                                       kind_number(row.stream.kind), row.token));
    });
  }

  Status drop_search(const std::vector<StreamKey>& keys) {
    auto drop = db_.query("delete from search where tenant_id = ? and stream_id = ? and kind = ?");
    return each(keys, [&](const StreamKey& key) {
      return only_status(drop.change(key.tenant.value, key.id, kind_number(key.kind)));
    });
  }

  Status put_tallies() {
    auto put = db_.query(
        "insert into tally values (?, ?, ?) on conflict (tenant_id) do update set"
        " orders = tally.orders + excluded.orders, events = tally.events + excluded.events");
    for (const auto& [tenant, tally] : tallies_) {
      if (auto done = put.change(tenant.value, tally.orders, tally.events); !done) {
        return only_status(done);
      }
    }
    return {};
  }

  Database& db_;
  Packer& packer_;
  Lately& lately_;
  std::map<TenantId, Tally> tallies_;
};

}  // namespace

Status write_batch(Database& database, Packer& packer, Lately& lately, const Batch& batch) {
  return BatchWriter(database, packer, lately).write(batch);
}

}  // namespace holdfast::store
