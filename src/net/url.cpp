#include "net/url.h"

#include <algorithm>
#include <charconv>

#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

#include "base/text.h"

namespace holdfast::net {
namespace {

namespace urls = boost::urls;

std::string string_of(urls::string_view text) { return {text.data(), text.size()}; }

std::uint16_t default_port(std::string_view scheme) {
  if (scheme == "http") return 80;
  if (scheme == "https") return 443;
  if (scheme == "smtp") return 25;
  if (scheme == "smtps") return 465;
  if (scheme == "sftp") return 22;
  return 0;
}

Result<std::string> decoded(std::string_view text, bool plus_is_space) {
  const auto checked = urls::make_pct_string_view(urls::string_view(text.data(), text.size()));
  if (!checked) {
    return fail(ErrorCode::Invalid, "a percent escape is broken", {},
                "write % followed by two hexadecimal digits");
  }
  urls::encoding_opts options;
  options.space_as_plus = plus_is_space;
  return checked->decode(options);
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  const auto parsed = urls::parse_uri(urls::string_view(text.data(), text.size()));
  if (!parsed || !parsed->has_authority() || parsed->encoded_host().empty()) {
    return fail(ErrorCode::Invalid, "not an absolute URL", {}, "write scheme://host/path");
  }
  Url url;
  url.scheme = lower(string_of(parsed->scheme()));
  url.host = lower(parsed->host_address());
  url.has_user = parsed->has_userinfo();
  url.path = parsed->encoded_path().empty() ? "/" : string_of(parsed->encoded_path());
  url.query = string_of(parsed->encoded_query());
  if (!parsed->has_port() || parsed->port().empty()) {
    url.port = default_port(url.scheme);
    return url;
  }
  const auto written = string_of(parsed->port());
  const auto* const last = written.data() + written.size();
  const auto [end, error] = std::from_chars(written.data(), last, url.port);
  if (error != std::errc{} || end != last || url.port == 0) {
    return fail(ErrorCode::Invalid, "not a port", {}, "use 1 to 65535");
  }
  return url;
}

Result<Pairs> parse_form(std::string_view text, std::size_t most_pairs) {
  Pairs pairs;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    if (part.empty()) continue;
    if (pairs.size() == most_pairs) return fail(ErrorCode::TooLarge, "too many form fields");
    const auto equals = part.find('=');
    auto name = decoded(part.substr(0, equals), true);
    if (!name) return fail(name.error());
    auto value = decoded(equals == std::string_view::npos ? "" : part.substr(equals + 1), true);
    if (!value) return fail(value.error());
    // What stands in a form ends up in events, and those are UTF-8.
    if (!is_utf8(*name) || !is_utf8(*value)) {
      return fail(ErrorCode::Invalid, "a form field is not UTF-8");
    }
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

std::string form_text(const Pairs& pairs) {
  std::string out;
  for (const auto& [name, value] : pairs) {
    if (!out.empty()) out += '&';
    out += percent_encode(name) + '=' + percent_encode(value);
  }
  return out;
}

std::string_view value_of(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs) {
    if (key == name) return value;
  }
  return {};
}

std::string percent_encode(std::string_view text) {
  return urls::encode(urls::string_view(text.data(), text.size()), urls::unreserved_chars);
}

Result<std::string> percent_decode(std::string_view text) { return decoded(text, false); }

Result<std::vector<std::string>> path_segments(std::string_view path) {
  if (!path.starts_with('/')) {
    return fail(ErrorCode::Invalid, "not an absolute path", {}, "begin with /");
  }
  path.remove_prefix(1);
  std::vector<std::string> segments;
  if (path.empty()) return segments;
  for (const auto part : split(path, '/')) {
    auto segment = percent_decode(part);
    if (!segment) return fail(segment.error());
    if (*segment == "." || *segment == ".." || segment->find('\0') != std::string::npos) {
      return fail(ErrorCode::Invalid, "a path segment that names nothing");
    }
    segments.push_back(std::move(*segment));
  }
  return segments;
}

std::string path_of(const std::vector<std::string>& segments) {
  std::string out;
  for (const auto& segment : segments) out += '/' + percent_encode(segment);
  return out.empty() ? "/" : out;
}

}  // namespace holdfast::net
