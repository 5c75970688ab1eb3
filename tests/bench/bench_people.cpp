#include "tests/bench/bench_people.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/json.h"
#include "tests/bench/http.h"

namespace holdfast::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int most_tries = 100;
constexpr std::chrono::milliseconds again_after{100};

std::string csrf_of(const std::string& cookie) {
  constexpr std::string_view mark = "holdfast_csrf=";
  const auto at = cookie.find(mark);
  if (at == cookie.npos) return {};
  const auto begin = at + mark.size();
  return cookie.substr(begin, cookie.find(';', begin) - begin);
}

}  // namespace

const std::vector<ChecklistItem>& checklist(const Policy& policy, CheckKind kind) {
  const auto standard =
      std::ranges::find(policy.procedures, "standard", &ProcedurePolicy::procedure);
  if (standard == policy.procedures.end()) throw std::runtime_error("no procedure 'standard'");
  return standard->checklist(kind);
}

struct BenchPeople::Inside {
  struct Later {
    Clock::time_point at;
    Work work;
    bool operator<(const Later& other) const { return at > other.at; }
  };

  int port = 0;
  std::string cookie;
  std::string csrf;
  const Policy& policy;
  std::mutex guard;
  std::condition_variable changed;
  std::priority_queue<Later> waiting;
  std::map<std::string, std::string> ids;  // our order's id by purchase order
  bool over = false;
  std::int64_t failed = 0;
  std::string why;
  std::int64_t keys = 0;
  std::vector<std::thread> people;

  explicit Inside(const Policy& given) : policy(given) {}

  void live() {
    Connection connection(port);
    std::unique_lock lock(guard);
    while (!over) {
      if (waiting.empty()) {
        changed.wait(lock);
        continue;
      }
      if (const auto at = waiting.top().at; at > Clock::now()) {
        changed.wait_until(lock, at);
        continue;
      }
      auto work = waiting.top().work;
      waiting.pop();
      lock.unlock();
      const auto done =
          work.kind == Work::Kind::Checks ? check(connection, work) : match(connection, work);
      lock.lock();
      if (done || over) continue;
      if (++work.tries < most_tries) {
        waiting.push({Clock::now() + again_after, std::move(work)});
      } else if (failed++ == 0) {
        why = describe(done.error());
      }
    }
  }

  /// Finds the order as a scan of its purchase order does.
  Result<std::string> order_of(Connection& connection, const std::string& po) {
    {
      const std::lock_guard lock(guard);
      if (const auto known = ids.find(po); known != ids.end()) return known->second;
    }
    const auto answer = connection.exchange(
        request_text("GET", "/api/v1/orders?q=" + po, {{"Cookie", cookie}}, ""));
    if (!answer) return fail(answer.error());
    const auto page = parse_json(answer->body);
    if (answer->status != 200 || !page || (*page)["items"].items().size() != 1) {
      return fail(ErrorCode::NotFound, "no order has this purchase order", answer->body);
    }
    auto id = (*page)["items"].items().front()["id"].string();
    const std::lock_guard lock(guard);
    ids[po] = id;
    return id;
  }

  Status command(Connection& connection, const std::string& order, const Json& body) {
    std::string key;
    {
      const std::lock_guard lock(guard);
      key = "bench-" + std::to_string(++keys);
    }
    const auto answer =
        connection.exchange(request_text("POST", "/api/v1/orders/" + order + "/commands",
                                         {{"Cookie", cookie},
                                          {"X-CSRF-Token", csrf},
                                          {"Idempotency-Key", key},
                                          {"Content-Type", "application/json"}},
                                         to_text(body)));
    if (!answer) return fail(answer.error());
    if (answer->status == 200) return {};
    return fail(ErrorCode::Conflict, "a command was refused", answer->body);
  }

  Status check(Connection& connection, const Work& work) {
    const auto order = order_of(connection, work.po);
    if (!order) return fail(order.error());
    for (const auto kind : {CheckKind::Receiving, CheckKind::Inspection, CheckKind::Packing}) {
      Json items = Json::Array{};
      for (const auto& asked : checklist(policy, kind)) {
        Json item;
        item.set("name", asked.name);
        item.set("verdict", "pass");
        item.set("note", "");
        item.set("photo", "");
        items.push(std::move(item));
      }
      Json body;
      body.set("command", "RecordCheck");
      body.set("check", name_of(kind));
      body.set("po", work.po);
      body.set("items", std::move(items));
      body.set("lines", Json::Array{});
      body.set("strength", "verified");
      if (auto done = command(connection, *order, body); !done) return done;
    }
    return {};
  }

  Status match(Connection& connection, const Work& work) {
    const auto order = order_of(connection, work.po);
    if (!order) return fail(order.error());
    Json body;
    body.set("command", "MatchLabel");
    body.set("parcel", 1);
    body.set("order_scan", work.order);
    body.set("label_scan", work.number);
    if (auto done = command(connection, *order, body); !done) return done;
    const std::lock_guard lock(guard);
    ids.erase(work.po);
    return {};
  }
};

BenchPeople::BenchPeople(int count, int port, const std::string& cookie, const Policy& policy)
    : inside_(std::make_unique<Inside>(policy)) {
  inside_->port = port;
  inside_->cookie = cookie;
  inside_->csrf = csrf_of(cookie);
  for (int i = 0; i < count; ++i) {
    inside_->people.emplace_back([inside = inside_.get()] { inside->live(); });
  }
}

BenchPeople::~BenchPeople() {
  {
    const std::lock_guard lock(inside_->guard);
    inside_->over = true;
  }
  inside_->changed.notify_all();
  for (auto& person : inside_->people) person.join();
}

void BenchPeople::lay_down(Work work) {
  {
    const std::lock_guard lock(inside_->guard);
    inside_->waiting.push({Clock::now(), std::move(work)});
  }
  inside_->changed.notify_one();
}

std::int64_t BenchPeople::failed() const {
  const std::lock_guard lock(inside_->guard);
  return inside_->failed;
}

std::string BenchPeople::why() const {
  const std::lock_guard lock(inside_->guard);
  return inside_->why;
}

}  // namespace holdfast::bench
