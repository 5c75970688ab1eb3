#pragma once
// Newest first: keys of records that are listed by age. They grow as time goes back, so that a page
// of records begins with the newest. They must never be taken for a secret.

#include <cstdint>
#include <string>

#include "base/instant.h"

namespace holdfast::api {

/// What keys of this moment begin with.
std::string newest_first_moment(Instant at);

/// The key of the `nth` record since the start, made at `at`; `luck` keeps two programs apart.
std::string newest_first_key(Instant at, std::uint32_t nth, const std::string& luck);

}  // namespace holdfast::api
