#include "cli/control.h"

#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace holdfast::cli {
namespace {

std::string fresh_folder() {
  std::random_device chance;
  // Longer than an address may be, as data folders can be.
  const auto path = std::filesystem::temp_directory_path() /
                    ("control-" + std::to_string(chance()) + std::string(120, 'x'));
  std::filesystem::create_directories(path);
  return path.string();
}

Request asked() {
  Request request;
  request.command = {"order", "show"};
  request.with.set("order", "#1 \"quoted\"\nline");
  request.actor = "cli:someone";
  return request;
}

const Progress silent = [](const std::string&) {};

TEST(Control, RequestsAndAnswersSurviveTheirLines) {
  const auto line = encode_request(asked());
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto read = decode_request(line);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->command, asked().command);
  EXPECT_EQ(read->with, asked().with);
  EXPECT_EQ(read->actor, "cli:someone");

  const auto refused = encode_answer(fail(ErrorCode::Conflict, "too late", "here", "look"));
  const auto back = decode_answer(*parse_json(refused));
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error(), (Error{ErrorCode::Conflict, "too late", "here", "look"}));
}

TEST(Control, RefusesWhatIsNoRequest) {
  EXPECT_FALSE(decode_request("{"));
  EXPECT_FALSE(decode_request("{}"));
  EXPECT_FALSE(decode_request(R"({"command":["order","show"]})"));
}

TEST(Control, AnswersOverASocketOfItsOwnersAlone) {
  const auto folder = fresh_folder();
  const auto path = folder + "/control.sock";
  EXPECT_FALSE(ask_server(path, asked(), silent).has_value());
  {
    auto server = ControlSocket::open(path, [](const Request& request, const Progress& progress) {
      progress("working");
      Json json;
      json.set("heard", request.text("order"));
      return Answer(json);
    });
    ASSERT_TRUE(server);
    struct stat about{};
    ASSERT_EQ(::stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777u, 0600u);
    std::string said;
    const auto answered = ask_server(path, asked(), [&](const std::string& line) { said = line; });
    ASSERT_TRUE(answered && *answered);
    EXPECT_EQ((**answered)["heard"].string(), "#1 \"quoted\"\nline");
    EXPECT_EQ(said, "working");
  }
  EXPECT_FALSE(ask_server(path, asked(), silent).has_value());
  EXPECT_FALSE(std::filesystem::exists(path));
  std::filesystem::remove_all(folder);
}

TEST(Control, OneCommandsBrokenInvariantEndsNothing) {
  const auto folder = fresh_folder();
  const auto path = folder + "/control.sock";
  std::atomic<int> calls = 0;
  auto server = ControlSocket::open(path, [&](const Request&, const Progress&) -> Answer {
    if (calls++ == 0) throw std::runtime_error("broken");
    return Json(true);
  });
  ASSERT_TRUE(server);
  const auto first = ask_server(path, asked(), silent);
  ASSERT_TRUE(first.has_value() && !*first);
  EXPECT_EQ(first->error().code, ErrorCode::Internal);
  const auto second = ask_server(path, asked(), silent);
  EXPECT_TRUE(second.has_value() && *second);
  server->reset();
  std::filesystem::remove_all(folder);
}

TEST(Control, ManyAskAtOnceAndAllHearSomething) {
  const auto folder = fresh_folder();
  const auto path = folder + "/control.sock";
  auto server = ControlSocket::open(path, [](const Request&, const Progress&) -> Answer {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return Json(true);
  });
  ASSERT_TRUE(server);
  std::atomic<int> served = 0, busy = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 24; ++i) {
    clients.emplace_back([&] {
      const auto answered = ask_server(path, asked(), silent);
      if (answered && *answered)
        ++served;
      else if (answered && answered->error().code == ErrorCode::Unavailable)
        ++busy;
    });
  }
  for (auto& client : clients) client.join();
  EXPECT_EQ(served + busy, 24);
  EXPECT_GT(served, 0);
  server->reset();
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace holdfast::cli
