// Accounts of people: invitations, one-time codes, browsers that are signed in, and the record of
// it.
#include <gtest/gtest.h>

#include "api/totp.h"
#include "tests/api/browser.h"

namespace holdfast::api_tests {
namespace {

/// Signs in and turns the second factor on; gives the raw secret.
std::string with_second_factor(ApiWorld& world, Browser& browser) {
  EXPECT_EQ(browser.login("admin", world.admin_password).status, 200);
  const auto begun = browser.post("/session/second-factor", "{}");
  EXPECT_EQ(begun.status, 201) << begun.body;
  const auto secret = raw_secret(json_of(begun)["secret"].string());
  const auto code = api::totp_code(secret, api::totp_step(world.clock.now()));
  const auto done = browser.post("/session/second-factor/confirm", R"({"code":")" + code + "\"}");
  EXPECT_EQ(done.status, 204) << done.body;
  return secret;
}

TEST(Totp, MakesTheCodesOfTheStandard) {
  // RFC 6238, appendix B, the last six of its eight digits.
  const std::string secret = "12345678901234567890";
  EXPECT_EQ(api::totp_code(secret, 59 / 30), "287082");
  EXPECT_EQ(api::totp_code(secret, 1111111109 / 30), "081804");
  EXPECT_EQ(api::totp_code(secret, 20000000000 / 30), "353130");
  EXPECT_EQ(api::totp_text(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  EXPECT_EQ(api::totp_address(secret, "Holdfast a b", "bench@x"),
            "otpauth://totp/Holdfast%20a%20b:bench%40x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=Holdfast%20a%20b");
}

TEST(Account, ACodeIsAskedForAndTakenOnce) {
  ApiWorld world;
  Browser first(world);
  const auto secret = with_second_factor(world, first);
  Browser second(world);
  EXPECT_EQ(code_of(second.login("admin", world.admin_password)), "code_needed");
  const auto used = api::totp_code(secret, api::totp_step(world.clock.now()));
  EXPECT_EQ(code_of(second.login("admin", world.admin_password, used)), "wrong_credentials")
      << "the code that turned it on was used";
  world.clock.pass(seconds(60));
  const auto fresh = api::totp_code(secret, api::totp_step(world.clock.now()));
  EXPECT_EQ(code_of(second.login("admin", "wrong", fresh)), "wrong_credentials");
  EXPECT_EQ(second.login("admin", world.admin_password, fresh).status, 200);
  Browser third(world);
  EXPECT_EQ(code_of(third.login("admin", world.admin_password, fresh)), "wrong_credentials");
  const auto earlier = api::totp_code(secret, api::totp_step(world.clock.now()) - 1);
  EXPECT_EQ(code_of(third.login("admin", world.admin_password, earlier)), "wrong_credentials")
      << "an older code than the newest used";
}

TEST(Account, ASecretThatWasNeverConfirmedKeepsNobodyOut) {
  ApiWorld world;
  Browser browser(world);
  ASSERT_EQ(browser.login("admin", world.admin_password).status, 200);
  ASSERT_EQ(browser.post("/session/second-factor", "{}").status, 201);
  EXPECT_EQ(Browser(world).login("admin", world.admin_password).status, 200);
  world.clock.pass(minutes(11));
  EXPECT_EQ(code_of(browser.post("/session/second-factor/confirm", R"({"code":"000000"})")),
            "conflict");
}

TEST(Account, TheSecondFactorGoesWithThePasswordOrByAnOwner) {
  ApiWorld world;
  const auto admin = admin_id(world);
  Browser browser(world);
  (void)with_second_factor(world, browser);
  EXPECT_EQ(browser.post("/session/second-factor/remove", R"({"password":"wrong"})").status, 422);
  const auto path = "/session/second-factor/remove";
  EXPECT_EQ(browser.post(path, R"({"password":")" + world.admin_password + "\"}").status, 204);
  EXPECT_EQ(Browser(world).login("admin", world.admin_password).status, 200);
  (void)with_second_factor(world, browser);
  EXPECT_EQ(browser.ask("DELETE", "/users/" + admin + "/second-factor").status, 204);
  EXPECT_EQ(browser.ask("GET", "/session").status, 401) << "its sessions end";
  EXPECT_EQ(Browser(world).login("admin", world.admin_password).status, 200);
}

TEST(Account, SigningInTakesAFreshSessionAndEndsTheBrowsersOldOne) {
  ApiWorld world;
  Browser browser(world);
  // Somebody planted a session of their own choosing.
  browser.cookies = "holdfast_session=planted; holdfast_csrf=planted";
  ASSERT_EQ(browser.login("admin", world.admin_password).status, 200);
  EXPECT_EQ(browser.cookies.find("planted"), std::string::npos);
  const auto before = browser.cookies;
  ASSERT_EQ(browser.login("admin", world.admin_password).status, 200);
  EXPECT_NE(browser.cookies, before);
  EXPECT_EQ(world.ask("GET", "/api/v1/session", {{"Cookie", before}}).status, 401);
}

TEST(Account, BrowsersAreListedAndEnded) {
  ApiWorld world;
  Browser desk(world), phone(world, "198.51.100.4");
  ASSERT_EQ(desk.login("admin", world.admin_password).status, 200);
  ASSERT_EQ(phone.login("admin", world.admin_password).status, 200);
  const auto listed = json_of(desk.ask("GET", "/sessions"));
  ASSERT_EQ(listed["items"].items().size(), 2u);
  for (const auto& session : listed["items"].items()) {
    const bool other = session["address"].string() == "198.51.100.4";
    EXPECT_EQ(session["current"].boolean(), !other);
    EXPECT_EQ(session["agent"].string(), "a browser");
    if (!other) continue;
    EXPECT_EQ(desk.ask("DELETE", "/sessions/" + session["id"].string()).status, 204);
  }
  EXPECT_EQ(phone.ask("GET", "/session").status, 401);
  EXPECT_EQ(desk.ask("GET", "/session").status, 200);
  const auto stranger = world.person("stranger", {"operations"});
  const auto theirs =
      json_of(world.ask("GET", "/api/v1/sessions?user=" + admin_id(world), stranger));
  EXPECT_TRUE(theirs["items"].items().empty()) << "others' sessions need the right people";
}

TEST(Account, AnotherPasswordEndsTheOtherSessions) {
  ApiWorld world;
  Browser desk(world), phone(world);
  ASSERT_EQ(desk.login("admin", world.admin_password).status, 200);
  ASSERT_EQ(phone.login("admin", world.admin_password).status, 200);
  const auto wish = [](const std::string& old) {
    return R"({"password":")" + old + R"(","new_password":"another long password"})";
  };
  EXPECT_EQ(desk.post("/session/password", wish("wrong")).status, 422);
  EXPECT_EQ(desk.post("/session/password", wish(world.admin_password)).status, 204);
  EXPECT_EQ(phone.ask("GET", "/session").status, 401);
  EXPECT_EQ(desk.ask("GET", "/session").status, 200);
  EXPECT_EQ(code_of(phone.login("admin", world.admin_password)), "wrong_credentials");
  EXPECT_EQ(phone.login("admin", "another long password").status, 200);
}

TEST(Account, AnInvitationMakesItsUserOnce) {
  ApiWorld world;
  Browser owner(world);
  ASSERT_EQ(owner.login("admin", world.admin_password).status, 200);
  const auto made =
      owner.post("/invitations", R"({"name":"bench","roles":["quality"],"stores":["fern"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto link = json_of(made)["link"].string();
  const auto token = link.substr(link.find('#') + 1);
  Browser guest(world, "198.51.100.9");
  const auto seen = guest.post("/session/invitation", R"({"token":")" + token + "\"}");
  EXPECT_EQ(json_of(seen)["name"].string(), "bench");
  const auto joining = R"({"token":")" + token + R"(","password":"a long enough password"})";
  EXPECT_EQ(
      guest.post("/session/join", R"({"token":"guessed","password":"a long password"})").status,
      404);
  const auto joined = guest.post("/session/join", joining);
  ASSERT_EQ(joined.status, 200) << joined.body;
  EXPECT_EQ(json_of(joined)["user"]["stores"].items().front().string(), "fern");
  EXPECT_EQ(guest.ask("GET", "/orders").status, 200);
  EXPECT_EQ(Browser(world).post("/session/join", joining).status, 404);
  const auto again = owner.post("/invitations", R"({"name":"late","roles":["quality"]})");
  const auto late = json_of(again)["link"].string();
  world.clock.pass(days(8));
  EXPECT_EQ(Browser(world)
                .post("/session/join", R"({"token":")" + late.substr(late.find('#') + 1) +
                                           R"(","password":"a long enough password"})")
                .status,
            404);
}

TEST(Account, RolesAndStoresHoldFromTheNextRequestOn) {
  ApiWorld world;
  world.import_order(1);
  Browser owner(world);
  ASSERT_EQ(owner.login("admin", world.admin_password).status, 200);
  const auto bench = world.person("bench", {"operations"});
  EXPECT_EQ(world.ask("GET", world.order_path(1), bench).status, 200);
  EXPECT_EQ(owner.ask("PUT", "/users/usr_bench", R"({"roles":["supplier"],"stores":[]})").status,
            200);
  EXPECT_EQ(world.ask("GET", world.order_path(1), bench).status, 403);
  const auto own = "/users/" + admin_id(world);
  EXPECT_EQ(owner.ask("PUT", own, R"({"roles":["operations"],"stores":[]})").status, 409)
      << "the last owner";
  EXPECT_EQ(owner.ask("PUT", own, R"({"roles":["owner"],"stores":["fern"]})").status, 409)
      << "an owner of one store is none of the workspace";
}

TEST(Account, RemovingAUserEndsItsSessionsAndTokens) {
  ApiWorld world;
  Browser owner(world);
  ASSERT_EQ(owner.login("admin", world.admin_password).status, 200);
  auto maker = with_json(world.person("maker", {"operations"}));
  maker.emplace_back("Idempotency-Key", "t");
  const auto made =
      world.ask("POST", "/api/v1/tokens", maker,
                R"({"name":"till","scopes":["read"],"expires_at":"2026-04-01T00:00:00Z"})");
  ASSERT_EQ(made.status, 201) << made.body;
  const ports::Headers bearer{{"Authorization", "Bearer " + json_of(made)["secret"].string()}};
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", bearer).status, 200);
  EXPECT_EQ(owner.ask("DELETE", "/users/usr_maker").status, 204);
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", bearer).status, 401);
  EXPECT_EQ(world.ask("GET", "/api/v1/session", maker).status, 401);
}

TEST(Account, GuessingOneNameFromManyAddressesIsSlowedDown) {
  ApiWorld world;
  int refused = 0;
  for (int i = 0; i < 25; ++i) {
    Browser browser(world, "198.51.100." + std::to_string(i + 1));
    refused += browser.login("admin", "guess").status == 429 ? 1 : 0;
  }
  EXPECT_EQ(refused, 5);
}

TEST(Account, EverySignInAndChangeIsOnRecord) {
  ApiWorld world;
  Browser owner(world);
  (void)owner.login("admin", "wrong");
  ASSERT_EQ(owner.login("admin", world.admin_password).status, 200);
  ASSERT_EQ(owner.post("/invitations", R"({"name":"bench","roles":["quality"]})").status, 201);
  const auto page = json_of(owner.ask("GET", "/audit?limit=2"));
  ASSERT_EQ(page["items"].items().size(), 2u);
  EXPECT_EQ(page["items"].items()[0]["deed"].string(), "invited");
  EXPECT_EQ(page["items"].items()[0]["about"].string(), "bench");
  EXPECT_EQ(page["items"].items()[1]["deed"].string(), "signed_in");
  const auto rest = json_of(owner.ask("GET", "/audit?cursor=" + page["next_cursor"].string()));
  ASSERT_EQ(rest["items"].items().size(), 1u);
  EXPECT_EQ(rest["items"].items()[0]["deed"].string(), "sign_in_refused");
  EXPECT_EQ(rest["items"].items()[0]["actor"].string(), "");
  EXPECT_EQ(rest["items"].items()[0]["address"].string(), "192.0.2.7");
  EXPECT_EQ(owner.ask("GET", "/audit").body.find("wrong\""), std::string::npos);
}

Json record(Browser& browser, const std::string& query) {
  const auto answer = browser.ask("GET", "/audit?" + query);
  EXPECT_EQ(answer.status, 200) << answer.body;
  return json_of(answer);
}

TEST(Account, TheRecordIsFilteredByPersonDeedAndDay) {
  ApiWorld world;
  Browser owner(world);
  (void)owner.login("Bench", "guessed");
  ASSERT_EQ(owner.login("admin", world.admin_password).status, 200);
  ASSERT_EQ(owner.post("/invitations", R"({"name":"bench","roles":["quality"]})").status, 201);
  world.clock.pass(days(1));
  ASSERT_EQ(owner.login("admin", world.admin_password).status, 200);
  const auto count = [&](const std::string& query) {
    return record(owner, query)["items"].items().size();
  };
  EXPECT_EQ(count(""), 4u);
  EXPECT_EQ(count("person=BENCH"), 2u) << "who was refused and who is invited";
  EXPECT_EQ(count("deed=signed_in"), 2u);
  EXPECT_EQ(count("person=admin&deed=signed_in"), 2u);
  EXPECT_EQ(count("from=2026-03-05T00:00:00Z"), 1u);
  EXPECT_EQ(count("to=2026-03-05T00:00:00Z"), 3u);
  EXPECT_EQ(count("from=2026-03-04T09:30:00Z&to=2026-03-04T09:30:00Z"), 0u);
  EXPECT_EQ(count("from=2026-03-04T09:30:00Z&to=2026-03-04T09:31:00Z"), 3u);
  const auto first = record(owner, "deed=signed_in&limit=1");
  ASSERT_EQ(first["items"].items().size(), 1u);
  const auto next = "deed=signed_in&limit=1&cursor=" + first["next_cursor"].string();
  EXPECT_EQ(record(owner, next)["items"].items()[0]["at"].string(), "2026-03-04T09:30:00Z");
  const auto wrong = owner.ask("GET", "/audit?from=yesterday");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(json_of(wrong)["field"].string(), "from");
}

TEST(Account, ALongRecordIsSearchedInPiecesAndToItsEnd) {
  ApiWorld world;
  std::vector<ports::RecordRow> rows;
  for (int i = 0; i < 5'300; ++i) {
    Json entry;
    entry.set("at", "2026-03-01T00:00:00Z");
    entry.set("actor", i == 5'299 ? "needle" : "hay");
    entry.set("deed", "signed_in");
    for (const auto* name : {"about", "detail", "address"}) entry.set(name, "");
    const auto nth = std::to_string(10'000 + i);
    rows.push_back({TenantId{1}, "audit", "9300000000000000000-" + nth, to_text(entry), {}});
  }
  world.write_records(std::move(rows));
  Browser owner(world);
  ASSERT_EQ(owner.login("admin", world.admin_password).status, 200);
  const auto first = record(owner, "person=needle");
  EXPECT_TRUE(first["items"].items().empty());
  ASSERT_FALSE(first["next_cursor"].is_null());
  const auto rest = record(owner, "person=needle&cursor=" + first["next_cursor"].string());
  EXPECT_EQ(rest["items"].items().size(), 1u);
  EXPECT_TRUE(rest["next_cursor"].is_null());
}

TEST(Account, OwnersSayWhenTheyCoverAndWhomToReach) {
  ApiWorldOptions options;
  options.policy = shipped_policy();
  options.policy->roster = {
      {"day desk", "operations", "", 7, 19, "night desk", "the owner, by phone"},
      {"night desk", "operations", "", 19, 7, "", ""}};
  ApiWorld world(std::move(options));
  const auto owners = world.get_json("/api/v1/owners");
  const auto& day = owners["items"].items()[0];
  EXPECT_EQ(day["from_hour"].integer(), 7);
  EXPECT_EQ(day["to_hour"].integer(), 19);
  EXPECT_TRUE(day["covering"].boolean());
  EXPECT_EQ(day["backup"].string(), "night desk");
  EXPECT_EQ(day["escalation"].string(), "the owner, by phone");
  EXPECT_FALSE(owners["items"].items()[1]["covering"].boolean());
}

}  // namespace
}  // namespace holdfast::api_tests
