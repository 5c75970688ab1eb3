// What people and programs hand on: never more than they have, and not to whom it does not belong.
#include <gtest/gtest.h>

#include "tests/api/browser.h"

namespace holdfast::api_tests {
namespace {

/// The shipped roles, and one that keeps people and does nothing else.
ApiWorldOptions with_keeper() {
  auto policy = shipped_policy();
  AccessPolicy keeper;
  keeper.role = "keeper";
  keeper.rights = {Right::Read, Right::People, Right::Tokens, Right::Notes};
  policy.access.push_back(std::move(keeper));
  ApiWorldOptions options;
  options.policy = std::move(policy);
  options.stores = {"fern", "moss"};
  return options;
}

struct HandingOn : testing::Test {
  HandingOn() : world(with_keeper()) {}

  net::ServerResponse ask(const std::string& method, const std::string& path,
                          const ports::Headers& who, const std::string& body = "{}",
                          const std::string& key = {}) {
    auto headers = with_json(who);
    headers.emplace_back("Idempotency-Key", key.empty() ? "key-" + std::to_string(++asked_) : key);
    return world.ask(method, "/api/v1" + path, std::move(headers), body);
  }

  Json make_token(const ports::Headers& who, const std::string& scopes,
                  const std::string& ends = "2026-04-01T00:00:00Z") {
    const auto made =
        ask("POST", "/tokens", who,
            R"({"name":"till","scopes":[)" + scopes + R"(],"expires_at":")" + ends + "\"}");
    EXPECT_EQ(made.status, 201) << made.body;
    return json_of(made);
  }

  static ports::Headers bearer(const Json& made) {
    return {{"Authorization", "Bearer " + made["secret"].string()}};
  }

  static std::string new_user(const std::string& name, const std::string& role) {
    return R"({"name":")" + name + R"(","password":"a long password","roles":[")" + role + "\"]}";
  }

  ApiWorld world;

 private:
  int asked_ = 0;
};

TEST_F(HandingOn, NobodyGivesARoleWithRightsTheyDoNotHave) {
  const auto keeper = world.person("keeper", {"keeper"});
  for (const auto* role : {"owner", "operations", "auditor"}) {
    EXPECT_EQ(ask("POST", "/users", keeper, new_user("fresh", role)).status, 403) << role;
    EXPECT_EQ(ask("POST", "/invitations", keeper,
                  R"({"name":"fresh","roles":[")" + std::string(role) + "\"]}")
                  .status,
              403)
        << role;
  }
  EXPECT_EQ(ask("POST", "/users", keeper, new_user("fresh", "keeper")).status, 201);
  EXPECT_EQ(ask("POST", "/users", world.signed_in(), new_user("desk", "operations")).status, 201);
}

TEST_F(HandingOn, NobodyTakesAwayWhatTheyCouldNotGive) {
  const auto keeper = world.person("keeper", {"keeper"});
  const auto admin = "/users/" + admin_id(world);
  (void)world.person("boss", {"owner"});
  const auto less = R"({"roles":["keeper"],"stores":[]})";
  EXPECT_EQ(ask("PUT", admin, keeper, less).status, 403);
  EXPECT_EQ(ask("DELETE", admin, keeper).status, 403);
  EXPECT_EQ(ask("PUT", "/users/usr_boss", world.signed_in(), less).status, 200);
}

TEST_F(HandingOn, AProgramThatKeepsPeopleMakesNoOwner) {
  const auto made = make_token(world.signed_in(), R"("people")");
  EXPECT_EQ(ask("POST", "/users", bearer(made), new_user("fresh", "owner")).status, 403);
  EXPECT_EQ(ask("POST", "/users", bearer(made), new_user("fresh", "supplier")).status, 201);
}

TEST_F(HandingOn, StoresAreAListOrAreRefused) {
  const auto refused = [&](const std::string& method, const std::string& path,
                           const std::string& start) {
    for (const auto* stores : {"\"fern\"", "null", "{}", "[1]"}) {
      const auto answer = ask(method, path, world.signed_in(), start + stores + "}");
      EXPECT_EQ(answer.status, 422) << path << stores << answer.body;
      EXPECT_EQ(json_of(answer)["field"].string(), "stores") << answer.body;
    }
  };
  (void)world.person("bench", {"quality"}, {"fern"});
  refused("POST", "/users",
          R"({"name":"fresh","password":"a long password","roles":["quality"],"stores":)");
  refused("POST", "/invitations", R"({"name":"fresh","roles":["quality"],"stores":)");
  refused("PUT", "/users/usr_bench", R"({"roles":["quality"],"stores":)");
  refused("POST", "/tokens",
          R"({"name":"t","scopes":["read"],"expires_at":"2026-04-01T00:00:00Z","stores":)");
  const auto left_out =
      ask("PUT", "/users/usr_bench", world.signed_in(), R"({"roles":["quality"]})");
  EXPECT_EQ(left_out.status, 422) << "leaving them out would mean all";
}

TEST_F(HandingOn, WhoKeepsPeopleOfOneStoreReachesNoOthersSessionsAndTokens) {
  const auto keeper = world.person("keeper", {"keeper"}, {"fern"});
  const auto made = make_token(world.signed_in(), R"("read")");
  const auto admin = admin_id(world);
  EXPECT_TRUE(json_of(ask("GET", "/tokens", keeper))["items"].items().empty());
  EXPECT_EQ(ask("DELETE", "/tokens/" + made["token"]["id"].string(), keeper).status, 404);
  EXPECT_TRUE(json_of(ask("GET", "/sessions?user=" + admin, keeper))["items"].items().empty());
  const auto theirs = world.get_json("/api/v1/sessions?user=" + admin)["items"];
  ASSERT_FALSE(theirs.items().empty());
  EXPECT_EQ(ask("DELETE", "/sessions/" + theirs.items()[0]["id"].string(), keeper).status, 404);
}

TEST_F(HandingOn, ATokensTokensEndWithIt) {
  const auto first = make_token(world.signed_in(), R"("read","tokens")", "2026-03-10T00:00:00Z");
  const auto second = make_token(bearer(first), R"("read","tokens")");
  const auto third = make_token(bearer(second), R"("read")");
  EXPECT_EQ(second["token"]["expires_at"].string(), first["token"]["expires_at"].string());
  const auto apart = make_token(world.signed_in(), R"("read")");
  EXPECT_EQ(ask("DELETE", "/tokens/" + first["token"]["id"].string(), world.signed_in()).status,
            204);
  for (const auto& token : {first, second, third}) {
    EXPECT_EQ(ask("GET", "/orders", bearer(token)).status, 401);
  }
  EXPECT_EQ(ask("GET", "/orders", bearer(apart)).status, 200);
}

TEST_F(HandingOn, ProgramsOfOneNameAreTwoPrograms) {
  const auto boss = world.person("boss", {"owner"});
  const auto one = make_token(world.signed_in(), R"("read","tokens")");
  const auto other = make_token(boss, R"("read","tokens")");
  const auto body = R"({"name":"x","scopes":["read"],"expires_at":"2026-04-01T00:00:00Z"})";
  const auto first = ask("POST", "/tokens", bearer(one), body, "the same key");
  const auto second = ask("POST", "/tokens", bearer(other), body, "the same key");
  ASSERT_EQ(second.status, 201) << second.body;
  EXPECT_NE(json_of(first)["secret"].string(), json_of(second)["secret"].string());
  const auto child = "/tokens/" + json_of(first)["token"]["id"].string();
  EXPECT_EQ(ask("DELETE", child, bearer(other)).status, 404) << "the other one's";
  EXPECT_EQ(ask("DELETE", child, bearer(one)).status, 204);
}

TEST_F(HandingOn, APackWithTheBuyersDataTakesTheRightToIt) {
  world.import_order(1);
  const auto finance = world.person("finance", {"finance"});
  const auto pack = [&](const ports::Headers& who, const std::string& profile) {
    return ask("POST", "/orders/ord_1/evidence", who, R"({"profile":")" + profile + "\"}");
  };
  for (const auto* profile : {"merchant", "dispute"}) {
    const auto refused = pack(finance, profile);
    EXPECT_EQ(refused.status, 403) << profile;
    EXPECT_EQ(json_of(refused)["field"].string(), "profile");
    EXPECT_EQ(pack(world.signed_in(), profile).status, 200);
  }
  EXPECT_EQ(pack(finance, "public").status, 200);
  const auto record = world.get_json("/api/v1/audit")["items"].items();
  ASSERT_FALSE(record.empty());
  EXPECT_EQ(record[0]["deed"].string(), "evidence_exported");
  EXPECT_EQ(record[0]["actor"].string(), "finance");
  EXPECT_EQ(record[0]["about"].string(), "ord_1");
  EXPECT_EQ(record[0]["detail"].string(), "public");
}

TEST_F(HandingOn, ANoteIsNotReadThroughAMentionByWhoReadsNoOrders) {
  world.import_order(1);
  const auto bench = world.person("bench", {"quality"});
  ASSERT_EQ(ask("POST", "/orders/ord_1/commands", world.signed_in(),
                R"({"command":"AddNote","text":"@bench look"})")
                .status,
            200);
  EXPECT_EQ(json_of(ask("GET", "/mentions/count", bench))["unread"].integer(), 1);
  EXPECT_EQ(json_of(ask("GET", "/mentions", bench))["items"].items().size(), 1u);
  const auto nothing = R"({"roles":["supplier"],"stores":[]})";
  ASSERT_EQ(ask("PUT", "/users/usr_bench", world.signed_in(), nothing).status, 200);
  EXPECT_EQ(json_of(ask("GET", "/mentions/count", bench))["unread"].integer(), 0);
  EXPECT_TRUE(json_of(ask("GET", "/mentions", bench))["items"].items().empty());
}

TEST_F(HandingOn, OneSessionOpensTwentyStreams) {
  const auto bench = world.person("bench", {"quality"});
  std::vector<std::shared_ptr<net::EventStream>> open;
  for (int i = 0; i < 20; ++i) {
    open.push_back(world.ask("GET", "/api/v1/events", bench).stream);
    ASSERT_TRUE(open.back());
  }
  EXPECT_EQ(world.ask("GET", "/api/v1/events", bench).status, 503);
  EXPECT_EQ(world.ask("GET", "/api/v1/events", world.signed_in()).status, 200);
  open.front()->close();
  EXPECT_EQ(world.ask("GET", "/api/v1/events", bench).status, 200);
}

}  // namespace
}  // namespace holdfast::api_tests
