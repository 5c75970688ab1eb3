#include <gtest/gtest.h>

#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

std::string code_of(const net::ServerResponse& response) {
  return parse_json(response.body).value_or(Json())["code"].string();
}

TEST(Session, LoginSetsAHiddenAndAReadableCookie) {
  ApiWorld world;
  const auto response = world.login("admin", world.admin_password);
  ASSERT_EQ(response.status, 200);
  std::vector<std::string> cookies;
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie") cookies.push_back(value);
  }
  ASSERT_EQ(cookies.size(), 2u);
  EXPECT_TRUE(cookies[0].starts_with("holdfast_session="));
  EXPECT_NE(cookies[0].find("HttpOnly"), std::string::npos);
  EXPECT_TRUE(cookies[1].starts_with("holdfast_csrf="));
  EXPECT_EQ(cookies[1].find("HttpOnly"), std::string::npos);
  for (const auto& cookie : cookies) {
    EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos);
  }
  const auto session = parse_json(response.body).value();
  EXPECT_EQ(session["user"]["name"].string(), "admin");
  EXPECT_EQ(session["user"]["roles"].items().front().string(), "owner");
}

TEST(Session, TheFirstUserIsMadeOnce) {
  ApiWorld world;
  const auto again = api::ensure_admin(*world.engine, world.entropy, "admin");
  ASSERT_TRUE(again.has_value());
  EXPECT_FALSE(again->has_value());
}

TEST(Session, WrongPasswordsAreSlowedDown) {
  ApiWorld world;
  for (int i = 0; i < 5; ++i) {
    const auto response = world.login("admin", "wrong");
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(code_of(response), "wrong_credentials");
  }
  const auto response = world.login("admin", world.admin_password);
  EXPECT_EQ(response.status, 429);
  EXPECT_FALSE(ports::header(response.headers, "Retry-After").empty());
  world.clock.pass(seconds(3));
  EXPECT_EQ(world.login("admin", world.admin_password).status, 200);
}

TEST(Session, OneAddressHasABudgetAndOnlyATrustedProxySaysWhoAsks) {
  ApiWorld world;
  constexpr int budget = 3000;  // a minute, as docs/operating.md says
  const auto from = [&](const std::string& visitor) {
    return world.ask("GET", "/api/v1/orders", {{"X-Forwarded-For", "198.51.100.1, " + visitor}});
  };
  for (int i = 0; i < budget; ++i) ASSERT_EQ(from("203.0.113.1").status, 401);
  const auto refused = from("203.0.113.2");
  EXPECT_EQ(refused.status, 429) << "a visitor must not choose whose budget it uses";
  EXPECT_EQ(ports::header(refused.headers, "Retry-After"), "1");
  world.asks_from = "192.0.2.1";
  for (int i = 0; i < budget; ++i) ASSERT_EQ(from("203.0.113.1").status, 401);
  EXPECT_EQ(from("203.0.113.1").status, 429);
  EXPECT_EQ(from("203.0.113.2").status, 401);
  world.clock.pass(seconds(1));
  EXPECT_EQ(from("203.0.113.1").status, 401);
}

TEST(Session, NobodyReadsWithoutSigningIn) {
  ApiWorld world;
  const auto response = world.ask("GET", "/api/v1/orders");
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(code_of(response), "not_signed_in");
  EXPECT_EQ(ports::header(response.headers, "Content-Type"), "application/problem+json");
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", {{"Authorization", "Bearer hft_x"}}).status, 401);
}

TEST(Session, ChangesNeedTheCsrfToken) {
  ApiWorld world;
  auto headers = with_json(world.signed_in(false));
  headers.emplace_back("Idempotency-Key", "k");
  const auto response = world.ask("POST", "/api/v1/tokens", headers, "{}");
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(code_of(response), "csrf");
  headers.emplace_back("X-CSRF-Token", "guessed");
  EXPECT_EQ(code_of(world.ask("POST", "/api/v1/tokens", headers, "{}")), "csrf");
}

TEST(Session, LogoutAndExpiryEndIt) {
  ApiWorld world;
  EXPECT_EQ(world.get("/api/v1/session").status, 200);
  world.clock.pass(hours(13));
  EXPECT_EQ(world.get("/api/v1/session").status, 401);
  ApiWorld other;
  EXPECT_EQ(other.ask("DELETE", "/api/v1/session", other.signed_in()).status, 204);
  EXPECT_EQ(other.get("/api/v1/session").status, 401);
}

TEST(Session, ATokenHasItsScopesUntilItIsRevoked) {
  ApiWorld world;
  const auto made =
      world.post("/api/v1/tokens",
                 R"({"name":"till","scopes":["read"],"expires_at":"2026-04-01T00:00:00Z"})", "t1");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto json = parse_json(made.body).value();
  const ports::Headers bearer{{"Authorization", "Bearer " + json["secret"].string()}};
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", bearer).status, 200);
  EXPECT_EQ(world.ask("GET", "/api/v1/users", bearer).status, 403);
  const auto gone =
      world.ask("DELETE", "/api/v1/tokens/" + json["token"]["id"].string(), world.signed_in());
  EXPECT_EQ(gone.status, 204);
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", bearer).status, 401);
}

TEST(Session, AnAuditorReadsAndDecidesNothing) {
  ApiWorld world;
  world.import_order(1);
  const auto made =
      world.post("/api/v1/users",
                 R"({"name":"books","password":"a long password","roles":["auditor"]})", "u1");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto login = world.login("books", "a long password");
  ASSERT_EQ(login.status, 200);
  std::string cookies;
  for (const auto& [name, value] : login.headers) {
    if (name == "Set-Cookie") cookies += value.substr(0, value.find(';')) + "; ";
  }
  const auto csrf = parse_json(login.body).value()["csrf"].string();
  const ports::Headers headers{{"Cookie", cookies},
                               {"X-CSRF-Token", csrf},
                               {"Content-Type", "application/json"},
                               {"Idempotency-Key", "a"}};
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", headers).status, 200);
  EXPECT_EQ(code_of(world.ask("POST", world.order_path(1) + "/commands", headers,
                              R"({"command":"AddNote","text":"seen"})")),
            "not_allowed");
}

TEST(Session, LivesByThePeoplesClockWhereTheWorldIsFaster) {
  ApiWorld world;
  SteppedClock watch;
  api::People people(*world.engine, world.entropy, &watch);
  auto made = people.new_session(people.user("admin").value().value());
  EXPECT_FALSE(made.row.expires_at) << "the engine's clock must not remove it";
  std::promise<bool> written;
  world.engine->put_records({made.row}, {}, [&](const Result<engine::Stepped>& done) {
    written.set_value(done.has_value());
  });
  ASSERT_TRUE(written.get_future().get());
  world.clock.pass(days(30));
  EXPECT_TRUE(people.by_session(made.secret).has_value());
  watch.pass(hours(13));
  EXPECT_FALSE(people.by_session(made.secret).has_value());
}

}  // namespace
}  // namespace holdfast::api_tests
