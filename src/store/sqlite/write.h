#pragma once
// Writing: how a Batch becomes rows. It must be called inside a transaction, which the caller
// ends, and it decides nothing: rows are written as they stand.

#include "base/result.h"
#include "ports/store.h"
#include "store/packed.h"
#include "store/sqlite/lately.h"

namespace holdfast::store {

class Database;

/// Writes every list of the batch in the order the port gives. Conflict when an added row exists or
/// a changed inbox row does not, Invalid when a table refuses a row; then the caller rolls back and
/// forgets what was written lately.
Status write_batch(Database& database, Packer& packer, Lately& lately, const ports::Batch& batch);

}  // namespace holdfast::store
