#include "apps/kill/balancer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "apps/kill/child.h"
#include "base/check.h"

namespace holdfast::apps {
namespace {

constexpr int look_again_ms = 20;

sockaddr loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return std::bit_cast<sockaddr>(address);
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// What can be read of one side goes to the other; false when a side has ended.
bool pass(int from, int to) {
  std::array<char, 65'536> buffer{};
  const auto count = ::recv(from, buffer.data(), buffer.size(), 0);
  return count > 0 && send_all(to, {buffer.data(), static_cast<std::size_t>(count)});
}

}  // namespace

Balancer::Balancer() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t length = sizeof address;
  const bool listens = ::bind(listener_, &address, length) == 0 && ::listen(listener_, 128) == 0 &&
                       ::getsockname(listener_, &address, &length) == 0;
  check(listens, "a balancer can listen on loopback");
  port_ = ntohs(std::bit_cast<sockaddr_in>(address).sin_port);
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
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, look_again_ms) <= 0) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
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
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(one);
    port = one;
    if (::connect(socket, &address, sizeof address) == 0) return socket;
    ::close(socket);
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
  const linger at_once{1, 0};
  if (!in_use(port)) ::setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(client);
  if (server >= 0) ::close(server);
}

}  // namespace holdfast::apps
