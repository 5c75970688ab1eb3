#include "model/facts_codec.h"

#include "model/codec.h"

namespace holdfast {

std::string encode_routing_facts(const RoutingFacts& facts) { return codec::encode(facts); }

std::string encode_profile(const SupplierProfile& profile) { return codec::encode(profile); }

Result<RoutingFacts> decode_routing_facts(const Json& json) {
  RoutingFacts facts;
  if (auto status = codec::read(json, facts); !status) return fail(status.error());
  return facts;
}

Result<SupplierProfile> decode_profile(const Json& json) {
  SupplierProfile profile;
  if (auto status = codec::read(json, profile); !status) return fail(status.error());
  return profile;
}

}  // namespace holdfast
