#include "tests/kit/tcp_proxy.h"

#include <array>
#include <string>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "peers/loopback.h"

namespace holdfast::kit {
namespace {

constexpr int look_again_ms = 20;

}  // namespace

TcpProxy::TcpProxy(int server_port, Judge judge)
    : server_port_(server_port), judge_(std::move(judge)) {
  const auto listening = peers::listen_on_loopback();
  check(listening.has_value(), "a socket can listen on loopback");
  listener_ = listening->socket;
  port_ = listening->port;
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
    const int client = peers::accept_within(listener_, look_again_ms);
    if (client < 0) continue;
    const std::lock_guard lock(guard_);
    carriers_.emplace_back([this, client] { carry(client); });
  }
}

void TcpProxy::carry(int client) {
  const int server = peers::connect_on_loopback(server_port_);
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
      open = peers::send_all(server, bytes) && verdict == Verdict::Pass;
      if (!open) break;
    }
    if (sockets[1].revents != 0) {
      const auto count = ::recv(server, buffer.data(), buffer.size(), 0);
      if (count <= 0) break;
      open = peers::send_all(client, {buffer.data(), static_cast<std::size_t>(count)});
    }
  }
  peers::close_with_reset(client);
  // Without a reset towards the server: what was sent must arrive.
  if (server >= 0) ::close(server);
}

}  // namespace holdfast::kit
