#pragma once
// User deeds: what is done to users on the machine itself, with or without a server: the same
// records, rules and entries of the record of deeds as through the API.
// It must never need a running engine, nor show or log a password.

#include <string>

#include "engine/as_read.h"
#include "ports/clock.h"

namespace holdfast::api {

/// Who is to be changed, and who does it, for the record of deeds.
struct UserWish {
  TenantId tenant;
  std::string actor;  // "cli:NAME"
  std::string name;
  std::string role;      // of a new user
  std::string password;  // of a new user, or the new one
};

struct UserTools {
  ports::Clock& clock;
  ports::Entropy& entropy;
};

/// A new user of all stores. Invalid for a bad name or password, Conflict for a name that is taken.
Result<engine::RecordChange> add_user(const UserTools& tools, ports::Store& store,
                                      const UserWish& wish);

/// Takes a user away with all that goes with it. NotFound, or Conflict for the last owner.
Result<engine::RecordChange> remove_user(const UserTools& tools, ports::Store& store,
                                         const UserWish& wish);

/// Sets another password, takes the second factor away and ends all sessions. NotFound when there
/// is no such user, Invalid for a bad password.
Result<engine::RecordChange> set_password(const UserTools& tools, ports::Store& store,
                                          const UserWish& wish);

}  // namespace holdfast::api
