
#include "base/text.h"
#include "net/exchange.h"
#include "net/fields.h"

namespace holdfast::net {
namespace {

constexpr std::size_t most_header_bytes = 128u << 10;

// Fields that frame the message; a request that sets them could say two things at once.
bool is_framing(std::string_view key) {
  return key == "content-length" || key == "transfer-encoding" || key == "connection" ||
         key == "expect" || key == "upgrade" || key == "te" || key == "trailer";
}

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* mine) {
  auto& exchange = *static_cast<Exchange*>(mine);
  if (exchange.body.size() + count > exchange.options->max_response_bytes) {
    exchange.refusal = "the response is longer than " +
                       std::to_string(exchange.options->max_response_bytes) + " bytes";
    return 0;
  }
  exchange.body.append(bytes, count);
  return count;
}

void take_field(Exchange& exchange, std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t')) {
    // Obsolete folding (RFC 9112 section 5.2) reads as one space.
    if (!exchange.headers.empty()) exchange.headers.back().second.append(" ").append(trim(line));
    return;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  exchange.headers.emplace_back(std::string(line.substr(0, colon)),
                                std::string(trim(line.substr(colon + 1))));
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* mine) {
  auto& exchange = *static_cast<Exchange*>(mine);
  exchange.header_bytes += count;
  if (exchange.header_bytes > most_header_bytes) {
    exchange.refusal = "the response's headers are too long";
    return 0;
  }
  if (exchange.headers_done && !exchange.body.empty()) return count;  // a trailer
  const std::string_view line(bytes, count);
  if (line.starts_with("HTTP/")) {
    // A provisional response (RFC 9110 section 15.2) came before this one.
    exchange.headers.clear();
    exchange.headers_done = false;
  } else if (trim(line).empty()) {
    exchange.headers_done = true;
  } else if (!exchange.headers_done) {
    take_field(exchange, line);
  }
  return count;
}

Status set_headers(Exchange& exchange, const ports::HttpRequest& request) {
  bool has_type = false;
  bool has_agent = false;
  bool has_accept = false;
  for (const auto& [name, value] : request.headers) {
    const auto key = lower(name);
    if (!is_token(name) || !is_field_value(value)) {
      return fail(ErrorCode::Invalid, "not a header field", is_token(name) ? name : "");
    }
    if (is_framing(key)) return fail(ErrorCode::Invalid, "not a field to set", name);
    // Host follows from the URL; signers that list it among their fields may pass it on.
    if (key == "host") {
      if (lower(value) == exchange.host ||
          lower(value) == exchange.host + ":" + std::to_string(exchange.port)) {
        continue;
      }
      return fail(ErrorCode::Invalid, "the Host field names another host than the URL");
    }
    has_type = has_type || key == "content-type";
    has_agent = has_agent || key == "user-agent";
    has_accept = has_accept || key == "accept";
    append_line(exchange.lines, value.empty() ? name + ";" : name + ": " + value);
  }
  // What libcurl would add by itself is not part of the request.
  append_line(exchange.lines, "Expect:");
  if (!has_type) append_line(exchange.lines, "Content-Type:");
  if (!has_accept) append_line(exchange.lines, "Accept: */*");
  if (!has_agent) append_line(exchange.lines, "User-Agent: " + exchange.options->user_agent);
  return {};
}

void set_method(Exchange& exchange, const ports::HttpRequest& request) {
  CURL* const easy = exchange.easy.get();
  const bool wants_body = request.method == "POST" || request.method == "PUT" ||
                          request.method == "PATCH" || !request.body.empty();
  if (request.method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    return;
  }
  if (wants_body) {
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
  } else {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
  }
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

}  // namespace

Status prepare_http(Exchange& exchange, const ports::HttpRequest& request) {
  if (!is_token(request.method) || upper(request.method) != request.method) {
    return fail(ErrorCode::Invalid, "not a method");
  }
  if (request.method == "HEAD" && !request.body.empty()) {
    return fail(ErrorCode::Invalid, "HEAD carries no body");
  }
  if (auto set = set_headers(exchange, request); !set) return set;
  set_method(exchange, request);
  CURL* const easy = exchange.easy.get();
  curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);  // what was signed is what is sent
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, exchange.lines.get());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
  return {};
}

ports::Response http_result(const Exchange& exchange, CURLcode code) {
  if (code != CURLE_OK) return failure_of(exchange, code, exchange.begun);
  long status = 0;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_RESPONSE_CODE, &status);
  return ports::HttpResponse{static_cast<int>(status), exchange.headers, exchange.body};
}

}  // namespace holdfast::net
