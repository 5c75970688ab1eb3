#pragma once
// Connection: one kept-alive HTTP/1.1 connection to a loopback port, blocking, for measuring. It
// must never try twice: what fails is told.

#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/message.h"

namespace holdfast::bench {

struct Answer {
  int status = 0;
  ports::Headers headers;
  std::string body;
};

/// The bytes of a request, with Host and Content-Length.
std::string request_text(std::string_view method, std::string_view target,
                         const ports::Headers& headers, std::string_view body);

class Connection {
 public:
  explicit Connection(int port) : port_(port) {}
  ~Connection() { close(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Sends the bytes and reads one whole answer, connecting first when there is no connection.
  /// Unavailable when that fails or takes more than 30 s; the connection is then closed.
  Result<Answer> exchange(std::string_view request);

 private:
  Status open();
  void close();
  Result<Answer> read_answer();

  int port_;
  int socket_ = -1;
  std::string buffer_;
};

/// Reads from `socket` into `buffer` until it holds a message's header and as much body as the
/// header announces; the length of both, or 0 at the connection's end.
std::size_t read_message(int socket, std::string& buffer);

}  // namespace holdfast::bench
