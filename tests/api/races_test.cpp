// What two people do at the same moment: nothing that was committed is undone by who read before.
#include <gtest/gtest.h>

#include "tests/api/browser.h"

namespace holdfast::api_tests {
namespace {

struct Races : testing::Test {
  net::ServerResponse ask(const std::string& method, const std::string& path,
                          const std::string& body = "{}") {
    auto headers = with_json(world.signed_in());
    headers.emplace_back("Idempotency-Key", "key-" + std::to_string(++asked_));
    return world.ask(method, "/api/v1" + path, std::move(headers), body);
  }

  /// Adds a user with a password; its id.
  std::string add(const std::string& name, const std::string& role) {
    const auto made =
        ask("POST", "/users",
            R"({"name":")" + name + R"(","password":"a long password","roles":[")" + role + "\"]}");
    EXPECT_EQ(made.status, 201) << made.body;
    return json_of(made)["id"].string();
  }

  Json user(const std::string& name) {
    const auto users = json_of(ask("GET", "/users"));
    for (const auto& one : users["items"].items()) {
      if (one["name"].string() == name) return one;
    }
    return {};
  }

  ApiWorld world;

 private:
  int asked_ = 0;
};

TEST_F(Races, ASigningInUnderWayBringsNoRemovedUserBack) {
  const auto id = add("bench", "quality");
  world.entropy.meanwhile([&] { EXPECT_EQ(ask("DELETE", "/users/" + id).status, 204); });
  EXPECT_EQ(world.login("bench", "a long password").status, 409);
  EXPECT_TRUE(user("bench").is_null());
  EXPECT_EQ(world.login("bench", "a long password").status, 401);
}

TEST_F(Races, ASigningInUnderWayKeepsTheRolesOfBefore) {
  const auto id = add("bench", "operations");
  world.entropy.meanwhile([&] {
    const auto less = R"({"roles":["quality"],"stores":["fern"]})";
    EXPECT_EQ(ask("PUT", "/users/" + id, less).status, 200);
  });
  EXPECT_EQ(world.login("bench", "a long password").status, 409);
  EXPECT_EQ(user("bench")["roles"].items()[0].string(), "quality");
  EXPECT_EQ(world.login("bench", "a long password").status, 200);
  EXPECT_EQ(user("bench")["roles"].items()[0].string(), "quality") << "signing in writes no roles";
  EXPECT_FALSE(user("bench")["last_seen_at"].is_null());
}

TEST_F(Races, ASessionOfAnOldPasswordOpensNothing) {
  (void)add("bench", "quality");
  api::People people(*world.engine, world.entropy, nullptr);
  const auto before = people.user("bench").value().value();
  Browser desk(world);
  ASSERT_EQ(desk.login("bench", "a long password").status, 200);
  const auto wish = R"({"password":"a long password","new_password":"another long one"})";
  ASSERT_EQ(desk.post("/session/password", wish).status, 204);
  // Made of what was read before, and written after all the others had been ended.
  const auto late = people.new_session(before);
  world.write_records({late.row});
  EXPECT_EQ(
      world.ask("GET", "/api/v1/session", {{"Cookie", "holdfast_session=" + late.secret}}).status,
      401);
  EXPECT_EQ(desk.ask("GET", "/session").status, 200) << "the one that changed it goes on";
}

TEST_F(Races, OneLinkMakesOneUser) {
  const auto made = ask("POST", "/invitations", R"({"name":"bench","roles":["quality"]})");
  const auto link = json_of(made)["link"].string();
  const auto joining = [&](const char* password) {
    return R"({"token":")" + link.substr(link.find('#') + 1) + R"(","password":")" + password +
           "\"}";
  };
  world.entropy.meanwhile([&] {
    EXPECT_EQ(Browser(world).post("/session/join", joining("the first password")).status, 200);
  });
  EXPECT_EQ(Browser(world).post("/session/join", joining("the second password")).status, 409);
  EXPECT_EQ(world.login("bench", "the first password").status, 200);
  EXPECT_EQ(world.login("bench", "the second password").status, 401);
}

TEST_F(Races, OneNameIsGivenOnce) {
  (void)world.signed_in();
  world.entropy.meanwhile([&] { (void)add("bench", "quality"); });
  const auto second =
      ask("POST", "/users", R"({"name":"Bench","password":"other password","roles":["auditor"]})");
  EXPECT_EQ(second.status, 409) << second.body;
  EXPECT_EQ(user("bench")["roles"].items()[0].string(), "quality");
}

TEST_F(Races, TwoOwnersDoNotDemoteEachOther) {
  const auto other = add("boss", "owner");
  const auto admin = admin_id(world);
  const auto less = R"({"roles":["operations"],"stores":[]})";
  world.entropy.meanwhile([&] {
    const auto boss = world.person("boss-at-home", {"owner"});
    EXPECT_EQ(world.ask("PUT", "/api/v1/users/usr_boss-at-home", with_json(boss), less).status,
              200);
    EXPECT_EQ(world.ask("PUT", "/api/v1/users/" + other, with_json(world.signed_in()), less).status,
              200);
  });
  EXPECT_EQ(ask("PUT", "/users/" + admin, less).status, 409) << "nobody would be left";
  EXPECT_EQ(user("admin")["roles"].items()[0].string(), "owner");
}

/// Holds the engine while something is asked, so that what is queued first is written first.
class Held {
 public:
  explicit Held(engine::Engine& engine) {
    auto go = std::make_shared<std::promise<void>>();
    auto wait = go->get_future().share();
    engine.with_batch(
        [wait](ports::Batch&) -> Status {
          wait.wait();
          return {};
        },
        {});
    go_ = go;
  }
  ~Held() { go_->set_value(); }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

 private:
  std::shared_ptr<std::promise<void>> go_;
};

TEST_F(Races, WhatWasEndedIsNotBroughtBackByHavingBeenSeen) {
  const auto made = ask("POST", "/tokens",
                        R"({"name":"till","scopes":["read"],"expires_at":"2026-04-01T00:00:00Z"})");
  const auto secret = json_of(made)["secret"].string();
  const auto bench = world.person("bench", {"quality"});
  const auto cookie = bench[0].second;
  const auto session = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
  world.clock.pass(hours(2));  // so that being seen is worth a note
  api::People people(*world.engine, world.entropy, nullptr);
  const ports::RecordKey token{TenantId{1}, "token", hex(sha256(secret))};
  {
    const Held held(*world.engine);
    world.engine->put_records({}, {token, people.session_of(session)}, {});
    EXPECT_TRUE(people.by_token(secret).has_value()) << "it was read before it ended";
    EXPECT_TRUE(people.by_session(session).has_value());
  }
  world.write_records({});
  EXPECT_FALSE(people.by_token(secret).has_value());
  EXPECT_FALSE(people.by_session(session).has_value());
}

TEST_F(Races, WhoseSessionEndedMeanwhileStandsNoMore) {
  const auto bench = world.person("bench", {"quality"});
  const auto cookie = bench[0].second;
  const auto session = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
  api::People people(*world.engine, world.entropy, nullptr);
  const auto who = people.by_session(session).value();
  EXPECT_TRUE(people.stands(who).value());
  const auto less = R"({"roles":["quality"],"stores":["fern"]})";
  ASSERT_EQ(ask("PUT", "/users/usr_bench", less).status, 200);
  EXPECT_FALSE(people.stands(who).value()) << "it would hear of all stores";
  const auto now = people.by_session(session).value();
  EXPECT_TRUE(people.stands(now).value());
  ASSERT_EQ(ask("DELETE", "/users/usr_bench").status, 204);
  EXPECT_FALSE(people.stands(now).value());
}

}  // namespace
}  // namespace holdfast::api_tests
