#pragma once
// Databases of the benchmark's own in the PostgreSQL server that HOLDFAST_TEST_POSTGRES names
// (tools/x.d/postgres.sh starts it). It must never touch a database of another name.

#include <string>

#include "base/result.h"

namespace holdfast::bench {

/// Makes the database `name` anew: its address. Unavailable without a server.
Result<std::string> fresh_database(const std::string& name);

/// Makes the database `copy` anew with all that is in `name`, to which nobody may be connected.
Result<std::string> copied_database(const std::string& name, const std::string& copy);

}  // namespace holdfast::bench
