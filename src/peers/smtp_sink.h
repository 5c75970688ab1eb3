#pragma once
// A mail server that keeps everything (RFC 5321, without extensions but SIZE, 8BITMIME and
// PIPELINING). It must never pass a mail on.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace holdfast::peers {

/// What a client said before and in DATA; `data` has its lines' leading dots undone.
struct SmtpMessage {
  std::string from;
  std::vector<std::string> to;
  std::string data;
};

/// Decisions of whoever owns the mailboxes; called on the server's thread.
struct SmtpOwner {
  /// Reply code for a recipient: 250, or 450 and 550 to refuse.
  std::function<int(const std::string& address)> recipient;
  /// Reply code for a whole message: 250 keeps it, 4xx and 5xx refuse it, 0 closes the connection
  /// without an answer.
  std::function<int(SmtpMessage message)> message;
};

struct SmtpOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0 takes a free one
  std::size_t max_message_bytes = 10u << 20;
  std::size_t max_connections = 64;
};

class SmtpSink {
 public:
  /// Listens and serves from now on; Unavailable when the port cannot be had.
  static Result<std::unique_ptr<SmtpSink>> start(SmtpOptions options, SmtpOwner owner);

  /// The port listened on.
  int port() const;

  ~SmtpSink();
  SmtpSink(const SmtpSink&) = delete;
  SmtpSink& operator=(const SmtpSink&) = delete;

 private:
  struct Inside;
  explicit SmtpSink(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace holdfast::peers
