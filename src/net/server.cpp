#include "net/server.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/check.h"
#include "base/log.h"
#include "net/connection.h"

namespace holdfast::net {
namespace {

namespace asio = boost::asio;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Failure = boost::system::error_code;

constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> reply{};

Status check_options(const ServerOptions& options) {
  const bool bounded = options.max_body_bytes > 0 && options.max_header_bytes > 0 &&
                       options.max_headers > 0 && options.max_connections > 0 &&
                       options.max_in_flight > 0;
  if (!bounded) return fail(ErrorCode::Invalid, "a bound of the server is zero");
  if (options.threads < 1 || options.threads > 256) {
    return fail(ErrorCode::Invalid, "not a number of threads", "threads", "use 1 to 256");
  }
  if (options.port < 0 || options.port > 65535) {
    return fail(ErrorCode::Invalid, "not a port", "port", "use 0 to 65535");
  }
  return {};
}

Result<asio::ip::tcp::endpoint> endpoint_of(const ServerOptions& options) {
  auto host = options.host == "localhost" ? std::string("127.0.0.1") : options.host;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  Failure failure;
  const auto address = asio::ip::make_address(host, failure);
  if (failure) {
    return fail(ErrorCode::Invalid, "not an address to listen on", options.host,
                "use an IP address or localhost");
  }
  return asio::ip::tcp::endpoint(address, static_cast<std::uint16_t>(options.port));
}

Result<Acceptor> listen(Lane& lane, const ServerOptions& options) {
  const auto endpoint = endpoint_of(options);
  if (!endpoint) return fail(endpoint.error());
  Acceptor acceptor(lane.context.get_executor());
  Failure failure;
  acceptor.open(endpoint->protocol(), failure);
  if (!failure) acceptor.set_option(Acceptor::reuse_address(true), failure);
  if (!failure) acceptor.bind(*endpoint, failure);
  if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
  if (failure) {
    return fail(ErrorCode::Unavailable, "cannot listen: " + failure.message(),
                options.host + ":" + std::to_string(options.port),
                "choose another port or stop who has it");
  }
  return acceptor;
}

// Too many connections: a word in passing, without waiting for the client.
void turn_away(Socket& socket) {
  constexpr std::string_view busy =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: close\r\n"
      "Content-Length: 0\r\n\r\n";
  Failure ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(busy.data(), busy.size()), ignored);
}

}  // namespace

struct Responder::Once {
  std::function<void(ServerResponse)> deliver;
  std::atomic<bool> answered = false;

  explicit Once(std::function<void(ServerResponse)> target) : deliver(std::move(target)) {}
  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;
  ~Once() {
    if (!answered) deliver(problem_response(500, "Internal Server Error"));
  }
};

Responder::Responder(std::function<void(ServerResponse)> deliver)
    : once_(std::make_shared<Once>(std::move(deliver))) {}

void Responder::operator()(ServerResponse response) const {
  check(!once_->answered.exchange(true), "a request is answered once");
  once_->deliver(std::move(response));
}

struct Server::Inside {
  std::shared_ptr<Shared> shared = std::make_shared<Shared>();
  std::vector<std::shared_ptr<Lane>> lanes;
  std::optional<Acceptor> acceptor;
  std::optional<Timer> pause;
  int port = 0;
  bool stopped = false;

  Task<void> accept_loop();
  void take_in(Socket socket, const std::shared_ptr<Lane>& lane);
  void on_every_lane(void (Connection::*action)());
};

Task<void> Server::Inside::accept_loop() {
  std::size_t turn = 0;
  while (!shared->stopping) {
    const auto& lane = lanes[turn++ % lanes.size()];
    auto [failure, socket] = co_await acceptor->async_accept(lane->context, reply);
    if (shared->stopping) break;
    if (failure) {
      // Out of file descriptors, most likely: others have to end first.
      log_warning("net", "cannot accept a connection", {field("cause", failure.message())});
      pause->expires_after(std::chrono::milliseconds(100));
      co_await pause->async_wait(reply);
      continue;
    }
    Socket client(std::move(socket));
    take_in(std::move(client), lane);
  }
}

void Server::Inside::take_in(Socket socket, const std::shared_ptr<Lane>& lane) {
  {
    const std::lock_guard lock(shared->mutex);
    if (shared->connections >= shared->options.max_connections) {
      log_warning("net", "too many connections");
      turn_away(socket);
      return;
    }
    ++shared->connections;
  }
  auto connection = std::make_shared<Connection>(shared, lane, std::move(socket));
  asio::post(lane->context, [connection = std::move(connection), lane] {
    asio::co_spawn(lane->context.get_executor(), connection->run(), asio::detached);
  });
}

void Server::Inside::on_every_lane(void (Connection::*action)()) {
  for (const auto& lane : lanes) {
    asio::post(lane->context, [raw = lane.get(), action] {
      const auto open = raw->connections;  // an action may take itself out
      for (auto* connection : open) (connection->*action)();
    });
  }
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Server::~Server() { stop(); }

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Handler handler) {
  if (const auto checked = check_options(options); !checked) return fail(checked.error());
  auto inside = std::make_unique<Inside>();
  for (int i = 0; i < options.threads; ++i) inside->lanes.push_back(std::make_shared<Lane>());
  auto& first = *inside->lanes.front();
  auto acceptor = listen(first, options);
  if (!acceptor) return fail(acceptor.error());
  inside->acceptor.emplace(std::move(*acceptor));
  inside->pause.emplace(first.context.get_executor());
  inside->port = inside->acceptor->local_endpoint().port();
  inside->shared->options = std::move(options);
  inside->shared->handler = std::move(handler);
  asio::co_spawn(first.context.get_executor(), inside->accept_loop(), asio::detached);
  for (const auto& lane : inside->lanes) {
    lane->thread = std::thread([raw = lane.get()] { raw->context.run(); });
  }
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

int Server::port() const { return inside_->port; }

std::size_t Server::in_flight() const { return inside_->shared->in_flight; }

void Server::stop() {
  if (std::exchange(inside_->stopped, true)) return;
  auto& shared = *inside_->shared;
  shared.stopping = true;
  asio::post(inside_->lanes.front()->context, [inside = inside_.get()] {
    Failure ignored;
    inside->acceptor->close(ignored);
    inside->pause->cancel();
  });
  inside_->on_every_lane(&Connection::finish_soon);
  {
    std::unique_lock lock(shared.mutex);
    shared.gone.wait_for(lock, std::chrono::milliseconds(shared.options.stop_deadline.ms),
                         [&] { return shared.connections == 0; });
  }
  inside_->on_every_lane(&Connection::abort);
  // The first lane hands new connections to the others, so it has to have ended before they may.
  for (const auto& lane : inside_->lanes) {
    lane->work.reset();
    lane->thread.join();
  }
}

}  // namespace holdfast::net
