#pragma once
// Audit: who signed in, and who changed who may do what. What people do to orders stands in the
// orders' own events. It must never hold a password or a secret.

#include <string>
#include <string_view>
#include <vector>

#include "api/desk.h"

namespace holdfast::api {

/// One thing somebody did, in the contract's words (AuditDeed).
struct Deed {
  std::string_view deed;
  std::string about;   // a user's, token's or session's name
  std::string detail;  // in a few words
};

/// The row that records a deed of somebody who asks from somewhere; kept for 400 days.
ports::RecordRow audit_row(Desk& desk, const std::string& actor, const std::string& address,
                           const Deed& deed);

/// The same of a call's own caller.
ports::RecordRow audit_row(Desk& desk, const Call& call, const Deed& deed);

/// The row of a deed done at a moment, as `key` (newest_first.h) has it.
ports::RecordRow deed_row(TenantId tenant, Instant at, std::string key, const std::string& actor,
                          const std::string& address, const Deed& deed);

using Change = engine::RecordChange;

/// Answers once a change and its deed are durable, or with 409 when what it was made of is no
/// longer so; what a dropped session or token listened to ends.
void write_change(Desk& desk, const CallPtr& call, Change change, const Deed& deed,
                  net::ServerResponse response);

/// Answers once rows and deed are durable; what a dropped session or token listened to ends.
void write_records(Desk& desk, const CallPtr& call, std::vector<ports::RecordRow> rows,
                   std::vector<ports::RecordKey> drop, const Deed& deed,
                   net::ServerResponse response);

}  // namespace holdfast::api
