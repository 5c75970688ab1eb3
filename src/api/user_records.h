#pragma once
// User records: what server and command line must agree on about users in the store, and the rules
// that hold for both. It must never need a running engine.

#include <string>
#include <vector>

#include "base/json.h"
#include "engine/as_read.h"
#include "ports/clock.h"
#include "ports/store.h"

namespace holdfast::api {

/// Records of when users were seen, by user id: apart from the users' own, since every signing in
/// writes them and may meet another change.
inline constexpr const char* seen_kind = "user_seen";

/// An id that nobody has or had.
std::string random_user_id(ports::Entropy& entropy);

/// Who has which roles, as one record: see People.
ports::RecordKey generation_of(TenantId tenant);
ports::RecordRow generation_row(TenantId tenant, ports::Entropy& entropy);

/// A name that can stand in records and lists as it is: no colon, which programs have, no space at
/// its ends, nothing that is not seen.
bool is_plain_name(const std::string& name);

/// Whether roles and stores make an owner of the whole workspace, of whom there is always one.
bool owns(const std::vector<std::string>& roles, const std::vector<std::string>& stores);

/// What an id alone says of a user and is dropped with it: sessions, tokens, mentions, and what it
/// was about to set up. Errors are the store's.
Result<std::vector<ports::RecordKey>> belongings_of(ports::Store& store, TenantId tenant,
                                                    const std::string& user_id);

}  // namespace holdfast::api
