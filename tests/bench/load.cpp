#include "tests/bench/load.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/bench/http.h"

namespace holdfast::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::size_t most_connections = 32;
constexpr std::chrono::milliseconds head_start{100};  // for the threads to stand ready

void judge(Load& load, const Ask& ask, const Result<Answer>& answer) {
  std::string why;
  if (!answer)
    why = describe(answer.error());
  else if (answer->status != 200 || answer->body.find(ask.expected) == std::string::npos)
    why = std::to_string(answer->status) + " without '" + ask.expected +
          "': " + answer->body.substr(0, 300);
  if (why.empty()) return;
  if (load.wrong++ == 0)
    load.first_wrong = ask.request.substr(0, ask.request.find("\r\n")) + ": " + why;
}

}  // namespace

Load open_load(int port, const std::vector<Ask>& asks, double per_second) {
  const auto begin = Clock::now() + head_start;
  std::atomic<std::size_t> next = 0;
  std::vector<Load> loads(std::min(most_connections, asks.size()));
  std::vector<std::thread> threads;
  for (auto& load : loads) {
    threads.emplace_back([&] {
      Connection connection(port);
      for (auto i = next++; i < asks.size(); i = next++) {
        const std::chrono::duration<double> after(static_cast<double>(i) / per_second);
        const auto meant = begin + std::chrono::duration_cast<Clock::duration>(after);
        std::this_thread::sleep_until(meant);
        const auto answer = connection.exchange(asks[i].request);
        load.ms.push_back(Milliseconds(Clock::now() - meant).count());
        judge(load, asks[i], answer);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  Load all;
  all.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  for (auto& load : loads) {
    all.ms.insert(all.ms.end(), load.ms.begin(), load.ms.end());
    all.wrong += load.wrong;
    if (all.first_wrong.empty()) all.first_wrong = std::move(load.first_wrong);
  }
  return all;
}

Load closed_load(int port, const std::vector<Ask>& asks) {
  Load load;
  Connection connection(port);
  const auto begin = Clock::now();
  for (const auto& ask : asks) {
    const auto sent = Clock::now();
    const auto answer = connection.exchange(ask.request);
    load.ms.push_back(Milliseconds(Clock::now() - sent).count());
    judge(load, ask, answer);
  }
  load.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return load;
}

}  // namespace holdfast::bench
