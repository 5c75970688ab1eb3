#pragma once
// Messages to buyers by mail. It must never change what it was given to say, and never send a
// message twice whose first sending may have arrived.

#include "ports/connector.h"

namespace holdfast::connectors {

/// The table of kind "smtp" (RFC 5321, RFC 5322).
extern const ports::NotifierConnector smtp_notifier;

}  // namespace holdfast::connectors
