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

/// Answers once rows and deed are durable; what a dropped session or token listened to ends.
void write_records(Desk& desk, const CallPtr& call, std::vector<ports::RecordRow> rows,
                   std::vector<ports::RecordKey> drop, const Deed& deed,
                   net::ServerResponse response);

}  // namespace holdfast::api
