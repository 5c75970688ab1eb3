// The tables cover every status of ours and spell carriers as Shopify does.

#include "connectors/channels/shopify/codes.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "connectors/channels/shopify/files.h"

namespace holdfast::connectors::shopify {
namespace {

TEST(ShopifyCodes, EveryStatusHasARow) {
  for (const auto& [status, name] : Names<TrackingStatus>::table) {
    const auto row = "\n" + std::string(name) + ",";
    EXPECT_NE(codes_csv.find(row), std::string_view::npos) << name;
  }
  EXPECT_EQ(event_status_of(TrackingStatus::Delivered), "DELIVERED");
  EXPECT_EQ(event_status_of(TrackingStatus::Unknown), "");
}

TEST(ShopifyCodes, ReasonsAreReasonsOfOurs) {
  for (const auto row : split(trim(reasons_csv.substr(reasons_csv.find('\n') + 1)), '\n')) {
    EXPECT_TRUE(from_name<ReasonCode>(split(row, ',').front())) << row;
  }
  EXPECT_EQ(hold_reason_of("fraud_hold"), "HIGH_RISK_OF_FRAUD");
  EXPECT_EQ(hold_reason_of("anything else"), "OTHER");
}

TEST(ShopifyCodes, CarriersAreFoundHoweverTheyAreWritten) {
  EXPECT_EQ(known_company("dhl_ecommerce"), "DHL eCommerce");
  EXPECT_EQ(known_company("DHL eCommerce"), "DHL eCommerce");
  EXPECT_EQ(known_company("Royal-Mail"), "Royal Mail");
  EXPECT_EQ(known_company("YunExpress"), "YunExpress");
  EXPECT_EQ(known_company("yanwen"), "");
  EXPECT_EQ(known_company(""), "");
}

}  // namespace
}  // namespace holdfast::connectors::shopify
