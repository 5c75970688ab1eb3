#pragma once
// The Transport of production: HTTP and SMTP through a libcurl thread each. It decides nothing
// about orders: it carries a request once and tells honestly whether the partner may have received
// it.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ports/clock.h"
#include "ports/transport.h"

namespace holdfast::net {

struct TransportOptions {
  /// Hosts ("erp.internal"), hosts with port ("127.0.0.1:8025") and ranges ("10.1.0.0/16") that may
  /// be reached although their addresses are not public.
  std::vector<std::string> allowed_hosts;
  std::size_t max_response_bytes = 4u << 20;
  std::size_t max_mail_bytes = 20u << 20;  // text, HTML and attachments before encoding
  std::size_t max_active = 64;             // exchanges at once; as many mails besides
  std::size_t max_active_per_host = 8;     // so that one partner that hangs does not hold up all
  std::size_t max_queued = 4096;           // waiting for their turn; more are refused
  std::string user_agent = "holdfast";
  std::string mail_name = "localhost";  // how we greet an SMTP server (RFC 5321 section 4.1.1.1)
  std::string ca_file;                  // certificates to trust instead of the system's; "" none
  std::shared_ptr<ports::Clock> clock;  // for a mail's Date field; required
  /// Asked when a connection stands, before the first byte of a request: false and it is not sent.
  /// From any thread; an empty function allows all.
  std::function<bool()> may_send;
};

/// Makes the transport. It follows no redirect, uses no proxy, verifies certificates (TLS 1.2 at
/// least) and never sends a request a second time. Invalid when the options are. Destroying it ends
/// every exchange under way with a TransportFailure.
///
/// HTTP: a whole response of any status is an HttpResponse; anything else is a TransportFailure
/// whose `may_have_arrived` is false only while nothing of the request had been written.
///
/// Mail: STARTTLS is used when offered and demanded when a password is sent to any host but this
/// machine. Every definite refusal is a MailResponse with its code. `may_have_arrived` is false
/// until the whole message has been handed to the connection, because a server must not deliver a
/// message before the final dot (RFC 5321 section 4.1.1.4).
Result<std::unique_ptr<ports::Transport>> make_transport(const TransportOptions& options);

}  // namespace holdfast::net
