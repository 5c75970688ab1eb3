// The console's files. A path that is no file is the console's own address: it gets the page.
#include "api/desk.h"

namespace holdfast::api {
namespace {

// The component library writes style elements and attributes; scripts come from files alone.
constexpr const char* console_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Whether a browser that accepts these takes a packed file.
bool takes_packed(std::string_view accepted) {
  for (const auto each : split(accepted, ',')) {
    const auto part = trim(each);
    if (part == "gzip") return true;
    if (!part.starts_with("gzip;")) continue;
    // The weight of nothing is a refusal.
    return part.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

net::ServerResponse file_answer(const Asset& asset, bool lasting) {
  net::ServerResponse response;
  response.headers = {
      {"Content-Type", asset.media_type},
      {"Content-Security-Policy", console_policy},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", lasting ? "public, max-age=31536000, immutable" : "no-cache"}};
  response.body = asset.bytes;
  return response;
}

/// The file at a path, packed where the caller takes that and there is a packed copy beside it.
std::optional<net::ServerResponse> file_at(const Desk& desk, const Call& call,
                                           const std::string& path, bool lasting) {
  const auto plain = desk.options.asset(path);
  if (!plain) return std::nullopt;
  auto response = file_answer(*plain, lasting);
  if (!takes_packed(ports::header(call.request.headers, "Accept-Encoding"))) return response;
  if (auto packed = desk.options.asset(path + ".gz")) {
    response.body = std::move(packed->bytes);
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
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
    if (auto file = file_at(desk, *call, path, hashed)) return call->answer(std::move(*file));
  }
  auto page = hashed ? std::nullopt : file_at(desk, *call, "/index.html", false);
  call->answer(page ? std::move(*page) : not_found());
}

}  // namespace holdfast::api
