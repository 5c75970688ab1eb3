#include "apps/kill/pair.h"

#include <filesystem>

#include "peers/loopback.h"
#include "peers/pace.h"
#include "store/postgres/connection.h"

namespace holdfast::apps {
namespace {

constexpr std::int64_t limit_ms = 60'000;
constexpr int lost_its_lease = 4;  // docs/cli.md
constexpr std::chrono::milliseconds question_limit{5'000};
constexpr std::string_view waits = "waits\n";

}  // namespace

Pair::Pair(PairOptions options) : options_(std::move(options)) {}

// As an outsider sees it: the store's own word on who may write.
Result<std::int64_t> Pair::epoch() const {
  auto connection = store::pg::Connection::open({options_.store, ""}, "holdfast-kill", "");
  if (!connection) return fail(connection.error());
  const auto row =
      (*connection)
          ->script("select coalesce(max(epoch), 0)::text from lease where tenant_id = 1",
                   question_limit);
  if (!row) return fail(row.error());
  return std::atoll(std::string(row->bytes(0, 0)).c_str());
}

// Until it waits for its turn, or works.
Status Pair::await(std::size_t which, bool waiting) {
  for (const auto until = peers::monotonic_ms() + limit_ms; peers::monotonic_ms() < until;) {
    const auto [status, body] = ask(ports_.at(which), "/healthz");
    if (status == 200 && (body == waits) == waiting) return {};
    if (children_.at(which)->gone()) {
      return fail(ErrorCode::Internal, "a program ended by itself", options_.folder);
    }
    pause_ms(10);
  }
  return fail(ErrorCode::Timeout, waiting ? "it does not wait" : "it does not work");
}

Status Pair::start(const std::vector<std::string>& variables) {
  for (std::size_t i = 0; i < children_.size(); ++i) {
    auto port = peers::free_port();
    if (!port) return fail(port.error());
    ports_[i] = *port;
    const auto address = "127.0.0.1:" + std::to_string(*port);
    const auto data = options_.folder + "/data" + std::to_string(i);
    auto own = options_.variables;
    own.insert(
        own.end(),
        {"HOLDFAST_STORE__URL=" + options_.store, "HOLDFAST_SERVER__LISTEN=" + address,
         "HOLDFAST_SERVER__PEER_URL=http://" + address, "HOLDFAST_SERVER__DATA=" + data,
         "HOLDFAST_LOG__FILE=" + options_.folder + "/holdfast" + std::to_string(i) + ".log"});
    children_[i] = std::make_unique<Child>(ChildOptions{options_.program,
                                                        {"serve", "--config", options_.settings},
                                                        std::move(own),
                                                        options_.folder + "/output.txt"});
    // What one keeps as files the other one must find.
    std::error_code ignored;
    std::filesystem::create_directories(data);
    std::filesystem::create_directories(options_.folder + "/files");
    std::filesystem::create_directory_symlink(options_.folder + "/files", data + "/files", ignored);
  }
  if (auto status = holder().start(variables); !status) return status;
  if (auto status = await(holder_, false); !status) return status;
  if (auto status = other().start(variables); !status) return status;
  if (auto status = await(1 - holder_, true); !status) return status;
  balancer_.use({ports_[0], ports_[1]});
  return {};
}

Result<Pause> Pair::pause_holder(std::int64_t asleep_ms,
                                 const std::vector<std::string>& variables) {
  const auto before = epoch();
  if (!before) return fail(before.error());
  balancer_.use({ports_[1 - holder_]});
  holder().stand_still();
  const Stopwatch watch;
  const auto end = peers::monotonic_ms() + limit_ms;
  for (auto now = before; *now == *before;) {
    if (peers::monotonic_ms() > end) return fail(ErrorCode::Timeout, "nobody took the lease");
    pause_ms(20);
    now = epoch();
    if (!now) return fail(now.error());
  }
  Pause pause;
  pause.taken = watch.lap();
  if (auto status = await(1 - holder_, false); !status) return fail(status.error());
  pause.serving = watch.lap();
  pause_ms(asleep_ms);
  holder().go_on();
  const auto code = holder().wait(limit_ms);
  if (!code) return fail(code.error());
  if (*code != lost_its_lease) {
    return fail(ErrorCode::Internal, "it lost its lease and did not say so", std::to_string(*code));
  }
  if (auto status = holder().start(variables); !status) return fail(status.error());
  if (auto status = await(holder_, true); !status) return fail(status.error());
  holder_ = 1 - holder_;
  balancer_.use({ports_[0], ports_[1]});
  return pause;
}

Status Pair::stop() {
  balancer_.use({});
  // The one that waits first: it would take over.
  for (auto* child : {&other(), &holder()}) {
    const auto code = child->stop(20'000);
    if (!code) return fail(code.error());
    if (*code != 0) {
      return fail(ErrorCode::Internal, "the program did not end well", std::to_string(*code));
    }
  }
  return {};
}

}  // namespace holdfast::apps
