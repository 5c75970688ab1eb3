#pragma once
// Writing: how a Batch becomes rows. It must be called inside a transaction, which the caller
// ends, and it decides nothing: rows are written as they stand.

#include "base/result.h"
#include "ports/store.h"
#include "store/packed.h"

namespace holdfast::store {

class Database;

/// Writes every list of the batch in the order the port gives. Conflict when an added row exists or
/// a changed inbox row does not, Invalid when a table refuses a row; then the caller rolls back.
Status write_batch(Database& database, Packer& packer, const ports::Batch& batch);

}  // namespace holdfast::store
