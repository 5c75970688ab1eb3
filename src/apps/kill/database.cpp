#include "apps/kill/database.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>

extern char** environ;

namespace holdfast::apps {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto end_limit = 10s;
constexpr auto start_limit = 60s;
// Sessions of the dead server may keep its memory for a moment, and then it refuses to start.
constexpr auto again_after = 2s;
constexpr auto longest_pause = 200ms;

// The scripts that became servers, so that the ended ones can be taken leave of.
std::vector<pid_t>& started() {
  static std::vector<pid_t> pids;
  return pids;
}

pid_t server_process() {
  const char* const file = std::getenv("HOLDFAST_TEST_POSTGRES_PID");
  pid_t pid = 0;
  if (file) std::ifstream(file) >> pid;
  return pid;
}

void spawn_server() {
  const char* const script = std::getenv("HOLDFAST_TEST_POSTGRES_START");
  if (!script) return;
  std::string name(script);
  std::array<char*, 2> arguments{name.data(), nullptr};
  pid_t pid = 0;
  if (::posix_spawn(&pid, script, nullptr, nullptr, arguments.data(), environ) == 0) {
    started().push_back(pid);
  }
}

void take_leave() {
  std::erase_if(started(), [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) == pid; });
}

}  // namespace

bool end_database(End end) {
  const auto pid = server_process();
  if (pid <= 1 || ::kill(pid, end == End::Killed ? SIGKILL : SIGQUIT) != 0) return false;
  for (const auto until = Clock::now() + end_limit; Clock::now() < until;) {
    take_leave();
    if (::kill(pid, 0) != 0) return true;
    std::this_thread::sleep_for(5ms);
  }
  return false;
}

std::chrono::milliseconds start_database(const std::function<bool()>& answers) {
  const auto begin = Clock::now();
  auto spawned = begin;
  spawn_server();
  for (auto pause = 10ms; Clock::now() - begin < start_limit;
       pause = std::min<std::chrono::milliseconds>(pause * 2, longest_pause)) {
    std::this_thread::sleep_for(pause);
    if (answers())
      return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
    take_leave();
    if (Clock::now() - spawned > again_after && started().empty()) {
      spawned = Clock::now();
      spawn_server();
    }
  }
  return -1ms;
}

}  // namespace holdfast::apps
