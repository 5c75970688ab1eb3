#include "peers/shop_api.h"

#include <algorithm>
#include <array>

#include "peers/shop_views.h"

namespace holdfast::peers {
namespace {

Json nulls(std::initializer_list<const char*> names) {
  Json payload = Json::Object{};
  for (const char* name : names) payload.set(name, nullptr);
  return payload;
}

Json part_or_null(const Shop& shop, const ShopPart* part) {
  return part ? part_view(*shop.owner(part->id), *part) : Json();
}

MutationResult shipment_result(const Shop& shop, const ShopAnswer<const ShopShipment*>& made) {
  MutationResult result{nulls({"fulfillment"}), {}};
  if (!made)
    result.refusal = made.error();
  else
    result.payload.set("fulfillment", shipment_view(*shop.owner((*made)->id), **made));
  return result;
}

MutationResult create(Shop& shop, const Json& with) {
  return shipment_result(shop, shop.fulfillment_create(with["fulfillment"]));
}

MutationResult cancel(Shop& shop, const Json& with) {
  return shipment_result(shop, shop.fulfillment_cancel(with["id"].string()));
}

MutationResult update_tracking(Shop& shop, const Json& with) {
  return shipment_result(
      shop, shop.tracking_update(with["fulfillmentId"].string(), with["trackingInfoInput"],
                                 with["notifyCustomer"].boolean()));
}

MutationResult create_event(Shop& shop, const Json& with) {
  MutationResult result{nulls({"fulfillmentEvent"}), {}};
  const auto made = shop.event_create(with["fulfillmentEvent"]);
  if (!made)
    result.refusal = made.error();
  else
    result.payload.set("fulfillmentEvent", shipment_event_view(**made));
  return result;
}

MutationResult hold(Shop& shop, const Json& with) {
  MutationResult result{nulls({"fulfillmentHold", "fulfillmentOrder", "remainingFulfillmentOrder"}),
                        {}};
  const auto made = shop.hold(with["id"].string(), with["fulfillmentHold"]);
  if (!made) {
    result.refusal = made.error();
    return result;
  }
  result.payload.set("fulfillmentHold", hold_view(*made->hold));
  result.payload.set("fulfillmentOrder", part_or_null(shop, made->part));
  result.payload.set("remainingFulfillmentOrder", part_or_null(shop, made->remaining));
  return result;
}

MutationResult release(Shop& shop, const Json& with) {
  MutationResult result{nulls({"fulfillmentOrder"}), {}};
  const auto made = shop.release(with["id"].string(), with["holdIds"]);
  if (!made)
    result.refusal = made.error();
  else
    result.payload.set("fulfillmentOrder", part_or_null(shop, *made));
  return result;
}

MutationResult move(Shop& shop, const Json& with) {
  MutationResult result{
      nulls({"movedFulfillmentOrder", "originalFulfillmentOrder", "remainingFulfillmentOrder"}),
      {}};
  const auto made = shop.move(with["id"].string(), with["newLocationId"].string(),
                              with["fulfillmentOrderLineItems"]);
  if (!made) {
    result.refusal = made.error();
    return result;
  }
  result.payload.set("movedFulfillmentOrder", part_or_null(shop, made->moved));
  result.payload.set("originalFulfillmentOrder", part_or_null(shop, made->original));
  result.payload.set("remainingFulfillmentOrder", part_or_null(shop, made->remaining));
  return result;
}

MutationResult cancel_order(Shop& shop, const Json& with) {
  MutationResult result{nulls({"job"}), {}, "orderCancelUserErrors"};
  const auto made = shop.order_cancel(with["orderId"].string(), with["reason"].string());
  if (!made) {
    result.refusal = made.error();
    return result;
  }
  Json job;
  job.set("id", gid("Job", *made));
  job.set("done", false);
  result.payload.set("job", std::move(job));
  return result;
}

MutationResult subscribe(Shop& shop, const Json& with) {
  MutationResult result{nulls({"webhookSubscription"}), {}};
  const auto made = shop.webhooks().subscribe(with["topic"].string(),
                                              with.at_path("webhookSubscription.uri").string());
  if (!made) {
    result.refusal = ShopRefusal{{"webhookSubscription", "uri"}, made.error().what, "", false};
    return result;
  }
  result.payload.set("webhookSubscription", subscription_view(*made, shop.options().api_version));
  return result;
}

using Mutation = MutationResult (*)(Shop&, const Json&);

constexpr std::array<std::pair<std::string_view, Mutation>, 9> mutations{{
    {"fulfillmentCreate", create},
    {"fulfillmentCancel", cancel},
    {"fulfillmentTrackingInfoUpdate", update_tracking},
    {"fulfillmentEventCreate", create_event},
    {"fulfillmentOrderHold", hold},
    {"fulfillmentOrderReleaseHold", release},
    {"fulfillmentOrderMove", move},
    {"orderCancel", cancel_order},
    {"webhookSubscriptionCreate", subscribe},
}};

}  // namespace

std::optional<MutationResult> run_mutation(Shop& shop, std::string_view name,
                                           const Json& arguments) {
  for (const auto& [known, mutation] : mutations) {
    if (known == name) return mutation(shop, arguments);
  }
  return std::nullopt;
}

}  // namespace holdfast::peers
