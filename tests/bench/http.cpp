#include "tests/bench/http.h"

#include <charconv>

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/text.h"
#include "peers/loopback.h"

namespace holdfast::bench {
namespace {

constexpr int patience_seconds = 30;
constexpr std::string_view head_end = "\r\n\r\n";

ports::Headers headers_of(std::string_view head) {
  ports::Headers headers;
  for (auto at = head.find("\r\n"); at != head.npos;) {
    const auto end = std::min(head.find("\r\n", at + 2), head.size());
    const auto line = head.substr(at + 2, end - at - 2);
    if (const auto colon = line.find(':'); colon != line.npos) {
      headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
    }
    at = end == head.size() ? head.npos : end;
  }
  return headers;
}

std::size_t body_length(std::string_view head) {
  std::size_t length = 0;
  const auto headers = headers_of(head);
  const auto text = ports::header(headers, "Content-Length");
  std::from_chars(text.data(), text.data() + text.size(), length);
  return length;
}

auto no_answer(const char* why) { return fail(ErrorCode::Unavailable, why, "loopback"); }

}  // namespace

std::string request_text(std::string_view method, std::string_view target,
                         const ports::Headers& headers, std::string_view body) {
  std::string text(method);
  text.append(" ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (method != "GET") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text.append("\r\n").append(body);
}

std::size_t read_message(int socket, std::string& buffer) {
  std::size_t whole = 0;
  char piece[16 * 1024];
  while (whole == 0 || buffer.size() < whole) {
    if (whole == 0) {
      const auto end = buffer.find(head_end);
      if (end != buffer.npos) {
        whole = end + head_end.size() + body_length(std::string_view(buffer).substr(0, end));
        continue;
      }
    }
    const auto got = ::recv(socket, piece, sizeof piece, 0);
    if (got <= 0) return 0;
    buffer.append(piece, static_cast<std::size_t>(got));
  }
  return whole;
}

Status Connection::open() {
  socket_ = peers::connect_on_loopback(port_);
  if (socket_ < 0) return no_answer("nobody listens");
  const timeval patience{patience_seconds, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  return {};
}

void Connection::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  buffer_.clear();
}

Result<Answer> Connection::exchange(std::string_view request) {
  if (socket_ < 0) {
    if (auto status = open(); !status) return fail(status.error());
  }
  auto answer =
      peers::send_all(socket_, request) ? read_answer() : no_answer("the connection ended");
  if (!answer) close();
  return answer;
}

Result<Answer> Connection::read_answer() {
  const auto length = read_message(socket_, buffer_);
  if (length == 0) return no_answer("no whole answer came");
  const auto message = std::string_view(buffer_).substr(0, length);
  const auto head = message.substr(0, message.find(head_end));
  Answer answer;
  // "HTTP/1.1 200 OK" (RFC 9112 section 4)
  const auto space = head.find(' ');
  if (space == head.npos) return no_answer("the answer is no HTTP");
  std::from_chars(head.data() + space + 1, head.data() + head.size(), answer.status);
  answer.headers = headers_of(head);
  answer.body = message.substr(head.size() + head_end.size());
  buffer_.erase(0, length);
  if (ports::header(answer.headers, "Connection") == "close") close();
  return answer;
}

}  // namespace holdfast::bench
