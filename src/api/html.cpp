#include "api/html.h"

#include "base/hash.h"

namespace holdfast::api {
namespace {

constexpr std::string_view style =
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;max-width:44rem;padding:1rem}"
    "h1{font-size:1.4rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}"
    ".box{border:1px solid #8886;border-radius:.5rem;padding:.8rem 1rem;margin:1rem 0}"
    ".good{border-left:.4rem solid #2a7d4f}.wait{border-left:.4rem solid #b7791f}"
    ".bad{border-left:.4rem solid #b3261e}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .5rem .3rem 0;"
    "vertical-align:top;border-bottom:1px solid #8884}"
    "label{display:block;margin:.5rem 0}input,select,textarea,button{font:inherit;padding:.35rem;"
    "max-width:100%;box-sizing:border-box}textarea{width:100%}"
    "button{padding:.5rem 1rem;cursor:pointer}.small{font-size:.875rem}"
    "fieldset{border:1px solid #8886;border-radius:.5rem;margin:.8rem 0}";

const std::string& policy() {
  static const std::string text = "default-src 'none'; style-src 'sha256-" + base64(sha256(style)) +
                                  "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

net::ServerResponse html_page(int status, std::string_view language, std::string_view title,
                              std::string_view body) {
  net::ServerResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                      {"Content-Security-Policy", policy()},
                      {"Referrer-Policy", "no-referrer"},
                      {"X-Robots-Tag", "noindex, nofollow"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"X-Frame-Options", "DENY"},
                      {"Cache-Control", "no-store"}};
  response.body = "<!doctype html><html lang=\"" + escaped(language) +
                  "\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                  "<meta name=\"robots\" content=\"noindex\"><title>" +
                  escaped(title) + "</title><style>" + std::string(style) +
                  "</style></head><body><main>" + std::string(body) + "</main></body></html>";
  return response;
}

net::ServerResponse see_other(const std::string& path) {
  net::ServerResponse response;
  response.status = 303;
  response.headers = {
      {"Location", path}, {"Referrer-Policy", "no-referrer"}, {"Cache-Control", "no-store"}};
  return response;
}

}  // namespace holdfast::api
