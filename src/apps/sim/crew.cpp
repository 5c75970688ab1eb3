#include "apps/sim/crew.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

namespace holdfast::sim {
namespace {

constexpr std::size_t most_workers = 64;

/// What all processes see.
struct Shared {
  std::atomic<std::size_t> next = 0;
  std::array<std::atomic<std::size_t>, most_workers> doing{};  // the task each worker took last
};

struct Frame {
  std::size_t number = 0;
  std::size_t size = 0;
};

struct Worker {
  pid_t process = 0;
  int says = -1;
  std::string heard;
};

void write_all(int end, const void* bytes, std::size_t size) {
  const auto* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const auto done = ::write(end, at, size);
    if (done <= 0) std::_Exit(1);  // nobody listens any more
    at += done;
    size -= static_cast<std::size_t>(done);
  }
}

[[noreturn]] void work(Shared& shared, std::size_t worker, std::size_t count, int says,
                       const Task& task) {
  for (std::size_t number = 0; (number = shared.next.fetch_add(1)) < count;) {
    shared.doing[worker] = number;
    const auto text = task(number);
    const Frame frame{number, text.size()};
    write_all(says, &frame, sizeof frame);
    write_all(says, text.data(), text.size());
  }
  std::fflush(nullptr);
  std::_Exit(0);
}

/// Gives the texts that have come whole.
void take_frames(Worker& worker, const TakeText& take) {
  Frame frame;
  while (worker.heard.size() >= sizeof frame) {
    std::memcpy(&frame, worker.heard.data(), sizeof frame);
    if (worker.heard.size() < sizeof frame + frame.size) return;
    const auto text = worker.heard.substr(sizeof frame, frame.size);
    worker.heard.erase(0, sizeof frame + frame.size);
    take(frame.number, text);
  }
}

/// Whether the worker still says something.
bool listen(Worker& worker, const TakeText& take) {
  std::array<char, 65536> part{};
  const auto size = ::read(worker.says, part.data(), part.size());
  if (size <= 0) return false;
  worker.heard.append(part.data(), static_cast<std::size_t>(size));
  take_frames(worker, take);
  return true;
}

Worker begin(Shared& shared, std::size_t number, std::size_t count, const Task& task) {
  std::array<int, 2> ends{};
  check(::pipe(ends.data()) == 0, "a pipe can be made");
  std::fflush(nullptr);
  const auto process = ::fork();
  check(process >= 0, "a process can be made");
  if (process == 0) {
    ::close(ends[0]);
    work(shared, number, count, ends[1], task);
  }
  ::close(ends[1]);
  return {process, ends[0], {}};
}

}  // namespace

Status share_out(std::size_t count, std::size_t workers, const Task& task, const TakeText& take) {
  workers =
      std::clamp<std::size_t>(workers, 1, std::min(most_workers, std::max<std::size_t>(count, 1)));
  void* memory =
      ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  check(memory != MAP_FAILED, "memory can be shared");
  auto& shared = *new (memory) Shared;
  std::vector<Worker> crew;
  for (std::size_t i = 0; i < workers; ++i) crew.push_back(begin(shared, i, count, task));
  std::vector<pollfd> waits;
  for (const auto& worker : crew) waits.push_back({worker.says, POLLIN, 0});
  for (auto left = crew.size(); left > 0;) {
    if (::poll(waits.data(), waits.size(), -1) < 0) continue;
    for (std::size_t i = 0; i < crew.size(); ++i) {
      if (waits[i].fd < 0 || waits[i].revents == 0 || listen(crew[i], take)) continue;
      waits[i].fd = -1;
      --left;
    }
  }
  Status all;
  for (std::size_t i = 0; i < crew.size(); ++i) {
    ::close(crew[i].says);
    int status = 0;
    ::waitpid(crew[i].process, &status, 0);
    if (status == 0) continue;
    all = fail(ErrorCode::Internal, "a worker ended with " + std::to_string(status),
               "task " + std::to_string(shared.doing[i].load()));
  }
  ::munmap(memory, sizeof(Shared));
  return all;
}

}  // namespace holdfast::sim
