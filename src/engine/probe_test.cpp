#include "engine/probe.h"

#include <gtest/gtest.h>

#include "engine/partners.h"

namespace holdfast::engine {
namespace {

/// Answers every request with what it was given.
class EchoTransport : public ports::Transport {
 public:
  explicit EchoTransport(ports::Response answer) : answer_(std::move(answer)) {}
  void send(ports::Request request, Duration, std::function<void(ports::Response)> done) override {
    asked.push_back(std::move(request));
    done(answer_);
  }
  std::vector<ports::Request> asked;

 private:
  ports::Response answer_;
};

ports::Account supplier() {
  return {"north",
          "http_json",
          {{"base_url", "https://north.example/api"}},
          {{"auth_value", "Bearer never-shown"}}};
}

ProbeResult tried(ports::Transport& transport, ports::Account account, const char* room) {
  ProbeResult told;
  probe({}, transport, room, std::move(account), seconds(15),
        [&](const ProbeResult& result) { told = result; });
  return told;
}

TEST(Probe, AsksThroughTheConnectorAndSaysWhatCameBack) {
  EchoTransport fits(ports::HttpResponse{404, {}, R"({"error":"not_found"})"});
  const auto told = tried(fits, supplier(), "supplier");
  EXPECT_TRUE(told.ok) << told.detail;
  EXPECT_EQ(told.how, ProbeResult::How::Asked);
  EXPECT_EQ(told.address, "https://north.example/api/orders/HF-TEST");
  ASSERT_EQ(fits.asked.size(), 1u);
}

TEST(Probe, TellsNoSecretThatThePartnerRepeats) {
  EchoTransport rude(ports::HttpResponse{400, {}, R"({"error":"bad key Bearer never-shown"})"});
  const auto told = tried(rude, supplier(), "supplier");
  EXPECT_FALSE(told.ok);
  EXPECT_EQ(told.detail.find("never-shown"), std::string::npos) << told.detail;
  EXPECT_NE(told.detail.find("HTTP 400"), std::string::npos) << told.detail;
}

TEST(Probe, HandsNoMailOver) {
  EchoTransport server(ports::MailResponse{250, "2.0.0 OK"});
  const auto told = tried(
      server,
      {"mail", "smtp", {{"server", "smtps://mail.example:465"}, {"from", "a@shop.example"}}, {}},
      "notifier");
  EXPECT_TRUE(told.ok) << told.detail;
  ASSERT_EQ(server.asked.size(), 1u);
  EXPECT_TRUE(std::get<ports::MailRequest>(server.asked[0]).greet_only);
}

TEST(Probe, SaysSoWhereThereIsNothingToReach) {
  EchoTransport nobody(ports::TransportFailure{});
  const auto told = tried(nobody, {"hand", "manual", {}, {}}, "supplier");
  EXPECT_TRUE(told.ok);
  EXPECT_EQ(told.how, ProbeResult::How::Nothing);
  EXPECT_TRUE(nobody.asked.empty());
}

TEST(Partners, KeepsTheLastTroublesAndNoSecret) {
  Partners partners;
  const auto account = supplier();
  ports::Outcome outcome;
  outcome.kind = ports::Outcome::Kind::NotSent;
  for (std::size_t i = 0; i < Partners::most_troubles + 5; ++i) {
    outcome.detail = "no " + std::to_string(i) + " for Bearer never-shown";
    partners.went_wrong(account, "PlacePurchaseOrder", outcome, {static_cast<std::int64_t>(i)});
  }
  const auto news = partners.of("north");
  ASSERT_EQ(news.troubles.size(), Partners::most_troubles);
  EXPECT_EQ(news.troubles.front().detail, "no 24 for …");
  EXPECT_EQ(news.went_wrong, 25);
  EXPECT_EQ(news.last_ok, Instant{});
  partners.went_well("north", {99});
  EXPECT_EQ(partners.of("north").last_ok, Instant{99});
  EXPECT_EQ(partners.of("nobody").went_well, 0);
}

TEST(Partners, ALimitOfAllStopsEverySupplier) {
  Partners partners;
  partners.stopped({{"north", "3 orders an hour"}});
  EXPECT_EQ(partners.stopped_by("north"), "3 orders an hour");
  EXPECT_EQ(partners.stopped_by("south"), "");
  partners.stopped({{"*", "9 orders a day"}});
  EXPECT_EQ(partners.stopped_by("south"), "9 orders a day");
}

}  // namespace
}  // namespace holdfast::engine
