// The program's commands from argument list to exit code, over a real SQLite store.
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "cli/backup_files.h"
#include "cli/control.h"
#include "cli/local.h"
#include "engine/retention/retention.h"
#include "store/sqlite/sqlite_store.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

class StillClock final : public ports::Clock {
 public:
  Instant now() override { return {1'790'000'000'000}; }
};

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

fs::path own_policy() {
  auto at = fs::current_path();
  while (!fs::exists(at / "policy" / "gates.toml") && at.has_relative_path()) at = at.parent_path();
  return at / "policy";
}

class RunCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("run-" + std::to_string(std::random_device()()));
    fs::create_directories(data());
    fs::permissions(data(), fs::perms::owner_all);
    std::ofstream(folder_ / "holdfast.toml")
        << "[policy]\npath = \"" << own_policy().string() << "\"\n[secrets]\nmaster_key = \""
        << std::string(32, 'k') << "\"\n";
    outside_.in = &in_;
    outside_.out = &out_;
    outside_.err = &err_;
    outside_.version = "1.2.3";
    outside_.clock = &clock_;
    outside_.entropy = &chance_;
    outside_.open_store = [](const std::string& url, bool) -> Result<Opened> {
      auto opened = store::open_sqlite_store(url.substr(url.find(':') + 1));
      if (!opened) return fail(opened.error());
      auto* raw = opened->get();
      return Opened{std::move(*opened), [raw](const std::string& to) { return raw->backup_to(to); },
                    [raw] { return raw->integrity(); }};
    };
    outside_.master_key = [](const engine::Config& config, const std::string&) {
      return Result<std::string>(config.secrets.master_key.value);
    };
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string data() const { return (folder_ / "data").string(); }

  int call(std::vector<std::string> words, const std::string& into = {}) {
    words.insert(words.begin(), "holdfast");
    for (const auto& word : {std::string("--config"), (folder_ / "holdfast.toml").string(),
                             std::string("--data"), into.empty() ? data() : into}) {
      words.push_back(word);
    }
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    out_.str("");
    err_.str("");
    return run(int(arguments.size()), arguments.data(), outside_);
  }

  /// Erases one order's buyer data, as the channel's request does.
  void erase(const std::string& number, const std::string& tenant = {}) {
    Place place = *place_of(outside_, (folder_ / "holdfast.toml").string(), data(), tenant);
    auto own = open_own(outside_, place, false);
    ASSERT_TRUE(own) << describe(own.error());
    const auto stream = find_order((*own)->desk, number);
    ASSERT_TRUE(stream);
    const auto done = (*own)->desk.submit(*stream, ChannelCommand(ErasePersonalData{"asked"}), "t");
    ASSERT_TRUE(done) << describe(done.error());
  }

  fs::path folder_;
  std::istringstream in_;
  std::ostringstream out_, err_;
  StillClock clock_;
  Chance chance_;
  Outside outside_;
};

TEST_F(RunCommand, ExitCodesMeanWhatTheManualSays) {
  EXPECT_EQ(call({"version"}), 0);
  EXPECT_EQ(out_.str(), "holdfast 1.2.3\n");
  EXPECT_EQ(call({"order"}), 2);
  ASSERT_EQ(call({"store", "fill", "--orders", "30"}), 0) << err_.str();
  EXPECT_EQ(call({"order", "show", "F7"}), 0) << err_.str();
  EXPECT_EQ(call({"order", "show", "F700"}), 3);
  EXPECT_EQ(call({"exception", "resolve", "F1", "9", "--verb", "x", "--note", "y"}), 3);
  EXPECT_EQ(call({"order", "list", "--cursor", "rubbish"}), 1);
  const auto held = store::open_sqlite_store(data() + "/holdfast.db");
  ASSERT_TRUE(held);
  EXPECT_EQ(call({"order", "show", "F7"}), 4) << "another process holds the store";
}

TEST_F(RunCommand, WhatTakesNoSettingsIsNotStoppedByBrokenOnes) {
  std::ofstream(folder_ / "holdfast.toml") << "[server]\nlisten = \"127.0.0.1:9999\"\n[[[broken\n";
  std::vector<std::string> listens;
  outside_.demo = [&](const ServeWish& wish) {
    listens.push_back(wish.config.server.listen);
    return 0;
  };
  EXPECT_EQ(call({"demo"}), 0) << err_.str();
  EXPECT_EQ(call({"demo", "--listen", "127.0.0.1:7777"}), 0) << err_.str();
  EXPECT_EQ(listens, (std::vector<std::string>{"127.0.0.1:8080", "127.0.0.1:7777"}));
  EXPECT_EQ(call({"evidence", "verify", "no-such.zip", "--key", "SHA256:x"}), 3) << err_.str();
  EXPECT_EQ(err_.str().find("holdfast.toml"), std::string::npos) << err_.str();
  EXPECT_EQ(call({"order", "list"}), 1) << "others need them";
}

TEST_F(RunCommand, JsonIsJson) {
  ASSERT_EQ(call({"store", "fill", "--orders", "30", "--open", "10"}), 0) << err_.str();
  for (const auto& words : std::vector<std::vector<std::string>>{{"order", "show", "F1"},
                                                                 {"order", "explain", "F1"},
                                                                 {"order", "list"},
                                                                 {"exception", "list"},
                                                                 {"store", "check"},
                                                                 {"config", "check"},
                                                                 {"policy", "check"},
                                                                 {"config", "show"},
                                                                 {"export", "erasures"},
                                                                 {"version"}}) {
    auto with = words;
    with.emplace_back("--json");
    EXPECT_EQ(call(with), 0) << words.front() << err_.str();
    EXPECT_TRUE(parse_json(out_.str())) << words.front();
    EXPECT_EQ(out_.str().find(std::string(32, 'k')), std::string::npos) << "a secret was shown";
  }
  EXPECT_EQ(call({"export", "orders", "--format", "csv"}), 0);
  const auto text = out_.str();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 31);
}

TEST_F(RunCommand, ABackupIsProvenAndErasedDataStaysErased) {
  ASSERT_EQ(call({"store", "fill", "--orders", "40"}), 0) << err_.str();
  const auto copy = (folder_ / "copy").string();
  ASSERT_EQ(call({"backup", copy}), 0) << err_.str();
  EXPECT_EQ(call({"backup", copy}), 1) << "a backup never overwrites";
  erase("F3");
  const auto again = (folder_ / "again").string();
  EXPECT_EQ(call({"restore", copy}), 1) << "the data folder is not empty";
  EXPECT_EQ(call({"restore", copy}, again), 1) << "nobody said what was erased since";
  EXPECT_EQ(call({"restore", copy, "--erasures", copy + "/none.jsonl"}, again), 3);
  ASSERT_EQ(call({"export", "erasures"}), 0);
  const auto ledger = (folder_ / "ledger.jsonl").string();
  std::ofstream(ledger) << out_.str();
  ASSERT_EQ(call({"restore", copy, "--erasures", ledger, "--json"}, again), 0) << err_.str();
  EXPECT_EQ((*parse_json(out_.str()))["erased_again"].integer(), 1);
  ASSERT_EQ(call({"order", "show", "F3", "--json"}, again), 0) << err_.str();
  EXPECT_TRUE((*parse_json(out_.str()))["erased"].boolean());
  EXPECT_EQ(call({"store", "check", "--all", "--pages"}, again), 0) << out_.str();
  const auto opened = store::open_sqlite_store(again + "/holdfast.db");
  ASSERT_TRUE(opened);
  const auto mark = (*opened)->record({TenantId{1}, "setting", "reconcile_first"});
  EXPECT_TRUE(mark && *mark);
}

TEST_F(RunCommand, ABackupHoldsEveryWorkspaceAndARestoreErasesAgainInEach) {
  std::ofstream(folder_ / "holdfast.toml", std::ios::app)
      << "[[tenant]]\nid = \"one\"\nnumber = 1\n[[tenant]]\nid = \"two\"\nnumber = 2\n"
         "public_url = \"https://two.example\"\n";
  for (const auto* tenant : {"one", "two"}) {
    ASSERT_EQ(call({"store", "fill", "--orders", "10", "--tenant", tenant}), 0) << err_.str();
  }
  const auto photo = fs::path("tenants") / "two" / "files" / "photo";
  fs::create_directories((data() / photo).parent_path());
  std::ofstream(data() / photo) << "a photo";
  const auto copy = (folder_ / "copy").string();
  EXPECT_EQ(last_backup(data()), Instant{});
  ASSERT_EQ(call({"backup", copy, "--tenant", "two", "--json"}), 0) << err_.str();
  EXPECT_GE((*parse_json(out_.str()))["streams_checked"].integer(), 20);
  EXPECT_EQ(last_backup(data()), clock_.now());
  EXPECT_TRUE(fs::exists(copy / photo));
  erase("F3", "two");
  ASSERT_TRUE(fs::exists(fs::path(data()) / "tenants" / "two" / "erasures.jsonl"));
  const auto ledger = fs::path(data()) / "erasures.jsonl";
  std::ofstream(ledger) << "";
  const auto lone = (folder_ / "lone.jsonl").string();
  fs::copy_file(ledger, lone);
  const auto again = (folder_ / "again").string();
  EXPECT_EQ(call({"restore", copy, "--erasures", lone}, again), 1);
  EXPECT_NE(err_.str().find("workspace two"), std::string::npos) << err_.str();
  ASSERT_EQ(call({"restore", copy, "--erasures", ledger.string(), "--json"}, again), 0)
      << err_.str();
  EXPECT_EQ((*parse_json(out_.str()))["erased_again"].integer(), 1);
  EXPECT_EQ(last_backup(again), clock_.now());
  EXPECT_TRUE(fs::exists(again / photo));
  ASSERT_EQ(call({"order", "show", "F3", "--tenant", "two", "--json"}, again), 0) << err_.str();
  EXPECT_TRUE((*parse_json(out_.str()))["erased"].boolean());
  ASSERT_EQ(call({"order", "show", "F3", "--tenant", "one", "--json"}, again), 0) << err_.str();
  EXPECT_FALSE((*parse_json(out_.str()))["erased"].boolean());
  const auto opened = store::open_sqlite_store(again + "/holdfast.db");
  ASSERT_TRUE(opened);
  for (const auto number : {1, 2}) {
    const auto mark = (*opened)->record({TenantId{number}, "setting", "reconcile_first"});
    EXPECT_TRUE(mark && *mark) << number;
  }
}

TEST_F(RunCommand, AWorkspaceOfTheBackupThatNobodyNamesIsNotForgotten) {
  ASSERT_EQ(call({"store", "fill", "--orders", "3"}), 0) << err_.str();
  const auto copy = (folder_ / "copy").string();
  ASSERT_EQ(call({"backup", copy}), 0) << err_.str();
  std::ofstream(folder_ / "holdfast.toml", std::ios::app)
      << "[[tenant]]\nid = \"other\"\nnumber = 7\n";
  const auto again = (folder_ / "again").string();
  EXPECT_EQ(call({"restore", copy, "--erasures", "none"}, again), 3);
  EXPECT_NE(err_.str().find("a workspace of the backup"), std::string::npos) << err_.str();
}

TEST_F(RunCommand, EvidenceLeavesAsAnArchiveThatVerifies) {
  ASSERT_EQ(call({"store", "fill", "--orders", "3", "--open", "0"}), 0) << err_.str();
  const auto zip = (folder_ / "1.zip").string();
  ASSERT_EQ(call({"evidence", "export", "F1", "--out", zip}), 0) << err_.str();
  EXPECT_TRUE(fs::exists(zip));
  EXPECT_EQ(call({"evidence", "verify", zip, "--key", "SHA256:wrong"}), 1);
}

TEST_F(RunCommand, TheServerOfTheDataFolderAnswersWhenThereIsOne) {
  ASSERT_EQ(call({"store", "fill", "--orders", "5"}), 0) << err_.str();
  auto server = ControlSocket::open(
      control_path(data()), [](const Request& request, const Progress&) -> Answer {
        if (request.command == std::vector<std::string>{"exception", "list"}) {
          Json json;
          json.set("exceptions", Json::Array{});
          return json;
        }
        return fail(ErrorCode::Unavailable, "stop the server first");
      });
  ASSERT_TRUE(server);
  EXPECT_EQ(call({"exception", "list"}), 0);
  EXPECT_EQ(out_.str(), "nothing to decide\n");
  EXPECT_EQ(call({"store", "rebuild"}), 4);
}

TEST_F(RunCommand, DoctorSaysWhatToDo) {
  ASSERT_EQ(call({"store", "fill", "--orders", "5"}), 0) << err_.str();
  const auto code = call({"doctor"});
  EXPECT_NE(out_.str().find("warn  accounts: there is no account for a channel"), std::string::npos)
      << out_.str() << err_.str();
  EXPECT_NE(out_.str().find("ok    chain and views"), std::string::npos) << out_.str();
  EXPECT_TRUE(code == 0 || out_.str().find("fail") != std::string::npos);
}

}  // namespace
}  // namespace holdfast::cli
