#include "tests/kit/tcp_proxy.h"

#include <array>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"

namespace holdfast::kit {
namespace {

constexpr int look_again_ms = 20;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int connect_to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = loopback(port);
  const int quick = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &quick, sizeof quick);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return socket;
  }
  ::close(socket);
  return -1;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// Ends a connection as a dying network does: with a reset, whatever is still unread.
void reset(int socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket);
}

}  // namespace

TcpProxy::TcpProxy(int server_port, Judge judge)
    : server_port_(server_port), judge_(std::move(judge)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t length = sizeof address;
  const bool listens =
      ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), length) == 0 &&
      ::listen(listener_, 64) == 0 &&
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  check(listens, "a proxy can listen on loopback");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

TcpProxy::~TcpProxy() {
  stopping_ = true;
  acceptor_.join();
  for (auto& carrier : carriers_) carrier.join();
  ::close(listener_);
}

void TcpProxy::accept_all() {
  while (!stopping_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, look_again_ms) <= 0) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    const std::lock_guard lock(guard_);
    carriers_.emplace_back([this, client] { carry(client); });
  }
}

void TcpProxy::carry(int client) {
  const int server = connect_to(server_port_);
  std::array<char, 65'536> buffer{};
  bool open = server >= 0;
  while (open && !stopping_) {
    std::array<pollfd, 2> sockets{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(sockets.data(), sockets.size(), look_again_ms) <= 0) continue;
    if (sockets[0].revents != 0) {
      const auto count = ::recv(client, buffer.data(), buffer.size(), 0);
      if (count <= 0) break;
      std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
      const auto verdict = judge_(bytes);
      if (verdict == Verdict::CutBefore) break;
      if (verdict == Verdict::CutHalf) bytes = bytes.substr(0, bytes.size() / 2);
      open = send_all(server, bytes) && verdict == Verdict::Pass;
      if (!open) break;
    }
    if (sockets[1].revents != 0) {
      const auto count = ::recv(server, buffer.data(), buffer.size(), 0);
      if (count <= 0) break;
      open = send_all(client, {buffer.data(), static_cast<std::size_t>(count)});
    }
  }
  reset(client);
  // Without a reset towards the server: what was sent must arrive.
  if (server >= 0) ::close(server);
}

}  // namespace holdfast::kit
