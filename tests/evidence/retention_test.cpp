#include "engine/retention/retention.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/json.h"
#include "engine/evidence/pack_names.h"
#include "engine/evidence/verify.h"
#include "engine/evidence/zip.h"
#include "engine/orders.h"
#include "tests/evidence/sample.h"

namespace holdfast::engine {
namespace {

using sample::noon;
using sample::tenant;

class StandingClock final : public ports::Clock {
 public:
  Instant now() override { return at; }
  Instant at = noon;
};

Policy keeping() {
  Policy policy;
  policy.retention = {{"raw_messages", "", "", 30}, {"buyer_data", "", "", 730}};
  policy.channels = {ChannelPolicy{.channel = "*"}};
  policy.procedures = {ProcedurePolicy{.procedure = "standard"}};
  for (const auto& [reason, name] : Names<ReasonCode>::table) {
    policy.reasons.push_back({reason, "operations", "", "look", hours(1), {}});
  }
  return policy;
}

ports::InboxRow message(std::int64_t seq, Instant at, ports::InboxState state) {
  ports::InboxRow row;
  row.tenant = tenant;
  row.seq = seq;
  row.account = "shop";
  row.dedupe_key = std::to_string(seq);
  row.subject = "77";
  row.body = "sealed words";
  row.body_hash = sha256("words");
  row.received_at = at;
  row.state = state;
  return row;
}

TEST(Retention, dates_come_from_the_policy) {
  EXPECT_EQ(keep_until(keeping(), "buyer_data", noon), noon + days(730));
  EXPECT_EQ(keep_until(keeping(), "photos", noon), Instant{});
}

TEST(Retention, a_policy_that_says_nothing_is_refused) {
  const auto store = store::make_memory_store();
  EXPECT_EQ(purge(*store, tenant, noon, Policy{}).error().code, ErrorCode::Invalid);
}

TEST(Retention, removes_what_is_due_in_bounded_rounds_and_leaves_the_rest) {
  const auto store = store::make_memory_store();
  ports::Batch rows;
  for (std::int64_t seq = 1; seq <= 5; ++seq) {
    rows.add_inbox.push_back(message(seq, noon - days(31), ports::InboxState::Done));
  }
  rows.add_inbox.push_back(message(6, noon - days(29), ports::InboxState::Done));
  rows.put_sealed = {{sample::order(1), "buyer", "b", noon - days(1)},
                     {sample::order(1), "document:1", "d", noon - days(1)},
                     {sample::order(2), "buyer", "b", noon + days(1)}};
  rows.put_records = {{tenant, "session", "s", "{}", noon - hours(1)}};
  ASSERT_TRUE(store->write(rows));
  auto round = purge(*store, tenant, noon, keeping(), 3);
  ASSERT_TRUE(round);
  EXPECT_TRUE(round->more);
  EXPECT_EQ(round->erase, std::vector<ports::StreamKey>{sample::order(1)});
  ASSERT_TRUE(store->write(round->rows));
  round = purge(*store, tenant, noon, keeping(), 3);
  EXPECT_EQ(round->rows.drop_inbox_bodies.size(), 2U);
  EXPECT_FALSE(round->more);
  ASSERT_TRUE(store->write(round->rows));
  EXPECT_FALSE((*store->inbox(tenant, 6))->body.empty());
  EXPECT_TRUE((*store->inbox(tenant, 1))->body.empty());
  EXPECT_EQ(store->sealed(sample::order(1))->size(), 1U) << "goes with a command, not here";
  EXPECT_TRUE(store->records(tenant, "session", "", 9)->empty());
}

TEST(Retention, a_ledger_names_what_a_restored_store_must_erase_again) {
  const auto store = store::make_memory_store();
  ports::Batch rows;
  rows.put_references = {{tenant, "order:shop", "77", sample::order(1)},
                         {tenant, "order:shop", "78", sample::order(2)}};
  rows.put_sealed = {{sample::order(1), "key", "k", {}}};
  ASSERT_TRUE(store->write(rows));
  const auto ledger = erasure_line({"shop", "77", noon, "retention"}) + "\n" +
                      erasure_line({"shop", "78", noon, "retention"}) + "\n" +
                      erasure_line({"shop", "79", noon, "retention"}) + "\n" +
                      erasure_line({"shop", "77", noon, "retention"}) + "\n";
  EXPECT_EQ(*still_to_erase(*store, tenant, ledger),
            std::vector<ports::StreamKey>{sample::order(1)});
  EXPECT_FALSE(still_to_erase(*store, tenant, ledger + "{\"at\":1}\n").has_value());
}

/// An engine's own step around a store: an order comes in, and its buyer asks to be forgotten.
class Erasing : public testing::Test {
 protected:
  Erasing() : store_(store::make_memory_store()), orders_(make()) {}

  Orders make() {
    setup_.policy = keeping();
    return {Parts{store_.get(), &clock_, &entropy_, nullptr}, setup_, vault_};
  }

  void step(const Command& command) {
    ports::Batch batch;
    const auto done = orders_.step(stream_, command, "channel:shop", batch);
    ASSERT_TRUE(done) << describe(done.error());
    ASSERT_TRUE(store_->write(batch));
    orders_.committed();
  }

  void import_order() {
    ObserveOrder observed;
    observed.order.channel = "shop";
    observed.order.channel_order = "77";
    observed.order.store_number = "#77";
    observed.order.placed_at = noon;
    observed.order.as_of = noon;
    observed.order.currency = "EUR";
    observed.order.total = sample::money("10.00 EUR");
    observed.order.payment = PaymentState::Pending;
    observed.order.address = sample::address();
    observed.order.has_address = true;
    OrderLine line;
    line.line = 1;
    line.sku = "MUG";
    line.quantity = 1;
    line.price = sample::price("10.00 EUR");
    observed.order.lines = {line};
    observed.order.current = {{1, 1}};
    observed.order.locale = "de";
    step(ChannelCommand(observed));
  }

  StandingClock clock_;
  sample::Counting entropy_;
  std::unique_ptr<ports::Store> store_;
  engine::Setup setup_;
  Vault vault_ = sample::vault();
  Orders orders_;
  const ports::StreamKey stream_ = sample::order(1);
};

TEST_F(Erasing, an_engines_order_packs_with_its_buyer_and_verifies) {
  import_order();
  auto gathered = gather_pack(*store_, vault_, stream_, noon);
  ASSERT_TRUE(gathered) << describe(gathered.error());
  const auto pack = export_pack(gathered->input, Profile::Merchant, vault_);
  ASSERT_TRUE(pack) << describe(pack.error());
  const auto report = verify_pack(*pack, fingerprint_of(vault_.public_key()));
  EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.problems[0]);
  EXPECT_TRUE(std::ranges::count_if(
      report.checked, [](const std::string& good) { return good.starts_with("buyer's record"); }));
}

/// The pack with other bytes in one file, listed and signed again by whoever has the key.
std::string resigned(const std::string& pack, const std::string& name, const std::string& bytes,
                     const Vault& vault) {
  auto files = *read_zip(pack);
  files[name] = bytes;
  auto manifest = *parse_json(files[pack_names::manifest]);
  Json list{Json::Array{}};
  for (auto entry : manifest["files"].items()) {
    const auto& held = files[entry["name"].string()];
    entry.set("bytes", static_cast<std::int64_t>(held.size()));
    entry.set("sha256", hex(sha256(held)));
    list.push(std::move(entry));
  }
  manifest.set("files", std::move(list));
  files[pack_names::manifest] = to_text(manifest);
  files[pack_names::signature] =
      hex(vault.sign(pack_names::purpose, files[pack_names::manifest])) + "\n";
  return *write_zip(files);
}

TEST_F(Erasing, words_stand_beside_the_events_and_prove_themselves) {
  import_order();
  step(PeopleCommand(AddNote{"operator", "ring at Hansen's"}));
  auto gathered = gather_pack(*store_, vault_, stream_, noon);
  ASSERT_TRUE(gathered) << describe(gathered.error());
  for (const auto& row : gathered->input.rows) {
    EXPECT_EQ(row.bytes.find("Hansen"), std::string::npos) << row.bytes;
  }
  const auto pack = *export_pack(gathered->input, Profile::Merchant, vault_);
  const auto files = *read_zip(pack);
  ASSERT_TRUE(files.contains(pack_names::words));
  EXPECT_NE(files.at(pack_names::words).find("ring at Hansen's"), std::string::npos);
  EXPECT_NE(files.at(pack_names::page).find("ring at Hansen"), std::string::npos);
  const auto fingerprint = fingerprint_of(vault_.public_key());
  EXPECT_TRUE(verify_pack(pack, fingerprint).ok());
  auto words = files.at(pack_names::words);
  words.replace(words.find("Hansen"), 6, "Jensen");
  const auto forged = verify_pack(resigned(pack, pack_names::words, words, vault_), fingerprint);
  ASSERT_FALSE(forged.ok());
  EXPECT_NE(forged.problems.front().find("words.json"), std::string::npos);
}

TEST_F(Erasing, takes_key_record_words_and_messages_and_leaves_a_chain_that_verifies) {
  import_order();
  ASSERT_TRUE(store_->write({.add_inbox = {message(1, noon, ports::InboxState::Done)}}));
  const auto sealed = *store_->sealed(stream_);
  ASSERT_EQ(sealed.size(), 2U);
  EXPECT_EQ(sealed[0].delete_at, noon + days(730));
  step(ChannelCommand(ErasePersonalData{"the buyer asked"}));
  EXPECT_TRUE(store_->sealed(stream_)->empty());
  EXPECT_TRUE((*store_->inbox(tenant, 1))->body.empty());
  const auto ledger = *store_->records(tenant, "erasure", "", 9);
  ASSERT_EQ(ledger.size(), 1U);
  EXPECT_EQ(read_erasure(ledger[0].bytes)->channel_order, "77");
  auto gathered = gather_pack(*store_, vault_, stream_, noon);
  ASSERT_TRUE(gathered);
  const auto pack = *export_pack(gathered->input, Profile::Merchant, vault_);
  EXPECT_TRUE(verify_pack(pack, fingerprint_of(vault_.public_key())).ok());
  for (const auto& word : sample::personal) EXPECT_EQ(pack.find(word), std::string::npos) << word;
  import_order();
  EXPECT_TRUE(store_->sealed(stream_)->empty()) << "late news of an erased order seals nothing";
}

}  // namespace
}  // namespace holdfast::engine
