#include <gtest/gtest.h>

#include "base/json.h"
#include "engine/evidence/document.h"
#include "engine/evidence/pack_names.h"
#include "tests/evidence/sample.h"

namespace holdfast::engine {
namespace {

using sample::World;

std::string told(const PackReport& report) {
  std::string text;
  for (const auto& problem : report.problems) text += problem + "\n";
  return text;
}

constexpr std::array profiles = {Profile::Merchant, Profile::Supplier, Profile::Dispute,
                                 Profile::Public};

bool holds(const Files& files, std::string_view text) {
  for (const auto& [name, bytes] : files) {
    if (bytes.find(text) != std::string::npos) return true;
  }
  return false;
}

TEST(EvidencePack, of_every_profile_verifies_offline) {
  World world;
  for (const auto profile : profiles) {
    const auto report = verify_pack(world.pack(profile), world.fingerprint());
    EXPECT_TRUE(report.ok()) << name_of(profile) << ": " << told(report);
    EXPECT_GE(report.checked.size(), 6U);
  }
}

TEST(EvidencePack, of_another_key_is_refused) {
  World world;
  const auto pack = world.pack(Profile::Merchant);
  const auto other = fingerprint_of(sample::vault(std::string(32, 'x')).public_key());
  EXPECT_FALSE(verify_pack(pack, other).ok());
  EXPECT_FALSE(verify_pack(pack, "").ok());
}

TEST(EvidencePack, shows_the_merchant_everything) {
  World world;
  const auto files = *read_zip(world.pack(Profile::Merchant));
  EXPECT_EQ(files.at(pack_names::buyer), sample::buyer_record());
  EXPECT_EQ(files.at(pack_names::photos + hex(sha256(sample::photo))), sample::photo);
  const auto manifest = *parse_json(files.at(pack_names::manifest));
  EXPECT_EQ(manifest["shown_in_part"].integer(), 0);
  const auto order = *parse_json(files.at(pack_names::order));
  EXPECT_EQ(order["stage"].string(), "delivered");
  EXPECT_EQ(order["coverage"]["permille"].integer(), 1000) << to_text(order["coverage"]);
  EXPECT_EQ(order["gates"].items().at(0)["evidence"].items().at(0).integer(), 2);
  EXPECT_EQ(files.at(pack_names::page).find("<script"), std::string::npos);
}

TEST(EvidencePack, leaves_out_what_a_reader_may_not_see) {
  World world;
  const auto outside = *read_zip(world.pack(Profile::Public));
  for (const auto* hidden : {"59.90", "29.95", "8.00 EUR", "acme", "birch", "ACME-5511", "ring",
                             "neighbour", "TR123456789", "buyer-desk", "Larkshire", "Zebulon"}) {
    EXPECT_FALSE(holds(outside, hidden)) << hidden;
  }
  EXPECT_TRUE(holds(outside, "Mug"));
  const auto supplier = *read_zip(world.pack(Profile::Supplier));
  for (const auto* hidden :
       {"59.90", "29.95", "birch", "ring twice", "Larkshire", "Zebulon", "buyer-desk", "#104"}) {
    EXPECT_FALSE(holds(supplier, hidden)) << hidden;
  }
  EXPECT_TRUE(holds(supplier, "ACME-5511"));
  EXPECT_TRUE(holds(supplier, "8.00 EUR"));
  const auto dispute = *read_zip(world.pack(Profile::Dispute));
  for (const auto* hidden : {"8.00 EUR", "acme\\\"", "birch"}) {
    EXPECT_FALSE(holds(dispute, hidden)) << hidden;
  }
  EXPECT_TRUE(holds(dispute, "Zebulon"));
}

TEST(EvidencePack, tells_the_same_stage_and_gates_to_everybody) {
  World world;
  const auto whole = *parse_json(read_zip(world.pack(Profile::Merchant))->at(pack_names::order));
  for (const auto profile : profiles) {
    const auto order = *parse_json(read_zip(world.pack(profile))->at(pack_names::order));
    EXPECT_EQ(order["stage"], whole["stage"]);
    EXPECT_EQ(order["coverage"], whole["coverage"]);
    EXPECT_EQ(order["gates"].items().at(0)["result"], whole["gates"].items().at(0)["result"]);
  }
}

TEST(EvidencePack, a_hidden_price_cannot_be_guessed_from_its_hash) {
  World world;
  const auto files = *read_zip(world.pack(Profile::Public));
  const auto rows = *world.store().events(world.packed());
  for (const auto& row : rows) {
    EXPECT_FALSE(holds(files, hex(sha256(row.bytes))));
    EXPECT_FALSE(holds(files, hex(content_of("", row))));
  }
}

TEST(EvidencePack, of_an_erased_order_verifies_and_holds_no_personal_word) {
  World world;
  world.add(world.packed(), {{ExceptionsEvent(PersonalDataErased{"asked"}), "channel:shop"}});
  ports::Batch batch;
  batch.drop_sealed = {world.packed()};
  ASSERT_TRUE(world.store().write(batch));
  for (const auto profile : profiles) {
    const auto pack = world.pack(profile);
    const auto report = verify_pack(pack, world.fingerprint());
    EXPECT_TRUE(report.ok()) << told(report);
    const auto files = *read_zip(pack);
    for (const auto& word : sample::personal) EXPECT_FALSE(holds(files, word)) << word;
    EXPECT_FALSE(files.contains(pack_names::buyer));
    EXPECT_FALSE(report.notes.empty());
  }
}

TEST(EvidencePack, is_the_same_bytes_twice) {
  World world;
  auto gathered = gather_pack(world.store(), world.keys, world.packed(), sample::noon);
  ASSERT_TRUE(gathered);
  EXPECT_EQ(*export_pack(gathered->input, Profile::Merchant, world.keys),
            *export_pack(gathered->input, Profile::Merchant, world.keys));
}

TEST(EvidencePack, needs_a_supplier_for_a_suppliers_profile_and_an_order_with_events) {
  World world;
  auto gathered = gather_pack(world.store(), world.keys, world.packed(), sample::noon);
  ASSERT_TRUE(gathered);
  EXPECT_EQ(export_pack(gathered->input, Profile::Supplier, world.keys).error().code,
            ErrorCode::Invalid);
  EXPECT_EQ(gather_pack(world.store(), world.keys, sample::order(99), sample::noon).error().code,
            ErrorCode::NotFound);
}

TEST(EvidenceCoverage, names_what_is_not_proven) {
  World world;
  std::vector<std::string> bytes;
  const auto begun = *world.store().events(sample::order(1));
  for (const auto& row : begun) bytes.push_back(row.bytes);
  const auto bought = replayed(bytes);
  ASSERT_TRUE(bought);
  const auto coverage = coverage_of(bought->state, bought->events);
  EXPECT_EQ(coverage.permille, 0);
  EXPECT_EQ(coverage.missing, std::vector<std::string>{"line 1: purchase order"});
  bytes.clear();
  const auto finished = *world.store().events(world.packed());
  for (const auto& row : finished) bytes.push_back(row.bytes);
  for (const auto& kind : {"CheckRecorded", "TrackingRecorded", "ExceptionResolved"}) {
    std::erase_if(bytes, [&](const auto& text) { return text.find(kind) != std::string::npos; });
  }
  const auto poor = replayed(bytes);
  ASSERT_TRUE(poor);
  const auto weak = coverage_of(poor->state, poor->events);
  EXPECT_EQ(weak.missing, (std::vector<std::string>{
                              "HF-2K: inspection or statement", "HF-2K: packing and instructions",
                              "parcel 1: carrier's hand-over event", "parcel 1: tracking record",
                              "exception 1: decision and approver"}));
  EXPECT_EQ(weak.permille, (weak.asked - 5) * 1000 / weak.asked);
}

}  // namespace
}  // namespace holdfast::engine
