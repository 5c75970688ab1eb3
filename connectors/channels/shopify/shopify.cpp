#include "connectors/channels/shopify/shopify.h"

#include "connectors/channels/shopify/fulfill.h"
#include "connectors/channels/shopify/hold.h"
#include "connectors/channels/shopify/news.h"
#include "connectors/channels/shopify/read.h"
#include "connectors/channels/shopify/receive.h"
#include "connectors/channels/shopify/upkeep.h"

namespace holdfast::connectors {
namespace {

/// Equal to account.toml; the conformance suite compares them.
const std::vector<ports::Setting>& settings() {
  static const std::vector<ports::Setting> all{
      {"shop", "The shop's permanent domain, such as example.myshopify.com", true, false, "", true},
      {"api_url",
       "Base address of the Admin API without a slash at its end; empty means https:// and the "
       "shop's domain",
       false, false, "", true},
      {"api_version", "Version of the Admin API, as YYYY-MM", false, false, "2026-10"},
      {"client_id",
       "The app's client id, when the access token comes by client credentials; empty for a "
       "static token",
       false, false, ""},
      {"client_secret",
       "The app's client secret: signs webhooks and, with client_id, renews the access token", true,
       true, ""},
      {"client_secret_previous",
       "The secret before the last rotation; remove it when the rotation is over", false, true, ""},
      {"access_token", "Admin API access token; a renewed token takes its place", false, true, ""},
  };
  return all;
}

}  // namespace

/// A reading conversation costs up to about 200 points of a bucket that refills by 100 a second
/// (Standard plan); what an answer says of the bucket counts for more than these figures.
const ports::ChannelConnector shopify_channel{
    .kind = "shopify",
    .capabilities = {.idempotent = false,
                     .find_by_reference = true,
                     .cancel = false,
                     .ordered = false,
                     .requests_per_minute = 120,
                     .burst = 20},
    .settings = settings,
    .receive = shopify::receive,
    .fetch_order = shopify::fetch_order,
    .list_updated = shopify::list_updated,
    .subscriptions = shopify::subscriptions,
    .renew_token = shopify::renew_token,
    .fulfill = shopify::fulfill,
    .tracking_news = shopify::tracking_news,
    .hold = shopify::hold,
    .probe = shopify::probe,
};

}  // namespace holdfast::connectors
