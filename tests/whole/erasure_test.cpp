// What a buyer's wish to be forgotten leaves: bytes of every file, of a restored backup and of
// every pack are searched for everything that was ever told of the buyer.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "base/log.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/local.h"
#include "engine/evidence/pack.h"
#include "engine/evidence/verify.h"
#include "engine/photos.h"
#include "engine/views/history.h"
#include "peers/catalogue.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/kit/in_process.h"

namespace holdfast {
namespace {

namespace fs = std::filesystem;
using engine::Profile;

constexpr const char* photo = "\xFF\xD8\xFF a door with the plate QUACKENBUSH-DOORPLATE";

constexpr const char* digits_of_phone = "4155550139";

/// Everything that names the buyer, or was typed, said or shown about them.
const std::vector<std::string>& secrets() {
  static const std::vector<std::string> all{
      "Zebulon",          "Quackenbush",         "Marmalade Crescent",   "Back Stairs 4b",
      "Netherwallop",     "94177-2291",          "415-555-0139",         digits_of_phone,
      "zq@quack.example", "Featherstonehaugh",   "birthday of Araminta", "rang at Thistlewood",
      "slow to answer",   "asked after Pomfret", "wrapped as Ludovica",  "Signed by Z. Q.",
      "Elderflower Mews", "told to Barnaby",     "QUACKENBUSH-DOORPLATE"};
  return all;
}

std::string bytes_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// "file: secret" for each secret that stands in some bytes, whatever the letters' case.
void search(const std::string& name, const std::string& bytes, std::vector<std::string>& found) {
  const auto hay = lower(bytes);
  for (const auto& secret : secrets()) {
    if (hay.find(lower(secret)) != std::string::npos) found.push_back(join({name, secret}, ": "));
  }
}

std::vector<std::string> hits(const fs::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      search(entry.path().string(), bytes_of_file(entry.path()), found);
    }
  }
  return found;
}

/// The same for rows that lie packed in the file, and hence show nothing there.
std::vector<std::string> hits(ports::Store& store, const ports::StreamKey& stream) {
  std::vector<std::string> found;
  const auto events = store.events_after(stream.tenant, 0, 1'000'000);
  const auto effects = store.outbox_of(stream);
  EXPECT_TRUE(events && effects && !events->empty() && !effects->empty());
  if (!events || !effects) return found;
  for (const auto& row : *events) search("event", row.bytes, found);
  for (const auto& row : *effects) search("effect", row.bytes, found);
  return found;
}

class Chance final : public ports::Entropy {
 public:
  std::string bytes(std::size_t count) override {
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) bytes.push_back(static_cast<char>(device_() & 0xFFu));
    return bytes;
  }

 private:
  std::random_device device_;
};

class StillClock final : public ports::Clock {
 public:
  Instant now() override { return *parse_instant("2026-12-20T08:00:00Z"); }
};

fs::path own_policy() {
  auto at = fs::current_path();
  while (!fs::exists(at / "policy" / "gates.toml") && at.has_relative_path()) at = at.parent_path();
  return at / "policy";
}

class Erasure : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("erasure-" + std::to_string(std::random_device()()));
    fs::create_directories(data());
    std::ofstream(folder_ / "holdfast.toml")
        << "[policy]\npath = \"" << own_policy().string() << "\"\n[secrets]\nmaster_key = \""
        << std::string(32, 'k') << "\"\n";
    ASSERT_TRUE(configure_log({.level = LogLevel::Debug, .file = data() + "/holdfast.log"}));
    outside_.in = &in_;
    outside_.out = &out_;
    outside_.err = &out_;
    outside_.version = "1.2.3";
    outside_.clock = &clock_;
    outside_.entropy = &chance_;
    outside_.open_store = [](const std::string& url, bool) -> Result<cli::Opened> {
      auto opened = store::open_sqlite_store(url.substr(url.find(':') + 1));
      if (!opened) return fail(opened.error());
      auto* raw = opened->get();
      return cli::Opened{std::move(*opened),
                         [raw](const std::string& to) { return raw->backup_to(to); },
                         [raw] { return raw->integrity(); }};
    };
    outside_.master_key = [](const engine::Config& config, const std::string&) {
      return Result<std::string>(config.secrets.master_key.value);
    };
  }

  void TearDown() override {
    world_.reset();
    (void)configure_log({});
    fs::remove_all(folder_);
  }

  std::string data() const { return (folder_ / "data").string(); }

  int call(std::vector<std::string> words, const std::string& data_folder) {
    words.insert(words.begin(), "holdfast");
    for (const auto& word : {std::string("--config"), (folder_ / "holdfast.toml").string(),
                             std::string("--data"), data_folder}) {
      words.push_back(word);
    }
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    out_.str("");
    return cli::run(int(arguments.size()), arguments.data(), outside_);
  }

  void open_world() {
    auto opened = store::open_sqlite_store(data() + "/holdfast.db");
    ASSERT_TRUE(opened) << describe(opened.error());
    sqlite_ = opened->get();
    kit::InProcessOptions options;
    options.store = std::move(*opened);
    options.adjust = [folder = data()](engine::Setup& setup) { setup.data_folder = folder; };
    world_ = std::make_unique<kit::InProcess>(std::move(options));
  }

  void do_command(const Command& command) {
    std::optional<Result<engine::Stepped>> done;
    world_->engine().submit(stream_, command, "operator",
                            [&](Result<engine::Stepped> stepped) { done = std::move(stepped); });
    world_->run(minutes(1));
    ASSERT_TRUE(done.has_value());
    ASSERT_TRUE(done->has_value()) << name_of(command) << " " << describe(done->error());
    ASSERT_FALSE((*done)->events.empty()) << name_of(command);
  }

  void place_order() {
    const auto& product = peers::products().front();
    peers::Basket basket;
    basket.lines.push_back({product.sku, product.title, product.variant, product.vendor, 1,
                            product.price_minor, product.grams});
    basket.ship_to = {"Zebulon Quackenbush",
                      "",
                      "12 Marmalade Crescent",
                      "Back Stairs 4b",
                      "Netherwallop",
                      "CA",
                      "94177-2291",
                      "US",
                      "+1 415-555-0139",
                      "zq@quack.example"};
    basket.note = "Please leave it with Mrs Featherstonehaugh: the birthday of Araminta";
    number_ = world_->world().shop().place(basket);
    world_->run(days(1));
    ASSERT_EQ(world_->orders().size(), 1U);
    stream_ = world_->orders().front().stream;
  }

  const core::OrderState& state() {
    history_ = engine::read_history(world_->store(), world_->engine().vault(), stream_).value();
    return history_.state;
  }

  /// Everybody writes something about the buyer.
  void let_people_write() {
    do_command(PeopleCommand(AddNote{"operator", "They rang at Thistlewood and asked again"}));
    do_command(PeopleCommand(PlaceHold{"by hand", "operator", "asked after Pomfret"}));
    do_command(PeopleCommand(ReleaseHold{"by hand", "operator", "told to Barnaby"}));
    do_command(CasesCommand(RaiseException{ReasonCode::SupplierSilent, "a call",
                                           "the buyer is slow to answer", "operator"}));
    const auto raised = state().exceptions.back().number;
    do_command(CasesCommand(ResolveException{raised, "wait", "operator", "Elderflower Mews it is",
                                             RootCause::Unknown, false}));
    ports::Batch rows;
    const engine::PhotoPlace place{world_->store(), world_->engine().vault(), data()};
    ASSERT_TRUE(engine::keep_photo(place, chance_, stream_, photo, {}, rows));
    world_->engine().with_batch(
        [rows](ports::Batch& batch) -> Status {
          batch.put_records.push_back(rows.put_records.front());
          batch.put_sealed.push_back(rows.put_sealed.front());
          return {};
        },
        {});
    ASSERT_FALSE(state().pos.empty());
    do_command(
        SupplierCommand(AttestCheck{CheckKind::Packing, state().pos.front().po,
                                    "wrapped as Ludovica wished", hex(sha256(photo)), "supplier"}));
  }

  void let_the_carrier_speak() {
    ASSERT_FALSE(state().parcels.empty());
    const auto& parcel = state().parcels.front();
    TrackingRecord record;
    record.key = "told at the door";
    record.status = TrackingStatus::Delivered;
    record.proof = Proof::Physical;
    record.country = "US";
    record.place = "Netherwallop";
    record.raw = "D1: Signed by Z. Q. at 12 Marmalade Crescent";
    record.carrier_time = world_->now();
    record.seen_at = world_->now();
    record.source = "tracker";
    do_command(EngineCommand(RecordTracking{parcel.tracking, parcel.carrier, {record}}));
  }

  /// The order's pack for each kind of reader; every one must verify.
  std::map<Profile, std::string> packs(ports::Store& store, const engine::Vault& vault,
                                       const std::string& data_folder) {
    std::map<Profile, std::string> made;
    for (const auto profile :
         {Profile::Merchant, Profile::Dispute, Profile::Supplier, Profile::Public}) {
      auto gathered = engine::gather_pack(store, vault, stream_, clock_.now());
      EXPECT_TRUE(gathered);
      if (!gathered) continue;
      gathered->input.supplier = "north";
      const engine::PhotoPlace place{store, vault, data_folder};
      if (auto bytes = engine::read_photo(place, stream_, hex(sha256(photo)))) {
        gathered->input.photos.push_back(std::move(*bytes));
      }
      const auto pack = engine::export_pack(gathered->input, profile, vault);
      EXPECT_TRUE(pack) << (pack ? "" : describe(pack.error()));
      if (!pack) continue;
      const auto report = engine::verify_pack(*pack, engine::fingerprint_of(vault.public_key()));
      EXPECT_TRUE(report.ok()) << name_of(profile) << ": "
                               << (report.ok() ? "" : report.problems.front());
      made[profile] = *pack;
    }
    return made;
  }

  std::vector<std::string> hits_in(const std::map<Profile, std::string>& packs) {
    std::vector<std::string> found;
    for (const auto& [profile, pack] : packs) {
      search(std::string(name_of(profile)), pack, found);
    }
    return found;
  }

  void back_up(const std::string& to) {
    auto place = cli::place_of(outside_, (folder_ / "holdfast.toml").string(), data(), "");
    ASSERT_TRUE(place);
    cli::Desk desk;
    desk.store = &world_->store();
    desk.setup = &world_->engine().setup();
    desk.config = &place->config;
    desk.clock = &clock_;
    desk.outside = &outside_;
    desk.data = data();
    desk.vault = &world_->engine().vault();
    desk.backup_to = [this](const std::string& path) { return sqlite_->backup_to(path); };
    desk.integrity = [this] { return sqlite_->integrity(); };
    cli::Request request;
    request.with.set("path", to);
    const auto made = cli::backup(desk, request);
    ASSERT_TRUE(made) << describe(made.error());
    ASSERT_TRUE((*made)["ok"].boolean()) << to_text(*made);
  }

  void ask_to_redact() {
    const auto* order = world_->world().shop().named(number_);
    ASSERT_NE(order, nullptr);
    Json body, customer, orders{Json::Array{}};
    customer.set("id", 191167);
    customer.set("email", "zq@quack.example");
    customer.set("phone", "+14155550139");
    orders.push(order->id);
    body.set("shop_id", 954889);
    body.set("shop_domain", world_->world().shop().options().domain);
    body.set("customer", std::move(customer));
    body.set("orders_to_redact", std::move(orders));
    world_->world().shop().webhooks().emit("customers/redact", "", body);
    world_->run(hours(3));
  }

  fs::path folder_;
  std::istringstream in_;
  std::ostringstream out_;
  StillClock clock_;
  Chance chance_;
  cli::Outside outside_;
  store::SqliteStore* sqlite_ = nullptr;
  std::unique_ptr<kit::InProcess> world_;
  std::string number_;
  ports::StreamKey stream_;
  engine::History history_;
};

TEST_F(Erasure, leaves_nothing_in_files_backups_and_packs) {
  open_world();
  place_order();
  let_people_write();
  world_->run(days(14));
  let_the_carrier_speak();
  ASSERT_FALSE(world_->world().mailboxes().of("zq@quack.example").empty()) << "nobody wrote";

  // What is searched for stands there and is found, as long as it may be read.
  const auto before = hits_in(packs(world_->store(), world_->engine().vault(), data()));
  for (const auto& secret : secrets()) {
    if (secret == digits_of_phone) continue;  // so it stands in the channel's wish only
    EXPECT_TRUE(std::ranges::any_of(
        before, [&](const std::string& hit) { return hit == "merchant: " + secret; }))
        << secret << " was never told";
  }
  EXPECT_NE(state().instructions.find("Araminta"), std::string::npos);
  const auto version = state().version;
  const auto backup = (folder_ / "backup").string();
  back_up(backup);
  const std::vector<std::string> sealed_before = hits(data());
  EXPECT_TRUE(sealed_before.empty()) << sealed_before.front() << " lies open";
  const auto packed_before = hits(world_->store(), stream_);
  EXPECT_TRUE(packed_before.empty()) << packed_before.front() << " lies open";

  ask_to_redact();
  ASSERT_TRUE(state().erased);
  EXPECT_GT(state().version, version);
  EXPECT_EQ(state().instructions, "[erased]");
  EXPECT_FALSE(engine::read_buyer(world_->store(), world_->engine().vault(), stream_));
  for (const auto& entry : fs::recursive_directory_iterator(data() + "/files")) {
    EXPECT_FALSE(entry.is_regular_file()) << entry.path();
  }
  const auto heads = *world_->store().heads(stream_.tenant);
  for (std::int64_t seq = 1; seq <= heads.inbox_seq; ++seq) {
    const auto row = *world_->store().inbox(stream_.tenant, seq);
    if (row) EXPECT_TRUE(row->body.empty()) << row->topic << " about " << row->subject;
  }
  const auto after = hits_in(packs(world_->store(), world_->engine().vault(), data()));
  EXPECT_TRUE(after.empty()) << after.front();
  flush_log();
  const auto left = hits(data());
  EXPECT_TRUE(left.empty()) << left.front();
  const auto ledger = bytes_of_file(data() + "/erasures.jsonl");
  EXPECT_NE(ledger.find("\"by\":\"channel:shop\""), std::string::npos) << ledger;

  world_.reset();
  ASSERT_EQ(call({"store", "check", "--all", "--pages"}, data()), 0) << out_.str();
  EXPECT_TRUE(hits(data()).empty());

  // A backup made before knows it all; what a restore makes of it does not.
  const auto again = (folder_ / "again").string();
  EXPECT_EQ(call({"restore", backup}, again), 1) << "it asks for the ledger";
  ASSERT_EQ(call({"restore", backup, "--erasures", data() + "/erasures.jsonl"}, again), 0)
      << out_.str();
  ASSERT_EQ(call({"store", "check", "--all", "--pages"}, again), 0) << out_.str();
  const auto restored = hits(again);
  EXPECT_TRUE(restored.empty()) << restored.front();
  auto store = store::open_sqlite_store(again + "/holdfast.db");
  ASSERT_TRUE(store);
  const auto vault = engine::Vault::open(std::string(32, 'k'), stream_.tenant);
  EXPECT_FALSE(engine::read_key(**store, stream_));
  const auto rows_again = hits(**store, stream_);
  EXPECT_TRUE(rows_again.empty()) << rows_again.front();
  const auto packed_again = hits_in(packs(**store, *vault, again));
  EXPECT_TRUE(packed_again.empty()) << packed_again.front();
}

TEST_F(Erasure, of_a_shop_waits_until_the_shop_lets_us_in_no_more) {
  open_world();
  place_order();
  Json body;
  body.set("shop_id", 954889);
  body.set("shop_domain", world_->world().shop().options().domain);
  world_->world().shop().webhooks().emit("shop/redact", "", body);
  world_->run(hours(1));
  EXPECT_FALSE(state().erased) << "the shop still answers";
  const auto open = world_->exceptions(true);
  EXPECT_TRUE(std::ranges::any_of(open, [](const ports::ExceptionRow& row) {
    return row.reason == ReasonCode::ChannelTrouble && row.about == "shop/redact";
  }));
}

TEST_F(Erasure, keeps_what_comes_later_out) {
  open_world();
  place_order();
  ask_to_redact();
  ASSERT_TRUE(state().erased);
  do_command(PeopleCommand(AddNote{"operator", "They rang at Thistlewood"}));
  auto moved = world_->world().shop().named(number_)->ship_to;
  moved.line1 = "1 Elderflower Mews";
  ASSERT_TRUE(world_->world().shop().set_address(number_, moved));
  world_->run(days(1));
  EXPECT_TRUE(world_->store().sealed(stream_)->empty());
  flush_log();
  const auto left = hits(data());
  EXPECT_TRUE(left.empty()) << left.front();
  const auto packed = hits(world_->store(), stream_);
  EXPECT_TRUE(packed.empty()) << packed.front();
}

}  // namespace
}  // namespace holdfast
