#include "engine/settings/policy_check.h"

#include <algorithm>

#include "base/text.h"
#include "engine/settings/policy_problems.h"

namespace holdfast::engine {

std::vector<Error> policy_problems(const Policy& policy) {
  Problems problems(policy);
  check_gates(problems);
  check_procedures(problems);
  check_reasons(problems);
  check_roster(problems);
  check_access(problems);
  check_authority(problems);
  check_tiers(problems);
  check_routing(problems);
  check_channels(problems);
  check_skus(problems);
  check_limits(problems);
  check_automation(problems);
  check_retention(problems);
  return problems.take();
}

Status check_policy(const Policy& policy) {
  auto problems = policy_problems(policy);
  if (problems.empty()) return {};
  return fail(problems.front());
}

Status ready_for_live(const Policy& policy) {
  if (auto status = check_policy(policy); !status) return status;
  for (const auto& record : records_to_retain()) {
    const auto found = std::ranges::find(policy.retention, record, &RetentionPolicy::record);
    if (found != policy.retention.end()) continue;
    return fail(ErrorCode::Forbidden, "no retention rule for \"" + record + "\"", "retention",
                "say in retention.toml where it is indexed, who may see it and after how many "
                "days it goes; until then the channel stays closed");
  }
  return {};
}

const std::vector<std::string>& option_verbs() {
  static const std::vector<std::string> all = {
      "approve", "reject",  "override", "reroute", "cancel",  "buy_again",
      "release", "confirm", "retry",    "wait",    "capture", "hold",
      "update",  "replace", "repack",   "contact", "refund"};
  return all;
}

const std::vector<std::string>& records_to_retain() {
  static const std::vector<std::string> all = {"order_events",  "buyer_data", "raw_messages",
                                               "documents",     "photos",     "notes",
                                               "buyer_messages"};
  return all;
}

}  // namespace holdfast::engine
