#pragma once
// The questions of the port as SQL, written once for every database: `Db` gives statements (query,
// query_once) and knows its dialect. What one database must ask otherwise it defines beside its own
// files. Nothing here may change a row.

#include <algorithm>

#include "store/packed.h"
#include "store/rows.h"
#include "store/sql/event_rows.h"
#include "store/sql/rows_of.h"

namespace holdfast::store::sql {

using namespace ports;

inline auto broken_chain(std::int64_t seq) {
  return fail(ErrorCode::Internal, "a stream's chain of events is broken",
              "event " + std::to_string(seq), "restore from a backup");
}

template <class Db>
Result<std::int64_t> head_of(Db& db, const StreamKey& stream) {
  auto head = db.query(
      "select head_seq from stream_head where tenant_id = ? and kind = ? and stream_id = ?");
  const auto found = head.with(stream.tenant.value, kind_number(stream.kind), stream.id).next();
  if (!found) return fail(found.error());
  return *found ? head.integer() : 0;
}

inline constexpr std::string_view order_columns =
    "v.kind, v.stream_id, v.channel, v.store_number, v.stage, v.summary, v.placed_at_ms,"
    " v.due_at_ms, v.open_exceptions, v.live, h.head_seq, h.version, h.hash";
template <class Query>
Result<OrderRow> take_order(Query& row, TenantId tenant) {
  OrderRow order;
  order.stream = take_stream(row, tenant);
  order.channel = row.text();
  order.store_number = row.text();
  order.stage = row.text();
  order.summary = row.text();
  order.placed_at = {row.integer()};
  order.due_at = {row.integer()};
  order.open_exceptions = row.integer();
  order.live = row.boolean();
  order.head_seq = row.integer();
  order.version = row.integer();
  order.head_hash = row.digest();
  return order;
}

// Whether a list by `column` alone is short; counting goes no further than that.
template <class Db>
Result<bool> is_short(Db& db, TenantId tenant, std::string_view column, std::string_view value) {
  auto count = db.query(
      text_of({"select count(*) from (select 1 from stream_view indexed by stream_view_by_", column,
               " where tenant_id = ? and kind = 1 and ", column, " = ? limit 2000) as few"}));
  const auto row = count.with(tenant.value, value).next();
  if (!row) return fail(row.error());
  return count.integer() < 2000;
}

// The index whose entries come nearest to the answer: the rarest condition first.
template <class Db>
Result<std::string_view> index_for(Db& db, const OrderQuery& query) {
  constexpr std::string_view by_stage = "stream_view_by_stage";
  constexpr std::string_view by_channel = "stream_view_by_channel";
  if (!Db::takes_hints) return std::string_view();
  if (query.with_exceptions) return "stream_view_troubled";
  if (!query.stage.empty() && !query.channel.empty()) {
    const auto few_of_stage = is_short(db, query.tenant, "stage", query.stage);
    if (!few_of_stage) return fail(few_of_stage.error());
    if (*few_of_stage) return by_stage;
    const auto few_of_channel = is_short(db, query.tenant, "channel", query.channel);
    if (!few_of_channel) return fail(few_of_channel.error());
    return *few_of_channel ? by_channel : by_stage;
  }
  if (!query.stage.empty()) return by_stage;
  if (query.live == true) return "stream_view_live";
  if (!query.channel.empty()) return by_channel;
  return std::string_view();
}

inline constexpr std::string_view exception_columns =
    "kind, stream_id, number, reason, owner, backup, next_action, detail, about, body,"
    " store_number, channel, opened_at_ms, review_by_ms, resolved_at_ms, resolution, supplier";

template <class Query>
Result<ExceptionRow> take_exception(Query& row, TenantId tenant) {
  ExceptionRow exception;
  exception.stream = take_stream(row, tenant);
  exception.number = row.integer();
  const auto reason = stored_name<ReasonCode>(row.view());
  if (!reason) return fail(reason.error());
  exception.reason = *reason;
  exception.owner = row.text();
  exception.backup = row.text();
  exception.next_action = row.text();
  exception.detail = row.text();
  exception.about = row.text();
  exception.body = row.text();
  exception.store_number = row.text();
  exception.channel = row.text();
  exception.opened_at = {row.integer()};
  exception.review_by = {row.integer()};
  exception.resolved_at = {row.integer()};
  exception.resolution = row.text();
  exception.supplier = row.text();
  return exception;
}

inline constexpr std::string_view outbox_columns =
    "kind, stream_id, seq, number, lane, bytes, state, attempts, not_before_ms, changed_at_ms,"
    " detail";

template <class Query>
Result<OutboxRow> take_outbox(Query& row, TenantId tenant) {
  OutboxRow effect;
  effect.stream = take_stream(row, tenant);
  effect.seq = row.integer();
  effect.number = row.integer();
  effect.lane = row.text();
  auto bytes = unpack_json(row.view());
  if (!bytes) return fail(bytes.error());
  effect.bytes = std::move(*bytes);
  const auto state = stored_name<EffectState>(row.view());
  if (!state) return fail(state.error());
  effect.state = *state;
  effect.attempts = row.integer();
  effect.not_before = {row.integer()};
  effect.changed_at = {row.integer()};
  effect.detail = row.text();
  return effect;
}

template <class Query>
Result<TimerRow> take_timer(Query& row, TenantId tenant) {
  TimerRow timer;
  timer.stream = take_stream(row, tenant);
  const auto kind = stored_name<TimerKind>(row.view());
  if (!kind) return fail(kind.error());
  timer.kind = *kind;
  timer.about = row.text();
  timer.due_at = {row.integer()};
  return timer;
}

inline constexpr std::string_view inbox_columns =
    "i.seq, i.account, i.dedupe_key, i.topic, i.subject, i.envelope, i.body_hash,"
    " i.received_at_ms, i.state, i.attempts, i.problem";
template <class Query>
InboxRow take_inbox_row(Query& row, TenantId tenant) {
  InboxRow message;
  message.tenant = tenant;
  message.seq = row.integer();
  message.account = row.text();
  message.dedupe_key = row.text();
  message.topic = row.text();
  message.subject = row.text();
  message.envelope = row.text();
  message.body_hash = row.digest();
  message.received_at = {row.integer()};
  message.state = static_cast<InboxState>(row.integer());
  message.attempts = row.integer();
  message.problem = row.text();
  return message;
}

template <class Query>
Result<InboxRow> take_inbox(Query& row, TenantId tenant) {
  return take_inbox_row(row, tenant);
}

template <class Query>
Result<InboxRow> take_inbox_with_body(Query& row, TenantId tenant) {
  auto message = take_inbox_row(row, tenant);
  const auto packed = row.view();
  if (packed.empty()) return message;  // dropped when its time was over
  auto body = unpack(packed);
  if (!body) return fail(body.error());
  message.body = std::move(*body);
  return message;
}

// Binds, and reads every row of a question about one tenant.
template <class Row, class Query, class... Arguments>
Result<std::vector<Row>> all_of(Query& query, TenantId tenant,
                                Result<Row> (*take)(Query&, TenantId),
                                const Arguments&... arguments) {
  query.with(tenant.value, arguments...);
  return all_rows<Row>(query, [&](Query& row) { return take(row, tenant); });
}

// The same for a question that one row answers at most.
template <class Row, class Query, class... Arguments>
Result<std::optional<Row>> one_of(Query& query, TenantId tenant,
                                  Result<Row> (*take)(Query&, TenantId),
                                  const Arguments&... arguments) {
  query.with(tenant.value, arguments...);
  return one_row<Row>(query, [&](Query& row) { return take(row, tenant); });
}

template <class Db>
Result<Heads> read_heads(Db& db, TenantId tenant) {
  auto query = db.query(
      "select (select max(seq) from event where tenant_id = ?1),"
      " (select max(seq) from inbox where tenant_id = ?1),"
      // All kinds draw their ids from one counter; per kind, so that each maximum is one seek.
      " (select max(newest) from (select max(stream_id) as newest from stream_head"
      "   where tenant_id = ?1 and kind = 1 union all select max(stream_id) from stream_head"
      "   where tenant_id = ?1 and kind = 2 union all select max(stream_id) from stream_head"
      "   where tenant_id = ?1 and kind = 3 union all select max(stream_id) from stream_head"
      "   where tenant_id = ?1 and kind = 4) as each)");
  if (const auto row = query.with(tenant.value).next(); !row) return fail(row.error());
  return Heads{query.integer(), query.integer(), query.integer()};
}

template <class Db>
Result<Counts> read_counts(Db& db, TenantId tenant) {
  auto query = db.query(
      "select (select orders from tally where tenant_id = ?1),"
      " (select events from tally where tenant_id = ?1),"
      " (select count(*) from order_exception where tenant_id = ?1 and resolved_at_ms = 0),"
      " (select count(*) from inbox where tenant_id = ?1 and state = 1),"
      " (select count(*) from outbox_open where tenant_id = ?1)");
  if (const auto row = query.with(tenant.value).next(); !row) return fail(row.error());
  return Counts{query.integer(), query.integer(), query.integer(), query.integer(),
                query.integer()};
}

template <class Db>
Result<std::vector<EventRow>> read_events(Db& db, const StreamKey& stream) {
  const auto head = head_of(db, stream);
  if (!head) return fail(head.error());
  std::vector<std::vector<EventRow>> rows;  // the last first
  auto find =
      db.query(text_of({"select ", event_columns, " from event where tenant_id = ? and seq = ?"}));
  for (auto seq = *head; seq != 0;) {
    find.with(stream.tenant.value, seq);
    auto row = one_row<std::vector<EventRow>>(
        find, [&](auto& columns) { return take_event_row(columns, stream.tenant); });
    if (!row) return fail(row.error());
    if (!*row || (*row)->front().stream != stream || (*row)->front().previous >= seq) {
      return broken_chain(seq);
    }
    seq = (*row)->front().previous;
    rows.push_back(std::move(**row));
  }
  std::vector<EventRow> events;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    std::move(row->begin(), row->end(), std::back_inserter(events));
  }
  return events;
}

template <class Db>
Result<std::vector<EventRow>> read_events_after(Db& db, TenantId tenant, std::int64_t after,
                                                std::size_t limit) {
  // Every row holds one event of these at least.
  auto query =
      db.query(text_of({"select ", event_columns,
                        " from event where tenant_id = ? and seq > ? order by seq limit ?"}));
  query.with(tenant.value, after, bounded(limit));
  std::vector<EventRow> events;
  while (events.size() < limit) {
    const auto next = query.next();
    if (!next) return fail(next.error());
    if (!*next) break;
    auto row = take_event_row(query, tenant);
    if (!row) return fail(row.error());
    for (auto& event : *row) {
      if (event.seq > after && events.size() < limit) events.push_back(std::move(event));
    }
  }
  return events;
}

template <class Db>
Result<std::optional<OrderRow>> read_order(Db& db, const StreamKey& stream) {
  auto query = db.query(text_of({"select ", order_columns, " from stream_view v", Db::with_head,
                                 " where v.tenant_id = ? and v.kind = ? and v.stream_id = ?"}));
  return one_of<OrderRow>(query, stream.tenant, take_order, kind_number(stream.kind), stream.id);
}

template <class Db>
Result<std::vector<OrderRow>> read_orders(Db& db, const OrderQuery& query) {
  const auto index = index_for(db, query);
  if (!index) return fail(index.error());
  auto sql = text_of({"select ", order_columns, " from stream_view v"});
  if (!index->empty()) sql += text_of({" indexed by ", *index});
  sql += text_of({Db::with_head, " where v.tenant_id = ? and v.kind = 1"});
  if (query.before != 0) sql += " and v.stream_id < ?";
  if (!query.channel.empty()) sql += " and v.channel = ?";
  if (!query.stage.empty()) sql += " and v.stage = ?";
  if (query.live) sql += *query.live ? " and v.live = 1" : " and v.live = 0";
  if (query.with_exceptions) sql += " and v.open_exceptions > 0";
  sql += " order by v.stream_id desc limit ?";
  auto statement = db.query(sql);
  statement.with(query.tenant.value);
  if (query.before != 0) statement.bind(query.before);
  if (!query.channel.empty()) statement.bind(query.channel);
  if (!query.stage.empty()) statement.bind(query.stage);
  statement.bind(bounded(page_length(query.limit)));
  return all_rows<OrderRow>(statement, [&](auto& row) { return take_order(row, query.tenant); });
}

template <class Db>
Result<std::vector<OrderRow>> read_orders_of(Db& db, const std::vector<StreamKey>& streams) {
  std::vector<OrderRow> rows;
  for (const auto& stream : streams) {
    auto row = read_order(db, stream);
    if (!row) return fail(row.error());
    if (*row) rows.push_back(std::move(**row));
  }
  return rows;
}

template <class Db>
Result<std::vector<ExceptionRow>> read_exceptions_of(Db& db, const StreamKey& stream) {
  auto query = db.query(text_of({"select ", exception_columns,
                                 " from order_exception where tenant_id = ? and kind = ?"
                                 " and stream_id = ? order by number"}));
  return all_of<ExceptionRow>(query, stream.tenant, take_exception, kind_number(stream.kind),
                              stream.id);
}

template <class Db>
Result<std::vector<ExceptionTally>> read_exception_tallies(Db& db, TenantId tenant, Instant now,
                                                           std::string_view channel,
                                                           std::string_view supplier) {
  constexpr std::string_view counted =
      "select owner, reason, count(*), count(*) filter (where review_by_ms < ?)"
      " from order_exception indexed by ";
  auto query = db.query(text_of(
      {counted,
       supplier.empty() ? "order_exception_open_by_owner" : "order_exception_open_by_supplier",
       " where tenant_id = ? and resolved_at_ms = 0", channel.empty() ? "" : " and channel = ?",
       supplier.empty() ? "" : " and supplier = ?",
       " group by owner, reason order by owner, reason"}));
  query.with(now.ms, tenant.value);
  if (!channel.empty()) query.bind(channel);
  if (!supplier.empty()) query.bind(supplier);
  return all_rows<ExceptionTally>(query, [](auto& row) -> Result<ExceptionTally> {
    ExceptionTally tally;
    tally.owner = row.text();
    const auto reason = stored_name<ReasonCode>(row.view());
    if (!reason) return fail(reason.error());
    tally.reason = *reason;
    tally.open = row.integer();
    tally.overdue = row.integer();
    return tally;
  });
}

template <class Db>
Result<std::vector<OutboxRow>> read_unsettled(Db& db, TenantId tenant) {
  auto query = db.query(text_of(
      {"select ", outbox_columns, " from outbox_open where tenant_id = ? order by seq, number"}));
  return all_of<OutboxRow>(query, tenant, take_outbox);
}

template <class Db>
Result<std::vector<OutboxRow>> read_outbox_of(Db& db, const StreamKey& stream) {
  auto head = head_of(db, stream);
  if (!head) return fail(head.error());
  // Effects are keyed by their event, so a stream's effects are found along its rows of events.
  auto row = db.query("select previous, events from event where tenant_id = ? and seq = ?");
  constexpr std::string_view of_row = " where tenant_id = ?1 and seq > ?2 and seq <= ?3";
  auto effects = db.query(
      text_of({"select ", outbox_columns, " from outbox_open", of_row, " union all select ",
               outbox_columns, " from outbox_settled", of_row, " order by seq desc, number desc"}));
  std::vector<OutboxRow> rows;
  for (auto seq = *head; seq != 0;) {
    const auto found = row.with(stream.tenant.value, seq).next();
    if (!found) return fail(found.error());
    const auto before = *found ? row.integer() : seq;
    if (before >= seq) return broken_chain(seq);
    const auto count = std::max<std::int64_t>(1, row.integer());
    effects.with(stream.tenant.value, seq - count, seq);
    auto more =
        all_rows<OutboxRow>(effects, [&](auto& row) { return take_outbox(row, stream.tenant); });
    if (!more) return more;
    std::move(more->begin(), more->end(), std::back_inserter(rows));
    seq = before;
  }
  std::reverse(rows.begin(), rows.end());
  return rows;
}

template <class Db>
Result<std::vector<TimerRow>> read_timers(Db& db, TenantId tenant) {
  auto query = db.query(
      "select kind, stream_id, timer, about, due_at_ms from timer where tenant_id = ?"
      " order by due_at_ms, kind, stream_id, timer, about");
  return all_of<TimerRow>(query, tenant, take_timer);
}

template <class Db>
Result<std::vector<TimerRow>> read_timers_of(Db& db, const StreamKey& stream) {
  auto query = db.query(
      "select kind, stream_id, timer, about, due_at_ms from timer"
      " where tenant_id = ? and kind = ? and stream_id = ? order by due_at_ms, timer, about");
  return all_of<TimerRow>(query, stream.tenant, take_timer, kind_number(stream.kind), stream.id);
}

template <class Db>
Result<std::vector<InboxRow>> read_waiting(Db& db, TenantId tenant, std::size_t limit) {
  auto query = db.query(text_of({"select ", inbox_columns, ", b.body from inbox i", Db::with_body,
                                 " where i.tenant_id = ? and i.state = 1 order by i.seq limit ?"}));
  return all_of<InboxRow>(query, tenant, take_inbox_with_body, bounded(limit));
}

template <class Db>
Result<std::optional<InboxRow>> read_inbox(Db& db, TenantId tenant, std::int64_t seq) {
  auto query = db.query(text_of({"select ", inbox_columns, ", b.body from inbox i", Db::with_body,
                                 " where i.tenant_id = ? and i.seq = ?"}));
  return one_of<InboxRow>(query, tenant, take_inbox_with_body, seq);
}

template <class Db>
Result<std::vector<InboxRow>> read_not_understood(Db& db, TenantId tenant, std::size_t limit) {
  auto query = db.query(text_of({"select ", inbox_columns,
                                 " from inbox i where i.tenant_id = ? and i.state in (3, 4)"
                                 " order by i.seq desc limit ?"}));
  return all_of<InboxRow>(query, tenant, take_inbox, bounded(limit));
}

template <class Db>
Result<std::optional<InboxRow>> read_delivery(Db& db, TenantId tenant, std::string_view account,
                                              std::string_view dedupe_key) {
  auto query = db.query(text_of({"select ", inbox_columns,
                                 " from (select seq from delivery_even"
                                 "       where tenant_id = ?1 and account = ?2 and dedupe_key = ?3"
                                 "       union all select seq from delivery_odd"
                                 "       where tenant_id = ?1 and account = ?2 and dedupe_key = ?3"
                                 "       order by seq limit 1) d"
                                 " join inbox i on i.tenant_id = ?1 and i.seq = d.seq"}));
  return one_of<InboxRow>(query, tenant, take_inbox, account, dedupe_key);
}

template <class Db>
Result<std::optional<StreamKey>> read_reference(Db& db, TenantId tenant, std::string_view kind,
                                                std::string_view value) {
  auto query = db.query(
      "select kind, stream_id from reference"
      " where tenant_id = ? and reference_kind = ? and value = ?");
  query.with(tenant.value, kind, value);
  return one_row<StreamKey>(
      query, [&](auto& row) -> Result<StreamKey> { return take_stream(row, tenant); });
}

template <class Db>
Result<std::vector<ReferenceRow>> read_references_of(Db& db, const StreamKey& stream) {
  auto query = db.query(
      "select reference_kind, value from reference"
      " where tenant_id = ? and kind = ? and stream_id = ? order by reference_kind, value");
  query.with(stream.tenant.value, kind_number(stream.kind), stream.id);
  return all_rows<ReferenceRow>(query, [&](auto& row) -> Result<ReferenceRow> {
    return ReferenceRow{stream.tenant, row.text(), row.text(), stream};
  });
}

template <class Db>
Result<std::vector<SealedRow>> read_sealed(Db& db, const StreamKey& stream) {
  auto query = db.query(
      "select sealed_kind, bytes, delete_at_ms from sealed"
      " where tenant_id = ? and kind = ? and stream_id = ? order by sealed_kind");
  query.with(stream.tenant.value, kind_number(stream.kind), stream.id);
  return all_rows<SealedRow>(query, [&](auto& row) -> Result<SealedRow> {
    return SealedRow{stream, row.text(), row.text(), {row.integer()}};
  });
}

template <class Db>
Result<std::optional<std::string>> read_value(Db& db, TenantId tenant, const Digest& hash) {
  auto query = db.query("select bytes from fact where tenant_id = ? and hash = ?");
  query.with(tenant.value, Blob{bytes_of(hash)});
  return one_row<std::string>(query, [](auto& row) { return unpack(row.view()); });
}

template <class Db>
Result<std::optional<RecordRow>> read_record(Db& db, const RecordKey& key) {
  auto query = db.query(
      "select bytes, expires_at_ms from record"
      " where tenant_id = ? and record_kind = ? and key = ?");
  query.with(key.tenant.value, key.kind, key.key);
  return one_row<RecordRow>(query, [&](auto& row) -> Result<RecordRow> {
    return RecordRow{key.tenant, key.kind, key.key, row.text(), {row.integer()}};
  });
}

template <class Db>
Result<std::vector<RecordRow>> read_records(Db& db, TenantId tenant, std::string_view kind,
                                            std::string_view after, std::size_t limit) {
  auto query = db.query(
      "select key, bytes, expires_at_ms from record"
      " where tenant_id = ? and record_kind = ? and key > ? order by key limit ?");
  query.with(tenant.value, kind, after, bounded(limit));
  return all_rows<RecordRow>(query, [&](auto& row) -> Result<RecordRow> {
    return RecordRow{tenant, std::string(kind), row.text(), row.text(), {row.integer()}};
  });
}

}  // namespace holdfast::store::sql
