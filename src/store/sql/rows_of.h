#pragma once
// Taking a statement's rows apart; shared by all stores that speak SQL. `Query` is such a store's
// loan of a statement: with, bind, next, and columns by integer, text and view.
// Nothing here puts a statement together.

#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "ports/store.h"
#include "store/sql/blob.h"

namespace holdfast::store {

/// A limit as a database takes it.
inline std::int64_t bounded(std::size_t limit) {
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(limit < most ? limit : most);
}

/// The stored number of a stream's kind.
inline std::int64_t kind_number(ports::StreamKind kind) { return static_cast<std::int64_t>(kind); }

/// The columns kind and stream_id, in that order.
template <class Query>
ports::StreamKey take_stream(Query& row, TenantId tenant) {
  const auto kind = static_cast<ports::StreamKind>(row.integer());
  return {tenant, kind, row.integer()};
}

/// A statement put together from its parts.
inline std::string text_of(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += part;
  return text;
}

/// Every row as `take` reads it; fails as stepping or `take` fails. `take` gives a Result.
template <class Row, class Query, class Take>
Result<std::vector<Row>> all_rows(Query& query, const Take& take) {
  std::vector<Row> rows;
  for (;;) {
    const auto next = query.next();
    if (!next) return fail(next.error());
    if (!*next) return rows;
    Result<Row> row = take(query);
    if (!row) return fail(row.error());
    rows.push_back(std::move(*row));
  }
}

/// The first row as `take` reads it, or nothing; fails as all_rows does.
template <class Row, class Query, class Take>
Result<std::optional<Row>> one_row(Query& query, const Take& take) {
  const auto next = query.next();
  if (!next) return fail(next.error());
  if (!*next) return std::optional<Row>();
  Result<Row> row = take(query);
  if (!row) return fail(row.error());
  return std::optional<Row>(std::move(*row));
}

/// The enumerator of a stored name; Internal when this program does not know it.
template <class E>
Result<E> stored_name(std::string_view text) {
  auto value = from_name<E>(text);
  if (value) return *value;
  return fail(ErrorCode::Internal, "a stored row holds a name this program does not know",
              std::string(text), "start the newer program");
}

}  // namespace holdfast::store
