#include "net/test_socket.h"

#include <bit>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace holdfast::net::test {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

const sockaddr* as_sockaddr(const sockaddr_in& address) {
  return std::bit_cast<const sockaddr*>(&address);
}

void bound_waits(int handle) {
  const timeval limit{2, 0};
  ::setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(handle, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

}  // namespace

RawSocket::~RawSocket() {
  if (handle_ >= 0) ::close(handle_);
}

RawSocket RawSocket::to(int port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM, 0);
  bound_waits(handle);
  const auto address = loopback(port);
  EXPECT_EQ(::connect(handle, as_sockaddr(address), sizeof address), 0);
  return RawSocket(handle);
}

bool RawSocket::write(std::string_view text) {
  while (!text.empty()) {
    const auto size = ::send(handle_, text.data(), text.size(), MSG_NOSIGNAL);
    if (size <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

std::string RawSocket::read_until(std::string_view mark) {
  std::string text;
  char buffer[4096];
  while (mark.empty() || text.find(mark) == std::string::npos) {
    // One byte at a time, so that nothing beyond the mark is taken.
    const auto size = ::recv(handle_, buffer, mark.empty() ? sizeof buffer : 1, 0);
    if (size <= 0) break;
    text.append(buffer, static_cast<std::size_t>(size));
  }
  return text;
}

std::string RawSocket::read_all() { return read_until(""); }

bool RawSocket::is_closed() {
  char byte = 0;
  const auto size = ::recv(handle_, &byte, 1, 0);
  return size == 0 || (size < 0 && errno == ECONNRESET);
}

void RawSocket::finish_writing() { ::shutdown(handle_, SHUT_WR); }

void RawSocket::reset() {
  const linger now{1, 0};
  ::setsockopt(handle_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(handle_);
  handle_ = -1;
}

RawServer::RawServer(std::function<void(RawSocket&)> serve) {
  handle_ = ::socket(AF_INET, SOCK_STREAM, 0);
  auto address = loopback(0);
  socklen_t size = sizeof address;
  EXPECT_EQ(::bind(handle_, as_sockaddr(address), size), 0);
  EXPECT_EQ(::listen(handle_, 64), 0);
  ::getsockname(handle_, std::bit_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([handle = handle_, serve = std::move(serve)] {
    for (;;) {
      const int client = ::accept(handle, nullptr, nullptr);
      if (client < 0) return;
      bound_waits(client);
      RawSocket socket(client);
      serve(socket);
    }
  });
}

RawServer::~RawServer() {
  ::shutdown(handle_, SHUT_RDWR);
  thread_.join();
  ::close(handle_);
}

}  // namespace holdfast::net::test
