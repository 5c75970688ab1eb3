#include "net/exchange.h"

#include <algorithm>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"
#include "net/fields.h"

namespace holdfast::net {
namespace {

// A kept connection that idled longer may be closed by the other side just as we write.
constexpr long longest_idle_connection_s = 15;
constexpr auto longest_connecting = std::chrono::milliseconds(10'000);

struct UrlFree {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct TextFree {
  void operator()(char* text) const { curl_free(text); }
};

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) return {};
  const std::unique_ptr<char, TextFree> owned(text);
  return text;
}

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string_view url_of(const ports::Request& request) {
  if (const auto* http = std::get_if<ports::HttpRequest>(&request)) return http->url;
  return std::get<ports::MailRequest>(request).server;
}

Result<IpAddress> ip_of(const curl_sockaddr& target) {
  IpAddress ip;
  if (target.family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &target.addr, sizeof v4);
    ip.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    std::memcpy(&ip.bytes[12], &v4.sin_addr, 4);
    return ip;
  }
  if (target.family == AF_INET6 && target.addrlen >= sizeof(sockaddr_in6)) {
    // The address is longer than the field libcurl declares for it.
    sockaddr_in6 v6{};
    std::memcpy(&v6, static_cast<const void*>(&target.addr), sizeof v6);
    std::memcpy(ip.bytes.data(), &v6.sin6_addr, 16);
    return ip;
  }
  return fail(ErrorCode::Forbidden, "not an internet address");
}

// Called with each resolved address before a socket for it exists.
curl_socket_t open_socket(void* mine, curlsocktype, curl_sockaddr* target) {
  auto& exchange = *static_cast<Exchange*>(mine);
  const auto ip = ip_of(*target);
  if (!ip || !exchange.guard->allows(exchange.host, exchange.port, *ip)) {
    exchange.refused_address = ip ? to_text(*ip) : "not an internet address";
    return CURL_SOCKET_BAD;
  }
  return ::socket(target->family, target->socktype | SOCK_CLOEXEC, target->protocol);
}

// Called when the connection stands, right before the request is written. A second call means
// that libcurl wants to send the request again because a kept connection broke: the first may have
// arrived, so that is not ours to do.
int before_request(void* mine, char*, char*, int, int) {
  auto& exchange = *static_cast<Exchange*>(mine);
  if (exchange.begun) {
    exchange.refusal = "the connection broke while the request was under way";
    return CURL_PREREQFUNC_ABORT;
  }
  if (exchange.options->may_send && !exchange.options->may_send()) {
    exchange.refusal = "this process may not send just now";
    return CURL_PREREQFUNC_ABORT;
  }
  exchange.begun = true;
  return CURL_PREREQFUNC_OK;
}

void set_connection_options(Exchange& exchange) {
  CURL* const easy = exchange.easy.get();
  const auto& options = *exchange.options;
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &exchange);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, exchange.cause.data());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, longest_idle_connection_s);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  }
}

Status set_deadline(Exchange& exchange) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      exchange.deadline - std::chrono::steady_clock::now());
  if (left.count() <= 0) return fail(ErrorCode::Timeout, "no time left before sending");
  CURL* const easy = exchange.easy.get();
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(left, longest_connecting).count()));
  return {};
}

}  // namespace

void append_line(Slist& list, const std::string& line) {
  if (auto* const longer = curl_slist_append(list.get(), line.c_str())) {
    static_cast<void>(list.release());
    list.reset(longer);
    return;
  }
  throw std::bad_alloc();
}

Status find_target(Exchange& exchange) {
  const std::string text(url_of(exchange.request));
  const std::unique_ptr<CURLU, UrlFree> url(curl_url());
  // libcurl takes the URL apart here as it does when it connects: two readers could disagree about
  // the host, and the guard would judge another one.
  if (!is_plain_ascii(text) || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0)) {
    return fail(ErrorCode::Invalid, "not a URL");
  }
  if (!part_of(url.get(), CURLUPART_USER).empty()) {
    return fail(ErrorCode::Invalid, "a URL must not hold a user");
  }
  exchange.scheme = lower(part_of(url.get(), CURLUPART_SCHEME));
  exchange.host = lower(part_of(url.get(), CURLUPART_HOST));
  if (exchange.host.starts_with('[')) {
    exchange.host = exchange.host.substr(1, exchange.host.find(']') - 1);
  }
  const auto port = part_of(url.get(), CURLUPART_PORT);
  const bool is_mail = std::holds_alternative<ports::MailRequest>(exchange.request);
  const bool fits = is_mail ? exchange.scheme == "smtp" || exchange.scheme == "smtps"
                            : exchange.scheme == "http" || exchange.scheme == "https";
  if (!fits || exchange.host.empty() || port.empty()) {
    return fail(ErrorCode::Invalid, "not a URL this transport serves");
  }
  exchange.port = static_cast<std::uint16_t>(std::stoi(port));
  return {};
}

Status prepare(Exchange& exchange) {
  exchange.easy.reset(curl_easy_init());
  if (!exchange.easy) return fail(ErrorCode::Unavailable, "no handle for a connection");
  set_connection_options(exchange);
  if (auto timed = set_deadline(exchange); !timed) return timed;
  if (const auto* http = std::get_if<ports::HttpRequest>(&exchange.request)) {
    return prepare_http(exchange, *http);
  }
  return prepare_mail(exchange, std::get<ports::MailRequest>(exchange.request));
}

ports::Response result_of(const Exchange& exchange, CURLcode code) {
  if (std::holds_alternative<ports::HttpRequest>(exchange.request)) {
    return http_result(exchange, code);
  }
  return mail_result(exchange, code);
}

ports::TransportFailure failure_of(const Exchange& exchange, CURLcode code, bool may_have_arrived) {
  if (!exchange.refusal.empty()) return {may_have_arrived, exchange.refusal};
  if (!exchange.begun && !exchange.refused_address.empty()) {
    return {false, "address refused: " + exchange.refused_address + "; when it is meant, add " +
                       exchange.host + ":" + std::to_string(exchange.port) +
                       " to server.allowed_hosts"};
  }
  std::string detail = curl_easy_strerror(code);
  if (exchange.cause[0] != 0) detail += std::string(": ") + exchange.cause.data();
  return {may_have_arrived, std::move(detail)};
}

}  // namespace holdfast::net
