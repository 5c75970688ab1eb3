#include "store/postgres/write.h"

#include <algorithm>
#include <map>
#include <span>

#include "store/postgres/arrays.h"
#include "store/rows.h"
#include "store/sql/event_rows.h"
#include "store/sql/rows_of.h"

namespace holdfast::store::pg {
namespace {

using namespace ports;

constexpr std::size_t most_facts_remembered = 50'000;

// Of rows with one key the last one counts, as if they had been written one after the other; a
// statement may touch a row once only. In order of the key, so that neighbours share a page and no
// two writers wait for each other.
template <class Row, class Key>
auto last_of(const std::vector<Row>& rows, const Key& key) {
  std::map<decltype(key(rows.front())), const Row*> last;
  for (const auto& row : rows) last.insert_or_assign(key(row), &row);
  return last;
}

std::string numbered(std::size_t from, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += (i == 0 ? "$" : ", $") + std::to_string(from + i);
  }
  return text;
}

class BatchQueue {
 public:
  BatchQueue(Connection& connection, Remembered& remembered, TenantId tenant,
             std::vector<Expected>& expected)
      : connection_(connection), remembered_(remembered), tenant_(tenant), expected_(expected) {}

  Status queue(const Batch& batch) {
    if (auto done = add_events(batch.add_events); !done) return done;
    put_orders(batch.put_orders);
    put_exceptions(batch.put_exceptions);
    put_outbox(batch.put_outbox);
    put_timers(batch.put_timers);
    drop_timers(batch.drop_timers);
    add_inbox(batch.add_inbox);
    put_inbox(batch.put_inbox);
    drop_inbox_bodies(batch.drop_inbox_bodies);
    put_references(batch.put_references);
    put_sealed(batch.put_sealed);
    drop_sealed(batch.drop_sealed);
    drop_sealed_rows(batch.drop_sealed_rows);
    put_values(batch.put_values);
    put_records(batch.put_records);
    drop_records(batch.drop_records);
    add_search(batch.add_search);
    drop_search(batch.drop_search);
    return {};
  }

 private:
  // `before` and `after` stand around "unnest($2, …)"; $1 is the tenant.
  void send(std::string_view before, const Columns& columns, std::string_view after,
            Expected expected = {}) {
    if (columns.empty()) return;
    Parameters parameters;
    parameters.add(tenant_.value);
    for (const auto& column : columns.all()) parameters.add_array(column.type(), column.bytes());
    connection_.queue(text_of({before, " unnest(", numbered(2, columns.all().size()), ")", after}),
                      parameters);
    expected_.push_back(std::move(expected));
  }

  // A statement on rows of `table` by their keys. The tenant comes with each key and not by itself:
  // so the table can only be entered by a key, whatever the planner believes of its size, and is
  // never walked once for every row of the batch.
  void by_key(std::string_view before, std::string_view table, std::string_view set,
              const Columns& columns, std::string_view names,
              std::initializer_list<std::string_view> key, Expected expected = {}) {
    auto where = text_of(
        {" as k(", names, ") offset 0) as rows where ", table, ".tenant_id = rows.tenant_id"});
    for (const auto name : key) where += text_of({" and ", table, ".", name, " = rows.", name});
    send(text_of({before, table, set, " (select $1 as tenant_id, k.* from"}), columns, where,
         std::move(expected));
  }

  void drop(std::string_view table, const Columns& columns, std::string_view names,
            std::initializer_list<std::string_view> key) {
    by_key("delete from ", table, " using", columns, names, key);
  }

  // The rows of a table, whose first column is the tenant, in the order of its columns.
  void insert(std::string_view table, const Columns& columns, std::string_view after = {}) {
    send(text_of({"insert into ", table, " select $1, rows.* from"}), columns,
         text_of({" as rows ", after}));
  }

  Status add_events(const std::vector<EventRow>& events) {
    if (events.empty()) return {};
    Columns rows, ranges;
    std::map<std::int64_t, std::int64_t> taken;  // last number of a row, first number
    for (auto rest = std::span(events); !rest.empty();) {
      const auto row = rest.first(shared_row(rest));
      rest = rest.subspan(row.size());
      const auto& first = row.front();
      const auto& last = row.back();
      // The key holds the last number alone; the others must be as new as that.
      const auto later = taken.lower_bound(first.seq);
      if (later != taken.end() && later->second <= last.seq) return fail(conflict());
      taken.emplace(last.seq, first.seq);
      ranges.row(first.seq, last.seq);
      rows.row(last.seq, kind_number(last.stream.kind), last.stream.id, last.version,
               first.previous, last.at.ms, last.actor, Blob{row_bytes(row, remembered_.packer)},
               Blob{row_hashes(row)}, static_cast<std::int64_t>(row.size()));
    }
    send("select 1 from", ranges,
         " as new(first, last) where exists (select 1 from (select e.seq, e.events from event e"
         " where e.tenant_id = $1 and e.seq >= new.first order by e.seq limit 1) as later"
         " where later.seq - greatest(later.events, 1) < new.last) limit 1",
         {Expected::What::NoRow, 0, conflict()});
    insert("event", rows);
    Parameters parameters;
    parameters.add(tenant_.value);
    parameters.add(static_cast<std::int64_t>(events.size()));
    connection_.queue(
        "insert into tally values ($1, 0, $2) on conflict (tenant_id) do update set"
        " events = tally.events + excluded.events",
        parameters);
    expected_.emplace_back();
    return {};
  }

  void put_orders(const std::vector<OrderRow>& rows) {
    Columns heads, views, orders;
    for (const auto& [key, row] : last_of(rows, [](const OrderRow& r) { return r.stream; })) {
      const auto kind = kind_number(key.kind);
      heads.row(kind, key.id, row->head_seq, row->version, Blob{bytes_of(row->head_hash)});
      views.row(kind, key.id, row->channel, row->store_number, row->stage, row->summary,
                row->placed_at.ms, row->due_at.ms, row->open_exceptions, row->live);
      if (key.kind == StreamKind::Order) orders.row(key.id);
    }
    insert("stream_head", heads,
           "on conflict (tenant_id, kind, stream_id) do update set"
           " head_seq = excluded.head_seq, version = excluded.version, hash = excluded.hash");
    // Counted before they are there.
    send("insert into tally select $1, count(*), 0 from", orders,
         " as new(id) where (select v.stream_id from stream_view v where v.tenant_id = $1"
         " and v.kind = 1 and v.stream_id = new.id) is null"
         " on conflict (tenant_id) do update set orders = tally.orders + excluded.orders");
    insert("stream_view", views,
           "on conflict (tenant_id, kind, stream_id) do update set"
           " channel = excluded.channel, store_number = excluded.store_number,"
           " stage = excluded.stage, summary = excluded.summary,"
           " placed_at_ms = excluded.placed_at_ms, due_at_ms = excluded.due_at_ms,"
           " open_exceptions = excluded.open_exceptions, live = excluded.live"
           " where (stream_view.channel, stream_view.store_number, stream_view.stage,"
           " stream_view.summary, stream_view.placed_at_ms, stream_view.due_at_ms,"
           " stream_view.open_exceptions, stream_view.live) is distinct from"
           " (excluded.channel, excluded.store_number, excluded.stage, excluded.summary,"
           " excluded.placed_at_ms, excluded.due_at_ms, excluded.open_exceptions, excluded.live)");
  }

  void put_exceptions(const std::vector<ExceptionRow>& rows) {
    Columns columns;
    const auto key = [](const ExceptionRow& r) { return std::pair{r.stream, r.number}; };
    for (const auto& [_, row] : last_of(rows, key)) {
      columns.row(kind_number(row->stream.kind), row->stream.id, row->number, name_of(row->reason),
                  row->owner, row->backup, row->next_action, row->detail, row->about, row->body,
                  row->store_number, row->channel, row->opened_at.ms, row->review_by.ms,
                  row->resolved_at.ms, row->resolution, row->supplier);
    }
    insert("order_exception", columns,
           "on conflict (tenant_id, kind, stream_id, number) do update set"
           " reason = excluded.reason, owner = excluded.owner, backup = excluded.backup,"
           " next_action = excluded.next_action, detail = excluded.detail, about = excluded.about,"
           " body = excluded.body, store_number = excluded.store_number,"
           " channel = excluded.channel, opened_at_ms = excluded.opened_at_ms,"
           " review_by_ms = excluded.review_by_ms, resolved_at_ms = excluded.resolved_at_ms,"
           " resolution = excluded.resolution, supplier = excluded.supplier");
  }

  void put_outbox(const std::vector<OutboxRow>& rows) {
    Columns open, settled, no_longer_open, open_again;
    const auto key = [](const OutboxRow& r) { return std::pair{r.seq, r.number}; };
    for (const auto& [_, row] : last_of(rows, key)) {
      const bool waits = is_unsettled(row->state);
      (waits ? open_again : no_longer_open).row(row->seq, row->number);
      (waits ? open : settled)
          .row(row->seq, row->number, kind_number(row->stream.kind), row->stream.id, row->lane,
               Blob{remembered_.packer.pack_known(row->bytes)}, name_of(row->state), row->attempts,
               row->not_before.ms, row->changed_at.ms, row->detail);
    }
    constexpr std::string_view replace =
        "on conflict (tenant_id, seq, number) do update set kind = excluded.kind,"
        " stream_id = excluded.stream_id, lane = excluded.lane, bytes = excluded.bytes,"
        " state = excluded.state, attempts = excluded.attempts,"
        " not_before_ms = excluded.not_before_ms, changed_at_ms = excluded.changed_at_ms,"
        " detail = excluded.detail";
    drop("outbox_open", no_longer_open, "seq, number", {"seq", "number"});
    drop("outbox_settled", open_again, "seq, number", {"seq", "number"});
    insert("outbox_open", open, replace);
    insert("outbox_settled", settled, replace);
  }

  void put_timers(const std::vector<TimerRow>& rows) {
    Columns columns;
    const auto key = [](const TimerRow& r) { return std::tuple{r.stream, r.kind, r.about}; };
    for (const auto& [_, row] : last_of(rows, key)) {
      columns.row(kind_number(row->stream.kind), row->stream.id, name_of(row->kind), row->about,
                  row->due_at.ms);
    }
    insert("timer", columns,
           "on conflict (tenant_id, kind, stream_id, timer, about) do update set"
           " due_at_ms = excluded.due_at_ms");
  }

  void drop_timers(const std::vector<TimerKey>& keys) {
    Columns columns;
    for (const auto& key : keys) {
      columns.row(kind_number(key.stream.kind), key.stream.id, name_of(key.kind), key.about);
    }
    drop("timer", columns, "kind, stream_id, timer, about",
         {"kind", "stream_id", "timer", "about"});
  }

  void add_inbox(const std::vector<InboxRow>& rows) {
    Columns columns, bodies;
    Columns deliveries[2];
    for (const auto& row : rows) {
      columns.row(row.seq, row.account, row.dedupe_key, row.topic, row.subject, row.envelope,
                  Blob{bytes_of(row.body_hash)}, row.received_at.ms,
                  static_cast<std::int64_t>(row.state), row.attempts, row.problem);
      bodies.row(row.seq, Blob{remembered_.packer.pack(row.body)});
      if (row.dedupe_key.empty()) continue;
      const auto place = delivery_slot(remembered_.periods, row.received_at);
      if (place.empty_first) {
        begin_period(place);
        deliveries[place.slot] = {};
      }
      deliveries[place.slot].row(row.account, row.dedupe_key, row.seq);
    }
    insert("inbox", columns);
    insert("inbox_body", bodies);
    constexpr std::string_view first = "on conflict (tenant_id, account, dedupe_key) do nothing";
    insert("delivery_even", deliveries[0], first);
    insert("delivery_odd", deliveries[1], first);
  }

  // Only one writer comes here for a period: whoever has locked the periods' rows and found an
  // older one there (the store does, when asks_for_periods says so).
  void begin_period(const DeliverySlot& place) {
    Parameters parameters;
    parameters.add(static_cast<std::int64_t>(place.slot));
    parameters.add(place.period);
    connection_.queue("update delivery_period set period = $2 where slot = $1", parameters);
    // Whole, because removing the rows of eight days one by one takes long.
    connection_.queue(place.slot == 0 ? "truncate delivery_even" : "truncate delivery_odd", {});
    expected_.resize(expected_.size() + 2);
    remembered_.periods[place.slot] = place.period;
  }

  void put_inbox(const std::vector<InboxRow>& rows) {
    std::map<std::int64_t, std::pair<const InboxRow*, std::string_view>> last;  // row, subject
    for (const auto& row : rows) {
      auto& [kept, subject] = last[row.seq];
      kept = &row;
      if (!row.subject.empty()) subject = row.subject;
    }
    Columns columns;
    for (const auto& [seq, what] : last) {
      const auto& [row, subject] = what;
      columns.row(seq, static_cast<std::int64_t>(row->state), row->attempts, row->problem, subject);
    }
    by_key("update ", "inbox",
           " set state = rows.state, attempts = rows.attempts, problem = rows.problem,"
           " subject = case when rows.subject = '' then inbox.subject else rows.subject end from",
           columns, "seq, state, attempts, problem, subject", {"seq"},
           {Expected::What::Changed,
            static_cast<std::int64_t>(last.size()),
            {ErrorCode::Conflict, "an inbox row to change is not stored", "store", "read again"}});
  }

  void drop_inbox_bodies(const std::vector<InboxKey>& keys) {
    Columns columns;
    for (const auto& key : keys) columns.row(key.seq);
    drop("inbox_body", columns, "seq", {"seq"});
  }

  void put_references(const std::vector<ReferenceRow>& rows) {
    Columns columns;
    const auto key = [](const ReferenceRow& r) { return std::pair{r.kind, r.value}; };
    for (const auto& [_, row] : last_of(rows, key)) {
      columns.row(row->kind, row->value, kind_number(row->stream.kind), row->stream.id);
    }
    insert("reference", columns,
           "on conflict (tenant_id, reference_kind, value) do update set"
           " kind = excluded.kind, stream_id = excluded.stream_id"
           " where reference.kind <> excluded.kind or reference.stream_id <> excluded.stream_id");
  }

  void put_sealed(const std::vector<SealedRow>& rows) {
    Columns columns;
    const auto key = [](const SealedRow& r) { return std::pair{r.stream, r.kind}; };
    for (const auto& [_, row] : last_of(rows, key)) {
      columns.row(kind_number(row->stream.kind), row->stream.id, row->kind, Blob{row->bytes},
                  row->delete_at.ms);
    }
    insert("sealed", columns,
           "on conflict (tenant_id, kind, stream_id, sealed_kind) do update set"
           " bytes = excluded.bytes, delete_at_ms = excluded.delete_at_ms");
  }

  void drop_sealed(const std::vector<StreamKey>& keys) {
    Columns columns;
    for (const auto& key : keys) columns.row(kind_number(key.kind), key.id);
    drop("sealed", columns, "kind, stream_id", {"kind", "stream_id"});
  }

  void drop_sealed_rows(const std::vector<SealedKey>& keys) {
    Columns columns;
    for (const auto& key : keys) {
      columns.row(kind_number(key.stream.kind), key.stream.id, key.kind);
    }
    drop("sealed", columns, "kind, stream_id, sealed_kind", {"kind", "stream_id", "sealed_kind"});
  }

  void put_values(const std::vector<ValueRow>& rows) {
    Columns columns;
    auto& known = remembered_.facts;
    for (const auto& row : rows) {
      // Most values stand already, and packing costs more than looking.
      const auto key = std::to_string(tenant_.value) + ":" + std::string(bytes_of(row.hash));
      if (!known.insert(key).second) continue;
      columns.row(Blob{bytes_of(row.hash)}, Blob{remembered_.packer.pack_known(row.bytes)});
    }
    insert("fact", columns, "on conflict (tenant_id, hash) do nothing");
    if (known.size() > most_facts_remembered) known.clear();
  }

  void put_records(const std::vector<RecordRow>& rows) {
    Columns columns;
    const auto key = [](const RecordRow& r) { return std::pair{r.kind, r.key}; };
    for (const auto& [_, row] : last_of(rows, key)) {
      columns.row(row->kind, row->key, Blob{row->bytes}, row->expires_at.ms);
    }
    insert("record", columns,
           "on conflict (tenant_id, record_kind, key) do update set"
           " bytes = excluded.bytes, expires_at_ms = excluded.expires_at_ms");
  }

  void drop_records(const std::vector<RecordKey>& keys) {
    Columns columns;
    for (const auto& key : keys) columns.row(key.kind, key.key);
    drop("record", columns, "record_kind, key", {"record_kind", "key"});
  }

  void add_search(const std::vector<SearchRow>& rows) {
    Columns columns;
    for (const auto& row : rows) {
      columns.row(row.stream.id, kind_number(row.stream.kind), row.token);
    }
    insert("search", columns, "on conflict (tenant_id, stream_id, kind, token) do nothing");
  }

  void drop_search(const std::vector<StreamKey>& keys) {
    Columns columns;
    for (const auto& key : keys) columns.row(key.id, kind_number(key.kind));
    drop("search", columns, "stream_id, kind", {"stream_id", "kind"});
  }

  Connection& connection_;
  Remembered& remembered_;
  const TenantId tenant_;
  std::vector<Expected>& expected_;
};

}  // namespace

bool asks_for_periods(const Remembered& remembered, const Batch& batch) {
  return std::ranges::any_of(batch.add_inbox, [&](const InboxRow& row) {
    return !row.dedupe_key.empty() &&
           delivery_slot(remembered.periods, row.received_at).empty_first;
  });
}

Status queue_batch(Connection& connection, Remembered& remembered, TenantId tenant,
                   const Batch& batch, std::vector<Expected>& expected) {
  return BatchQueue(connection, remembered, tenant, expected).queue(batch);
}

}  // namespace holdfast::store::pg
