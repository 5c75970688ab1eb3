#include "tests/kit/wire.h"

#include <bit>
#include <charconv>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"

namespace holdfast::kit {
namespace {

constexpr int rounds = 1'000;  // of at most ten milliseconds without any event

struct Socket {
  int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  Socket() = default;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { ::close(handle); }
};

void connect_to(const Socket& socket, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = std::bit_cast<const sockaddr*>(&address);
  if (::connect(socket.handle, generic, sizeof address) != 0 && errno != EINPROGRESS) {
    throw std::runtime_error("cannot connect to the server under test");
  }
}

/// Whether the answer is complete: its head, and as many bytes as it announces.
bool is_complete(const std::string& text) {
  const auto end = text.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  const auto head = lower(text.substr(0, end));
  const auto at = head.find("content-length:");
  if (at == std::string::npos) return true;
  std::size_t length = 0;
  const auto digits = trim(std::string_view(head).substr(at + 15, head.find("\r\n", at) - at - 15));
  std::from_chars(digits.data(), digits.data() + digits.size(), length);
  return text.size() >= end + 4 + length;
}

int status_of(const std::string& text) {
  if (!text.starts_with("HTTP/1.") || text.size() < 12) return 0;
  int status = 0;
  std::from_chars(text.data() + 9, text.data() + 12, status);
  return status;
}

/// Takes what has arrived; false when the server has closed.
bool read_more(const Socket& socket, std::string& text) {
  char buffer[16'384];
  for (;;) {
    const auto size = ::recv(socket.handle, buffer, sizeof buffer, 0);
    if (size > 0) {
      text.append(buffer, static_cast<std::size_t>(size));
      continue;
    }
    return size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOTCONN);
  }
}

}  // namespace

Wire::Wire(std::function<void()> pump) : pump_(std::move(pump)), wake_(::eventfd(0, EFD_NONBLOCK)) {
  if (wake_ < 0) throw std::runtime_error("no eventfd");
}

Wire::~Wire() { ::close(wake_); }

void Wire::wake() const {
  const std::uint64_t one = 1;
  (void)!::write(wake_, &one, sizeof one);
}

WireAnswer Wire::exchange(int port, std::string_view bytes, bool finish) {
  const Socket socket;
  connect_to(socket, port);
  WireAnswer answer;
  bool finished = false;
  for (int round = 0; round < rounds; ++round) {
    const bool writing = !bytes.empty();
    pollfd watched[2] = {{socket.handle, static_cast<short>(POLLIN | (writing ? POLLOUT : 0)), 0},
                         {wake_, POLLIN, 0}};
    ::poll(watched, 2, 10);
    if (watched[1].revents != 0) {
      std::uint64_t count = 0;
      (void)!::read(wake_, &count, sizeof count);
    }
    pump_();
    if (writing && (watched[0].revents & POLLOUT) != 0) {
      const auto size = ::send(socket.handle, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (size > 0) bytes.remove_prefix(static_cast<std::size_t>(size));
      if (size < 0 && errno != EAGAIN) bytes = {};  // the server closed before it read everything
    }
    if (bytes.empty() && finish && !finished) {
      ::shutdown(socket.handle, SHUT_WR);
      finished = true;
    }
    const bool open = read_more(socket, answer.text);
    if (!open || is_complete(answer.text)) {
      answer.status = status_of(answer.text);
      return answer;
    }
  }
  answer.status = -1;
  return answer;
}

}  // namespace holdfast::kit
