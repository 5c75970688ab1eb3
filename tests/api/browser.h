#pragma once
// Browser: somebody at a browser of the ApiWorld, with cookies and a csrf token of its own.

#include "tests/api/world.h"

namespace holdfast::api_tests {

inline Json json_of(const net::ServerResponse& response) {
  return parse_json(response.body).value_or(Json());
}

inline std::string code_of(const net::ServerResponse& response) {
  return json_of(response)["code"].string();
}

/// The id of the first user.
inline std::string admin_id(ApiWorld& world) {
  return world.get_json("/api/v1/session")["user"]["id"].string();
}

inline std::string cookies_of(const net::ServerResponse& response) {
  std::string cookies;
  for (const auto& [name, value] : response.headers) {
    if (name == "Set-Cookie") cookies += value.substr(0, value.find(';')) + "; ";
  }
  return cookies;
}

/// A browser: it keeps its cookies and knows its csrf token.
class Browser {
 public:
  explicit Browser(ApiWorld& world, std::string address = "192.0.2.7")
      : world_(world), address_(std::move(address)) {}

  net::ServerResponse post(const std::string& path, const std::string& body) {
    return ask("POST", path, body);
  }
  net::ServerResponse ask(const std::string& method, const std::string& path,
                          const std::string& body = {}) {
    auto headers = with_json({{"User-Agent", "a browser"}});
    headers.emplace_back("Idempotency-Key", "key-" + std::to_string(++asked) + address_);
    if (!cookies.empty()) headers.emplace_back("Cookie", cookies);
    if (!csrf_.empty()) headers.emplace_back("X-CSRF-Token", csrf_);
    world_.asks_from = address_;
    auto response = world_.ask(method, "/api/v1" + path, std::move(headers), body);
    if (const auto set = cookies_of(response); !set.empty()) {
      cookies = set;
      csrf_ = json_of(response)["csrf"].string();
    }
    return response;
  }
  net::ServerResponse login(const std::string& name, const std::string& password,
                            const std::string& code = {}) {
    Json body;
    body.set("user", name);
    body.set("password", password);
    if (!code.empty()) body.set("code", code);
    return post("/session", to_text(body));
  }

  std::string cookies;

 private:
  ApiWorld& world_;
  std::string address_;
  std::string csrf_;
  static inline int asked = 0;
};

/// The bytes of a secret as it is shown to be typed (RFC 4648, base32).
inline std::string raw_secret(const std::string& base32) {
  std::string bytes;
  unsigned value = 0;
  int bits = 0;
  for (const char c : base32) {
    value = value << 5 | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<char>(value >> bits & 0xFF));
  }
  return bytes;
}

}  // namespace holdfast::api_tests
