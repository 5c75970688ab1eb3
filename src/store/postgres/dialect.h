#pragma once
// Dialect: everything in which PostgreSQL's SQL differs from the text that all stores share.
// It must never change what a statement means.

#include <string>
#include <string_view>

namespace holdfast::store::pg {

/// A shared statement for PostgreSQL: parameters are numbered ("?" and "?2" become "$1", "$2"),
/// hints which index to take are left out (its planner knows), functions have their other names.
std::string postgres_statement(std::string_view sql);

/// A script of src/store/schema for PostgreSQL: 64-bit numbers, bytes, and texts that compare by
/// their bytes, as all other stores compare them.
std::string postgres_script(std::string_view script);

}  // namespace holdfast::store::pg
