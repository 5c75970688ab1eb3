// Notes that call somebody: who is called, who finds it, and what nobody else learns.
#include "api/mentions.h"

#include <gtest/gtest.h>

#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

std::vector<std::string> names_in(const std::string& text, const std::vector<std::string>& known) {
  std::vector<api::User> users;
  for (const auto& name : known) {
    users.emplace_back();
    users.back().id = "usr_" + name;
    users.back().name = name;
  }
  std::vector<std::string> found;
  for (const auto& user : api::named_in(text, users)) found.push_back(user.name);
  return found;
}

using Names = std::vector<std::string>;

TEST(Mentions, ANameStandsBehindAnAtAndEndsWhereAWordEnds) {
  const Names known{"bench", "bench two", "desk", "夜班"};
  EXPECT_EQ(names_in("@bench, please look", known), Names{"bench"});
  EXPECT_EQ(names_in("ask @Bench Two and @desk.", known), (Names{"bench two", "desk"}));
  EXPECT_EQ(names_in("(@desk) @DESK", known), Names{"desk"});
  EXPECT_EQ(names_in("@夜班请看", known), Names{"夜班"});
  EXPECT_EQ(names_in("mail@desk.example", known), Names{});
  EXPECT_EQ(names_in("@desks @desk-two @", known), Names{});
}

class Notes : public ::testing::Test {
 protected:
  Notes() { world.import_order(1, "fern"); }

  ApiWorld world{{std::nullopt, {"fern", "moss"}, TenantId{1}, nullptr, ""}};

  net::ServerResponse post(ports::Headers who, const std::string& path, const std::string& body) {
    who = with_json(std::move(who));
    who.emplace_back("Idempotency-Key", "note-" + std::to_string(++keys_));
    return world.ask("POST", path, std::move(who), body);
  }

  /// Writes a note about order 1 and gives the names of those who were told.
  std::string note(const ports::Headers& who, const std::string& text) {
    const auto done = post(who, world.order_path(1) + "/commands",
                           R"({"command":"AddNote","text":")" + text + R"("})");
    EXPECT_EQ(done.status, 200) << done.body;
    return to_text(parse_json(done.body).value()["mentioned"]);
  }

  Json json(const ports::Headers& who, const std::string& path) {
    return parse_json(world.ask("GET", path, who).body).value_or(Json());
  }

  std::int64_t unread(const ports::Headers& who) {
    return json(who, "/api/v1/mentions/count")["unread"].integer();
  }

 private:
  int keys_ = 0;
};

TEST_F(Notes, WhoIsCalledFindsTheNoteAndNobodyElseDoes) {
  const auto desk = world.person("desk", {"operations"}),
             bench = world.person("bench", {"quality"}), other = world.person("other", {"quality"});
  EXPECT_EQ(note(desk, "@bench the box is wet"), R"(["bench"])");
  EXPECT_EQ(unread(bench), 1);
  const auto found = json(bench, "/api/v1/mentions")["items"].items();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]["order"].string(), "ord_1");
  EXPECT_EQ(found[0]["store_number"].string(), "#1001");
  EXPECT_EQ(found[0]["by"].string(), "desk");
  EXPECT_EQ(found[0]["text"].string(), "@bench the box is wet");
  EXPECT_TRUE(found[0]["unread"].boolean());
  const auto notes = world.get_json(world.order_path(1))["notes"].items();
  EXPECT_EQ(found[0]["event"].integer(), notes.back()["event"].integer());
  for (const auto& who : {desk, other}) {
    EXPECT_TRUE(json(who, "/api/v1/mentions")["items"].items().empty());
    EXPECT_EQ(unread(who), 0);
  }
}

TEST_F(Notes, ANoteThatCallsNobodyStaysANote) {
  const auto desk = world.person("desk", {"operations"});
  EXPECT_EQ(note(desk, "asked by phone"), "[]");
  EXPECT_EQ(note(desk, "@nobody @desk buyer@example.com"), "[]");
  EXPECT_EQ(world.get_json(world.order_path(1))["notes"].items().size(), 2u);
}

TEST_F(Notes, NobodyIsCalledWhoMayNotSeeTheOrder) {
  const auto desk = world.person("desk", {"operations"});
  const auto moss = world.person("moss desk", {"operations"}, {"moss"});
  const auto maker = world.person("maker", {"supplier"});
  EXPECT_EQ(note(desk, "@moss desk and @maker"), "[]");
  EXPECT_EQ(unread(moss), 0);
}

TEST_F(Notes, WhoLosesAStoreNoLongerSeesItsNotes) {
  const auto desk = world.person("desk", {"operations"});
  world.person("bench", {"quality"});
  note(desk, "@bench look");
  const auto elsewhere = world.person("bench", {"quality"}, {"moss"});
  EXPECT_TRUE(json(elsewhere, "/api/v1/mentions")["items"].items().empty());
}

TEST_F(Notes, TheNewestStandsFirstAndWhatWasReadStaysRead) {
  const auto desk = world.person("desk", {"operations"}),
             bench = world.person("bench", {"quality"});
  for (const char* text : {"@bench one", "@bench two", "@bench three"}) {
    note(desk, text);
    world.clock.pass(minutes(1));
  }
  const auto first = json(bench, "/api/v1/mentions?limit=2");
  ASSERT_EQ(first["items"].items().size(), 2u);
  EXPECT_EQ(first["items"].items()[0]["text"].string(), "@bench three");
  const auto rest = json(bench, "/api/v1/mentions?cursor=" + first["next_cursor"].string());
  ASSERT_EQ(rest["items"].items().size(), 1u);
  EXPECT_EQ(rest["items"].items()[0]["text"].string(), "@bench one");
  EXPECT_TRUE(rest["next_cursor"].is_null());

  const auto second = first["items"].items()[1]["id"].string();
  const auto read = [&](const std::string& until) {
    return post(bench, "/api/v1/mentions/read", R"({"until":")" + until + R"("})");
  };
  EXPECT_EQ(parse_json(read(second).body).value()["unread"].integer(), 1);
  EXPECT_EQ(unread(bench), 1);
  // An older one read again makes no newer one unread.
  EXPECT_EQ(
      parse_json(read(rest["items"].items()[0]["id"].string()).body).value()["unread"].integer(),
      1);
  EXPECT_EQ(read("none").status, 404);
  note(desk, "@bench four");
  EXPECT_EQ(unread(bench), 2);
}

TEST_F(Notes, TheRecordDoesNotKeepTheText) {
  note(world.person("desk", {"operations"}), "@admin the buyer is allergic");
  const auto rows = world.store->records(TenantId{1}, "mention", "", 10).value();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].bytes.find("allergic"), std::string::npos);
}

TEST_F(Notes, WhoIsCalledIsToldAtOnceAndNobodyElse) {
  const auto desk = world.person("desk", {"operations"}),
             bench = world.person("bench", {"quality"});
  const auto hers = world.ask("GET", "/api/v1/events", bench),
             his = world.ask("GET", "/api/v1/events", desk);
  note(desk, "@bench look");
  EXPECT_NE(hers.stream->take().find("event: mention\n"), std::string::npos);
  EXPECT_EQ(his.stream->take().find("event: mention\n"), std::string::npos);
}

TEST_F(Notes, ColleaguesAreThoseWhoShareAStoreByNameAndRoleOnly) {
  world.person("moss desk", {"operations"}, {"moss"});
  world.person("maker", {"supplier"});
  world.person("bench", {"quality"});
  const auto fern = world.person("fern desk", {"operations"}, {"fern"});
  const auto names = [&](const std::string& query) {
    std::string found;
    const auto answer = json(fern, "/api/v1/colleagues" + query);
    for (const auto& one : answer["items"].items()) {
      EXPECT_EQ(one.members().size(), 2u);
      found += one["name"].string() + ";";
    }
    return found;
  };
  EXPECT_EQ(names(""), "admin;bench;");
  EXPECT_EQ(names("?q=BE"), "bench;");
  EXPECT_EQ(names("?channel=moss"), "");
  EXPECT_EQ(names("?limit=1"), "admin;");
}

}  // namespace
}  // namespace holdfast::api_tests
