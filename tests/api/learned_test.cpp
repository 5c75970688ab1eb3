// What was learned: decided cases counted in a window, by store, and listed newest first.
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

const std::string decided = "/api/v1/exceptions/decided";

ApiWorldOptions two_stores() {
  ApiWorldOptions options;
  options.stores = {"fern", "moss"};
  return options;
}

class Learned : public testing::Test {
 protected:
  void raise(std::int64_t order, const std::string& store) {
    world.import_order(order, store);
    const auto raised = world.post(
        world.order_path(order) + "/commands",
        R"({"command":"RaiseException","reason":"packing_issue","detail":"too small"})", key());
    ASSERT_EQ(raised.status, 200) << raised.body;
  }

  void decide(std::int64_t order, const std::string& cause, bool rule_change) {
    const auto done =
        world.post("/api/v1/exceptions/" + to_text(OrderId{order}) + "/1/resolve",
                   R"({"verb":"contact","note":"call Example Buyer","root_cause":")" + cause +
                       R"(","rule_change":)" + (rule_change ? "true" : "false") + "}",
                   key());
    ASSERT_EQ(done.status, 200) << done.body;
  }

  /// Three cases of two stores, decided ten minutes apart an hour after they came.
  void decide_three() {
    for (const int id : {1, 2}) raise(id, "fern");
    raise(3, "moss");
    world.clock.pass(hours(1));
    decide(1, "own_error", true);
    world.clock.pass(minutes(10));
    decide(2, "supplier_error", false);
    world.clock.pass(minutes(10));
    decide(3, "own_error", false);
  }

  /// A closed row as the store keeps it.
  ports::ExceptionRow row(std::int64_t number, Instant at) const {
    ports::ExceptionRow row;
    row.stream = {world.options.tenant, ports::StreamKind::Order, 9'000};
    row.number = number;
    row.reason = ReasonCode::PriceChange;
    row.owner = "desk";
    row.body = R"({"options":[]})";
    row.store_number = "#9000";
    row.channel = "fern";
    row.supplier = "lumen";
    row.opened_at = at - hours(2);
    row.resolved_at = at;
    row.review_by = at + hours(1);
    row.resolution = "approve: sealed";
    return row;
  }

  void write(std::vector<ports::ExceptionRow> rows) {
    ports::Batch batch;
    batch.put_exceptions = std::move(rows);
    ASSERT_TRUE(world.store->write(batch));
  }

  std::string key() { return "key-" + std::to_string(++asked_); }

  ApiWorld world{two_stores()};

 private:
  int asked_ = 0;
};

std::vector<std::string> numbers_in(const Json& page) {
  std::vector<std::string> numbers;
  for (const auto& item : page["items"].items()) numbers.push_back(item["store_number"].string());
  return numbers;
}

using Numbers = std::vector<std::string>;

TEST_F(Learned, CountsWhatPeopleDecidedAndWhy) {
  decide_three();
  const auto page = world.get_json(decided);
  EXPECT_EQ(page["days"].integer(), 30);
  EXPECT_EQ(page["decided"].integer(), 3);
  EXPECT_EQ(page["rule_changes"].integer(), 1);
  EXPECT_EQ(page["median_minutes"].integer(), 70);
  EXPECT_TRUE(page["complete"].boolean());
  const auto& causes = page["by_root_cause"].items();
  ASSERT_EQ(causes.size(), 2u);
  EXPECT_EQ(causes[0]["key"].string(), "own_error") << "the largest first";
  EXPECT_EQ(causes[0]["decided"].integer(), 2);
  EXPECT_EQ(causes[0]["rule_changes"].integer(), 1);
  EXPECT_EQ(page["by_reason"].items().at(0)["key"].string(), "packing_issue");
  EXPECT_EQ(page["by_verb"].items().at(0)["decided"].integer(), 3);
  const auto first = page["items"].items().at(2);
  EXPECT_EQ(first["order"].string(), "ord_1");
  EXPECT_EQ(first["verb"].string(), "contact");
  EXPECT_EQ(first["actor"].string(), "admin");
  EXPECT_EQ(first["root_cause"].string(), "own_error");
  EXPECT_TRUE(first["rule_change"].boolean());
  EXPECT_EQ(to_text(page).find("Example Buyer"), std::string::npos) << "notes stay sealed";
}

TEST_F(Learned, TheListIsNarrowedAndPagedNewestFirst) {
  decide_three();
  const auto list = [&](const std::string& query) {
    return numbers_in(world.get_json(decided + "?" + query));
  };
  EXPECT_EQ(list(""), (Numbers{"#1003", "#1002", "#1001"}));
  EXPECT_EQ(list("root_cause=own_error"), (Numbers{"#1003", "#1001"}));
  EXPECT_EQ(list("rule_change=true"), Numbers{"#1001"});
  EXPECT_EQ(list("reason=price_change"), Numbers{});
  EXPECT_EQ(list("supplier=lumen"), Numbers{}) << "about nobody's goods";
  const auto first = world.get_json(decided + "?root_cause=own_error&limit=1");
  EXPECT_EQ(numbers_in(first), Numbers{"#1003"});
  EXPECT_EQ(first["total"].integer(), 2);
  EXPECT_EQ(first["decided"].integer(), 3) << "counts are of the whole window";
  const auto next = world.get_json(
      decided + "?root_cause=own_error&limit=1&cursor=" + first["next_cursor"].string());
  EXPECT_EQ(numbers_in(next), Numbers{"#1001"});
  EXPECT_TRUE(next["next_cursor"].is_null());
  for (const auto* wrong : {"days=8", "root_cause=other", "reason=other", "rule_change=maybe",
                            "cursor=1.2", "limit=0"}) {
    EXPECT_EQ(world.get(decided + "?" + wrong).status, 422) << wrong;
  }
}

TEST_F(Learned, PeopleOfSomeStoresLearnFromTheirs) {
  decide_three();
  const auto moss = world.person("moss-desk", {"operations"}, {"moss"});
  const auto page = parse_json(world.ask("GET", decided, moss).body).value();
  EXPECT_EQ(numbers_in(page), Numbers{"#1003"});
  EXPECT_EQ(page["decided"].integer(), 1);
  EXPECT_EQ(page["rule_changes"].integer(), 0);
  EXPECT_EQ(page["by_root_cause"].items().size(), 1u);
}

TEST_F(Learned, RowsFromBeforeAreCountedAsUnknownAndRulesNotAtAll) {
  auto cleared = row(2, world.clock.now());
  cleared.resolution = "cleared: the carrier has it";
  auto by_rule = row(3, world.clock.now());
  by_rule.body = R"({"decided":{"verb":"expired","actor":"rule:age","root_cause":"unknown",)"
                 R"("rule_change":false}})";
  auto waits = row(4, world.clock.now());
  waits.resolution = "decided together: incident supplier:lumen";
  write({row(1, world.clock.now()), cleared, by_rule, waits});
  const auto page = world.get_json(decided);
  ASSERT_EQ(page["decided"].integer(), 1);
  const auto only = page["items"].items().at(0);
  EXPECT_EQ(only["verb"].string(), "approve");
  EXPECT_EQ(only["root_cause"].string(), "unknown");
  EXPECT_EQ(only["actor"].string(), "");
  const auto supplier = page["by_supplier"].items().at(0);
  EXPECT_EQ(supplier["key"].string(), "lumen");
  EXPECT_EQ(supplier["decided"].integer(), 1);
}

TEST_F(Learned, AWindowSaysWhetherItIsWhole) {
  std::vector<ports::ExceptionRow> rows;
  const auto now = world.clock.now();
  for (int i = 0; i < 5'100; ++i) rows.push_back(row(i + 1, now - minutes(i * 20)));
  rows.push_back(row(5'101, now - days(100)));
  write(std::move(rows));
  const auto month = world.get_json(decided + "?days=30");
  EXPECT_TRUE(month["complete"].boolean()) << "the newest 5,000 reach back 69 days";
  EXPECT_EQ(month["decided"].integer(), 30 * 72 + 1);
  const auto quarter = world.get_json(decided + "?days=90");
  EXPECT_FALSE(quarter["complete"].boolean());
  EXPECT_EQ(quarter["decided"].integer(), 5'000);
}

}  // namespace
}  // namespace holdfast::api_tests
