#pragma once
// The schema on PostgreSQL: the shared steps of src/store/schema, each followed by what only this
// database has. They go forward only.

#include "base/result.h"
#include "store/postgres/connection.h"

namespace holdfast::store::pg {

/// Brings the database behind `connection` to this program's schema, one transaction a step; of
/// several processes that start together one does it and the others wait. Invalid, with nothing
/// changed, when the schema is newer than this program or the tables are another program's.
Status migrate(Connection& connection);

/// The schema's version, 0 for an empty database; fails as asking a connection does.
Result<std::int64_t> schema_version(Connection& connection);

}  // namespace holdfast::store::pg
