#pragma once
// PolicyBook: the policy that was published in the console, its versions and what was done with
// them, as records of the store. It must never put a policy into force; publishing does.

#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"
#include "engine/settings/policy_text.h"

namespace holdfast::api {

/// A policy that is or was in force.
struct WrittenPolicy {
  std::string version;  // policy_text_version of its files
  std::string before;   // the version it was written over; "" where nobody knows
  std::string by, note;
  Instant at;  // 0 for the configuration's own
  bool published = false;
  engine::PolicyText files;
};

/// One thing done with the policy as a whole.
struct PolicyDeed {
  std::string_view deed;  // the contract's PolicyChange: published, rolled_back or folder
  WrittenPolicy policy;   // what came into force, and when, by whom, why
  engine::PolicyTextChange change;
};

/// The configuration's own policy, as its files are now. Errors are the file system's.
Result<WrittenPolicy> configured_policy(const Desk& desk);

/// What is in force from the next opening of the engine on: the published one, else the
/// configuration's. Errors are the store's or the file system's.
Result<WrittenPolicy> current_policy(const Desk& desk);

/// A version that is kept; nothing when there is none of that name. Errors are the store's.
Result<std::optional<WrittenPolicy>> kept_policy(const Desk& desk, const std::string& version);

/// The rows that make a version kept, name the one in force, and remember a deed. Deeds of later
/// moments have smaller keys, so that a page begins with the newest.
ports::RecordRow version_row(const Desk& desk, const WrittenPolicy& policy);
ports::RecordRow current_row(const Desk& desk, const WrittenPolicy& policy);
ports::RecordRow deed_row(Desk& desk, const PolicyDeed& deed);
ports::RecordKey current_key(const Desk& desk);

/// Everything that keeps a text from coming into force here, accounts and suppliers of this
/// workspace included. Errors are the store's.
Result<std::vector<engine::PolicyProblem>> problems_here(const Desk& desk,
                                                         const engine::PolicyText& files);

/// The text of a draft in a body's member "files". Invalid or TooLarge.
Result<engine::PolicyText> draft_of(const Json& body);

/// The contract's PolicyInfo.
Json policy_info_json(const WrittenPolicy& policy);

/// The answer to a draft that cannot come into force.
Trouble not_sound(const std::vector<engine::PolicyProblem>& problems);

}  // namespace holdfast::api
