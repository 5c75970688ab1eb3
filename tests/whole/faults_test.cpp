// Orders with a planted fault each: exactly the case the list names opens, and no other.
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "base/json.h"
#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

struct Expected {
  std::string fault;
  std::set<std::string> reasons;  // of the order's cases, open or decided
};

/// Faults of the world; what only the counterpart before the shop can play is left to the
/// rehearsal, which reads the same list.
std::vector<Expected> expectations() {
  std::ifstream file("tests/whole/faults.json");
  std::stringstream text;
  text << file.rdbuf();
  const auto json = parse_json(text.str());
  if (!json) throw std::runtime_error(describe(json.error()));
  std::vector<Expected> list;
  for (const auto& entry : json->items()) {
    if (entry["fault"].is_null() || entry["refuse"].is_object()) continue;
    Expected expected{entry["fault"].string(), {}};
    // A supplier less to turn to: the one that opens links is not there in process.
    const auto& cases = entry.find("without_paper") ? entry["without_paper"] : entry["cases"];
    for (const auto& reason : cases.items()) expected.reasons.insert(reason.string());
    list.push_back(std::move(expected));
  }
  return list;
}

TEST(Faults, EachOpensItsOwnCaseAndNoOther) {
  kit::InProcessOptions options;
  std::map<std::string, const Expected*> planted;
  const auto list = expectations();
  int number = 1001;
  for (const auto& expected : list) {
    const auto name = "#" + std::to_string(number);
    options.faults.push_back({name, expected.fault});
    planted[name] = &expected;
    number += 2;  // every other order is without fault
  }
  kit::InProcess world(std::move(options));
  world.place_orders(2 * static_cast<std::int64_t>(list.size()), minutes(10));
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
