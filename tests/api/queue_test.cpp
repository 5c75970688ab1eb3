// The queue: who works on which case, and one decision about many.
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

class Queue : public testing::Test {
 protected:
  Queue() {
    for (const int id : {1, 2, 3}) {
      world.import_order(id);
      const auto raised = world.post(
          world.order_path(id) + "/commands",
          R"({"command":"RaiseException","reason":"packing_issue","detail":"box too small"})",
          "raise-" + std::to_string(id));
      EXPECT_EQ(raised.status, 200) << raised.body;
    }
  }

  net::ServerResponse ask(const std::string& method, const std::string& path, ports::Headers who,
                          const std::string& body = "{}") {
    auto headers = with_json(std::move(who));
    headers.emplace_back("Idempotency-Key", "key-" + std::to_string(++asked_));
    return world.ask(method, "/api/v1/exceptions/" + path, std::move(headers), body);
  }

  static std::string decision(const std::string& verb) {
    return R"({"verb":")" + verb +
           R"(","note":"a bigger box","root_cause":"own_error","rule_change":false})";
  }

  static std::string decision(const std::string& verb, const std::string& items, bool dry_run) {
    return R"({"items":[)" + items + R"(],"dry_run":)" + (dry_run ? "true" : "false") +
           R"(,"verb":")" + verb +
           R"(","note":"bigger boxes","root_cause":"own_error","rule_change":false})";
  }

  Json open_cases() { return world.get_json("/api/v1/exceptions")["items"]; }

  ApiWorld world;

 private:
  int asked_ = 0;
};

TEST_F(Queue, TwoPeopleNeverDecideTheSameCase) {
  const auto first = world.person("first", {"operations"});
  const auto second = world.person("second", {"operations"});
  ASSERT_EQ(ask("POST", "ord_1/1/lease", first).status, 200);
  EXPECT_EQ(ask("POST", "ord_1/1/lease", second).status, 409);
  EXPECT_EQ(ask("POST", "ord_1/1/resolve", second, decision("contact")).status, 409);
  EXPECT_EQ(ask("POST", "ord_1/1/assign", second, R"({"owner":"second"})").status, 409);
  for (const auto& item : open_cases().items()) {
    EXPECT_EQ(item["leased_by"].string(), item["stream"].string() == "ord_1" ? "first" : "");
  }
  EXPECT_EQ(world.get_json("/api/v1/exceptions/ord_1/1")["exception"]["leased_by"].string(),
            "first");
  EXPECT_EQ(ask("POST", "ord_1/1/lease", first).status, 200) << "renewed";
  EXPECT_EQ(ask("DELETE", "ord_1/1/lease", second).status, 204);
  EXPECT_EQ(ask("POST", "ord_1/1/lease", second).status, 409) << "it was not theirs to give back";
  EXPECT_EQ(ask("DELETE", "ord_1/1/lease", first).status, 204);
  EXPECT_EQ(ask("POST", "ord_1/1/lease", second).status, 200);
  world.clock.pass(seconds(61));
  EXPECT_EQ(ask("POST", "ord_1/1/resolve", first, decision("contact")).status, 200)
      << "a lease is over by itself";
}

TEST_F(Queue, ManyAreTriedBeforeTheyAreDecided) {
  const std::string items =
      R"({"stream":"ord_1","number":1},{"stream":"ord_2","number":1},{"stream":"ord_9","number":1})";
  const auto admin = world.signed_in();
  const auto tried = ask("POST", "resolve", admin, decision("contact", items, true));
  ASSERT_EQ(tried.status, 200) << tried.body;
  const auto plan = *parse_json(tried.body);
  EXPECT_EQ(plan["taken"].integer(), 2);
  EXPECT_EQ(plan["refused"].integer(), 1);
  EXPECT_EQ(plan["rows"].items()[0]["store_number"].string(), "#1001");
  EXPECT_EQ(open_cases().items().size(), 3u) << "a dry run changes nothing";
  const auto holder = world.person("holder", {"operations"});
  ASSERT_EQ(ask("POST", "ord_2/1/lease", holder).status, 200);
  const auto done = ask("POST", "resolve", admin, decision("contact", items, false));
  const auto outcome = *parse_json(done.body);
  EXPECT_EQ(outcome["taken"].integer(), 1) << done.body;
  EXPECT_NE(outcome["rows"].items()[1]["what"].string().find("holder"), std::string::npos);
  EXPECT_EQ(open_cases().items().size(), 2u);
}

TEST_F(Queue, CasesOfOtherStoresAreNotDecidedInBulk) {
  const auto stranger = world.person("stranger", {"operations"}, {"elsewhere"});
  const auto tried = ask("POST", "resolve", stranger,
                         decision("contact", R"({"stream":"ord_1","number":1})", false));
  EXPECT_EQ(parse_json(tried.body).value()["taken"].integer(), 0);
  EXPECT_EQ(open_cases().items().size(), 3u);
}

TEST_F(Queue, ALimitIsTheAmountAtRisk) {
  auto clerk = world.person("clerk", {"customer_service"});
  const auto wish = decision("refund");
  const auto asked = ask("POST", "ord_1/1/resolve", clerk, wish);
  EXPECT_EQ(asked.status, 403) << "nobody knows what it costs: above every limit";
  EXPECT_NE(asked.body.find("account_manager"), std::string::npos) << asked.body;
}

TEST_F(Queue, IsNarrowedToWhatIsDueAndToWhoseItIs) {
  const auto admin = world.signed_in();
  const auto clerk = world.person("clerk", {"finance"});
  const auto count = [&](const std::string& query) {
    const auto answer = world.ask("GET", "/api/v1/exceptions?" + query, clerk);
    return parse_json(answer.body).value()["items"].items().size();
  };
  EXPECT_EQ(count("due_before=2026-03-04T09:30:00Z"), 0u) << "nothing was due before the start";
  EXPECT_EQ(count("due_before=2026-04-04T09:30:00Z"), 3u);
  const auto first = open_cases().items()[0];
  EXPECT_EQ(count("due_before=" + first["review_by"].string()), 0u) << "the moment itself is after";
  EXPECT_EQ(count("of=nobody"), 0u) << "the roster covers every hour";
  world.person("leaver", {"finance"});
  ASSERT_EQ(ask("POST", "ord_1/1/assign", admin, R"({"owner":"leaver"})").status, 200);
  ASSERT_EQ(world.ask("DELETE", "/api/v1/users/usr_leaver", admin).status, 204);
  EXPECT_EQ(count("of=nobody"), 1u);
  EXPECT_EQ(count("of=me"), 0u);
  ASSERT_EQ(ask("POST", "ord_2/1/assign", admin, R"({"owner":"clerk"})").status, 200);
  EXPECT_EQ(count("of=me"), 1u);
  const auto answer =
      world.ask("GET", "/api/v1/exceptions/counts?due_before=2026-04-04T09:30:00Z", clerk);
  const auto counts = parse_json(answer.body).value();
  EXPECT_EQ(counts["unowned"].integer(), 1);
  EXPECT_EQ(counts["mine"].integer(), 1);
  EXPECT_EQ(counts["due"].integer(), 3);
  EXPECT_EQ(counts["overdue_day"].integer(), 0);
  EXPECT_EQ(counts["earliest_review_by"].string(), first["review_by"].string());
  for (const std::string wrong : {"of=them", "of=me&owner=admin", "due_before=tomorrow"}) {
    EXPECT_EQ(world.get("/api/v1/exceptions?" + wrong).status, 422) << wrong;
  }
}

TEST_F(Queue, ACaseIsGivenOnlyToSomebodyWhoCanTakeIt) {
  const auto admin = world.signed_in();
  world.person("elsewhere", {"operations"}, {"another"});
  const auto given = [&](const std::string& owner) {
    return ask("POST", "ord_1/1/assign", admin, R"({"owner":")" + owner + R"("})");
  };
  const auto unknown = given("operation desk");
  EXPECT_EQ(unknown.status, 422);
  EXPECT_NE(unknown.body.find("neither in the roster nor a user"), std::string::npos);
  EXPECT_EQ(given("elsewhere").status, 422) << "does not see the case's store";
  EXPECT_EQ(given("operations desk").status, 200);
}

TEST_F(Queue, TheLongestPageSaysThatAnotherFollows) {
  for (std::int64_t id = 4; id <= 251; ++id) {
    world.import_order(id);
    ASSERT_TRUE(world.command(
        id, CasesCommand(RaiseException{ReasonCode::PackingIssue, {}, "box too small", "clerk"})));
  }
  const auto clerk = world.person("clerk", {"operations"});
  const auto page = [&](const std::string& query) {
    const auto answer = world.ask("GET", "/api/v1/exceptions?limit=250" + query, clerk);
    return parse_json(answer.body).value();
  };
  for (const std::string narrowed : {"", "&reason=packing_issue", "&of=me"}) {
    const auto first = page(narrowed);
    ASSERT_EQ(first["items"].items().size(), 250u) << narrowed;
    ASSERT_FALSE(first["next_cursor"].is_null()) << narrowed;
    const auto rest = page(narrowed + "&cursor=" + first["next_cursor"].string());
    EXPECT_EQ(rest["items"].items().size(), 1u) << narrowed;
    EXPECT_TRUE(rest["next_cursor"].is_null()) << narrowed;
  }
}

TEST_F(Queue, IsNarrowedToASuppliersCases) {
  const auto po = world.purchase(2)["po"].string();
  ASSERT_TRUE(world.command(
      2, CasesCommand(RaiseException{ReasonCode::SupplierSilent, po, "no answer", "clerk"})));
  const auto theirs = world.get_json("/api/v1/exceptions?supplier=lumen")["items"];
  ASSERT_EQ(theirs.items().size(), 1u);
  EXPECT_EQ(theirs.items()[0]["about"].string(), po);
  EXPECT_EQ(theirs.items()[0]["supplier"].string(), "lumen");
  const auto number = std::to_string(theirs.items()[0]["number"].integer());
  const auto detail = world.get_json("/api/v1/exceptions/ord_2/" + number);
  EXPECT_EQ(detail["exception"]["supplier"].string(), "lumen");
  EXPECT_EQ(open_cases().items()[0]["supplier"].string(), "") << "a packing issue is nobody's";
  EXPECT_EQ(world.get_json("/api/v1/exceptions/counts?supplier=lumen")["open"].integer(), 1);
  EXPECT_EQ(world.get_json("/api/v1/exceptions/counts")["open"].integer(), 4);
  EXPECT_TRUE(world.get_json("/api/v1/exceptions?supplier=north")["items"].items().empty());
}

TEST_F(Queue, AnyPlaceIsAPageAwayAndEveryPageSaysHowManyThereAre) {
  const auto page = [&](const std::string& query, const ports::Headers& who) {
    const auto answer = world.ask("GET", "/api/v1/" + query, who);
    EXPECT_EQ(answer.status, 200) << query << answer.body;
    const auto json = parse_json(answer.body).value();
    std::vector<std::string> streams;
    for (const auto& item : json["items"].items()) streams.push_back(item["stream"].string());
    return std::pair(streams, json["total"].integer());
  };
  using Page = std::pair<std::vector<std::string>, std::int64_t>;
  const auto admin = world.signed_in();
  const auto [all, total] = page("exceptions", admin);
  ASSERT_EQ(total, 3);
  EXPECT_EQ(page("exceptions?limit=1&skip=2", admin), Page({all[2]}, 3));
  EXPECT_EQ(page("exceptions?skip=3", admin), Page({}, 3));
  EXPECT_EQ(page("exceptions?of=nobody", admin), Page({}, 0)) << "the roster covers every hour";
  EXPECT_EQ(page("exceptions?open=false", admin), Page({}, 0));
  EXPECT_EQ(page("exceptions?skip=1", world.person("stranger", {"operations"}, {"elsewhere"})),
            Page({}, 0));
  for (const int id : {1, 2}) {
    const auto raised = world.post(world.order_path(id) + "/commands",
                                   R"({"command":"RaiseException","reason":"approval",)"
                                   R"("detail":"a second look"})",
                                   "approve-" + std::to_string(id));
    ASSERT_EQ(raised.status, 200) << raised.body;
  }
  EXPECT_EQ(page("exceptions", admin).second, 5);
  EXPECT_EQ(page("approvals", admin).second, 2);
  EXPECT_EQ(page("approvals?limit=1&skip=1", admin).first.size(), 1u);
  for (const std::string wrong : {"skip=-1", "skip=1000001", "skip=far"}) {
    EXPECT_EQ(world.get("/api/v1/exceptions?" + wrong).status, 422) << wrong;
  }
}

TEST_F(Queue, ASnoozedCaseSaysSo) {
  const auto admin = world.signed_in();
  EXPECT_FALSE(open_cases().items()[0]["snoozed"].boolean());
  const std::string later = R"({"review_by":"2026-03-06T09:00:00Z","reason":"it waits"})";
  ASSERT_EQ(ask("POST", "ord_1/1/snooze", admin, later).status, 200);
  for (const auto& item : open_cases().items()) {
    EXPECT_EQ(item["snoozed"].boolean(), item["stream"].string() == "ord_1");
  }
  const auto detail = world.get_json("/api/v1/exceptions/ord_1/1");
  EXPECT_TRUE(detail["exception"]["snoozed"].boolean());
}

TEST(Incident, ListsItsOrdersAndItsSupplier) {
  ApiWorldOptions options;
  options.policy = shipped_policy();
  options.policy->automation.incident_from = 2;
  ApiWorld world(std::move(options));
  // The engine numbers streams of its own from one on.
  for (std::int64_t id = 7; id <= 8; ++id) {
    world.import_order(id);
    SettleEffect refused;
    refused.effect = "PlacePurchaseOrder";
    refused.state = EffectState::Dead;
    refused.about = world.purchase(id)["po"].string();
    refused.detail = "nobody answers";
    ASSERT_TRUE(world.command(id, EngineCommand(refused)));
  }
  Json incident;
  for (int waits = 0; waits < 500 && incident.is_null(); ++waits) {
    const auto page = world.get_json("/api/v1/exceptions?supplier=lumen");
    for (const auto& item : page["items"].items()) {
      if (item["about"].string() == "incident supplier:lumen") incident = item;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ASSERT_FALSE(incident.is_null());
  const auto detail = world.get_json("/api/v1/exceptions/" + incident["stream"].string() + "/" +
                                     std::to_string(incident["number"].integer()));
  EXPECT_EQ(detail["member_count"].integer(), 2);
  const auto& members = detail["members"].items();
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[0]["order"].string(), "ord_7");
  EXPECT_EQ(members[0]["store_number"].string(), "#1007");
  const auto own =
      world.get_json("/api/v1/exceptions/ord_7/" + std::to_string(members[0]["number"].integer()));
  EXPECT_EQ(own["exception"]["reason"].string(), incident["reason"].string());
  EXPECT_TRUE(own["members"].items().empty());
}

/// The clock stands at 9:30 on a Wednesday; one desk has its backup there then, the other has not.
Policy policy_with_nights() {
  auto policy = shipped_policy();
  policy.roster = {{"operations desk", "operations", "", 0, 24, ""},
                   {"night desk", "quality", "", 20, 4, "operations desk"},
                   {"late desk", "purchasing", "", 20, 4, ""},
                   {"far desk", "systems", "", 20, 4, "late desk"},
                   {"owner", "owner", "", 0, 24, ""}};
  return policy;
}

TEST(Duty, ACaseIsItsBackupsWhileItsOwnerIsOffDuty) {
  ApiWorldOptions options;
  options.policy = policy_with_nights();
  ApiWorld world(std::move(options));
  const auto of = [&](const std::string& whom, const std::vector<std::string>& roles) {
    const auto answer = world.ask("GET", "/api/v1/exceptions?of=" + whom,
                                  world.person("one " + join(roles, " "), roles));
    std::set<std::string> owners;
    const auto page = parse_json(answer.body).value();
    for (const auto& item : page["items"].items()) owners.insert(item["owner"].string());
    return owners;
  };
  const std::vector<std::string> desks{"night desk", "late desk", "far desk"};
  for (std::int64_t id = 1; id <= 3; ++id) {
    world.import_order(id);
    ASSERT_TRUE(world.command(
        id, CasesCommand(RaiseException{ReasonCode::PackingIssue, {}, "too small", "clerk"})));
    const auto page = world.get_json("/api/v1/exceptions?limit=250")["items"];
    for (const auto& one : page.items()) {
      if (one["order"].string() != to_text(OrderId{id})) continue;
      const auto number = std::to_string(one["number"].integer());
      const auto path = "/api/v1/exceptions/" + to_text(OrderId{id}) + "/" + number + "/assign";
      const auto body = R"({"owner":")" + desks[std::size_t(id - 1)] + R"("})";
      const auto key = "assign-" + std::to_string(id) + "-" + number;
      ASSERT_EQ(world.post(path, body, key).status, 200);
    }
  }
  const auto unowned = of("nobody", {"operations"});
  EXPECT_TRUE(unowned.contains("far desk") && unowned.contains("late desk"));
  EXPECT_FALSE(unowned.contains("night desk"));
  EXPECT_TRUE(of("me", {"operations"}).contains("night desk"));
  EXPECT_FALSE(of("me", {"operations"}).contains("late desk"));
  const auto late = of("me", {"purchasing"});
  EXPECT_TRUE(late.contains("far desk") && late.contains("late desk"));
  EXPECT_FALSE(late.contains("night desk"));
  world.clock.pass(hours(11));  // the night begins
  EXPECT_TRUE(of("nobody", {"operations"}).empty());
  EXPECT_FALSE(of("me", {"operations"}).contains("night desk")) << "their owner is there";
}

TEST(WayOut, SaysWhatLeavesAndWhatBecomesOfThePromise) {
  ApiWorldOptions options;
  options.policy = shipped_policy();
  ApiWorld world(std::move(options));
  world.import_order(1);
  const auto raised = world.post(
      world.order_path(1) + "/commands",
      R"({"command":"RaiseException","reason":"supplier_silent","detail":"no answer"})", "raise");
  ASSERT_EQ(raised.status, 200) << raised.body;
  const auto seen = [](const Json& one) {
    std::map<std::string, Json> ways;
    for (const auto& option : one["options"].items()) ways[option["verb"].string()] = option;
    EXPECT_EQ(ways["cancel"]["leaves"].string(), "cancellation");
    EXPECT_EQ(ways["cancel"]["promise"].string(), "ends");
    EXPECT_EQ(ways["reroute"]["leaves"].string(), "cancellation");
    EXPECT_EQ(ways["reroute"]["promise"].string(), "moves");
    EXPECT_EQ(ways["contact"]["leaves"].string(), "nothing");
    EXPECT_EQ(ways["contact"]["promise"].string(), "runs");
    return ways["cancel"]["cost"].string();
  };
  const auto listed = world.get_json("/api/v1/exceptions");
  for (const auto& item : listed["items"].items()) {
    if (item["reason"].string() != "supplier_silent") continue;
    EXPECT_EQ(seen(item), "") << "a list does not read every order";
    const auto detail =
        world.get_json("/api/v1/exceptions/ord_1/" + std::to_string(item["number"].integer()));
    EXPECT_NE(seen(detail["exception"]), "") << "what the buyer paid for the open pieces";
    return;
  }
  FAIL() << to_text(listed);
}

}  // namespace
}  // namespace holdfast::api_tests
