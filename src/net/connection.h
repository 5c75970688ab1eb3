#pragma once
// The inside of the server: one thread's loop and one client's connection. Only server.cpp and
// connection.cpp include it, because it shows Asio and Beast.

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "net/server.h"

namespace holdfast::net {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T>
using Task = boost::asio::awaitable<T, Executor>;

class Connection;

/// What all connections share and the server outlives.
struct Shared {
  ServerOptions options;
  Handler handler;
  std::atomic<bool> stopping = false;
  std::atomic<std::size_t> in_flight = 0;

  std::mutex mutex;
  std::condition_variable gone;
  std::size_t connections = 0;  // under mutex
};

/// One thread and its connections; all of a connection's work happens on its lane's thread.
struct Lane {
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<Executor> work{context.get_executor()};
  std::unordered_set<Connection*> connections;  // touched on the lane's thread only
  std::thread thread;
};

/// A request refused before the handler sees it.
struct Refusal {
  int status = 400;
  const char* title = "Bad Request";
  int retry_after_s = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Shared> shared, std::shared_ptr<Lane> lane, Socket socket);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Serves requests until the client, a deadline or the server ends it.
  Task<void> run();

  /// Ends after what is under way; on the lane's thread.
  void finish_soon();

  /// Ends now; on the lane's thread.
  void abort();

 private:
  enum class Next { KeepOpen, Close };

  Task<bool> wait_for_request();
  Task<Next> serve_one();
  Task<Next> refuse(Refusal refusal);
  Task<Next> answer(ServerRequest request, bool keep_alive, unsigned version);
  Task<ServerResponse> ask_handler(ServerRequest request);
  Task<bool> write(ServerResponse response, bool keep_alive, unsigned version, bool head_only);
  Task<bool> write_text(std::string_view text);
  Task<void> stream_events(ServerResponse response, unsigned version);
  Task<void> drain();

  void watch_reader(const std::shared_ptr<EventStream>& stream);
  void enter();
  void leave();
  void arm(Duration span);
  void disarm();
  void tick(std::uint64_t arming);
  void take_answer(std::uint64_t exchange, ServerResponse response);
  void close();

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<Lane> lane_;
  Socket socket_;
  Timer deadline_;
  Timer wake_;
  boost::beast::flat_buffer buffer_;
  std::string remote_address_;
  std::array<char, 512> spare_{};

  std::uint64_t arming_ = 0;    // which deadline a timer's callback belongs to
  std::uint64_t exchange_ = 0;  // which request an answer belongs to
  std::optional<ServerResponse> answer_;
  std::shared_ptr<EventStream> stream_;
  bool counted_ = false;  // in Shared::in_flight
  bool timed_out_ = false;
  bool idle_ = false;
  bool first_ = true;
  bool closing_ = false;
  bool aborted_ = false;
};

}  // namespace holdfast::net
