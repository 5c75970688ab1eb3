#pragma once
// A supplier whom a person buys from: the purchase order is a task with fields ready to copy.
// It must never claim that anything was sent; only the operator's own entries say that.

#include "ports/connector.h"

namespace holdfast::connectors {

/// The table of kind "manual".
extern const ports::SupplierConnector manual_supplier;

}  // namespace holdfast::connectors
