// What is wrong with access and authority.
#include <algorithm>

#include "base/text.h"
#include "engine/access.h"
#include "engine/settings/policy_check.h"
#include "engine/settings/policy_problems.h"

namespace holdfast::engine {
namespace {

/// What a workspace cannot do without: somebody who sees it and lets people in.
constexpr Right owners_rights[] = {Right::Read, Right::People};

void expect_known(Problems& problems, const std::string& word, const char* what,
                  const std::vector<std::string>& known, const std::string& where) {
  if (std::ranges::find(known, word) != known.end()) return;
  const auto near = nearest(word, known);
  problems.add(std::string("there is no ") + what + " \"" + word + "\"", where,
               near.empty() ? "one of: " + join(known, ", ") : "did you mean " + near + "?");
}

std::vector<std::string> reason_names() {
  std::vector<std::string> names;
  for (const auto& [code, name] : Names<ReasonCode>::table) names.emplace_back(name);
  return names;
}

}  // namespace

void check_access(Problems& problems) {
  const auto& policy = problems.policy;
  Once once(problems, "role");
  for (std::size_t i = 0; i < policy.access.size(); ++i) {
    const auto& entry = policy.access[i];
    const auto at = "access[" + std::to_string(i) + "]";
    problems.expect_text(entry.role, at + ".role");
    once.see(entry.role, at + ".role");
    std::set<Right> seen;
    for (const auto right : entry.rights) {
      problems.expect(seen.insert(right).second,
                      "the right " + std::string(name_of(right)) + " stands twice", at + ".rights",
                      "keep one of the two");
    }
  }
  const auto rights = rights_of(policy, {"owner"});
  for (const auto right : owners_rights) {
    problems.expect(rights.contains(right),
                    "the role owner has no right \"" + std::string(name_of(right)) + "\"", "access",
                    "give it to owner, or nobody can mend the workspace any more");
  }
}

void check_authority(Problems& problems) {
  const auto& policy = problems.policy;
  const auto roles = roles_of(policy);
  for (std::size_t i = 0; i < policy.authority.size(); ++i) {
    const auto& entry = policy.authority[i];
    const auto at = "authority[" + std::to_string(i) + "]";
    expect_known(problems, entry.act, "act", option_verbs(), at + ".act");
    problems.expect(!entry.roles.empty(), "no role may take this decision", at + ".roles",
                    "name at least one");
    for (const auto& role : entry.roles) {
      expect_known(problems, role, "role", roles, at + ".roles");
      problems.expect(rights_of(policy, {role}).contains(Right::Decide),
                      "the role \"" + role + "\" has no right to decide", at + ".roles",
                      "give it the right decide, or leave it out here");
    }
    if (!entry.reason.empty()) {
      expect_known(problems, entry.reason, "reason", reason_names(), at + ".reason");
    }
    problems.expect(entry.up_to.minor >= 0, "a limit is not below nothing", at + ".up_to",
                    "write an amount such as 50.00 EUR");
  }
}

}  // namespace holdfast::engine
