#pragma once
// Requests and responses as values: what connectors make and read. No connector opens a socket.
// A request names everything that leaves, so that it can be recorded, checked and replayed.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace holdfast::ports {

/// Header fields in the order they stand on the wire; names compare without case (RFC 9110 §5.1).
using Headers = std::vector<std::pair<std::string, std::string>>;

/// The first value of a header, or "" when it is absent.
std::string_view header(const Headers& headers, std::string_view name);

/// How many fields carry this name; a doubled signature header is no signature.
std::size_t header_count(const Headers& headers, std::string_view name);

/// An HTTP request to a partner. `url` is absolute.
struct HttpRequest {
  std::string method = "GET";
  std::string url;
  Headers headers;
  std::string body;

  bool operator==(const HttpRequest&) const = default;
};

struct HttpResponse {
  int status = 0;
  Headers headers;
  std::string body;

  bool operator==(const HttpResponse&) const = default;
};

/// A file that travels with a mail.
struct Attachment {
  std::string name;
  std::string media_type;
  std::string bytes;

  bool operator==(const Attachment&) const = default;
};

/// A mail to hand to an SMTP server. Encoding into RFC 5322 and MIME is the transport's work.
struct MailRequest {
  std::string server;  // smtp://host:port or smtps://host:port
  std::string user;    // "" for none
  std::string password;
  std::string from;
  std::string to;
  std::string reply_to;
  std::string subject;
  std::string text;
  std::string html;
  std::string message_id;  // stable for one intent: a repeat is the same message (RFC 5322 §3.6.4)
  std::vector<Attachment> attachments;
  std::vector<std::pair<std::string, std::string>> headers;
  bool greet_only = false;  // greet, sign in, NOOP and QUIT; nothing is handed over

  bool operator==(const MailRequest&) const = default;
};

using Request = std::variant<HttpRequest, MailRequest>;

/// SMTP's final answer.
struct MailResponse {
  int code = 0;  // RFC 5321 reply code of the last command
  std::string text;

  bool operator==(const MailResponse&) const = default;
};

/// No answer came. `may_have_arrived` is false only when nothing can have reached the partner.
struct TransportFailure {
  bool may_have_arrived = true;
  std::string detail;

  bool operator==(const TransportFailure&) const = default;
};

using Response = std::variant<HttpResponse, MailResponse, TransportFailure>;

/// One request and what came back.
struct Exchange {
  Request request;
  Response response;
};

/// What came in at /hooks/{account id}/….
struct Inbound {
  std::string method;
  std::string path;  // below /hooks/{account id}
  std::string query;
  Headers headers;
  std::string body;
  Instant received_at;
};

}  // namespace holdfast::ports
