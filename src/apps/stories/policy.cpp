#include "apps/stories/policy.h"

#include "engine/settings/policy_files.h"

namespace holdfast::stories {

Result<Policy> story_policy(const std::string& folder) {
  auto policy = engine::load_policy(folder);
  if (!policy) return policy;
  // What one merchant sells and how much it may buy is each story's own to say.
  policy->skus.clear();
  policy->limits.clear();
  return policy;
}

}  // namespace holdfast::stories
