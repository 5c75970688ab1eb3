// The commands over a memory store that `store fill` filled with real decisions.
#include "cli/commands.h"

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "base/hash.h"
#include "cli/alone.h"
#include "cli/history.h"
#include "cli/local.h"
#include "engine/offers.h"
#include "engine/products.h"
#include "engine/settings/policy_files.h"
#include "engine/trial/retry.h"
#include "model/policy_codec.h"
#include "store/memory/memory_store.h"

namespace holdfast::cli {
namespace {

constexpr Instant present{1'790'000'000'000};

class StillClock final : public ports::Clock {
 public:
  Instant now() override { return present; }
};

class CountingEntropy final : public ports::Entropy {
 public:
  std::string bytes(std::size_t count) override {
    std::string bytes;
    while (bytes.size() < count) bytes += std::string(bytes_of(sha256(std::to_string(++drawn_))));
    return bytes.substr(0, count);
  }

 private:
  int drawn_ = 0;
};

std::string own_policy() {
  auto at = std::filesystem::current_path();
  while (!std::filesystem::exists(at / "policy" / "gates.toml") && at.has_relative_path()) {
    at = at.parent_path();
  }
  return (at / "policy").string();
}

class CommandLine : public ::testing::Test {
 protected:
  void SetUp() override {
    outside_.clock = &clock_;
    outside_.entropy = &entropy_;
    auto policy = engine::load_policy(own_policy());
    ASSERT_TRUE(policy) << describe(policy.error());
    setup_.policy = *policy;
    setup_.master_key = std::string(32, 'k');
    vault_ = std::make_unique<engine::Vault>(*engine::Vault::open(setup_.master_key, TenantId{1}));
    store_ = store::make_memory_store();
    desk_.store = store_.get();
    desk_.setup = &setup_;
    desk_.clock = &clock_;
    desk_.outside = &outside_;
    desk_.vault = vault_.get();
    desk_.submit = [this](const ports::StreamKey& stream, const Command& command,
                          const std::string& actor) -> Result<engine::Stepped> {
      auto alone = Alone::open(*store_, clock_, entropy_, setup_);
      if (!alone) return fail(alone.error());
      return (*alone)->submit(stream, command, actor);
    };
    desk_.put_records = [this](std::vector<ports::RecordRow> rows,
                               std::vector<ports::RecordKey> drop) {
      ports::Batch batch;
      batch.put_records = std::move(rows);
      batch.drop_records = std::move(drop);
      return store_->write(batch);
    };
    desk_.state_offers = [this](const std::vector<Offer>& offers) {
      ports::Batch batch;
      for (const auto& offer : offers) {
        batch.put_records.push_back(engine::offer_row(TenantId{1}, offer));
      }
      return store_->write(batch);
    };
    fill(60, 20);
  }

  void fill(std::int64_t orders, std::int64_t open) {
    const auto filled = ask("store fill", {{"orders", orders}, {"open", open}});
    ASSERT_TRUE(filled) << describe(filled.error());
  }

  Answer ask(const std::string& command, Json::Object with = {}) {
    Request request;
    for (const auto word : split(command, ' ')) request.command.emplace_back(word);
    request.with = Json(std::move(with));
    request.actor = "cli:tester";
    return answer(desk_, request);
  }

  /// As store fill works: without limits.
  Policy fill_policy() const {
    auto policy = setup_.policy;
    policy.limits.clear();
    return policy;
  }

  StillClock clock_;
  CountingEntropy entropy_;
  Outside outside_;
  engine::Setup setup_;
  std::unique_ptr<engine::Vault> vault_;
  std::unique_ptr<ports::Store> store_;
  Desk desk_;
};

TEST_F(CommandLine, FilledOrdersAreProvenByTheirEvents) {
  const auto checked = ask("store check", {{"all", true}});
  ASSERT_TRUE(checked);
  EXPECT_TRUE((*checked)["ok"].boolean()) << to_pretty_text(*checked);
  EXPECT_EQ((*checked)["streams"].integer(), 60);
  EXPECT_EQ(store_->counts(TenantId{1})->outbox_unsettled, 0) << "nothing may leave";
}

TEST_F(CommandLine, AFillLeavesAsManyCasesAsWereAskedFor) {
  const auto before = store_->counts(TenantId{1});
  ASSERT_TRUE(before);
  const auto filled = ask("store fill", {{"orders", 9}, {"open", 8}, {"cases", 7}});
  ASSERT_TRUE(filled) << describe(filled.error());
  const auto now = store_->counts(TenantId{1});
  ASSERT_TRUE(now);
  EXPECT_EQ(now->open_exceptions - before->open_exceptions, 7);
}

TEST_F(CommandLine, AFilledOrderRunsItsWholeWay) {
  const auto shown = ask("order show", {{"order", "F1"}});
  ASSERT_TRUE(shown) << describe(shown.error());
  EXPECT_EQ((*shown)["stage"].string(), "delivered");
  EXPECT_EQ((*shown)["live"].boolean(), false) << to_pretty_text(*shown);
  const auto& po = (*shown)["purchase_orders"].items().at(0)["po"].string();
  const auto by_po = ask("order show", {{"order", po}});
  ASSERT_TRUE(by_po);
  EXPECT_EQ(*by_po, *shown);
  const auto text = order_show_text(*shown);
  for (const auto* part : {"#F1", "Gates", "Lines", "Purchase orders", "carrier has it since"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(ask("order show", {{"order", "nope"}}).error().code, ErrorCode::NotFound);
}

TEST_F(CommandLine, ExplainingNamesChoiceScoreAndPolicy) {
  const auto explained = ask("order explain", {{"order", "#F2"}});
  ASSERT_TRUE(explained);
  const auto& decision = (*explained)["decisions"].items().at(0);
  EXPECT_EQ(decision["outcome"].string(), "decided");
  EXPECT_EQ(decision["policy"].string(), engine::policy_hash(fill_policy()));
  const auto text = order_explain_text(*explained);
  EXPECT_NE(text.find("from fill-supplier as S-"), std::string::npos) << text;
  EXPECT_NE(text.find("scored "), std::string::npos) << text;
}

TEST_F(CommandLine, ListsGoOnWhereTheyEnded) {
  const auto first = ask("order list", {{"limit", 50}});
  ASSERT_TRUE(first);
  EXPECT_EQ((*first)["orders"].items().size(), 50u);
  const auto second = ask("order list", {{"limit", 50}, {"cursor", (*first)["cursor"]}});
  ASSERT_TRUE(second);
  EXPECT_EQ((*second)["orders"].items().size(), 10u);
  EXPECT_TRUE((*second)["cursor"].is_null());
  EXPECT_FALSE(ask("order list", {{"cursor", "rubbish"}}));
}

TEST_F(CommandLine, AnExceptionIsDecidedByNameAndOnce) {
  const auto queue = ask("exception list", {{"reason", "unmapped_sku"}});
  ASSERT_TRUE(queue);
  ASSERT_FALSE((*queue)["exceptions"].items().empty());
  const auto& first = (*queue)["exceptions"].items().front();
  const auto& verb = first["options"].items().at(0)["verb"];
  const Json::Object with{{"order", first["order"]},
                          {"number", first["number"]},
                          {"verb", verb},
                          {"note", "seen"},
                          {"root_cause", "own_error"}};
  const auto resolved = ask("exception resolve", with);
  ASSERT_TRUE(resolved) << describe(resolved.error());
  const auto again = ask("exception resolve", with);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::Conflict);
  const auto stream = find_order(desk_, first["order"].string());
  const auto history = read_history(*store_, *stream);
  const auto by_us = [](const Event& event) {
    const auto* decided = event.as<ExceptionResolved>();
    return decided && decided->actor == "cli:tester";
  };
  EXPECT_TRUE(std::ranges::any_of(history->events, by_us));
  const auto checked = ask("store check", {{"all", true}});
  EXPECT_TRUE((*checked)["ok"].boolean()) << to_pretty_text(*checked);
  Json::Object wrong = with;
  wrong[4].second = Json("bad_luck");
  EXPECT_EQ(ask("exception resolve", wrong).error().code, ErrorCode::Invalid);
}

TEST_F(CommandLine, AWrongViewIsFoundAndRebuilt) {
  const auto stream = *find_order(desk_, "F3");
  ports::Batch batch;
  auto row = **store_->order(stream);
  row.stage = "held";
  row.open_exceptions = 3;
  batch.put_orders.push_back(row);
  ASSERT_TRUE(store_->write(batch));
  auto checked = ask("store check", {{"all", true}});
  ASSERT_TRUE(checked);
  EXPECT_FALSE((*checked)["ok"].boolean());
  EXPECT_EQ((*checked)["wrong_views"].integer(), 1);
  const auto rebuilt = ask("store rebuild");
  ASSERT_TRUE(rebuilt);
  EXPECT_EQ((*rebuilt)["rebuilt"].integer(), 60);
  checked = ask("store check", {{"all", true}});
  EXPECT_TRUE((*checked)["ok"].boolean()) << to_pretty_text(*checked);
}

TEST_F(CommandLine, ARebuildKnowsWhatIsSoldAndBoughtWhere) {
  const auto token = engine::supplier_token("fill-supplier");
  const auto sold = engine::listings(*store_, TenantId{1}, 1'000);
  const auto bought = store_->search(TenantId{1}, {token}, 100, 0);
  ASSERT_TRUE(sold && bought);
  ASSERT_FALSE(sold->empty() || bought->empty());
  ports::Batch batch;
  for (const auto& row : *store_->records(TenantId{1}, "listing", "", 250)) {
    batch.drop_records.push_back({row.tenant, row.kind, row.key});
  }
  batch.drop_search = *bought;
  ASSERT_TRUE(store_->write(batch));
  ASSERT_TRUE(store_->search(TenantId{1}, {token}, 100, 0)->empty());
  ASSERT_TRUE(ask("store rebuild"));
  EXPECT_EQ(engine::listings(*store_, TenantId{1}, 1'000)->size(), sold->size());
  EXPECT_EQ(*store_->search(TenantId{1}, {token}, 100, 0), *bought);
}

TEST_F(CommandLine, AChangedEventBreaksItsChain) {
  auto rows = *store_->events(*find_order(desk_, "F4"));
  EXPECT_TRUE(chain_problems(rows, vault_.get()).empty());
  rows[1].bytes += " ";
  EXPECT_FALSE(chain_problems(rows, vault_.get()).empty());
  rows.erase(rows.begin() + 1);
  EXPECT_FALSE(chain_problems(rows, nullptr).empty());
}

TEST_F(CommandLine, CommandsThatNeedTheStoreAloneAreRefusedBesideAServer) {
  desk_.served = true;
  EXPECT_EQ(ask("store rebuild").error().code, ErrorCode::Unavailable);
  EXPECT_EQ(ask("no such").error().code, ErrorCode::Invalid);
}

TEST_F(CommandLine, OffersAreTakenWholeOrNotAtAll) {
  setup_.profiles["acme"] = {};
  const auto bad = ask("import offers", {{"csv",
                                          "sku,supplier,cost,stock\nA,acme,1.50 USD,3\n"
                                          "B,acme,cheap,4\nC,nobody,1.00 USD,-1\n"}});
  ASSERT_TRUE(bad);
  EXPECT_FALSE((*bad)["ok"].boolean());
  const auto& problems = (*bad)["problems"].items();
  ASSERT_EQ(problems.size(), 3u) << to_pretty_text(*bad);
  EXPECT_EQ(problems[0]["line"].integer(), 3);
  EXPECT_EQ(problems[0]["column"].string(), "cost");
  EXPECT_TRUE(store_->records(TenantId{1}, "offer", "", 10)->empty());

  const auto good = ask("import offers", {{"csv", "sku,supplier,cost,stock\nA,acme,1.50 USD,3\n"}});
  ASSERT_TRUE(good);
  EXPECT_TRUE((*good)["ok"].boolean()) << to_pretty_text(*good);
  const auto offers =
      engine::offers_now(*store_, TenantId{1}, {{.sku = "A", .supplier = "acme", .stock = 99}});
  ASSERT_TRUE(offers);
  ASSERT_EQ(offers->size(), 1u);
  EXPECT_EQ(offers->front().stock, 3);
  EXPECT_EQ(offers->front().stated_at, present);
  const auto unknown = ask("import offers", {{"csv", "skuu,supplier,cost\n"}});
  EXPECT_EQ(unknown.error().todo, "did you mean sku?");
}

TEST_F(CommandLine, TrackingIsRecordedByHandWithItsStrength) {
  std::string po;
  for (int i = 60; i > 40 && po.empty(); --i) {
    const auto shown = ask("order show", {{"order", "F" + std::to_string(i)}});
    const bool waits = (*shown)["stage"].string() == "preparing";
    if (waits) po = (*shown)["purchase_orders"].items().at(0)["po"].string();
  }
  ASSERT_FALSE(po.empty());
  const auto csv = "po,carrier,tracking,status,proof,at\n" + po +
                   ",USPS,BYHAND1,carrier_accepted,physical,2026-09-21T10:00:00Z\n"
                   "NOPO,USPS,X,,,\n,USPS,BYHAND1,flying,,\n";
  const auto taken = ask("import tracking", {{"csv", csv}});
  ASSERT_TRUE(taken);
  EXPECT_EQ((*taken)["taken"].integer(), 1) << to_pretty_text(*taken);
  EXPECT_EQ((*taken)["problems"].items().size(), 2u);
  const auto history = read_history(*store_, *find_order(desk_, "BYHAND1"));
  ASSERT_TRUE(history);
  EXPECT_EQ(history->state.parcels.front().strength, Strength::Recorded);
  EXPECT_EQ(history->state.parcels.front().events.size(), 1u);
}

TEST_F(CommandLine, TryingTheSamePolicyChangesNothing) {
  const auto tried =
      ask("policy try", {{"policy", *parse_json(encode_policy(setup_.policy))}, {"orders", 60}});
  ASSERT_TRUE(tried) << describe(tried.error());
  EXPECT_EQ((*tried)["tried"].integer(), 60);
  EXPECT_EQ((*tried)["changed"].integer(), 0) << policy_try_text(*tried);
}

/// One order's decision with everything it was made from at hand.
class Retrying : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    SupplierProfile profile;
    profile.supplier = "fill-supplier";
    profile.vetted = true;
    profile.ship_from = "US";
    profile.mode = Mode::Auto;
    profile.tier = setup_.policy.tiers.front().tier;
    setup_.profiles["fill-supplier"] = profile;
    for (std::int64_t good = 0; good < 200; ++good) {
      Offer offer;
      offer.sku = "FILL-" + std::to_string(good);
      offer.supplier = "fill-supplier";
      offer.supplier_sku = "S-" + std::to_string(good);
      offer.ship_from = "US";
      offer.mode = Mode::Auto;
      setup_.offers.push_back(offer);
    }
    past_ = *engine::read_past(*store_, *find_order(desk_, "F5"));
  }
  std::vector<engine::Recorded> past_;
};

TEST_F(Retrying, TheRecordedChoiceComesOutAgain) {
  const auto retried = engine::retry(*store_, past_, setup_, setup_.policy, setup_.policy);
  ASSERT_TRUE(retried);
  EXPECT_EQ(retried->not_retried, "");
  EXPECT_TRUE(retried->missing.empty());
  EXPECT_TRUE(retried->differs.empty());
}

TEST_F(Retrying, AStricterPolicyIsSeen) {
  auto changed = setup_.policy;
  for (auto& rule : changed.channels) rule.excluded_countries.push_back("US");
  const auto retried = engine::retry(*store_, past_, setup_, setup_.policy, changed);
  ASSERT_TRUE(retried);
  EXPECT_EQ(retried->not_retried, "");
  ASSERT_GE(retried->differs.size(), 2u);
  EXPECT_TRUE(retried->differs.front().starts_with("gate destination: open"));
  EXPECT_TRUE(retried->differs.back().ends_with("→ nothing is bought yet"));
}

TEST_F(Retrying, WhatWasNotStoredIsSaid) {
  // An order from before decisions kept what they compared.
  for (auto& [row, event] : past_) {
    const auto* decided = event.as<RoutingDecided>();
    if (!decided) continue;
    auto bare = *decided;
    bare.facts.clear();
    event = Event(SourcingEvent(bare));
  }
  setup_.offers.clear();
  const auto retried = engine::retry(*store_, past_, setup_, setup_.policy, setup_.policy);
  ASSERT_TRUE(retried);
  EXPECT_FALSE(retried->missing.empty());
  EXPECT_FALSE(retried->not_retried.empty());
}

}  // namespace
}  // namespace holdfast::cli
