#pragma once
// What PostgreSQL is asked otherwise than other databases: questions that walk a chain or take many
// rows by key are one statement here, because each statement is a way to the server and back.
// Nothing here may change a row.

#include <string_view>
#include <vector>

#include "store/postgres/database.h"
#include "store/sql/read_impl.h"

namespace holdfast::store::sql {

/// The port's questions of these names; errors are theirs.
template <>
Result<std::vector<ports::EventRow>> read_events<pg::Database>(pg::Database& db,
                                                               const ports::StreamKey& stream);
template <>
Result<std::vector<ports::OutboxRow>> read_outbox_of<pg::Database>(pg::Database& db,
                                                                   const ports::StreamKey& stream);
template <>
Result<std::vector<ports::OrderRow>> read_orders_of<pg::Database>(
    pg::Database& db, const std::vector<ports::StreamKey>& streams);

}  // namespace holdfast::store::sql
