#include "apps/kill/stopwatch.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "peers/pace.h"

namespace holdfast::apps {
namespace {

namespace fs = std::filesystem;

/// Of a process; 0 when it is gone.
pid_t parent_of(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("PPid:")) return std::atoi(line.c_str() + 5);
  }
  return 0;
}

bool is_concerned(const fs::path& process) {
  std::string name;
  std::getline(std::ifstream(process / "comm"), name);
  if (name.starts_with("postgres")) return true;
  auto id = std::atoi(process.filename().c_str());
  while (id > 1 && id != ::getpid()) id = parent_of(id);
  return id == ::getpid();
}

/// What each thread has waited for a processor in its life. Those that end meanwhile are left out.
std::map<pid_t, std::int64_t> waited_by_thread() {
  std::map<pid_t, std::int64_t> waited;
  std::error_code gone;
  for (const auto& process : fs::directory_iterator("/proc", gone)) {
    const auto id = process.path().filename().string();
    if (id.find_first_not_of("0123456789") != std::string::npos) continue;
    if (!is_concerned(process.path())) continue;
    fs::directory_iterator thread(process.path() / "task", gone);
    for (; !gone && thread != fs::directory_iterator(); thread.increment(gone)) {
      std::int64_t ran = 0;
      std::int64_t ready = 0;
      std::ifstream(thread->path() / "schedstat") >> ran >> ready;
      waited[std::atoi(thread->path().filename().c_str())] = ready;
    }
  }
  return waited;
}

}  // namespace

std::string to_text(const Lap& lap) {
  auto text = std::to_string(lap.took_ms) + " ms";
  if (lap.starved_ms * 10 < lap.took_ms) return text;
  return text + " (of them without a processor: " + std::to_string(lap.starved_ms) + ")";
}

Stopwatch::Stopwatch() : began_ms_(peers::monotonic_ms()), waited_ns_(waited_by_thread()) {}

Lap Stopwatch::lap() const {
  Lap lap{peers::monotonic_ms() - began_ms_, 0};
  // Threads wait beside each other: only what the one that waited longest lost is lost for sure.
  std::int64_t starved_ns = 0;
  for (const auto& [thread, waited] : waited_by_thread()) {
    const auto before = waited_ns_.find(thread);
    starved_ns = std::max(starved_ns, waited - (before == waited_ns_.end() ? 0 : before->second));
  }
  lap.starved_ms = starved_ns / 1'000'000;
  return lap;
}

}  // namespace holdfast::apps
