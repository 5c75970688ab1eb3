#pragma once
// Offers: lines of an offers file as values. What they mean to the engine is not its business.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "engine/setup.h"

namespace holdfast::cli {

/// Columns an offers file may have.
std::vector<std::string> offer_columns();

/// Reads one line's cells by column; an empty cell keeps what `offer` has. Every cell that does not
/// read, and every one that must not be empty, is added to `problems` with its column.
void read_offer(const std::map<std::string, std::string>& cells, Offer& offer,
                std::vector<std::pair<std::string, Error>>& problems);

}  // namespace holdfast::cli
