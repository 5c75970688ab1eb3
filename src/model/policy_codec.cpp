#include "model/policy_codec.h"

#include "model/codec.h"

namespace holdfast {

std::string encode_policy(const Policy& policy) { return codec::encode(policy); }

Result<Policy> decode_policy(const Json& json) {
  Policy policy;
  if (auto status = codec::read_strict(json, policy); !status) return fail(status.error());
  return policy;
}

}  // namespace holdfast
