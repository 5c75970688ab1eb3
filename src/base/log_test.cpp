#include "base/log.h"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/instant.h"
#include "base/json.h"

namespace holdfast {
namespace {

class LogTest : public testing::Test {
 protected:
  void SetUp() override {
    file_ = (std::filesystem::temp_directory_path() /
             ("holdfast-log-test-" + std::to_string(::getpid()) + ".log"))
                .string();
    std::filesystem::remove(file_);
  }
  void TearDown() override {
    ASSERT_TRUE(configure_log({}));
    std::filesystem::remove(file_);
  }
  void use(bool json, LogLevel level = LogLevel::Info, std::uint32_t repeats = 20) {
    ASSERT_TRUE(configure_log({level, json, file_, repeats}));
  }
  std::vector<std::string> lines() {
    flush_log();
    std::ifstream in(file_);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
  }
  std::string file_;
};

TEST_F(LogTest, writes_json_lines_with_typed_fields) {
  use(true);
  log_info("outbox", "sent", {field("po", "PO-1"), field("ms", 12), field("first", true)});
  const auto written = lines();
  ASSERT_EQ(written.size(), 1u);
  const auto line = parse_json(written[0]);
  ASSERT_TRUE(line) << written[0];
  EXPECT_EQ((*line)["level"].string(), "info");
  EXPECT_EQ((*line)["room"].string(), "outbox");
  EXPECT_EQ((*line)["message"].string(), "sent");
  EXPECT_EQ((*line)["po"].string(), "PO-1");
  EXPECT_EQ((*line)["ms"].integer(), 12);
  EXPECT_TRUE((*line)["first"].boolean());
  EXPECT_TRUE(parse_instant((*line)["at"].string()));
}

TEST_F(LogTest, never_prints_secret_or_personal_values) {
  for (const bool json : {false, true}) {
    use(json);
    log_warning("net", "refused",
                {field("token", "hunter2-value", FieldClass::Secret),
                 field("email", "buyer@example.test", FieldClass::Personal)});
  }
  for (const auto& line : lines()) {
    EXPECT_EQ(line.find("hunter2"), std::string::npos) << line;
    EXPECT_EQ(line.find("buyer@"), std::string::npos) << line;
    EXPECT_NE(line.find("[secret]"), std::string::npos) << line;
    EXPECT_NE(line.find("[personal]"), std::string::npos) << line;
  }
}

TEST_F(LogTest, one_call_is_one_line_whatever_the_value_holds) {
  use(false);
  log_info("net", "odd", {field("text", "two\nlines \"quoted\"\x1b[0m"), field("bad", "\xff\xfe")});
  use(true);
  log_info("net", "odd", {field("text", "a\r\nb"), field("bad", "\xff\xfe"), field("level", "x")});
  const auto written = lines();
  ASSERT_EQ(written.size(), 2u);
  EXPECT_EQ(written[0].find('\x1b'), std::string::npos);
  const auto line = parse_json(written[1]);
  ASSERT_TRUE(line) << written[1];
  EXPECT_EQ((*line)["text"].string(), "a\r\nb");
  EXPECT_EQ((*line)["bad"].string(), "??");
  EXPECT_EQ((*line)["level"].string(), "info");
  EXPECT_EQ((*line)["level_"].string(), "x");
}

TEST_F(LogTest, keeps_quiet_below_its_level) {
  use(false, LogLevel::Warning);
  log_info("net", "unseen");
  log_error("net", "seen");
  const auto written = lines();
  ASSERT_EQ(written.size(), 1u);
  EXPECT_NE(written[0].find("error net: seen"), std::string::npos) << written[0];
  EXPECT_FALSE(log_shows(LogLevel::Info));
}

TEST_F(LogTest, counts_repeats_instead_of_printing_them) {
  use(true, LogLevel::Info, 5);
  for (int i = 0; i < 105; ++i) log_info("net", "again", {field("i", i)});
  log_info("net", "other");
  const auto written = lines();
  ASSERT_EQ(written.size(), 7u);
  EXPECT_EQ(parse_json(written[6])->find("repeats")->integer(), 100);
}

TEST_F(LogTest, many_threads_lose_no_line_and_mix_none) {
  use(true, LogLevel::Info, 0);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([] {
      for (int i = 0; i < 200; ++i) log_info("net", "busy", {field("i", i)});
    });
  }
  for (auto& thread : threads) thread.join();
  const auto written = lines();
  EXPECT_EQ(written.size(), 800u);
  for (const auto& line : written) EXPECT_TRUE(parse_json(line)) << line;
}

TEST_F(LogTest, a_file_that_cannot_be_opened_leaves_the_log_as_it_was) {
  use(false);
  const auto failed = configure_log({LogLevel::Info, false, file_ + "/no/such/folder", 20});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::Unavailable);
  log_info("net", "still here");
  EXPECT_EQ(lines().size(), 1u);
}

TEST(LogLevelTest, reads_names) {
  EXPECT_EQ(*parse_log_level("warning"), LogLevel::Warning);
  EXPECT_FALSE(parse_log_level("loud"));
}

}  // namespace
}  // namespace holdfast
