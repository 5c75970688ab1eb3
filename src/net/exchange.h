#pragma once
// One exchange with a partner as libcurl needs it. Only client.cpp, exchange.cpp, http_exchange.cpp
// and mail_exchange.cpp include this header, because it shows libcurl.

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "net/address.h"
#include "net/client.h"

namespace holdfast::net {

struct SlistFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct EasyFree {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MimeFree {
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Slist = std::unique_ptr<curl_slist, SlistFree>;

/// Appends a line to a list.
void append_line(Slist& list, const std::string& line);

using SteadyTime = std::chrono::steady_clock::time_point;

/// A request, its libcurl handle and what has come back so far. It must not move, since libcurl
/// holds pointers into it.
struct Exchange {
  ports::Request request;
  SteadyTime deadline;
  std::function<void(ports::Response)> done;

  const TransportOptions* options = nullptr;
  const AddressGuard* guard = nullptr;
  std::string scheme;
  std::string host;  // lower case, IPv6 without brackets
  std::uint16_t port = 0;

  bool begun = false;           // connected, and bytes of the request may have been written
  std::string refused_address;  // the last address the guard did not let through
  std::string refusal;          // why we ended it ourselves

  ports::Headers headers;
  std::size_t header_bytes = 0;
  bool headers_done = false;
  std::string body;

  std::string last_reply;  // SMTP
  std::string text;        // the mail's parts with CRLF line ends
  std::string html;
  std::string_view last_part;  // the content sent last of all
  std::size_t last_part_read = 0;

  // Last, because members are destroyed from below: the handle goes before what it refers to.
  std::array<char, CURL_ERROR_SIZE> cause{};
  Slist lines;
  Slist recipients;
  std::unique_ptr<curl_mime, MimeFree> mime;
  std::unique_ptr<CURL, EasyFree> easy;
};

/// Finds out where the request goes. Invalid when its URL is not one that may be used.
Status find_target(Exchange& exchange);

/// Makes the handle ready. Invalid when the request cannot be sent as it is; nothing has left then.
Status prepare(Exchange& exchange);
Status prepare_http(Exchange& exchange, const ports::HttpRequest& request);
Status prepare_mail(Exchange& exchange, const ports::MailRequest& request);

/// What came of the exchange when libcurl has ended with `code`.
ports::Response result_of(const Exchange& exchange, CURLcode code);
ports::Response http_result(const Exchange& exchange, CURLcode code);
ports::Response mail_result(const Exchange& exchange, CURLcode code);

/// A failure with the cause libcurl or we gave.
ports::TransportFailure failure_of(const Exchange& exchange, CURLcode code, bool may_have_arrived);

}  // namespace holdfast::net
