// The policy in the console: drafts are looked at with file and line, published over what they were
// written from, rolled back, and tried on the past.
#include <algorithm>

#include <gtest/gtest.h>

#include "api/policy_trial.h"
#include "engine/settings/policy_text.h"
#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

engine::PolicyText shipped_text() { return engine::read_policy_text(engine::own_policy()).value(); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("not in the text: " + from);
  return text.replace(at, from.size(), to);
}

/// The shipped policy with other words in one file.
engine::PolicyText with(const std::string& file, const std::string& from, const std::string& to) {
  auto text = shipped_text();
  text[file] = replaced(text[file], from, to);
  return text;
}

class PolicyDesk : public ::testing::Test {
 protected:
  /// What the program does when it is asked to begin again.
  Status begins;
  Status accepts;
  int begun = 0;

  ApiWorld world{options()};

  ApiWorldOptions options() {
    ApiWorldOptions given;
    given.policy = shipped_policy();
    given.more = [this](api::ApiOptions& wishes) {
      wishes.policy_path = engine::own_policy();
      wishes.check_overlay = [this](const engine::Overlay&) { return accepts; };
      wishes.reopen = [this](const std::function<void(const Status&)>& done) {
        ++begun;
        done(begins);
      };
    };
    return given;
  }

  net::ServerResponse post(const std::string& path, const Json& body,
                           std::optional<ports::Headers> who = {}) {
    auto headers = with_json(who ? *who : world.signed_in());
    headers.emplace_back("Idempotency-Key", "key-" + std::to_string(++keys_));
    return world.ask("POST", "/api/v1/policy/" + path, std::move(headers), to_text(body));
  }

  static Json draft(const engine::PolicyText& files) {
    Json body;
    body.set("files", engine::policy_text_json(files));
    return body;
  }

  net::ServerResponse publish(const engine::PolicyText& files, const std::string& before,
                              const std::string& note = "a tighter margin",
                              std::optional<ports::Headers> who = {}) {
    auto body = draft(files);
    body.set("note", note);
    body.set("before", before);
    return post("publish", body, std::move(who));
  }

  net::ServerResponse roll_back(const std::string& version, const std::string& before) {
    Json body;
    body.set("version", version);
    body.set("note", "it stopped too much");
    body.set("before", before);
    return post("roll-back", body);
  }

  Json files() { return world.get_json("/api/v1/policy/files"); }
  std::string version() { return files()["version"].string(); }
  Json problems_of(const engine::PolicyText& text) {
    const auto response = post("check", draft(text));
    EXPECT_EQ(response.status, 200) << response.body;
    return (*parse_json(response.body))["problems"];
  }

  int keys_ = 0;
};

const char* const margin = "least_margin_permille = 100";

engine::PolicyText tighter() { return with("gates.toml", margin, "least_margin_permille = 150"); }

TEST_F(PolicyDesk, ShowsTheFilesOfTheFolderUntilSomethingIsPublished) {
  const auto shown = files();
  EXPECT_FALSE(shown["published"].boolean());
  EXPECT_TRUE(shown["at"].is_null());
  EXPECT_EQ(shown["version"].string(), engine::policy_text_version(shipped_text()));
  EXPECT_EQ(shown["files"]["gates.toml"].string(), shipped_text()["gates.toml"]);
  EXPECT_FALSE(shown["files"].find("light.toml")) << "a whole policy of its own";
  EXPECT_TRUE(world.get_json("/api/v1/policy/versions")["items"].items().empty());
}

TEST_F(PolicyDesk, TellsWhatIsWrongWithFileAndLine) {
  EXPECT_TRUE(problems_of(shipped_text()).items().empty());

  const auto broken = problems_of(with("gates.toml", margin, "least_margin_permille = "));
  ASSERT_EQ(broken.items().size(), 1u);
  const auto line = [&](const std::string& file, const std::string& words) {
    const auto text = shipped_text()[file];
    return 1 + std::ranges::count(text.substr(0, text.find(words)), '\n');
  };
  EXPECT_EQ(broken.items()[0]["file"].string(), "gates.toml");
  EXPECT_EQ(broken.items()[0]["line"].integer(), line("gates.toml", margin));

  const auto misspelt = problems_of(with("gates.toml", "releaser = ", "releeser = "));
  ASSERT_FALSE(misspelt.items().empty());
  EXPECT_EQ(misspelt.items()[0]["line"].integer(), line("gates.toml", "releaser = "));
  EXPECT_EQ(misspelt.items()[0]["todo"].string(), "did you mean releaser?");

  // What reads well and makes no sense: by the entry's name, and by its number in the whole list.
  const auto nobody =
      problems_of(with("reasons.toml", "backup = \"operations\"", "backup = \"operatons\""));
  ASSERT_EQ(nobody.items().size(), 1u);
  EXPECT_EQ(nobody.items()[0]["file"].string(), "reasons.toml");
  EXPECT_EQ(nobody.items()[0]["line"].integer(), line("reasons.toml", "backup = \"operations\""));
  EXPECT_EQ(nobody.items()[0]["todo"].string(), "did you mean operations?");
  const auto backup = problems_of(
      with("roster.toml", "backup = \"operations desk\"", "backup = \"nobody at all\""));
  ASSERT_EQ(backup.items().size(), 1u);
  EXPECT_EQ(backup.items()[0]["line"].integer(),
            line("roster.toml", "backup = \"operations desk\""));
}

TEST_F(PolicyDesk, AProblemOfEveryFileThatCannotBeReadIsTold) {
  auto text = with("gates.toml", margin, "least_margin_permille = ");
  text["tiers.toml"] = "[[tiers]\n";
  const auto problems = problems_of(text);
  ASSERT_EQ(problems.items().size(), 2u);
  EXPECT_EQ(problems.items()[1]["file"].string(), "tiers.toml");
}

TEST_F(PolicyDesk, APolicyNobodyCouldTakeBackIsAProblem) {
  const auto problems = problems_of(with("access.toml", ", \"policy\"", ""));
  ASSERT_EQ(problems.items().size(), 1u);
  EXPECT_EQ(problems.items()[0]["at"].string(), "access");
}

TEST_F(PolicyDesk, WhatTheAccountsAskOfItIsAProblem) {
  accepts = fail(ErrorCode::Invalid, "the policy has no tier \"fast\"", "supplier lumen");
  const auto problems = problems_of(shipped_text());
  ASSERT_EQ(problems.items().size(), 1u);
  EXPECT_EQ(problems.items()[0]["at"].string(), "supplier lumen");
  EXPECT_EQ(publish(tighter(), version()).status, 422);
  EXPECT_EQ(begun, 0);
}

TEST_F(PolicyDesk, PublishesADraftAndBeginsAgainUnderIt) {
  const auto before = version();
  const auto response = publish(tighter(), before);
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(begun, 1);
  const auto shown = files();
  EXPECT_TRUE(shown["published"].boolean());
  EXPECT_EQ(shown["version"].string(), engine::policy_text_version(tighter()));
  EXPECT_EQ(shown["by"].string(), "admin");
  EXPECT_EQ(shown["note"].string(), "a tighter margin");

  // What the opening of the engine reads is what was published.
  const auto overlay =
      engine::read_overlay(*world.store, TenantId{1}, world.engine->vault()).value();
  ASSERT_TRUE(overlay.policy);
  EXPECT_EQ(*overlay.policy, tighter());

  const auto versions = world.get_json("/api/v1/policy/versions")["items"];
  ASSERT_EQ(versions.items().size(), 1u);
  const auto& change = versions.items()[0];
  EXPECT_EQ(change["deed"].string(), "published");
  EXPECT_EQ(change["before"].string(), before);
  EXPECT_EQ(change["added"].integer(), 1);
  EXPECT_EQ(change["removed"].integer(), 1);
  EXPECT_EQ(to_text(change["files"]), R"(["gates.toml"])");
  // The folder's text, over which it was written, stays readable.
  const auto folder = world.get_json("/api/v1/policy/versions/" + before);
  EXPECT_EQ(folder["files"]["gates.toml"].string(), shipped_text()["gates.toml"]);
  EXPECT_EQ(world.get("/api/v1/policy/versions/none").status, 404);

  const auto audit = world.get("/api/v1/audit");
  EXPECT_NE(audit.body.find("policy_published"), std::string::npos);
  EXPECT_NE(audit.body.find("a tighter margin"), std::string::npos);
}

TEST_F(PolicyDesk, NobodyPublishesOverWhatTheyHaveNotSeen) {
  const auto before = version();
  ASSERT_EQ(publish(tighter(), before).status, 200);
  const auto other = with("gates.toml", margin, "least_margin_permille = 200");
  const auto late = publish(other, before);
  EXPECT_EQ(late.status, 409) << late.body;
  EXPECT_NE(late.body.find("by admin"), std::string::npos);
  EXPECT_EQ(files()["files"]["gates.toml"].string(), tighter()["gates.toml"]);
  EXPECT_EQ(publish(other, version()).status, 200);
}

TEST_F(PolicyDesk, PublishesNothingWithoutAReasonOrWithProblemsOrTwice) {
  EXPECT_EQ(publish(tighter(), version(), "").status, 422);
  const auto broken = publish(with("gates.toml", margin, "least_margin_permille = "), version());
  EXPECT_EQ(broken.status, 422);
  EXPECT_NE(broken.body.find("gates.toml line "), std::string::npos) << broken.body;
  auto misnamed = tighter();
  misnamed["../gates.toml"] = "";
  EXPECT_EQ(publish(misnamed, version()).status, 422);
  EXPECT_EQ(publish({}, version()).status, 422);
  ASSERT_EQ(publish(tighter(), version()).status, 200);
  EXPECT_EQ(publish(tighter(), version()).status, 422) << "it is in force";
  EXPECT_EQ(begun, 1);
}

TEST_F(PolicyDesk, PublishingNeedsItsRight) {
  for (const auto* role : {"operations", "auditor", "account_manager"}) {
    const auto who = world.person(role, {role});
    EXPECT_EQ(publish(tighter(), version(), "why not", who).status, 403) << role;
    EXPECT_EQ(post("check", draft(tighter()), who).status, 403) << role;
    EXPECT_EQ(post("trials", draft(tighter()), who).status, 403) << role;
    EXPECT_EQ(world.ask("GET", "/api/v1/policy/files", who).status, 200) << role;
  }
  const auto one_store = world.person("owner-of-one", {"owner"}, {"fern"});
  EXPECT_EQ(publish(tighter(), version(), "mine alone", one_store).status, 403);
  EXPECT_EQ(world.ask("GET", "/api/v1/policy/files", one_store).status, 403);
  EXPECT_EQ(begun, 0);
}

TEST_F(PolicyDesk, RollsBackToAVersionAndToTheFolder) {
  const auto folder = version();
  ASSERT_EQ(publish(tighter(), folder).status, 200);
  const auto first = version();
  const auto second_text = with("gates.toml", margin, "least_margin_permille = 200");
  ASSERT_EQ(publish(second_text, first).status, 200);
  const auto second = version();

  EXPECT_EQ(roll_back(first, first).status, 409) << "another is in force";
  EXPECT_EQ(roll_back("no-such-version", second).status, 404);
  const auto back = roll_back(first, second);
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_EQ(version(), first);

  const auto own = roll_back("", first);
  ASSERT_EQ(own.status, 200) << own.body;
  EXPECT_FALSE(files()["published"].boolean());
  EXPECT_FALSE(
      engine::read_overlay(*world.store, TenantId{1}, world.engine->vault()).value().policy);
  EXPECT_EQ(roll_back("", folder).status, 422) << "it is in force already";

  std::string deeds;
  std::string cursor;
  do {
    const auto page = world.get_json("/api/v1/policy/versions?limit=1&cursor=" + cursor);
    ASSERT_EQ(page["items"].items().size(), 1u);
    deeds += page["items"].items()[0]["deed"].string() + " ";
    cursor = page["next_cursor"].string();
  } while (!cursor.empty());
  EXPECT_EQ(std::ranges::count(deeds, ' '), 4);
  EXPECT_EQ(begun, 4);
}

TEST_F(PolicyDesk, TakesBackWhatTheEngineWillNotBeginWith) {
  const auto folder = version();
  begins = fail(ErrorCode::Unavailable, "a step is under way");
  const auto refused = publish(tighter(), folder);
  EXPECT_EQ(refused.status, 503) << refused.body;
  EXPECT_EQ(version(), folder);
  EXPECT_FALSE(files()["published"].boolean());
  EXPECT_TRUE(world.get_json("/api/v1/policy/versions")["items"].items().empty());
  begins = {};
  EXPECT_EQ(publish(tighter(), folder).status, 200);
}

TEST_F(PolicyDesk, TriesADraftOnPastOrders) {
  for (std::int64_t order = 1; order <= 25; ++order) world.import_order(order);
  const auto tried = [&](const engine::PolicyText& text, std::int64_t most) {
    auto body = draft(text);
    body.set("orders", most);
    const auto response = post("trials", body);
    EXPECT_EQ(response.status, 201) << response.body;
    auto report = *parse_json(response.body);
    const auto path = "/api/v1/policy/trials/" + report["trial"].string();
    for (int i = 0; i < 200 && report["state"].string() == "running"; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      report = world.get_json(path);
    }
    EXPECT_EQ(report["state"].string(), "done") << to_text(report);
    return report;
  };
  const auto same = tried(shipped_text(), 2000);
  EXPECT_EQ(same["tried"].integer(), 25);
  EXPECT_EQ(same["changed"].integer(), 0) << to_text(same);
  EXPECT_EQ(same["same"].integer(), 25) << to_text(same);

  // No order may go to Great Britain any more, where all of these go.
  const auto stricter =
      with("channels.toml", "excluded_countries = [", "excluded_countries = [\"GB\", ");
  EXPECT_EQ(tried(stricter, 7)["tried"].integer(), 7);
  const auto report = tried(stricter, 2000);
  EXPECT_EQ(report["changed"].integer(), 25) << to_text(report);
  const auto path = "/api/v1/policy/trials/" + report["trial"].string();
  const auto page = world.get_json(path + "/orders?limit=20");
  ASSERT_EQ(page["items"].items().size(), 20u);
  EXPECT_EQ(page["items"].items()[0]["store_number"].string(), "#1025") << "the newest first";
  EXPECT_NE(to_text(page["items"].items()[0]["differs"]).find("gate destination"),
            std::string::npos);
  const auto rest =
      world.get_json(path + "/orders?limit=20&cursor=" + page["next_cursor"].string());
  EXPECT_EQ(rest["items"].items().size(), 5u);
  EXPECT_TRUE(rest["next_cursor"].is_null());
  EXPECT_EQ(world.get(path + "/orders?cursor=x").status, 422);

  // What it found stays until another one begins.
  EXPECT_EQ(world.ask("DELETE", path, world.signed_in()).status, 204);
  EXPECT_EQ(world.get_json(path)["state"].string(), "done");
  tried(stricter, 1);
  EXPECT_EQ(world.get(path).status, 404);
}

TEST_F(PolicyDesk, ATrialEndsWhenItIsStoppedOrLeftAlone) {
  api::PolicyTrial trial("try_1", "admin", world.engine->setup(), *world.store, shipped_policy(),
                         2000, world.clock.now());
  for (std::int64_t order = 1; order <= 45; ++order) world.import_order(order);
  EXPECT_TRUE(trial.work(world.clock.now()));
  EXPECT_EQ(trial.report(world.clock.now()).counts.tried, 20);
  world.clock.pass(seconds(29));
  EXPECT_TRUE(trial.work(world.clock.now()));
  world.clock.pass(seconds(2));
  EXPECT_FALSE(trial.running(world.clock.now()));
  EXPECT_FALSE(trial.work(world.clock.now()));
  EXPECT_EQ(trial.report(world.clock.now()).state, api::TrialState::Cancelled);
  EXPECT_EQ(trial.report(world.clock.now()).counts.tried, 40);

  api::PolicyTrial other("try_2", "admin", world.engine->setup(), *world.store, shipped_policy(),
                         2000, world.clock.now());
  EXPECT_TRUE(other.work(world.clock.now()));
  other.cancel();
  EXPECT_FALSE(other.work(world.clock.now()));
}

TEST_F(PolicyDesk, TriesNothingThatHasProblems) {
  const auto broken = with("gates.toml", margin, "least_margin_permille = ");
  EXPECT_EQ(post("trials", draft(broken)).status, 422);
  auto body = draft(tighter());
  body.set("orders", 0);
  EXPECT_EQ(post("trials", body).status, 422);
}

}  // namespace
}  // namespace holdfast::api_tests
