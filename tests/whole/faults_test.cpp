// Orders with a planted fault each: exactly the case the list names opens, and no other.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

struct Expected {
  const char* fault;
  std::set<std::string> reasons;  // of the order's cases, open or decided
};

const std::vector<Expected>& expectations() {
  static const std::vector<Expected> list = {
      // A case nobody decides runs into the promise: the buyer is asked, silence is a case again.
      {"address_incomplete", {"address_hold", "ship_by_risk", "customer_decision"}},
      {"high_risk", {"fraud_hold", "ship_by_risk", "customer_decision"}},
      {"no_risk_assessment", {"fraud_hold", "ship_by_risk", "customer_decision"}},
      {"unmapped_sku", {"unmapped_sku", "ship_by_risk", "customer_decision"}},
      {"excluded_destination", {"route_restriction", "ship_by_risk", "customer_decision"}},
      {"unpaid_then_paid", {}},
      {"supplier_rejects_line", {}},
      {"supplier_backorders", {}},
      {"supplier_substitutes", {"substitution", "ship_by_risk", "customer_decision"}},
      {"supplier_raises_price", {"price_change", "ship_by_risk", "customer_decision"}},
      {"supplier_silent",
       {"supplier_silent", "supplier_stock", "ship_by_risk", "customer_decision"}},
      {"supplier_accepts_partly", {}},
      {"supplier_cancels_silently", {"ship_by_risk", "customer_decision"}},
      {"label_never_moves", {"handoff_gap", "tracking_delay", "ship_by_risk", "customer_decision"}},
      {"stall_in_transit", {"tracking_delay"}},
      {"customs_hold", {"customs_hold"}},
      {"failed_attempt_then_delivered", {"delivery_failed"}},
      {"returned_to_sender", {"delivery_failed", "return_to_sender"}},
      {"lost", {"parcel_lost"}},
      {"damaged", {"parcel_damaged"}},
      {"delivered_elsewhere", {"tracking_conflict"}},
      {"buyer_cancels_before_po", {}},
      {"buyer_cancels_after_po", {}},
      {"refund_one_piece", {}},
      {"money_refund", {}},
      {"fulfilled_elsewhere", {"fulfilled_elsewhere"}},
      {"duplicate_webhooks", {}},
      {"webhooks_reordered", {}},
      {"webhook_lost", {}},
      {"store_refuses_fulfillment", {"store_refused"}},
      {"mail_bounces", {"notification_failed"}},
      {"supplier_5xx_after_effect", {}},
      {"supplier_timeout", {}},
      {"throttled", {}},
  };
  return list;
}

TEST(Faults, EachOpensItsOwnCaseAndNoOther) {
  kit::InProcessOptions options;
  std::map<std::string, const Expected*> planted;
  int number = 1001;
  for (const auto& expected : expectations()) {
    const auto name = "#" + std::to_string(number);
    options.faults.push_back({name, expected.fault});
    planted[name] = &expected;
    number += 2;  // every other order is without fault
  }
  kit::InProcess world(std::move(options));
  world.place_orders(2 * static_cast<std::int64_t>(expectations().size()), minutes(20));
  world.run(days(30));
  std::map<std::string, std::set<std::string>> seen;
  std::map<std::string, std::string> details;
  for (const bool open : {true, false}) {
    for (const auto& row : world.exceptions(open)) {
      seen[row.store_number].insert(std::string(name_of(row.reason)));
      details[row.store_number] += "\n    " + std::string(name_of(row.reason)) + " " + row.about +
                                   ": " + row.detail + (open ? "" : " [decided]");
      EXPECT_FALSE(row.owner.empty());
      EXPECT_FALSE(row.next_action.empty());
      EXPECT_TRUE(row.review_by) << row.detail;
    }
  }
  for (const auto& order : world.orders()) {
    const auto plan = planted.find(order.store_number);
    const auto wanted = plan == planted.end() ? std::set<std::string>{} : plan->second->reasons;
    EXPECT_EQ(seen[order.store_number], wanted)
        << order.store_number << " " << (plan == planted.end() ? "none" : plan->second->fault)
        << " is " << order.stage << details[order.store_number];
    if (plan == planted.end()) {
      EXPECT_EQ(order.stage, "delivered") << order.store_number << details[order.store_number];
    }
  }
  EXPECT_TRUE(seen[""].empty()) << details[""];
}

}  // namespace
}  // namespace holdfast
