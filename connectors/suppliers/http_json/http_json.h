#pragma once
// A supplier's REST API in the published shape of schema/, described by its account. It must never
// place a purchase order whose earlier attempt may have arrived without asking about it first.

#include "ports/connector.h"

namespace holdfast::connectors {

/// The table of kind "http_json" (README.md and schema/ in this folder).
extern const ports::SupplierConnector http_json_supplier;

}  // namespace holdfast::connectors
