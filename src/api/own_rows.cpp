#include "api/own_rows.h"

#include <algorithm>

namespace holdfast::api {
namespace {

/// Rows of every store of somebody, each page read with `read`.
template <class Row>
Result<std::vector<Row>> of_their_stores(const Who& who, auto query, const auto& read) {
  if (who.everywhere()) return read(query);
  if (!query.channel.empty()) {
    return who.sees(query.channel) ? read(query) : Result<std::vector<Row>>(std::vector<Row>{});
  }
  std::vector<Row> found;
  for (const auto& store : who.stores) {
    query.channel = store;
    auto rows = read(query);
    if (!rows) return rows;
    found.insert(found.end(), rows->begin(), rows->end());
  }
  return found;
}

/// The query within the stores of somebody; nothing when it names a store that is not theirs.
std::optional<ports::ExceptionQuery> of_their_cases(const Who& who, ports::ExceptionQuery query) {
  if (who.everywhere()) return query;
  if (query.channel.empty()) {
    query.channels.assign(who.stores.begin(), who.stores.end());
    return query;
  }
  if (!who.sees(query.channel)) return std::nullopt;
  return query;
}

template <class Row>
void cut(std::vector<Row>& rows, std::size_t limit) {
  if (rows.size() > limit) rows.resize(limit);
}

}  // namespace

std::tuple<Instant, std::int64_t, std::int64_t> queue_place(const ports::ExceptionRow& row) {
  return {row.review_by, row.stream.id, row.number};
}

Result<bool> sees_stream(Desk& desk, const Who& who, const ports::StreamKey& stream) {
  if (who.everywhere()) return true;
  if (stream.kind == ports::StreamKind::Order) {
    const auto row = desk.store().order(stream);
    if (!row) return fail(row.error());
    return *row && who.sees((*row)->channel);
  }
  const auto rows = desk.store().exceptions_of(stream);
  if (!rows) return fail(rows.error());
  return std::ranges::any_of(*rows, [&](const auto& row) { return who.sees(row.channel); });
}

Result<std::vector<ports::OrderRow>> own_orders(Desk& desk, const Who& who,
                                                const ports::OrderQuery& query) {
  auto rows = of_their_stores<ports::OrderRow>(
      who, query, [&](const ports::OrderQuery& one) { return desk.store().orders(one); });
  if (!rows || who.everywhere()) return rows;
  std::ranges::sort(*rows, std::ranges::greater{},
                    [](const ports::OrderRow& row) { return row.stream.id; });
  cut(*rows, query.limit);
  return rows;
}

Result<std::vector<ports::ExceptionRow>> own_exceptions(Desk& desk, const Who& who,
                                                        const ports::ExceptionQuery& query) {
  const auto own = of_their_cases(who, query);
  if (!own) return std::vector<ports::ExceptionRow>{};
  return desk.store().exceptions(*own);
}

Result<std::int64_t> count_own_exceptions(Desk& desk, const Who& who,
                                          const ports::ExceptionQuery& query) {
  const auto own = of_their_cases(who, query);
  return own ? desk.store().count_exceptions(*own) : Result<std::int64_t>(0);
}

}  // namespace holdfast::api
