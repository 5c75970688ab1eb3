#include "store/postgres/read.h"

#include <algorithm>

namespace holdfast::store::sql {
namespace {

// The rows of a stream from its head back; a row that points forward would never end.
constexpr std::string_view chain =
    "with recursive head as (select head_seq from stream_head"
    " where tenant_id = ?1 and kind = ?2 and stream_id = ?3),"
    " chain as (select seq, kind, stream_id, version, previous, at_ms, actor, bytes, hash, events"
    " from event where tenant_id = ?1 and seq = (select head_seq from head)"
    " union all select e.seq, e.kind, e.stream_id, e.version, e.previous, e.at_ms, e.actor,"
    " e.bytes, e.hash, e.events from chain c join event e on e.tenant_id = ?1"
    " and e.seq = c.previous where c.previous < c.seq) ";

}  // namespace

template <>
Result<std::vector<EventRow>> read_events<pg::Database>(pg::Database& db, const StreamKey& stream) {
  auto query = db.query(
      text_of({chain, "select h.head_seq, ", "c.seq, c.kind, c.stream_id,",
               " c.version, c.previous, c.at_ms, c.actor, c.bytes, c.hash,",
               " c.events from head h left join chain c on true", " order by c.seq desc"}));
  query.with(stream.tenant.value, kind_number(stream.kind), stream.id);
  std::vector<std::vector<EventRow>> rows;  // the last first
  std::int64_t expected = 0;
  for (;;) {
    const auto next = query.next();
    if (!next) return fail(next.error());
    if (!*next) break;
    const auto head = query.integer();
    if (rows.empty()) expected = head;
    if (head == 0) return std::vector<EventRow>();
    auto row = take_event_row(query, stream.tenant);
    // Without the row that is pointed at, its columns are null.
    if (!row) return expected == head && rows.empty() ? broken_chain(head) : fail(row.error());
    if (row->back().seq != expected || row->front().stream != stream) return broken_chain(expected);
    expected = row->front().previous;
    rows.push_back(std::move(*row));
  }
  if (expected != 0) return broken_chain(expected);
  std::vector<EventRow> events;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    std::move(row->begin(), row->end(), std::back_inserter(events));
  }
  return events;
}

template <>
Result<std::vector<OutboxRow>> read_outbox_of<pg::Database>(pg::Database& db,
                                                            const StreamKey& stream) {
  // Effects are keyed by their event, so a stream's effects are found along its rows of events.
  constexpr std::string_view of_row =
      " where o.tenant_id = ?1 and o.seq > c.seq - greatest(c.events, 1) and o.seq <= c.seq";
  auto query = db.query(text_of(
      {chain, "select ", outbox_columns, " from (select effect.* from chain c cross join lateral",
       " (select o.* from outbox_open o", of_row, " union all select o.* from outbox_settled o",
       of_row, ") as effect) as effects order by seq, number"}));
  return all_of<OutboxRow>(query, stream.tenant, take_outbox, kind_number(stream.kind), stream.id);
}

template <>
Result<std::vector<OrderRow>> read_orders_of<pg::Database>(pg::Database& db,
                                                           const std::vector<StreamKey>& streams) {
  std::vector<OrderRow> rows;
  if (streams.empty()) return rows;
  const auto tenant = streams.front().tenant;
  const bool one_tenant =
      std::ranges::all_of(streams, [&](const StreamKey& key) { return key.tenant == tenant; });
  if (!one_tenant) {
    for (const auto& stream : streams) {
      auto row = read_order(db, stream);
      if (!row) return fail(row.error());
      if (*row) rows.push_back(std::move(**row));
    }
    return rows;
  }
  pg::Array kinds, ids;
  for (const auto& stream : streams) {
    kinds.add(kind_number(stream.kind));
    ids.add(stream.id);
  }
  auto query =
      db.query(text_of({"select ", order_columns, " from unnest(?2, ?3) with ordinality",
                        " as asked(kind, stream_id, place) cross join lateral",
                        " (select * from stream_view where tenant_id = ?1 and kind = asked.kind",
                        " and stream_id = asked.stream_id offset 0) v", pg::Database::with_head,
                        " order by asked.place"}));
  return all_of<OrderRow>(query, tenant, take_order, kinds, ids);
}

}  // namespace holdfast::store::sql
