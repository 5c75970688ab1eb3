// Connecting stores, suppliers, trackers and mail accounts: what is saved, what is shown, what is
// refused, and that a secret never comes back.
#include <gtest/gtest.h>

#include "engine/settings/overlay.h"
#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

constexpr const char* hush = "shpss_never_to_be_seen";

class Connections : public ::testing::Test {
 protected:
  net::ServerResponse post(const std::string& path, const std::string& body) {
    return world.post("/api/v1" + path, body, "key-" + std::to_string(++keys_));
  }

  net::ServerResponse put(const std::string& id, const std::string& body) {
    return world.ask("PUT", "/api/v1/connections/" + id, with_json(world.signed_in()), body);
  }

  net::ServerResponse remove(const std::string& id) {
    return world.ask("DELETE", "/api/v1/connections/" + id, world.signed_in());
  }

  net::ServerResponse add_shop(const std::string& id = "second-shop") {
    return post("/connections", R"({"room":"channel","id":")" + id +
                                    R"(","kind":"shopify","settings":{"shop":"second.example"},)"
                                    R"("secrets":{"client_secret":")" +
                                    hush + R"("}})");
  }

  Json detail(const std::string& id) { return world.get_json("/api/v1/connections/" + id); }

  /// What the program would begin again with.
  engine::Overlay overlay() {
    return engine::read_overlay(*world.store, TenantId{1}, world.engine->vault()).value();
  }

  ApiWorld world;

 private:
  int keys_ = 0;
};

Json problem_in(const net::ServerResponse& response) {
  return parse_json(response.body).value_or(Json());
}

TEST_F(Connections, WhatIsAddedIsSavedAndSaysWhereWebhooksGo) {
  const auto added = add_shop();
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(problem_in(added)["webhook_url"].string(), "http://127.0.0.1:8080/hooks/second-shop");
  EXPECT_EQ(problem_in(added)["webhooks"].string(), "subscribed");
  const auto saved = overlay();
  ASSERT_EQ(saved.accounts.size(), 1u);
  EXPECT_EQ(saved.accounts[0].settings.at("client_secret"), hush);
  const auto known = detail("second-shop")["connection"];
  EXPECT_EQ(known["origin"].string(), "console");
  EXPECT_EQ(known["state"].string(), "starting");
  EXPECT_EQ(add_shop().status, 409);
  EXPECT_EQ(problem_in(add_shop("fern"))["field"].string(), "id") << "the file has this one";
}

TEST_F(Connections, ASecretIsNeverReadBack) {
  ASSERT_EQ(add_shop().status, 201);
  for (const auto* path : {"/connections", "/connections/second-shop", "/connections/kinds",
                           "/audit", "/health", "/accounts", "/connections/fern"}) {
    const auto answer = world.get(std::string("/api/v1") + path);
    EXPECT_EQ(answer.status, 200) << path;
    for (const auto* secret : {hush, "shared secret", "a token"}) {
      EXPECT_EQ(answer.body.find(secret), std::string::npos) << path;
    }
  }
  for (const auto* kind : {"account", "audit", "idempotency", "connection_test"}) {
    const auto rows = world.store->records(TenantId{1}, kind, "", 100);
    ASSERT_TRUE(rows);
    for (const auto& row : *rows) {
      EXPECT_EQ(row.bytes.find(hush), std::string::npos) << kind << " " << row.key;
    }
  }
  const auto secrets = detail("second-shop")["secrets"];
  ASSERT_EQ(secrets.items().size(), 3u);
  EXPECT_EQ(to_text(secrets.items()[0]),
            R"({"key":"client_secret","set":true,"set_at":"2026-03-04T09:30:00Z"})");
  EXPECT_FALSE(secrets.items()[1]["set"].boolean());
}

TEST_F(Connections, WhatIsWrongIsNamedWithItsKey) {
  const auto refused = [&](const std::string& settings, const std::string& secrets) {
    const auto answer = post("/connections", R"({"room":"channel","id":"x","kind":"shopify",)"
                                             R"("settings":)" +
                                                 settings + R"(,"secrets":)" + secrets + "}");
    EXPECT_EQ(answer.status, 422) << answer.body;
    return problem_in(answer);
  };
  const std::string secret = R"({"client_secret":"12345678"})";
  const auto misspelt = refused(R"({"shopp":"a.example"})", secret);
  EXPECT_EQ(misspelt["field"].string(), "settings.shopp");
  EXPECT_NE(misspelt["hint"].string().find("shop"), std::string::npos) << to_text(misspelt);
  const auto wrong_secret = refused(R"({"shop":"a.example"})", R"({"client_secrets":"12345678"})");
  EXPECT_EQ(wrong_secret["field"].string(), "secrets.client_secrets");
  EXPECT_NE(wrong_secret["hint"].string().find("client_secret"), std::string::npos);
  EXPECT_EQ(refused("{}", secret)["field"].string(), "settings.shop") << "it is missing";
  EXPECT_EQ(refused(R"({"shop":"a.example"})", "{}")["field"].string(), "secrets.client_secret");
  EXPECT_EQ(refused(R"({"shop":"a.example","client_secret":"x"})", secret)["field"].string(),
            "settings.client_secret");
  EXPECT_EQ(
      refused(R"({"shop":"a.example","client_secret_file":"/etc/passwd"})", "{}")["field"].string(),
      "settings.client_secret_file");
  EXPECT_EQ(refused(R"({"shop":"a\nb"})", secret)["field"].string(), "settings.shop");
  EXPECT_EQ(refused(R"({"shop":"a.example","burst":"many"})", secret)["field"].string(),
            "settings.burst");
  const auto kind =
      post("/connections", R"({"room":"channel","id":"x","kind":"shopfy","settings":{}})");
  EXPECT_EQ(problem_in(kind)["hint"].string(), "did you mean shopify?") << kind.body;
  const auto id =
      post("/connections", R"({"room":"channel","id":"X Y","kind":"shopify","settings":{}})");
  EXPECT_EQ(problem_in(id)["field"].string(), "id");
  EXPECT_TRUE(overlay().accounts.empty());
}

TEST_F(Connections, ASecretStaysUntilItsAddressChanges) {
  ASSERT_EQ(add_shop().status, 201);
  ASSERT_EQ(put("second-shop", R"({"settings":{"shop":"second.example","burst":"4"}})").status,
            200);
  EXPECT_EQ(overlay().accounts[0].settings.at("client_secret"), hush);
  EXPECT_EQ(overlay().accounts[0].settings.at("burst"), "4");
  const auto moved = put("second-shop", R"({"settings":{"shop":"thief.example"}})");
  EXPECT_EQ(moved.status, 422);
  EXPECT_EQ(problem_in(moved)["field"].string(), "secrets.client_secret");
  const std::string draft = R"({"room":"channel","id":"second-shop","kind":"shopify",)"
                            R"("settings":{"shop":"thief.example"}})";
  EXPECT_EQ(post("/connections/test", draft).status, 422);
  const auto both = put("second-shop", R"({"settings":{"shop":"third.example"},)"
                                       R"("secrets":{"client_secret":"another one"}})");
  EXPECT_EQ(both.status, 200) << both.body;
  EXPECT_EQ(overlay().accounts[0].settings.at("client_secret"), "another one");
  const auto audit = world.get("/api/v1/audit").body;
  EXPECT_NE(audit.find("client_secret set anew"), std::string::npos) << audit;
  EXPECT_EQ(audit.find("another one"), std::string::npos);
}

TEST_F(Connections, AConnectionIsRemovedAndItsIdIsFreeAgain) {
  ASSERT_EQ(add_shop().status, 201);
  EXPECT_EQ(remove("second-shop").status, 204);
  EXPECT_EQ(world.get("/api/v1/connections/second-shop").status, 404);
  EXPECT_TRUE(overlay().accounts.empty()) << "the secret goes with it";
  EXPECT_EQ(remove("second-shop").status, 404);
  EXPECT_EQ(add_shop().status, 201);
}

TEST_F(Connections, HowManyWereEverRemovedDoesNotCount) {
  for (int i = 0; i < 250; ++i) {
    ASSERT_EQ(add_shop("shop-" + std::to_string(i)).status, 201) << i;
    ASSERT_EQ(remove("shop-" + std::to_string(i)).status, 204) << i;
  }
  EXPECT_TRUE(world.store->records(TenantId{1}, "account", "", 10)->empty());
}

TEST_F(Connections, MoreThanAreReadIsAnErrorAndNoneIsLeftOut) {
  std::vector<ports::RecordRow> rows;
  for (int i = 0; i <= 1000; ++i) {
    rows.push_back({TenantId{1}, "account", "channel/c" + std::to_string(i), "{}", {}});
  }
  world.write_records(std::move(rows));
  const auto read = engine::read_overlay(*world.store, TenantId{1}, world.engine->vault());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().what, "more than 1000 connections are in the store");
}

TEST_F(Connections, TheMarkTellsThatSomethingWasSet) {
  const auto mark = [&] { return engine::overlay_mark(*world.store, TenantId{1}).value(); };
  const auto none = mark();
  ASSERT_EQ(add_shop().status, 201);
  const auto added = mark();
  EXPECT_NE(added, none);
  EXPECT_EQ(mark(), added);
  world.write_records({{TenantId{1}, "policy_current", "current", R"({"version":"1"})", {}}});
  EXPECT_NE(mark(), added);
  ASSERT_EQ(remove("second-shop").status, 204);
  EXPECT_NE(mark(), none);
}

/// A program that begins again as the test says.
class Beginnings : public ::testing::Test {
 protected:
  Status begun;
  ApiWorld world{{std::nullopt,
                  {"fern"},
                  TenantId{1},
                  nullptr,
                  "",
                  false,
                  ShipModel::Direct,
                  [this](auto& options) {
                    options.reopen = [this](const auto& done) { done(begun); };
                    options.in_file = [](const std::string& id) { return id != "fern"; };
                  }}};

  net::ServerResponse add() {
    return world.post("/api/v1/connections",
                      R"({"room":"channel","id":"moss","kind":"shopify","settings":)"
                      R"({"shop":"moss.example"},"secrets":{"client_secret":"hush"}})",
                      "key-" + std::to_string(++keys_));
  }
  net::ServerResponse remove(const std::string& id) {
    return world.ask("DELETE", "/api/v1/connections/" + id, world.signed_in());
  }
  std::size_t saved() { return world.store->records(TenantId{1}, "account", "", 10)->size(); }

 private:
  int keys_ = 0;
};

TEST_F(Beginnings, WhatTheProgramCannotBeginWithIsTakenBack) {
  begun = fail(ErrorCode::Conflict, "the policy names it no more");
  EXPECT_EQ(add().status, 409);
  EXPECT_EQ(saved(), 0u);
  begun = Status();
  EXPECT_EQ(add().status, 201);
  begun = fail(ErrorCode::Invalid, "the policy needs it");
  EXPECT_EQ(remove("moss").status, 422);
  EXPECT_EQ(saved(), 1u);
  begun = Status();
  EXPECT_EQ(remove("moss").status, 204);
  EXPECT_EQ(saved(), 0u);
}

TEST_F(Beginnings, WhatIsSavedWhenTheProgramEndsStaysSaved) {
  begun = fail(ErrorCode::Unavailable, "the program ends");
  EXPECT_EQ(add().status, 503);
  EXPECT_EQ(saved(), 1u);
}

TEST_F(Beginnings, RemovingAgainBeforeItIsInForceIsNoError) {
  // The engine still works with "fern", which is neither saved nor in the file any more.
  EXPECT_EQ(remove("fern").status, 204);
  EXPECT_EQ(remove("lumen").status, 409) << "the file has it";
}

TEST_F(Connections, WhatStandsInTheFileIsChangedThere) {
  EXPECT_EQ(put("fern", R"({"settings":{}})").status, 409);
  EXPECT_EQ(remove("lumen").status, 409);
  EXPECT_EQ(remove("nobody").status, 404);
}

TEST_F(Connections, ATestSaysWhatWasAskedAndWhatCameBack) {
  const auto silent = problem_in(post("/connections/fern/test", "{}"));
  EXPECT_FALSE(silent["ok"].boolean());
  EXPECT_EQ(silent["how"].string(), "asked");
  EXPECT_EQ(silent["address"].string().substr(0, 20), "https://fern.example");
  EXPECT_NE(silent["detail"].string().find("nobody is there"), std::string::npos);
  EXPECT_EQ(to_text(detail("fern")["tested"]), to_text(silent));
  const auto nothing = problem_in(post("/connections/lumen/test", "{}"));
  EXPECT_TRUE(nothing["ok"].boolean());
  EXPECT_EQ(nothing["how"].string(), "nothing");
  EXPECT_EQ(post("/connections/nobody/test", "{}").status, 404);
}

TEST_F(Connections, AStoreThatDoesNotAnswerFailsAndSaysSo) {
  // The engine asks each store for its changed orders by itself; here nobody answers.
  Json fern;
  for (int i = 0; i < 500 && fern["troubles"].items().empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    fern = detail("fern");
  }
  ASSERT_FALSE(fern["troubles"].items().empty());
  const auto& trouble = fern["troubles"].items().front();
  EXPECT_EQ(trouble["outcome"].string(), "not_sent");
  EXPECT_NE(trouble["detail"].string().find("nobody is there"), std::string::npos);
  EXPECT_FALSE(trouble["doing"].string().empty());
  EXPECT_EQ(fern["connection"]["state"].string(), "failing");
  const auto& budget = fern["connection"]["budget"];
  EXPECT_EQ(budget["per_minute"].integer(), 120);
  EXPECT_LT(budget["left"].integer(), budget["burst"].integer());
  const auto health = world.get_json("/api/v1/health")["accounts"].items().front();
  EXPECT_EQ(health["id"].string(), "fern");
  EXPECT_EQ(health["state"].string(), "failing");
  EXPECT_NE(health["last_error"].string(), "");
}

/// A value for a field that has none of its own.
std::string sample(const Json& field) {
  if (!field["choices"].items().empty()) return field["choices"].items().front().string();
  if (field["address"].boolean()) return "smtps://partner.example:465";
  return field["key"].string() == "from" ? "Shop <a@shop.example>" : "sample-1";
}

TEST_F(Connections, WhatAFormAsksForMakesAnAccountOfEveryKind) {
  auto policy = shipped_policy();
  ApiWorldOptions options;
  options.policy = policy;
  ApiWorld own(options);
  const auto kinds = own.get_json("/api/v1/connections/kinds")["items"];
  std::set<std::string> rooms;
  int nth = 0;
  for (const auto& kind : kinds.items()) {
    Json settings{Json::Object{}}, secrets{Json::Object{}};
    for (const auto& field : kind["fields"].items()) {
      EXPECT_FALSE(field["meaning"].string().empty()) << field["key"].string();
      if (!field["required"].boolean()) continue;
      (field["secret"].boolean() ? secrets : settings).set(field["key"].string(), sample(field));
    }
    Json body;
    body.set("room", kind["room"]);
    body.set("id", "sample-" + std::to_string(++nth));
    body.set("kind", kind["kind"]);
    body.set("settings", std::move(settings));
    body.set("secrets", std::move(secrets));
    const auto added =
        own.post("/api/v1/connections", to_text(body), "kind-" + std::to_string(nth));
    EXPECT_EQ(added.status, 201) << to_text(body) << added.body;
    rooms.insert(kind["room"].string());
  }
  EXPECT_EQ(rooms, (std::set<std::string>{"channel", "notifier", "supplier", "tracking"}));
}

TEST_F(Connections, ASuppliersTermsCanAllBeTypedIn) {
  auto policy = shipped_policy();
  ApiWorldOptions options;
  options.policy = policy;
  ApiWorld own(options);
  std::set<std::string> asked;
  const auto kinds = own.get_json("/api/v1/connections/kinds")["items"];
  for (const auto& kind : kinds.items()) {
    if (kind["room"].string() != "supplier" || kind["kind"].string() != "manual") continue;
    for (const auto& field : kind["fields"].items()) asked.insert(field["key"].string());
  }
  Json settings{Json::Object{}};
  settings.set("tier", policy.tiers.at(0).tier);
  for (const auto& [key, text] :
       std::vector<std::pair<std::string, std::string>>{{"suspended", "true"},
                                                        {"channels", "fern, moss"},
                                                        {"excluded_countries", "RU, BY"},
                                                        {"shipping_cost_minor", "350"},
                                                        {"poll_minutes", "60"},
                                                        {"calendar.weekend", "0"}}) {
    EXPECT_TRUE(asked.contains(key)) << key;
    settings.set(key, text);
  }
  Json body;
  body.set("room", "supplier");
  body.set("id", "typed-in");
  body.set("kind", "manual");
  body.set("settings", std::move(settings));
  const auto added = own.post("/api/v1/connections", to_text(body), "typed-in");
  EXPECT_EQ(added.status, 201) << added.body;
}

TEST_F(Connections, WhoWorksForOneStoreSeesNoOther) {
  ApiWorldOptions options;
  options.stores = {"fern", "moss"};
  ApiWorld two(options);
  const auto limited = two.person("limited", {"operations"}, {"fern"});
  const auto list = two.ask("GET", "/api/v1/connections", limited).body;
  EXPECT_NE(list.find("fern"), std::string::npos);
  EXPECT_EQ(list.find("moss"), std::string::npos);
  EXPECT_EQ(two.ask("GET", "/api/v1/connections/moss", limited).status, 404);
  EXPECT_EQ(two.ask("GET", "/api/v1/connections/fern", limited).status, 200);
}

std::map<std::string, bool> steps_in(const Json& setup) {
  std::map<std::string, bool> done;
  for (const auto& step : setup["steps"].items()) {
    done[step["step"].string()] = step["done"].boolean();
  }
  return done;
}

TEST_F(Connections, SetupTicksItselfFromWhatThereIs) {
  auto steps = steps_in(world.get_json("/api/v1/setup"));
  EXPECT_EQ(steps, (std::map<std::string, bool>{{"sign_in", false},
                                                {"store", true},
                                                {"store_tested", false},
                                                {"supplier", true},
                                                {"supplier_tested", true},
                                                {"skus", true},
                                                {"policy", false},
                                                {"backup", false},
                                                {"order", false}}));
  world.import_order(1);
  ASSERT_EQ(post("/setup/policy", "").status, 204);
  steps = steps_in(world.get_json("/api/v1/setup"));
  EXPECT_TRUE(steps["policy"]);
  EXPECT_TRUE(steps["order"]);
}

}  // namespace
}  // namespace holdfast::api_tests
