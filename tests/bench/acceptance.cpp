#include "tests/bench/acceptance.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "tests/bench/demo_folder.h"
#include "tests/bench/http.h"
#include "tests/bench/yardstick.h"

namespace holdfast::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::string_view hook = "/hooks/shop";
constexpr std::size_t connections = 32;
constexpr std::size_t most_ready = 4'000;  // webhooks signed ahead
constexpr double least_a_second = 5'000;
constexpr double raw_seconds = 5;

/// Webhooks signed ahead of those who send them, by a thread of its own.
class Supply {
 public:
  explicit Supply(peers::DemoWorld& world) : world_(world), maker_([this] { make(); }) {}

  ~Supply() {
    {
      const std::lock_guard lock(guard_);
      over_ = true;
    }
    changed_.notify_all();
    maker_.join();
  }
  Supply(const Supply&) = delete;
  Supply& operator=(const Supply&) = delete;

  /// Waits until as many are ready as may be.
  void fill() {
    std::unique_lock lock(guard_);
    changed_.notify_all();  // the maker may rest with half of them left
    changed_.wait(lock, [this] { return ready_.size() >= most_ready; });
  }

  Ask next() {
    std::unique_lock lock(guard_);
    changed_.wait(lock, [this] { return !ready_.empty(); });
    auto ask = std::move(ready_.front());
    ready_.pop_front();
    if (ready_.size() == most_ready / 2) changed_.notify_all();
    return ask;
  }

 private:
  void make() {
    std::unique_lock lock(guard_);
    while (true) {
      changed_.wait(lock, [this] { return over_ || ready_.size() < most_ready; });
      if (over_) return;
      lock.unlock();
      auto made = signed_webhooks(world_);
      lock.lock();
      for (auto& ask : made) ready_.push_back(std::move(ask));
      changed_.notify_all();
    }
  }

  peers::DemoWorld& world_;
  std::mutex guard_;
  std::condition_variable changed_;
  std::deque<Ask> ready_;
  bool over_ = false;
  std::thread maker_;
};

Load closed_loads(int port, Supply& supply, double seconds) {
  supply.fill();
  std::vector<Load> loads(connections);
  std::vector<std::thread> threads;
  const auto begin = Clock::now();
  for (auto& load : loads) {
    threads.emplace_back([&] {
      Connection connection(port);
      while (std::chrono::duration<double>(Clock::now() - begin).count() < seconds) {
        const auto ask = supply.next();
        const auto sent = Clock::now();
        const auto answer = connection.exchange(ask.request);
        load.ms.push_back(Milliseconds(Clock::now() - sent).count());
        if (answer && answer->status == 200) continue;
        if (load.wrong++ == 0) {
          load.first_wrong = answer ? std::to_string(answer->status) + " " + answer->body
                                    : describe(answer.error());
        }
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

double rate_of(const Load& load) { return static_cast<double>(load.ms.size()) / load.seconds; }

}  // namespace

std::vector<Ask> signed_webhooks(peers::DemoWorld& world) {
  std::vector<Ask> asks;
  world.with([&](peers::World& inside) {
    inside.place_order();
    for (auto& outgoing : inside.take_post()) {
      const auto& request = outgoing.request;
      if (request.url.ends_with(hook)) {
        asks.push_back({request_text(request.method, hook, request.headers, request.body), ""});
      }
      inside.answered(outgoing.number, ports::HttpResponse{200, {}, ""});
    }
  });
  return asks;
}

Status measure_acceptance(const Plan& plan, Report& report) {
  peers::DemoOptions options;
  options.program_url = nobody;
  options.shop_points_a_second = boundless;
  auto world = peers::DemoWorld::start(std::move(options));
  if (!world) return fail(world.error());
  auto folder = demo_folder(plan, "acceptance", (*world)->settings());
  if (!folder) return fail(folder.error());
  auto bare = BareServer::start(0, folder->path + "/bare");
  if (!bare) return fail(bare.error());
  Supply supply(**world);
  say("as many webhooks as are taken");
  const auto raw = closed_loads((*bare)->port(), supply, std::min(raw_seconds, plan.seconds));
  auto program = Program::start(plan.program, *folder);
  if (!program) return fail(program.error());
  const auto load = closed_loads((*program)->port(), supply, plan.seconds);
  if (load.wrong > 0) report.wrong(load.first_wrong);
  const auto accepted = (*program)->metric("holdfast_deliveries_total{result=\"accepted\"}");
  if (!accepted) return fail(accepted.error());
  if (static_cast<std::size_t>(*accepted) != load.ms.size()) {
    report.wrong(std::to_string(*accepted) + " deliveries accepted of " +
                 std::to_string(load.ms.size()));
  }
  Measure rate;
  rate.name = "accept_webhooks_s";
  rate.value = rate_of(load);
  rate.unit = "webhooks/s";
  rate.reference = rate_of(raw);
  rate.against = "as many bare exchanges of such bytes after a raw fsync'd append each";
  rate.samples = load.ms.size();
  rate.least = least_a_second;
  rate.p50_ms = percentile(load.ms, 50);
  rate.p99_ms = percentile(load.ms, 99);
  report.add(rate);
  return {};
}

}  // namespace holdfast::bench
