#pragma once
// A supplier who reads mail and answers on a page: the purchase order as a well-formed message with
// a link. It must never take a message handed to a mail server for one that was read or agreed to.

#include "ports/connector.h"

namespace holdfast::connectors {

/// The table of kind "email_link" (README.md in this folder).
extern const ports::SupplierConnector email_link_supplier;

}  // namespace holdfast::connectors
