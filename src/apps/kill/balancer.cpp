#include "apps/kill/balancer.h"

#include <algorithm>
#include <array>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "apps/kill/child.h"
#include "base/check.h"
#include "peers/loopback.h"

namespace holdfast::apps {
namespace {

constexpr int look_again_ms = 20;

// What can be read of one side goes to the other; false when a side has ended.
bool pass(int from, int to) {
  std::array<char, 65'536> buffer{};
  const auto count = ::recv(from, buffer.data(), buffer.size(), 0);
  return count > 0 && peers::send_all(to, {buffer.data(), static_cast<std::size_t>(count)});
}

}  // namespace

Balancer::Balancer() {
  const auto listening = peers::listen_on_loopback();
  check(listening.has_value(), "a socket can listen on loopback");
  listener_ = listening->socket;
  port_ = listening->port;
  acceptor_ = std::thread([this] { accept_all(); });
}

Balancer::~Balancer() {
  stopping_ = true;
  acceptor_.join();
  while (carried_ > 0) pause_ms(1);
  ::close(listener_);
}

void Balancer::use(std::vector<int> ports) {
  const std::lock_guard lock(mutex_);
  ports_ = std::move(ports);
}

bool Balancer::in_use(int port) {
  const std::lock_guard lock(mutex_);
  return std::ranges::find(ports_, port) != ports_.end();
}

void Balancer::accept_all() {
  while (!stopping_) {
    const int client = peers::accept_within(listener_, look_again_ms);
    if (client < 0) continue;
    ++carried_;
    std::thread([this, client] {
      carry(client);
      --carried_;
    }).detach();
  }
}

int Balancer::connect_to_one(int& port) {
  std::vector<int> ports;
  {
    const std::lock_guard lock(mutex_);
    ports = ports_;
    if (!ports.empty()) {
      const auto turn = static_cast<std::ptrdiff_t>(turn_++ % ports.size());
      std::ranges::rotate(ports, ports.begin() + turn);
    }
  }
  for (const int one : ports) {
    port = one;
    if (const int socket = peers::connect_on_loopback(one); socket >= 0) return socket;
  }
  return -1;
}

void Balancer::carry(int client) {
  int port = 0;
  const int server = connect_to_one(port);
  bool open = server >= 0;
  while (open && !stopping_ && in_use(port)) {
    std::array<pollfd, 2> sockets{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(sockets.data(), sockets.size(), look_again_ms) <= 0) continue;
    if (sockets[0].revents != 0) open = pass(client, server);
    if (open && sockets[1].revents != 0) open = pass(server, client);
  }
  // With a reset, as one that lost its server does: whoever asked does not wait for an answer.
  if (in_use(port))
    ::close(client);
  else
    peers::close_with_reset(client);
  if (server >= 0) ::close(server);
}

}  // namespace holdfast::apps
