// Who may take which way out of a case: no less is asked than of the command of the same deed.
#include <gtest/gtest.h>

#include "tests/api/browser.h"

namespace holdfast::api_tests {
namespace {

ApiWorldOptions shipped() {
  ApiWorldOptions options;
  options.policy = shipped_policy();
  return options;
}

struct WaysOut : testing::Test {
  WaysOut() : world(shipped()) { world.import_order(1); }

  net::ServerResponse post(const std::string& path, const ports::Headers& who,
                           const std::string& body) {
    auto headers = with_json(who);
    headers.emplace_back("Idempotency-Key", "key-" + std::to_string(++asked_));
    return world.ask("POST", "/api/v1/" + path, std::move(headers), body);
  }

  /// The number of a case that somebody raised with no more than the right to write notes.
  std::string raise(const std::string& reason, const std::string& about) {
    const auto raised = post("orders/ord_1/commands", world.person("clerk", {"customer_service"}),
                             R"({"command":"RaiseException","reason":")" + reason +
                                 R"(","about":")" + about + R"(","detail":"look at this"})");
    EXPECT_EQ(raised.status, 200) << raised.body;
    const auto open = world.get_json("/api/v1/exceptions");
    for (const auto& item : open["items"].items()) {
      if (item["reason"].string() == reason && item["about"].string() == about) {
        return std::to_string(item["number"].integer());
      }
    }
    ADD_FAILURE() << "no case was opened for " << reason << ": "
                  << world.get("/api/v1/exceptions").body.substr(0, 1000);
    return "0";
  }

  int resolve(const std::string& number, const ports::Headers& who, const std::string& verb) {
    return post("exceptions/ord_1/" + number + "/resolve", who,
                R"({"verb":")" + verb +
                    R"(","note":"so be it","root_cause":"own_error","rule_change":false})")
        .status;
  }

  /// What a decision about many at once would do to this one case.
  Json tried(const std::string& number, const ports::Headers& who, const std::string& verb) {
    const auto answer =
        post("exceptions/resolve", who,
             R"({"items":[{"stream":"ord_1","number":)" + number + R"(}],"dry_run":true,"verb":")" +
                 verb + R"(","note":"all","root_cause":"own_error","rule_change":false})");
    return json_of(answer)["rows"].items().at(0);
  }

  /// An option of a case as somebody is shown it.
  Json option(const std::string& number, const ports::Headers& who, const std::string& verb) {
    const auto shown = json_of(world.ask("GET", "/api/v1/exceptions/ord_1/" + number, who));
    for (const auto& one : shown["exception"]["options"].items()) {
      if (one["verb"].string() == verb) return one;
    }
    ADD_FAILURE() << "the case does not offer " << verb << ": " << to_text(shown).substr(0, 300);
    return {};
  }

  ApiWorld world;

 private:
  int asked_ = 0;
};

TEST_F(WaysOut, ARaisedCaseIsNoWayRoundAGatesReleaser) {
  const auto owner = world.person("boss", {"owner"});
  const auto desk = world.person("desk", {"operations"});
  const auto buyer = world.person("buyer", {"purchasing"});
  const auto number = raise("margin_breach", "carrier_scan");
  EXPECT_EQ(resolve(number, desk, "override"), 403) << "the gate is the owner's to release";
  EXPECT_EQ(resolve(number, buyer, "override"), 403);
  EXPECT_FALSE(tried(number, desk, "override")["ok"].boolean());
  EXPECT_NE(tried(number, desk, "override")["what"].string().find("owner"), std::string::npos);
  EXPECT_TRUE(tried(number, owner, "override")["ok"].boolean());
}

TEST_F(WaysOut, WhatIsNoGateIsNotOverridden) {
  const auto number = raise("margin_breach", "HF-1 line 1");
  EXPECT_EQ(resolve(number, world.person("boss", {"owner"}), "override"), 403);
}

TEST_F(WaysOut, AHoldKeepsItsOwnReasonWhateverTheCaseSays) {
  const auto placed = post("orders/ord_1/commands", world.signed_in(),
                           R"({"command":"PlaceHold","hold":"stolen card","reason":"fraud_hold"})");
  ASSERT_EQ(placed.status, 200) << placed.body;
  const auto number = raise("ambiguous_refund", "stolen card");
  const auto buyer = world.person("buyer", {"purchasing"});
  const auto finance = world.person("finance", {"finance"});
  EXPECT_EQ(resolve(number, buyer, "release"), 403);
  EXPECT_EQ(tried(number, buyer, "release")["ok"].boolean(), false);
  EXPECT_EQ(resolve(number, finance, "release"), 200);
}

TEST_F(WaysOut, AnOptionSaysWhetherItsReaderMayTakeItAndWhoMay) {
  const auto number = raise("margin_breach", "margin");
  const auto clerk = world.person("clerk", {"customer_service"});
  const auto shown = option(number, clerk, "override");
  EXPECT_FALSE(shown["may"].boolean());
  ASSERT_EQ(shown["who"].items().size(), 1u);
  EXPECT_EQ(shown["who"].items()[0].string(), "owner");
  EXPECT_TRUE(option(number, world.person("boss", {"owner"}), "override")["may"].boolean());
  EXPECT_TRUE(option(number, clerk, "cancel")["may"].boolean());
  const auto auditor = option(number, world.person("auditor", {"auditor"}), "cancel");
  EXPECT_FALSE(auditor["may"].boolean()) << "who only reads decides nothing";
}

}  // namespace
}  // namespace holdfast::api_tests
