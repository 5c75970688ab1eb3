#include "apps/holdfast/assets.h"

#include "apps/holdfast/console_files.h"

namespace holdfast::apps {
namespace {

std::string_view media_type(std::string_view path) {
  const auto ends = [&](std::string_view ending) { return path.ends_with(ending); };
  if (ends(".html")) return "text/html; charset=utf-8";
  if (ends(".js")) return "text/javascript; charset=utf-8";
  if (ends(".css")) return "text/css; charset=utf-8";
  if (ends(".svg")) return "image/svg+xml";
  if (ends(".png")) return "image/png";
  if (ends(".json") || ends(".map")) return "application/json";
  if (ends(".woff2")) return "font/woff2";
  if (ends(".ico")) return "image/x-icon";
  return "application/octet-stream";
}

}  // namespace

std::optional<Asset> console_asset(std::string_view path) {
  if (path.empty() || path == "/") path = "/index.html";
  for (const auto& file : console_files()) {
    if (file.path == path) {
      return Asset{file.bytes, media_type(path), path.starts_with("/assets/")};
    }
  }
  return std::nullopt;
}

}  // namespace holdfast::apps
