#include "peers/loopback.h"

#include <bit>
#include <cstdint>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace holdfast::peers {
namespace {

constexpr int most_unaccepted = 128;

sockaddr loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return std::bit_cast<sockaddr>(address);
}

}  // namespace

Result<Listening> listen_on_loopback() {
  Listening made{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), 0};
  auto address = loopback(0);
  socklen_t length = sizeof address;
  const bool listens = made.socket >= 0 && ::bind(made.socket, &address, length) == 0 &&
                       ::listen(made.socket, most_unaccepted) == 0 &&
                       ::getsockname(made.socket, &address, &length) == 0;
  made.port = ntohs(std::bit_cast<sockaddr_in>(address).sin_port);
  if (listens) return made;
  if (made.socket >= 0) ::close(made.socket);
  return fail(ErrorCode::Unavailable, "no port can be had", "127.0.0.1");
}

Result<int> free_port() {
  const auto listening = listen_on_loopback();
  if (!listening) return fail(listening.error());
  ::close(listening->socket);
  return listening->port;
}

int accept_within(int listener, int milliseconds) {
  pollfd waiting{listener, POLLIN, 0};
  if (::poll(&waiting, 1, milliseconds) <= 0) return -1;
  return ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
}

int connect_on_loopback(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  const auto address = loopback(port);
  const int quick = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &quick, sizeof quick);
  if (::connect(socket, &address, sizeof address) == 0) return socket;
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

void close_with_reset(int socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket);
}

}  // namespace holdfast::peers
