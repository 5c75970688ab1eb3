#pragma once
// The folder's data files as text, compiled in: requests, tables and the list of settings.
// The definitions are generated from the files; this header must name only files that exist.

#include <string_view>

namespace holdfast::connectors::shopify {

extern const std::string_view carriers_csv;
extern const std::string_view codes_csv;
extern const std::string_view reasons_csv;

extern const std::string_view fulfillment_create_graphql;
extern const std::string_view fulfillment_event_create_graphql;
extern const std::string_view fulfillment_order_graphql;
extern const std::string_view fulfillment_order_hold_graphql;
extern const std::string_view fulfillment_order_lines_page_graphql;
extern const std::string_view fulfillment_order_release_hold_graphql;
extern const std::string_view fulfillment_tracking_info_update_graphql;
extern const std::string_view order_fulfillments_graphql;
extern const std::string_view order_graphql;
extern const std::string_view order_lines_page_graphql;
extern const std::string_view order_parts_page_graphql;
extern const std::string_view orders_updated_graphql;
extern const std::string_view shop_graphql;
extern const std::string_view webhook_subscription_create_graphql;
extern const std::string_view webhook_subscriptions_graphql;

}  // namespace holdfast::connectors::shopify
