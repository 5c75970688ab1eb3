// The export of orders: one CSV file of the filtered list, of the reader's stores, that no
// spreadsheet runs anything of, and that stands in the record of changes.
#include <gtest/gtest.h>

#include "api/csv.h"
#include "base/text.h"
#include "tests/api/world.h"

namespace holdfast::api_tests {
namespace {

constexpr const char* address = "/api/v1/orders/export";

/// Two stores, and people of each.
class Exports : public ::testing::Test {
 protected:
  ApiWorld world{{std::nullopt, {"fern", "moss"}, TenantId{1}, nullptr, ""}};

  net::ServerResponse ask(ports::Headers who, const std::string& query = {}) {
    who.emplace_back("Idempotency-Key", "export-" + std::to_string(++keys_));
    return world.ask("POST", address + query, std::move(who));
  }

  /// The lines of a whole file.
  std::vector<std::string> lines(ports::Headers who, const std::string& query = {}) {
    const auto text = whole_text(ask(std::move(who), query));
    std::vector<std::string> found;
    for (std::size_t at = 0; at < text.size();) {
      const auto end = text.find("\r\n", at);
      found.push_back(text.substr(at, end - at));
      at = end == std::string::npos ? text.size() : end + 2;
    }
    return found;
  }

 private:
  int keys_ = 0;
};

TEST(Csv, ATextThatLooksLikeAFormulaIsOneNoMore) {
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"}) {
    const auto field = api::csv_text(text);
    EXPECT_NE(field.find("'" + std::string(text)), std::string::npos) << field;
  }
  EXPECT_EQ(api::csv_text("a=b"), "a=b");
  EXPECT_EQ(api::csv_plain("-12.00"), "-12.00");
}

TEST(Csv, QuotesCommasAndLineBreaksAreKeptByQuotes) {
  EXPECT_EQ(api::csv_text("a,b"), "\"a,b\"");
  EXPECT_EQ(api::csv_text("5\" screen"), "\"5\"\" screen\"");
  EXPECT_EQ(api::csv_text("=\"x\",1"), "\"'=\"\"x\"\",1\"");
  EXPECT_EQ(api::csv_line({"a", "", "b"}), "a,,b\r\n");
}

TEST_F(Exports, TheFileHoldsEveryOrderOverAllPages) {
  for (std::int64_t id = 1; id <= 600; ++id) world.import_order(id);
  const auto found = lines(world.person("desk", {"operations"}));
  ASSERT_EQ(found.size(), 601u);
  EXPECT_TRUE(found[0].starts_with("order,store,store_number,stage,")) << found[0];
  EXPECT_TRUE(found[0].ends_with(",suppliers,tracking")) << found[0];
  EXPECT_NE(found[1].find(",fern,#1600,"), std::string::npos) << found[1];
  EXPECT_NE(found[600].find(",fern,#1001,"), std::string::npos) << found[600];
  EXPECT_NE(found[600].find(",78.00,EUR,GB,standard,1,2,lumen,"), std::string::npos) << found[600];
}

TEST_F(Exports, ASearchHoldsEveryOrderOfTheStoresItIsFor) {
  for (std::int64_t id = 1; id <= 5; ++id) world.import_order(id);
  for (std::int64_t id = 6; id <= 305; ++id) world.import_order(id, "moss");
  const auto all = world.person("desk", {"operations"});
  const auto fern = world.person("one", {"operations"}, {"fern"});
  EXPECT_EQ(lines(all, "?q=LAMP-W").size(), 306u);
  EXPECT_EQ(lines(all, "?q=LAMP-W&channel=fern").size(), 6u);
  EXPECT_EQ(lines(fern, "?q=LAMP-W").size(), 6u) << "older than the newest 250 of all stores";
  const auto page = world.ask("GET", "/api/v1/orders?q=LAMP-W&limit=3", fern);
  const auto first = parse_json(page.body).value();
  ASSERT_EQ(first["items"].items().size(), 3u);
  const auto rest = world.ask(
      "GET", "/api/v1/orders?q=LAMP-W&limit=3&cursor=" + first["next_cursor"].string(), fern);
  EXPECT_EQ(parse_json(rest.body).value()["items"].items().size(), 2u);
  EXPECT_TRUE(parse_json(rest.body).value()["next_cursor"].is_null());
}

TEST_F(Exports, TheFiltersOfTheListCount) {
  world.import_order(1);
  world.clock.pass(days(1));
  world.import_order(2, "moss");
  const auto who = world.person("desk", {"operations"});
  const auto count = [&](const std::string& query) { return lines(who, query).size() - 1; };
  EXPECT_EQ(count("?channel=moss"), 1u);
  EXPECT_EQ(count("?country=gb"), 2u);
  EXPECT_EQ(count("?country=DE"), 0u);
  EXPECT_EQ(count("?supplier=lumen&procedure=standard"), 2u);
  EXPECT_EQ(count("?supplier=nobody"), 0u);
  EXPECT_EQ(count("?placed_from=2026-03-05T00:00:00Z"), 1u);
  EXPECT_EQ(count("?placed_to=2026-03-05T00:00:00Z"), 1u);
  EXPECT_EQ(count("?q=%231001"), 1u);
  EXPECT_EQ(ask(who, "?placed_from=yesterday").status, 422);
  EXPECT_EQ(ask(who, "?held=perhaps").status, 422);
}

TEST_F(Exports, OverdueIsWhatStillRunsPastItsPromise) {
  world.import_order(1);
  const auto overdue = [&] {
    return lines(world.person("desk", {"operations"}), "?overdue=true").size() - 1;
  };
  EXPECT_EQ(overdue(), 0u);
  world.clock.pass(days(60));
  EXPECT_EQ(overdue(), 1u);
}

TEST_F(Exports, WhoWorksForOneStoreGetsItsOrdersOnly) {
  world.import_order(1, "fern");
  world.import_order(2, "moss");
  const auto found = lines(world.person("fern-desk", {"operations"}, {"fern"}));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_NE(found[1].find(",fern,"), std::string::npos) << found[1];
}

TEST_F(Exports, WithoutTheRightThereIsNoFile) {
  world.import_order(1);
  EXPECT_EQ(ask(world.person("bench", {"quality"})).status, 403);
  EXPECT_EQ(ask({}).status, 401);
}

TEST_F(Exports, BuyersAreInItOnlyWhenAskedForByWhoMaySeeThem) {
  world.import_order(1);
  const auto plain = whole_text(ask(world.person("desk", {"operations"})));
  EXPECT_EQ(plain.find("Example Buyer"), std::string::npos);
  const auto with = whole_text(ask(world.person("desk", {"operations"}), "?buyers=true"));
  EXPECT_NE(with.find("Example Buyer,buyer@example.com,'+442079460000,"), std::string::npos)
      << with;
  const auto finance = world.person("finance", {"finance"});
  EXPECT_EQ(ask(finance).status, 200);
  const auto refused = ask(finance, "?buyers=true");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.stream, nullptr);
}

TEST_F(Exports, WhoMayNotSeeBuyersFindsNoOrderByOne) {
  world.import_order(1);
  EXPECT_EQ(lines(world.person("desk", {"operations"}), "?q=buyer").size(), 2u);
  EXPECT_EQ(lines(world.person("finance", {"finance"}), "?q=buyer").size(), 1u);
  EXPECT_EQ(lines(world.person("finance", {"finance"}), "?q=buyer%40example.com").size(), 1u);
}

TEST_F(Exports, EveryOneStandsInTheRecordOfChanges) {
  world.import_order(1);
  world.signed_in();  // itself a deed
  whole_text(ask(world.person("desk", {"operations"}), "?stage=held&q=Example%20Buyer"));
  const auto deed = world.get_json("/api/v1/audit?limit=1")["items"].items()[0];
  EXPECT_EQ(deed["deed"].string(), "orders_exported");
  EXPECT_EQ(deed["actor"].string(), "desk");
  EXPECT_EQ(deed["detail"].string(), "stage held, a search");
}

TEST_F(Exports, AReaderWhoLeavesEndsItAndAFewAtATimeAreMade) {
  world.import_order(1);
  const auto who = world.person("desk", {"operations"});
  std::vector<net::ServerResponse> open;
  for (int i = 0; i < 4; ++i) open.push_back(ask(who));
  EXPECT_EQ(ask(who).status, 503);
  for (auto& one : open) one.stream->close();
  open.clear();
  EXPECT_EQ(lines(who).size(), 2u);
}

/// Whether a file on its way ends soon without being whole, as its reader sees it.
bool breaks_off(const net::ServerResponse& response) {
  whole_text(response);
  return response.stream->closed() && !response.stream->whole();
}

TEST_F(Exports, OneOnItsWayKeepsNoRequestAndBreaksOffWhenTheApiEnds) {
  for (std::int64_t id = 1; id <= 300; ++id) world.import_order(id);
  auto headers = world.person("desk", {"operations"});
  headers.emplace_back("Idempotency-Key", "export-held");
  net::ServerRequest request;
  request.method = "POST";
  request.target = request.path = address;
  request.headers = std::move(headers);
  request.remote_address = "127.0.0.1";
  auto held = std::make_shared<int>(0);
  const std::weak_ptr<int> kept = held;
  auto answered = std::make_shared<std::promise<net::ServerResponse>>();
  auto answer = answered->get_future();
  world.api->handle(std::move(request),
                    net::Responder([answered, held = std::move(held)](net::ServerResponse made) {
                      answered->set_value(std::move(made));
                    }));
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  const auto response = answer.get();
  for (int waits = 0; waits < 2'000 && !kept.expired(); ++waits) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_TRUE(kept.expired());
  world.api.reset();
  EXPECT_TRUE(breaks_off(response));
}

TEST_F(Exports, OneOnItsWayEndsWithItsSession) {
  for (std::int64_t id = 1; id <= 300; ++id) world.import_order(id);
  const auto who = world.person("desk", {"operations"});
  const auto signed_out = ask(who);
  EXPECT_EQ(world.ask("DELETE", "/api/v1/session", who).status, 204);
  EXPECT_TRUE(breaks_off(signed_out));
  const auto expired = ask(world.person("desk", {"operations"}));
  world.clock.pass(days(60));
  EXPECT_TRUE(breaks_off(expired));
}

}  // namespace
}  // namespace holdfast::api_tests
