#pragma once
// The shop as its Admin GraphQL API: tokens, cost, refusals and answers in the shape a document
// asks for (Shopify docs: GraphQL Admin API reference; access tokens by client credentials grant).
// It must never know more of an order than the shop's book.

#include <map>
#include <set>
#include <string>

#include "peers/graphql.h"
#include "peers/shop.h"

namespace holdfast::peers {

class ShopFace {
 public:
  ShopFace(Scene& scene, Shop& shop) : scene_(scene), shop_(shop), available_(bucket()) {}

  /// Answers POST /admin/api/{version}/graphql.json and POST /admin/oauth/access_token; anything
  /// else is 404.
  FaceAnswer answer(const ports::Inbound& inbound);

  /// Requests answered so far, by operation name: {"Order": 12}.
  Json books() const;

 private:
  ports::HttpResponse token(const ports::Inbound& inbound);
  ports::HttpResponse graphql(const ports::Inbound& inbound, const std::string& version);
  bool may_enter(const ports::Inbound& inbound) const;
  Json run(const graphql::Operation& operation, Json& errors);
  Json query(const graphql::Field& field, Json& errors);
  Json mutate(const graphql::Field& field, Json& errors);
  Json orders_page(const graphql::Field& field) const;
  std::string order_of(const Json& variables) const;
  Json cost(bool is_mutation, bool throttled);
  std::int64_t bucket() const { return 20 * shop_.options().points_a_second; }

  Scene& scene_;
  Shop& shop_;
  std::map<std::string, Instant> tokens_;
  std::map<std::string, std::int64_t> counts_;
  std::int64_t available_;
  Instant restored_at_;
};

}  // namespace holdfast::peers
