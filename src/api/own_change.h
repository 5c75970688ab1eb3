#pragma once
// Own change: what users change of how they sign in. Every other session of theirs ends with it,
// and whoever was about to sign in the old way does not.

#include "api/audit.h"

namespace holdfast::api {

/// The change that writes the asking user anew, `user`, and keeps the asking session alone.
/// Unauthentic when that is over; else the store's errors.
Result<Change> own_change(Desk& desk, const Who& who, User user);

}  // namespace holdfast::api
