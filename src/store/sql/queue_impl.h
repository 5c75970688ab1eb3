#pragma once
// The queue as SQL: a page of its cases and how many there are, under the same conditions.
// Nothing here may change a row.

#include <bit>
#include <functional>

#include "store/sql/read_impl.h"

namespace holdfast::store::sql {

/// A column that is one of `count` values. The text is rounded up to a power of two, so that lists
/// of every length share few statements.
inline std::string one_of_these(std::string_view column, std::size_t count) {
  if (count == 0) return {};
  std::string text = text_of({" and ", column, " in (?"});
  for (std::size_t places = 1; places < std::bit_ceil(count); ++places) text += ", ?";
  return text + ")";
}

template <class Query, class Values, class Text>
void bind_these(Query& statement, const Values& values, const Text& text) {
  if (values.empty()) return;
  const auto places = std::bit_ceil(values.size());
  for (std::size_t i = 0; i < places; ++i) {
    statement.bind(text(values[std::min(i, values.size() - 1)]));
  }
}

/// The index that answers where a place is, or how many there are, without a look at the rows; none
/// for channels, which no index of open cases has, and for suppliers, whose index is found anyway.
inline std::string_view case_index(const ExceptionQuery& query) {
  const bool by_owner =
      !query.owner.empty() || query.reason || !query.owners.empty() || !query.reasons.empty();
  const bool rows =
      !query.open || !query.channel.empty() || !query.supplier.empty() || !query.channels.empty();
  return by_owner && !rows ? " indexed by order_exception_open_by_owner" : "";
}

/// What a query asks of a case, its place in the list apart.
inline std::string case_conditions(const ExceptionQuery& query) {
  std::string sql = " where tenant_id = ?";
  sql += query.open ? " and resolved_at_ms = 0" : " and resolved_at_ms <> 0";
  if (!query.owner.empty()) sql += " and owner = ?";
  if (query.reason) sql += " and reason = ?";
  if (!query.channel.empty()) sql += " and channel = ?";
  if (!query.supplier.empty()) sql += " and supplier = ?";
  if (query.due_before) sql += " and review_by_ms < ?";
  sql += one_of_these("owner", query.owners.size());
  sql += one_of_these("channel", query.channels.size());
  sql += one_of_these("reason", query.reasons.size());
  if (query.after) sql += " and (review_by_ms, stream_id, number) > (?, ?, ?)";
  return sql;
}

template <class Query>
void bind_conditions(Query& statement, const ExceptionQuery& query) {
  statement.bind(query.tenant.value);
  if (!query.owner.empty()) statement.bind(query.owner);
  if (query.reason) statement.bind(name_of(*query.reason));
  if (!query.channel.empty()) statement.bind(query.channel);
  if (!query.supplier.empty()) statement.bind(query.supplier);
  if (query.due_before) statement.bind(query.due_before.ms);
  bind_these(statement, query.owners, std::identity{});
  bind_these(statement, query.channels, std::identity{});
  bind_these(statement, query.reasons, [](ReasonCode reason) { return name_of(reason); });
  if (!query.after) return;
  statement.bind(query.after->review_by.ms);
  statement.bind(query.after->stream);
  statement.bind(query.after->number);
}

// What is left out is walked in an index alone; only the rows of the page are read.
template <class Db>
Result<std::vector<ExceptionRow>> read_exceptions(Db& db, const ExceptionQuery& query) {
  constexpr std::string_view order = " order by review_by_ms, stream_id, number limit ";
  const auto conditions = case_conditions(query);
  auto sql = text_of({"select ", exception_columns, " from order_exception", conditions});
  if (query.skip != 0) {
    sql += text_of({" and (review_by_ms, stream_id, number) >= (select review_by_ms, stream_id,",
                    " number from order_exception", case_index(query), conditions, order,
                    "1 offset ?)"});
  }
  auto statement = db.query(text_of({sql, order, "?"}));
  statement.with();
  bind_conditions(statement, query);
  if (query.skip != 0) {
    bind_conditions(statement, query);
    statement.bind(bounded(query.skip));
  }
  statement.bind(bounded(page_length(query.limit)));
  return all_rows<ExceptionRow>(statement,
                                [&](auto& row) { return take_exception(row, query.tenant); });
}

template <class Db>
Result<std::int64_t> count_exceptions_in(Db& db, ExceptionQuery query) {
  query.after.reset();
  auto statement = db.query(
      text_of({"select count(*) from order_exception", case_index(query), case_conditions(query)}));
  statement.with();
  bind_conditions(statement, query);
  const auto row = statement.next();
  if (!row) return fail(row.error());
  return *row ? statement.integer() : 0;
}

}  // namespace holdfast::store::sql
