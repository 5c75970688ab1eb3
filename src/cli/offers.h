#pragma once
// Offers: imported offers as records of the store, beside those the configuration file names.
// An imported offer replaces the file's for the same SKU and supplier; nothing is ever merged.

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

/// The record of an offer: kind "offer", key SKU, a line feed and the supplier.
ports::RecordRow offer_record(TenantId tenant, const Offer& offer);

/// Lays the store's imported offers over a setup; call it before the engine opens. Invalid when a
/// record does not read, else the store's errors.
Status overlay_offers(ports::Store& store, engine::Setup& setup);

}  // namespace holdfast::cli
