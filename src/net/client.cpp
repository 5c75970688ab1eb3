#include "net/client.h"

#include <algorithm>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "net/exchange.h"
#include "net/fields.h"

namespace holdfast::net {
namespace {

using ExchangePtr = std::unique_ptr<Exchange>;

constexpr int longest_sleep_ms = 1000;

struct MultiFree {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

void finish(Exchange& exchange, ports::Response response) {
  try {
    exchange.done(std::move(response));
  } catch (const std::exception& failure) {
    log_error("net", "what was to follow an exchange failed", {field("cause", failure.what())});
  }
}

class CurlTransport : public ports::Transport {
 public:
  CurlTransport(TransportOptions options, AddressGuard guard)
      : options_(std::move(options)), guard_(std::move(guard)), multi_(curl_multi_init()) {
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(options_.max_active));
    thread_ = std::thread([this] { run(); });
  }

  ~CurlTransport() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    curl_multi_wakeup(multi_.get());
    thread_.join();
  }

  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  void send(ports::Request request, Duration limit,
            std::function<void(ports::Response)> done) override {
    auto exchange = std::make_unique<Exchange>();
    exchange->request = std::move(request);
    exchange->deadline =
        std::chrono::steady_clock::now() +
        std::chrono::milliseconds(std::max<std::int64_t>(0, std::min(limit, hours(1)).ms));
    exchange->done = std::move(done);
    exchange->options = &options_;
    exchange->guard = &guard_;
    if (const auto found = find_target(*exchange); !found) {
      finish(*exchange, ports::TransportFailure{false, describe(found.error())});
      return;
    }
    const char* const refusal = enqueue(exchange);
    if (refusal != nullptr) {
      finish(*exchange, ports::TransportFailure{false, refusal});
      return;
    }
    curl_multi_wakeup(multi_.get());
  }

 private:
  // Takes the exchange, or says why not.
  const char* enqueue(ExchangePtr& exchange) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return "the transport is stopping";
    if (queued_ >= options_.max_queued) return "too many requests are waiting";
    ++queued_;
    arrived_.push_back(std::move(exchange));
    return nullptr;
  }

  void run() {
    while (take_arrived()) {
      start_waiting();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      collect();
      curl_multi_poll(multi_.get(), nullptr, 0, sleep_ms(), nullptr);
    }
    end_all();
  }

  // False when it is time to stop.
  bool take_arrived() {
    const std::lock_guard lock(mutex_);
    waiting_.splice(waiting_.end(), arrived_);
    return !stopping_;
  }

  void leave_queue() {
    const std::lock_guard lock(mutex_);
    --queued_;
  }

  // Starts what may start, in order of arrival; who waits for a busy host is passed by.
  void start_waiting() {
    const auto now = std::chrono::steady_clock::now();
    for (auto it = waiting_.begin(); it != waiting_.end();) {
      const bool late = (*it)->deadline <= now;
      const auto busy = active_per_host_.find(host_key(**it));
      const bool full =
          active_.size() >= options_.max_active ||
          (busy != active_per_host_.end() && busy->second >= options_.max_active_per_host);
      if (!late && full) {
        ++it;
        continue;
      }
      auto exchange = std::move(*it);
      it = waiting_.erase(it);
      leave_queue();
      if (late) {
        finish(*exchange, ports::TransportFailure{false, "waited too long for its turn"});
      } else {
        start(std::move(exchange));
      }
    }
  }

  void start(ExchangePtr exchange) {
    const auto prepared = prepare(*exchange);
    if (!prepared) {
      finish(*exchange, ports::TransportFailure{false, describe(prepared.error())});
      return;
    }
    CURL* const easy = exchange->easy.get();
    if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) {
      finish(*exchange, ports::TransportFailure{false, "the request could not be started"});
      return;
    }
    ++active_per_host_[host_key(*exchange)];
    active_.emplace(easy, std::move(exchange));
  }

  void collect() {
    int left = 0;
    while (const auto* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* const easy = message->easy_handle;
      const CURLcode code = message->data.result;
      curl_multi_remove_handle(multi_.get(), easy);
      const auto exchange = take_active(easy);
      finish(*exchange, result_of(*exchange, code));
      freed_ = true;
    }
  }

  ExchangePtr take_active(CURL* easy) {
    const auto found = active_.find(easy);
    auto exchange = std::move(found->second);
    active_.erase(found);
    const auto busy = active_per_host_.find(host_key(*exchange));
    if (--busy->second == 0) active_per_host_.erase(busy);
    return exchange;
  }

  int sleep_ms() {
    // A place that has just become free is for somebody who waits.
    if (std::exchange(freed_, false) && !waiting_.empty()) return 0;
    auto sleep = std::chrono::milliseconds(longest_sleep_ms);
    const auto now = std::chrono::steady_clock::now();
    for (const auto& exchange : waiting_) {
      sleep = std::min(sleep, std::chrono::ceil<std::chrono::milliseconds>(
                                  std::max(exchange->deadline - now, SteadyTime::duration{})));
    }
    return static_cast<int>(sleep.count());
  }

  void end_all() {
    take_arrived();
    for (const auto& exchange : waiting_) {
      finish(*exchange, ports::TransportFailure{false, "the transport is stopping"});
    }
    waiting_.clear();
    while (!active_.empty()) {
      CURL* const easy = active_.begin()->first;
      curl_multi_remove_handle(multi_.get(), easy);
      const auto exchange = take_active(easy);
      exchange->refusal = "the transport is stopping";
      finish(*exchange, result_of(*exchange, CURLE_ABORTED_BY_CALLBACK));
    }
  }

  static std::string host_key(const Exchange& exchange) {
    return exchange.host + "|" + std::to_string(exchange.port);
  }

  const TransportOptions options_;
  const AddressGuard guard_;
  std::unique_ptr<CURLM, MultiFree> multi_;

  std::mutex mutex_;
  std::list<ExchangePtr> arrived_;  // under mutex_
  std::size_t queued_ = 0;          // under mutex_: arrived_ and waiting_
  bool stopping_ = false;           // under mutex_

  // Touched by the thread only.
  std::list<ExchangePtr> waiting_;
  std::map<CURL*, ExchangePtr> active_;
  std::map<std::string, std::size_t> active_per_host_;
  bool freed_ = false;

  std::thread thread_;
};

/// A mail ends with QUIT, for whose answer libcurl lets every other exchange of its thread wait: so
/// mails have a thread of their own, and nothing else waits for a mail server.
class TwoThreads : public ports::Transport {
 public:
  TwoThreads(const TransportOptions& options, const AddressGuard& guard)
      : http_(options, guard), mail_(options, guard) {}

  void send(ports::Request request, Duration limit,
            std::function<void(ports::Response)> done) override {
    auto& by = std::holds_alternative<ports::MailRequest>(request) ? mail_ : http_;
    by.send(std::move(request), limit, std::move(done));
  }

 private:
  CurlTransport http_;
  CurlTransport mail_;
};

}  // namespace

Result<std::unique_ptr<ports::Transport>> make_transport(const TransportOptions& options) {
  auto guard = AddressGuard::make(options.allowed_hosts);
  if (!guard) return fail(within(guard.error(), "allowed_hosts"));
  if (!options.clock) return fail(ErrorCode::Invalid, "a transport needs a clock");
  if (options.max_active == 0 || options.max_active_per_host == 0 || options.max_queued == 0) {
    return fail(ErrorCode::Invalid, "a bound of the transport is zero");
  }
  if (!is_field_value(options.user_agent) || !is_token(options.mail_name)) {
    return fail(ErrorCode::Invalid, "not a name for the transport to show");
  }
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return fail(ErrorCode::Unavailable, "libcurl cannot start");
  }
  return std::make_unique<TwoThreads>(options, *guard);
}

}  // namespace holdfast::net
