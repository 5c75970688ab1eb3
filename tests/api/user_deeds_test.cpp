// What `holdfast user` does, on a store that a server works on: the rules and records are the same.
#include "api/user_deeds.h"

#include <gtest/gtest.h>

#include "tests/api/browser.h"

namespace holdfast::api_tests {
namespace {

struct UserDeeds : testing::Test {
  using Deed = Result<engine::RecordChange> (*)(const api::UserTools&, ports::Store&,
                                                const api::UserWish&);

  Status run(Deed deed, const std::string& name, const std::string& role = {},
             const std::string& password = "a long password") {
    auto change = deed(api::UserTools{world.clock, world.entropy}, *world.store,
                       {TenantId{1}, "cli:keeper", name, role, password});
    if (!change) return fail(change.error());
    auto done = std::make_shared<std::promise<Status>>();
    world.engine->put_if(std::move(*change), [done](const Result<engine::Stepped>& written) {
      done->set_value(written ? Status{} : fail(written.error()));
    });
    return done->get_future().get();
  }

  std::vector<std::string> left(const char* kind) {
    std::vector<std::string> keys;
    const auto rows = world.store->records(TenantId{1}, kind, "", 250).value();
    for (const auto& row : rows) {
      keys.push_back(row.key);
    }
    return keys;
  }

  static ErrorCode code(const Status& status) {
    return status ? ErrorCode::Internal : status.error().code;
  }

  ApiWorld world;
};

TEST_F(UserDeeds, TheNameAsTypedFindsWhatIsTheUsers) {
  ASSERT_TRUE(run(api::add_user, "Bench", "operations"));
  Browser desk(world);
  ASSERT_EQ(desk.login("bench", "a long password").status, 200);
  const auto made = desk.post(
      "/tokens", R"({"name":"t","scopes":["read","tokens"],"expires_at":"2026-04-01T00:00:00Z"})");
  ASSERT_EQ(made.status, 201) << made.body;
  ports::Headers till{{"Authorization", "Bearer " + json_of(made)["secret"].string()},
                      {"Idempotency-Key", "child"}};
  const auto child =
      world.ask("POST", "/api/v1/tokens", with_json(till),
                R"({"name":"c","scopes":["read"],"expires_at":"2026-04-01T00:00:00Z"})");
  ASSERT_EQ(child.status, 201) << child.body;
  ASSERT_EQ(desk.post("/session/second-factor", "{}").status, 201);
  const auto id = json_of(desk.ask("GET", "/session"))["user"]["id"].string();
  world.write_records({{TenantId{1}, "mention", id + "-1", "{}", {}},
                       {TenantId{1}, "mention", "usr_another-1", "{}", {}},
                       {TenantId{1}, "mention_seen", id, "1", {}}});
  ASSERT_TRUE(run(api::set_password, "BENCH", "", "another password"));
  EXPECT_EQ(desk.ask("GET", "/session").status, 401);
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", till).status, 200) << "a program has no password";
  ASSERT_EQ(desk.login("bench", "another password").status, 200);
  ASSERT_TRUE(run(api::remove_user, "bEnCh"));
  EXPECT_EQ(world.ask("GET", "/api/v1/orders", till).status, 401);
  for (const auto* kind : {"session", "token", "mention_seen", "second_factor", "user_seen"}) {
    EXPECT_TRUE(left(kind).empty()) << kind;
  }
  EXPECT_EQ(left("mention"), std::vector<std::string>{"usr_another-1"});
  ASSERT_TRUE(run(api::add_user, "bench", "quality"));
  EXPECT_EQ(left("user").size(), 2u);
  EXPECT_EQ(world.store->record({TenantId{1}, "user", "bench"}).value().value().bytes.find(id),
            std::string::npos)
      << "nobody gets an id that somebody had";
}

TEST_F(UserDeeds, TheRulesAreThoseOfTheServer) {
  EXPECT_EQ(code(run(api::add_user, "token:till", "owner")), ErrorCode::Invalid);
  EXPECT_EQ(code(run(api::add_user, " bench", "owner")), ErrorCode::Invalid);
  EXPECT_EQ(code(run(api::add_user, "Admin", "owner")), ErrorCode::Conflict);
  EXPECT_EQ(code(run(api::add_user, "bench", "owner", "short")), ErrorCode::Invalid);
  EXPECT_EQ(code(run(api::remove_user, "nobody")), ErrorCode::NotFound);
  EXPECT_EQ(code(run(api::remove_user, "ADMIN")), ErrorCode::Conflict) << "the last owner";
  ASSERT_TRUE(run(api::add_user, "boss", "owner"));
  EXPECT_TRUE(run(api::remove_user, "ADMIN"));
}

TEST_F(UserDeeds, TheyAreOnRecord) {
  ASSERT_TRUE(run(api::add_user, "bench", "quality"));
  world.clock.pass(seconds(1));
  ASSERT_TRUE(run(api::set_password, "Bench"));
  world.clock.pass(seconds(1));
  ASSERT_TRUE(run(api::remove_user, "bench"));
  std::vector<std::string> deeds;
  const auto record = world.get_json("/api/v1/audit?person=cli:keeper");
  for (const auto& entry : record["items"].items()) {
    EXPECT_EQ(entry["about"].string(), "bench");
    deeds.push_back(entry["deed"].string());
  }
  const std::vector<std::string> all{"user_removed", "password_changed", "user_added"};
  EXPECT_EQ(deeds, all);
}

}  // namespace
}  // namespace holdfast::api_tests
