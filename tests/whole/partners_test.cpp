// Conversations with partners as a whole: lost pushes, lapsed tokens, budgets and order.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

/// A gate before the world's shop that can refuse tokens and their renewal.
class GatedShop {
 public:
  kit::InProcessOptions options() {
    kit::InProcessOptions options;
    options.adjust = [](engine::Setup& setup) {
      auto& shop = setup.channels.front();
      shop.settings["client_id"] = "demo-app";
      shop.secrets.erase("access_token");
    };
    options.http_first = [this](const ports::HttpRequest& request) { return answer(request); };
    return options;
  }

  /// From now on the tokens seen so far are refused.
  void revoke() { revoked_ = seen_; }
  void refuse_renewals(bool refuse) { refuse_renewals_ = refuse; }
  int renewals() const { return renewals_; }
  int refusals() const { return refusals_; }

 private:
  std::optional<ports::Response> answer(const ports::HttpRequest& request) {
    if (!request.url.starts_with("http://shop.test")) return std::nullopt;
    if (request.url.ends_with("/admin/oauth/access_token")) {
      ++renewals_;
      if (!refuse_renewals_) return std::nullopt;
      return ports::HttpResponse{400, {}, "invalid_client"};
    }
    const std::string token(ports::header(request.headers, "X-Shopify-Access-Token"));
    seen_.insert(token);
    if (!revoked_.contains(token)) return std::nullopt;
    ++refusals_;
    return ports::HttpResponse{401, {}, "[API] Invalid API key or access token"};
  }

  std::set<std::string> seen_, revoked_;
  bool refuse_renewals_ = false;
  int renewals_ = 0, refusals_ = 0;
};

/// What the open case about a channel account's trouble says; "" when there is none.
std::string trouble_with(kit::InProcess& world, std::string_view about) {
  for (const auto& row : world.exceptions(true)) {
    if (row.reason == ReasonCode::ChannelTrouble && row.about == about) return row.detail;
  }
  return {};
}

TEST(Partners, ALapsedTokenIsRenewedOnceAndTheRequestRepeated) {
  GatedShop gate;
  kit::InProcess world(gate.options());
  world.place_orders(3, minutes(1));
  world.run(hours(1));
  ASSERT_EQ(gate.renewals(), 1);
  gate.revoke();
  world.place_orders(3, minutes(1));
  world.run(hours(1));
  EXPECT_GE(gate.refusals(), 1);
  EXPECT_EQ(gate.renewals(), 2);
  EXPECT_EQ(world.orders().size(), 6u);
  EXPECT_EQ(trouble_with(world, "credentials"), "");
  EXPECT_EQ(trouble_with(world, "token"), "");
}

TEST(Partners, ARefusedRenewalIsOwnedWhileWebhooksStayAccepted) {
  GatedShop gate;
  kit::InProcess world(gate.options());
  world.place_orders(1, minutes(1));
  world.run(hours(1));
  gate.revoke();
  gate.refuse_renewals(true);
  const auto before = world.engine().health();
  world.place_orders(3, minutes(1));
  world.run(minutes(30));
  const auto after = world.engine().health();
  EXPECT_EQ(world.orders().size(), 1u);
  EXPECT_GE(after.accepted_deliveries, before.accepted_deliveries + 3);
  EXPECT_EQ(after.refused_deliveries, 0);
  EXPECT_NE(trouble_with(world, "token"), "");
  EXPECT_EQ(trouble_with(world, "credentials"), "");  // one cause, one case
  EXPECT_LE(gate.renewals(), 40);                     // at most about one a minute
  gate.refuse_renewals(false);
  world.run(hours(2));
  EXPECT_EQ(world.orders().size(), 4u);
}

TEST(Partners, AShopThatShowsNoOrderIsOwnedAfterSomeTries) {
  bool away = true;
  kit::InProcessOptions options;
  options.http_first = [&](const ports::HttpRequest& request) -> std::optional<ports::Response> {
    if (!away || !request.url.starts_with("http://shop.test")) return std::nullopt;
    return ports::HttpResponse{503, {}, ""};
  };
  kit::InProcess world(std::move(options));
  world.place_orders(1, minutes(1));
  EXPECT_EQ(trouble_with(world, "fetch"), "");  // it may pass by itself
  world.run(hours(1));
  EXPECT_NE(trouble_with(world, "fetch"), "");
  EXPECT_TRUE(world.orders().empty());
  away = false;
  world.run(hours(1));
  EXPECT_EQ(world.orders().size(), 1u);
}

TEST(Partners, ALostPushIsFoundByAskingForTheNumber) {
  kit::InProcess world({});
  world.carry_hooks([&](const ports::HttpRequest& request, const auto& done) {
    const auto account = request.url.substr(request.url.rfind('/') + 1);
    if (account == "tracker") return done(ports::HttpResponse{200, {}, ""});  // lost on the way
    ports::Inbound inbound{request.method, "", "", request.headers, request.body, world.now()};
    world.engine().receive(account, std::move(inbound), [done](const auto& received) {
      done(ports::HttpResponse{received ? 200 : 401, {}, ""});
    });
  });
  world.place_orders(6, minutes(10));
  world.run(days(25));
  for (const auto& order : world.orders()) {
    EXPECT_EQ(order.stage, "delivered") << order.store_number << " " << order.summary;
  }
}

TEST(Partners, ASupplierIsNeverAskedMoreThanItsBudget) {
  std::map<std::string, std::vector<Instant>> asked;
  const kit::InProcess* opened = nullptr;
  kit::InProcessOptions options;
  options.adjust = [](engine::Setup& setup) {
    for (auto& supplier : setup.suppliers) {
      supplier.settings["requests_per_minute"] = "2";
      supplier.settings["burst"] = "2";
    }
  };
  options.http_first = [&](const ports::HttpRequest& request) -> std::optional<ports::Response> {
    constexpr std::string_view suppliers = "http://rest.test/";
    if (!request.url.starts_with(suppliers)) return std::nullopt;
    const auto path = request.url.substr(suppliers.size());
    asked[path.substr(0, path.find('/'))].push_back(opened->now());
    return std::nullopt;
  };
  kit::InProcess world(std::move(options));
  opened = &world;
  world.place_orders(30, seconds(1));
  world.run(hours(3));
  std::size_t in_all = 0;
  for (const auto& [supplier, times] : asked) {
    in_all += times.size();
    for (std::size_t i = 0; i + 4 < times.size(); ++i) {
      // Two at once and two a minute after them: a fifth must be later than a minute.
      EXPECT_GE(times[i + 4] - times[i], minutes(1)) << supplier << " request " << i;
    }
  }
  EXPECT_GE(in_all, 25u);
}

TEST(Partners, MailsToOneSupplierDoNotOvertakeEachOther) {
  std::vector<std::string> accepted;
  std::map<std::string, int> tries;
  std::string first;
  kit::InProcessOptions options;
  options.adjust = [](engine::Setup& setup) {
    for (auto& [name, profile] : setup.profiles) profile.suspended = name != "paper";
  };
  options.mail_first = [&](const ports::MailRequest& mail) -> std::optional<ports::Response> {
    if (!mail.from.starts_with("purchasing@")) return std::nullopt;
    if (first.empty()) first = mail.message_id;
    if (mail.message_id == first && ++tries[mail.message_id] <= 4) {
      return ports::MailResponse{451, "4.3.0 try again"};
    }
    accepted.push_back(mail.message_id);
    return std::nullopt;
  };
  kit::InProcess world(std::move(options));
  world.place_orders(12, seconds(30));
  world.run(hours(4));
  ASSERT_GE(accepted.size(), 2u);
  EXPECT_EQ(accepted.front(), first);
}

TEST(Partners, AnOrderThatOnlyAListingNamedSurvivesASuddenEndBeforeItWasFetched) {
  bool refuse = true;
  kit::InProcessOptions options;
  options.faults = {{"#1002", "webhook_lost"}};
  options.http_first = [&](const ports::HttpRequest& request) -> std::optional<ports::Response> {
    const bool fetch = request.body.find("query Order(") != std::string::npos;
    if (!refuse || !fetch) return std::nullopt;
    return ports::HttpResponse{503, {}, "busy"};
  };
  kit::InProcess world(std::move(options));
  world.place_orders(3, minutes(1));
  world.run(hours(3));
  ASSERT_TRUE(world.orders().empty());
  refuse = false;
  world.restart();
  world.run(hours(1));
  EXPECT_EQ(world.orders().size(), 3u);
}

}  // namespace
}  // namespace holdfast
