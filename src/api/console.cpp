// The console's files. A path that is no file is the console's own address: it gets the page.
#include "api/desk.h"

namespace holdfast::api {
namespace {

// The component library writes style elements and attributes; scripts come from files alone.
constexpr const char* console_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

net::ServerResponse file_answer(const Asset& asset, bool lasting) {
  net::ServerResponse response;
  response.headers = {
      {"Content-Type", asset.media_type},
      {"Content-Security-Policy", console_policy},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache"}};
  response.body = asset.bytes;
  return response;
}

}  // namespace

void run_console(Desk& desk, const CallPtr& call) {
  const auto& request = call->request;
  if (request.method != "GET" && request.method != "HEAD") {
    return call->refuse(Trouble{405, "invalid", "This address takes GET only.", {}, {}});
  }
  if (!desk.options.asset) return call->answer(not_found());
  const auto path = net::path_of(call->segments);
  // Files under /assets/ carry a hash of their bytes in their names, so they never change.
  const bool hashed = path.starts_with("/assets/");
  if (path != "/") {
    if (auto file = desk.options.asset(path)) return call->answer(file_answer(*file, hashed));
  }
  auto page = hashed ? std::nullopt : desk.options.asset("/index.html");
  call->answer(page ? file_answer(*page, false) : not_found());
}

}  // namespace holdfast::api
