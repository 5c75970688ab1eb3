// What keeps a session its owner's: headers, cookies, csrf tokens, waits, tokens and open streams.
#include <gtest/gtest.h>

#include "api/totp.h"
#include "net/event_stream.h"
#include "tests/api/browser.h"

namespace holdfast::api_tests {
namespace {

using ports::header;

ApiWorldOptions over_https() {
  ApiWorldOptions options;
  options.https = true;
  return options;
}

/// One answer of every kind, whoever asks.
std::vector<net::ServerResponse> answers_of_every_kind(ApiWorld& world) {
  std::vector<net::ServerResponse> answers;
  for (const auto* path :
       {"/", "/orders/anything", "/assets/none.js", "/healthz", "/readyz", "/metrics", "/t/none",
        "/s/none", "/api/v1/openapi.json", "/api/v1/orders", "/api/v1/none", "/api/none"}) {
    answers.push_back(world.ask("GET", path));
  }
  for (const auto* path : {"/hooks/fern", "/", "/api/v1/session", "/api/v1/policy"}) {
    answers.push_back(world.ask("POST", path, {}, "{"));
  }
  answers.push_back(world.login("admin", world.admin_password));
  return answers;
}

TEST(Guards, EveryKindOfAnswerIsKeptFromBeingTakenForSomethingElse) {
  ApiWorld world;
  for (const auto& answer : answers_of_every_kind(world)) {
    SCOPED_TRACE(std::to_string(answer.status) + " " + answer.body.substr(0, 80));
    EXPECT_LT(answer.status, 599);
    EXPECT_EQ(header(answer.headers, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(answer.headers, "X-Frame-Options"), "DENY");
    EXPECT_EQ(header(answer.headers, "Referrer-Policy"), "no-referrer");
    const auto policy = header(answer.headers, "Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string_view::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string_view::npos);
    EXPECT_EQ(policy.find("unsafe-inline"), std::string_view::npos);
    EXPECT_TRUE(header(answer.headers, "Strict-Transport-Security").empty())
        << "a browser would not take it over plain http";
    EXPECT_TRUE(header(answer.headers, "Access-Control-Allow-Origin").empty());
  }
}

TEST(Guards, OverHttpsABrowserNeverComesWithout) {
  ApiWorld world(over_https());
  for (const auto& answer : answers_of_every_kind(world)) {
    EXPECT_EQ(header(answer.headers, "Strict-Transport-Security"), "max-age=31536000");
  }
}

TEST(Guards, WhatSomebodySeesIsKeptByNobodyBetween) {
  ApiWorld world;
  for (const auto* path : {"/api/v1/session", "/api/v1/orders", "/api/v1/users", "/api/v1/none"}) {
    EXPECT_EQ(header(world.get(path).headers, "Cache-Control"), "no-store") << path;
  }
}

std::vector<std::string> set_cookies(const net::ServerResponse& response) {
  std::vector<std::string> cookies;
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie") cookies.push_back(value);
  }
  return cookies;
}

TEST(Guards, OverHttpsCookiesAreThisHostsAlone) {
  ApiWorld world(over_https());
  const auto cookies = set_cookies(world.login("admin", world.admin_password));
  ASSERT_EQ(cookies.size(), 2u);
  EXPECT_TRUE(cookies[0].starts_with("__Host-holdfast_session="));
  EXPECT_NE(cookies[0].find("HttpOnly"), std::string::npos);
  EXPECT_TRUE(cookies[1].starts_with("__Host-holdfast_csrf="));
  for (const auto& cookie : cookies) {
    EXPECT_NE(cookie.find("; Secure"), std::string::npos) << cookie;
    EXPECT_NE(cookie.find("; Path=/"), std::string::npos) << cookie;
    EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos) << cookie;
    EXPECT_EQ(cookie.find("Domain"), std::string::npos) << cookie;
  }
  const auto value = cookies[0].substr(0, cookies[0].find(';')).substr(cookies[0].find('=') + 1);
  const auto asks = [&](const std::string& name) {
    return world.ask("GET", "/api/v1/session", {{"Cookie", name + "=" + value}}).status;
  };
  EXPECT_EQ(asks("__Host-holdfast_session"), 200);
  EXPECT_EQ(asks("holdfast_session"), 401) << "a neighbour of the domain could set this one";
}

TEST(Guards, SigningOutTakesTheCookiesAway) {
  ApiWorld world;
  Browser browser(world);
  ASSERT_EQ(browser.login("admin", world.admin_password).status, 200);
  const auto out = set_cookies(browser.ask("DELETE", "/session"));
  ASSERT_EQ(out.size(), 2u);
  for (const auto& cookie : out) {
    EXPECT_NE(cookie.find("=;"), std::string::npos) << cookie;
    EXPECT_NE(cookie.find("Max-Age=0"), std::string::npos) << cookie;
  }
}

TEST(Guards, OnlyThisSessionsCsrfTokenChangesAnything) {
  ApiWorld world;
  const auto mine = world.person("mine", {"owner"});
  const auto other = world.person("other", {"owner"});
  const auto& cookie = mine[0];
  const auto their_token = other[1].second;
  const auto both_theirs =
      mine[0].second.substr(0, mine[0].second.find(';')) + "; holdfast_csrf=" + their_token;
  const std::vector<ports::Headers> forged = {
      {cookie},
      {cookie, {"X-CSRF-Token", ""}},
      {cookie, {"X-CSRF-Token", "guessed"}},
      {cookie, {"X-CSRF-Token", their_token}},
      {{"Cookie", both_theirs}, {"X-CSRF-Token", their_token}},
      {{"Cookie", mine[0].second.substr(0, mine[0].second.find(';'))}, mine[1]},
  };
  for (std::size_t i = 0; i < forged.size(); ++i) {
    for (const auto& [method, path] :
         {std::pair{"POST", "/api/v1/invitations"}, std::pair{"PUT", "/api/v1/users/usr_other"},
          std::pair{"DELETE", "/api/v1/users/usr_other"}}) {
      auto headers = with_json(forged[i]);
      headers.emplace_back("Idempotency-Key", "forged");
      const auto answer = world.ask(method, path, headers, R"({"name":"x","roles":["auditor"]})");
      EXPECT_EQ(answer.status, 403) << i << method;
      EXPECT_EQ(code_of(answer), "csrf") << i << method;
    }
    EXPECT_EQ(world.ask("GET", "/api/v1/users", forged[i]).status, 200) << "reading needs none";
  }
  EXPECT_EQ(world.ask("DELETE", "/api/v1/users/usr_other", mine).status, 204);
}

TEST(Guards, AFormOfAnotherSiteSignsNobodyIn) {
  ApiWorld world;
  const auto body = R"({"user":"admin","password":")" + world.admin_password + "\"}";
  for (const auto* type : {"text/plain", "application/x-www-form-urlencoded", ""}) {
    const auto answer = world.ask("POST", "/api/v1/session", {{"Content-Type", type}}, body);
    EXPECT_EQ(answer.status, 415) << type;
    EXPECT_TRUE(set_cookies(answer).empty());
  }
}

/// Wrong passwords until one has to wait; how many were let through.
int tries_until_wait(Browser& browser, const std::string& name) {
  for (int tries = 0; tries < 100; ++tries) {
    if (browser.login(name, "wrong").status == 429) return tries;
  }
  return 100;
}

TEST(Guards, ANameWaitsWhereItWasGuessedAndNowhereElse) {
  ApiWorld world;
  Browser guesser(world, "198.51.100.1"), desk(world, "192.0.2.7");
  EXPECT_EQ(tries_until_wait(guesser, "admin"), 5);
  EXPECT_EQ(guesser.login("ADMIN", world.admin_password).status, 429)
      << "it is the same name in other letters";
  EXPECT_EQ(desk.login("admin", world.admin_password).status, 200);
}

TEST(Guards, EachWaitIsTwiceTheOneBeforeAndEnds) {
  ApiWorld world;
  Browser browser(world);
  (void)tries_until_wait(browser, "admin");
  std::int64_t before = 1;
  for (int i = 0; i < 12; ++i) {
    const auto refused = browser.login("admin", world.admin_password);
    ASSERT_EQ(refused.status, 429);
    const auto wait = std::stoll(std::string(header(refused.headers, "Retry-After")));
    EXPECT_GT(wait, before);
    EXPECT_LE(wait, 15L * 60 + 1);
    if (wait < 15L * 60) before = wait;
    world.clock.pass(seconds(wait));
    ASSERT_EQ(browser.login("admin", "wrong").status, 401) << "one try after each wait";
  }
  world.clock.pass(minutes(16));
  EXPECT_EQ(browser.login("admin", world.admin_password).status, 200);
  EXPECT_EQ(tries_until_wait(browser, "admin"), 5) << "who came in begins anew";
}

TEST(Guards, OneAddressTriesThirtyNamesAMinute) {
  ApiWorld world;
  Browser browser(world, "198.51.100.1");
  int let = 0;
  for (int i = 0; i < 40; ++i) {
    if (browser.login("name" + std::to_string(i), "wrong").status == 401) ++let;
  }
  EXPECT_EQ(let, 30);
  EXPECT_EQ(Browser(world).login("admin", world.admin_password).status, 200);
  world.clock.pass(minutes(1));
  EXPECT_EQ(browser.login("admin", world.admin_password).status, 200);
}

TEST(Guards, OneTimeCodesAreGuessedNoFasterThanPasswords) {
  ApiWorld world;
  Browser desk(world);
  ASSERT_EQ(desk.login("admin", world.admin_password).status, 200);
  const auto begun = json_of(desk.post("/session/second-factor", "{}"));
  const auto secret = raw_secret(begun["secret"].string());
  const auto code = api::totp_code(secret, api::totp_step(world.clock.now()));
  ASSERT_EQ(desk.post("/session/second-factor/confirm", R"({"code":")" + code + "\"}").status, 204);
  Browser guesser(world, "198.51.100.1");
  int let = 0;
  for (int i = 0; i < 20; ++i) {
    if (guesser.login("admin", world.admin_password, "00000" + std::to_string(i % 10)).status ==
        401) {
      ++let;
    }
  }
  EXPECT_EQ(let, 5);
}

TEST(Guards, TheSecondFactorIsNotGuessedAwayEither) {
  ApiWorld world;
  Browser desk(world);
  ASSERT_EQ(desk.login("admin", world.admin_password).status, 200);
  const auto guess = [&] {
    return desk.post("/session/second-factor/remove", R"({"password":"wrong"})");
  };
  for (int i = 0; i < 5; ++i) EXPECT_EQ(guess().status, 422);
  const auto refused = guess();
  EXPECT_EQ(refused.status, 429);
  EXPECT_FALSE(header(refused.headers, "Retry-After").empty());
}

/// A token that `maker` makes; its headers.
ports::Headers token_of(ApiWorld& world, ports::Headers maker, const std::string& body) {
  static int made = 0;
  maker = with_json(std::move(maker));
  maker.emplace_back("Idempotency-Key", "token-" + std::to_string(++made));
  const auto answer = world.ask("POST", "/api/v1/tokens", maker, body);
  EXPECT_EQ(answer.status, 201) << answer.body;
  return {{"Authorization", "Bearer " + json_of(answer)["secret"].string()}};
}

constexpr const char* reading =
    R"({"name":"till","scopes":["read","tokens"],"expires_at":"2026-04-01T00:00:00Z"})";

TEST(Guards, ATokenEndsOnItsDay) {
  ApiWorld world;
  const auto token =
      token_of(world, world.person("maker", {"operations"}),
               R"({"name":"t","scopes":["read"],"expires_at":"2026-03-05T00:00:00Z"})");
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", token).status, 200);
  world.clock.pass(hours(15));
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", token).status, 401);
}

TEST(Guards, ATokenDoesNoMoreThanItsMakerMayNow) {
  ApiWorld world;
  world.options.stores = {"fern"};
  const auto token = token_of(world, world.person("maker", {"operations"}), reading);
  EXPECT_EQ(world.ask("GET", "/api/v1/tokens", token).status, 200);
  const auto change = [&](const char* body) {
    return world.ask("PUT", "/api/v1/users/usr_maker", with_json(world.signed_in()), body).status;
  };
  ASSERT_EQ(change(R"({"roles":["quality"],"stores":[]})"), 200);
  EXPECT_EQ(world.ask("GET", "/api/v1/tokens", token).status, 403);
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", token).status, 200);
  ASSERT_EQ(change(R"({"roles":["quality"],"stores":["fern"]})"), 200);
  EXPECT_EQ(world.ask("GET", "/api/v1/metrics/summary", token).status, 403)
      << "what is about all stores is no longer theirs";
  ASSERT_EQ(change(R"({"roles":["supplier"],"stores":[]})"), 200);
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", token).status, 403);
}

TEST(Guards, ATokenMadeByATokenGoesWithTheUserToo) {
  ApiWorld world;
  const auto first = token_of(world, world.person("maker", {"operations"}), reading);
  const auto second = token_of(world, first, reading);
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", second).status, 200);
  ASSERT_EQ(world.ask("DELETE", "/api/v1/users/usr_maker", world.signed_in()).status, 204);
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", first).status, 401);
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", second).status, 401);
  (void)world.person("maker", {"operations"});
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", second).status, 401)
      << "somebody else of the same name";
}

/// Whether the events that were opened with these headers are still told.
struct Listening {
  explicit Listening(ApiWorld& world, const ports::Headers& headers)
      : stream(world.ask("GET", "/api/v1/events", headers).stream) {
    EXPECT_TRUE(stream);
  }
  bool on() const { return stream && !stream->closed(); }
  std::shared_ptr<net::EventStream> stream;
};

TEST(Guards, WhatSomebodyListensToEndsWithTheirSession) {
  ApiWorld world;
  const auto bench = world.person("bench", {"operations"});
  const Listening events(world, bench);
  const auto token = token_of(world, bench, reading);
  const Listening program(world, token);
  const auto id = world.get_json("/api/v1/sessions?user=usr_bench")["items"].items()[0]["id"];
  ASSERT_EQ(world.ask("DELETE", "/api/v1/sessions/" + id.string(), world.signed_in()).status, 204);
  EXPECT_FALSE(events.on());
  EXPECT_TRUE(program.on()) << "it was let in by something else";
  ASSERT_EQ(world.ask("DELETE", "/api/v1/users/usr_bench", world.signed_in()).status, 204);
  EXPECT_FALSE(program.on());
}

TEST(Guards, OtherStoresAreHeardFromTheNextStreamOn) {
  ApiWorld world;
  const Listening events(world, world.person("bench", {"operations"}));
  const auto change = R"({"roles":["operations"],"stores":["fern"]})";
  ASSERT_EQ(
      world.ask("PUT", "/api/v1/users/usr_bench", with_json(world.signed_in()), change).status,
      200);
  EXPECT_FALSE(events.on()) << "it would go on telling of all stores";
}

TEST(Guards, ASessionEndedOnTheMachineItselfIsHeardOfNoMore) {
  ApiWorld world;
  const auto bench = world.person("bench", {"operations"});
  const Listening events(world, bench), own(world, world.signed_in());
  const auto cookie = bench[0].second;
  const auto secret = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
  world.engine->put_records({}, {{TenantId{1}, "session", hex(sha256(secret))}}, {});
  world.clock.pass(seconds(11));
  world.import_order(1);
  for (int i = 0; i < 500 && events.on(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_FALSE(events.on());
  EXPECT_EQ(events.stream->take().find("event: order"), std::string::npos);
  EXPECT_TRUE(own.on());
}

TEST(Guards, NobodyListensLongerThanTheirSession) {
  ApiWorld world;
  const Listening events(world, world.person("bench", {"operations"}));
  world.clock.pass(hours(13));
  world.import_order(1);
  for (int i = 0; i < 500 && events.on(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_FALSE(events.on());
  EXPECT_EQ(events.stream->take().find("event: order"), std::string::npos);
}

}  // namespace
}  // namespace holdfast::api_tests
