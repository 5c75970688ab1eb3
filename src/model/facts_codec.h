#pragma once
// The facts of a routing decision as they are stored beside the stream under their hash, so that
// the very offers that were compared can be shown later. Never holds personal data.

#include <string>
#include <vector>

#include "base/json.h"
#include "model/supplier.h"
#include "model/values.h"

namespace holdfast {

/// A supplier's profile by the hash of its stored bytes: profiles change rarely.
struct ProfileRef {
  std::string supplier;
  std::string hash;

  bool operator==(const ProfileRef&) const = default;
  static void each(auto& self, auto& visit) {
    visit("supplier", self.supplier);
    visit("hash", self.hash);
  }
};

struct RoutingFacts {
  std::vector<Offer> offers;
  std::vector<ProfileRef> suppliers;

  bool operator==(const RoutingFacts&) const = default;
  static void each(auto& self, auto& visit) {
    visit("offers", self.offers);
    visit("suppliers", self.suppliers);
  }
};

/// Canonical bytes, which the hash in RoutingDecided and RoutingFailed is taken over.
std::string encode_routing_facts(const RoutingFacts& facts);
std::string encode_profile(const SupplierProfile& profile);

/// Reads what was stored. Invalid for a field of the wrong kind.
Result<RoutingFacts> decode_routing_facts(const Json& json);
Result<SupplierProfile> decode_profile(const Json& json);

}  // namespace holdfast
