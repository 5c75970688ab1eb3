#include "peers/mime.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace holdfast::peers {
namespace {

constexpr int max_depth = 6;
constexpr std::size_t max_parts = 64;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/// RFC 2045 §6.7; with `header` an underscore is a space (RFC 2047 §4.2).
std::string quoted_printable(std::string_view text, bool header) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_' && header) {
      out += ' ';
    } else if (text[i] != '=') {
      out += text[i];
    } else if (i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      // A soft line break.
      if (i + 1 < text.size() && text[i + 1] == '\r') ++i;
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    }
  }
  return out;
}

std::string base64_text(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (c != '\r' && c != '\n' && c != ' ') packed += c;
  }
  const auto bytes = from_base64(packed);
  return bytes ? *bytes : std::string(text);
}

/// =?utf-8?Q?…?= and =?utf-8?B?…?=; other character sets stay as they are.
std::string decoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto from = text.find("=?");
    out += text.substr(0, from);
    if (from == text.npos) break;
    text = text.substr(from);
    const auto kind = text.find('?', 2);
    const auto body = kind == text.npos ? kind : text.find('?', kind + 1);
    const auto end = body == text.npos ? body : text.find("?=", body + 1);
    if (end == text.npos) return out + std::string(text);
    const auto coded = text.substr(body + 1, end - body - 1);
    const bool is_base64 = lower(text.substr(kind + 1, body - kind - 1)) == "b";
    out += is_base64 ? base64_text(coded) : quoted_printable(coded, true);
    text = text.substr(end + 2);
    // Space between two encoded words is not part of the text.
    const auto next = text.find_first_not_of(" \t\r\n");
    if (next != text.npos && text.substr(next).starts_with("=?")) text = text.substr(next);
  }
  return out;
}

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Takes the header section off the front of `text`.
Headers take_headers(std::string_view& text) {
  Headers headers;
  while (!text.empty()) {
    auto end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    const bool folded = line.front() == ' ' || line.front() == '\t';
    if (folded && !headers.empty()) {
      headers.back().second += " " + std::string(trim(line));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == line.npos) continue;
    headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
  }
  return headers;
}

std::string value_of(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (lower(key) == lower(name)) return value;
  }
  return {};
}

/// A parameter such as boundary="x" of a structured header; "" when absent.
std::string parameter(std::string_view value, std::string_view name) {
  const auto at = lower(value).find(std::string(name) + "=");
  if (at == std::string::npos) return {};
  auto rest = value.substr(at + name.size() + 1);
  if (rest.starts_with('"')) return std::string(rest.substr(1, rest.find('"', 1) - 1));
  return std::string(trim(rest.substr(0, rest.find(';'))));
}

void read_part(const Headers& headers, std::string_view body, int depth,
               std::vector<MimePart>& into);

void read_multipart(std::string_view body, const std::string& boundary, int depth,
                    std::vector<MimePart>& into) {
  const auto mark = "--" + boundary;
  auto at = body.find(mark);
  while (at != body.npos && into.size() < max_parts) {
    const auto begin = at + mark.size();
    if (body.substr(begin).starts_with("--")) return;
    at = body.find("\n" + mark, begin);
    auto part = body.substr(begin, at == body.npos ? at : at - begin);
    if (at != body.npos) ++at;
    const auto line_end = part.find('\n');
    part = line_end == part.npos ? std::string_view() : part.substr(line_end + 1);
    const auto headers = take_headers(part);
    read_part(headers, part, depth + 1, into);
  }
}

void read_part(const Headers& headers, std::string_view body, int depth,
               std::vector<MimePart>& into) {
  const auto type = value_of(headers, "Content-Type");
  const auto boundary = parameter(type, "boundary");
  MimePart part;
  part.media_type = lower(trim(std::string_view(type).substr(0, type.find(';'))));
  if (part.media_type.empty()) part.media_type = "text/plain";
  if (part.media_type.starts_with("multipart/") && !boundary.empty() && depth < max_depth) {
    return read_multipart(body, boundary, depth, into);
  }
  const auto disposition = value_of(headers, "Content-Disposition");
  part.file_name = parameter(disposition, "filename");
  if (part.file_name.empty()) part.file_name = parameter(type, "name");
  const auto coding = lower(value_of(headers, "Content-Transfer-Encoding"));
  part.bytes = coding == "base64"             ? base64_text(body)
               : coding == "quoted-printable" ? quoted_printable(body, false)
                                              : std::string(body);
  into.push_back(std::move(part));
}

}  // namespace

std::string MimeMail::header(std::string_view name) const { return value_of(headers, name); }

std::string MimeMail::body(std::string_view media_type) const {
  const auto found = std::ranges::find_if(parts, [&](const MimePart& part) {
    return part.media_type == media_type && part.file_name.empty();
  });
  return found == parts.end() ? "" : found->bytes;
}

const MimePart* MimeMail::attachment(std::string_view ending) const {
  const auto found = std::ranges::find_if(
      parts, [&](const MimePart& part) { return part.file_name.ends_with(ending); });
  return found == parts.end() || found->file_name.empty() ? nullptr : &*found;
}

MimeMail read_mail(std::string_view data) {
  MimeMail mail;
  const auto headers = take_headers(data);
  read_part(headers, data, 0, mail.parts);
  for (const auto& [name, value] : headers) mail.headers.emplace_back(name, decoded_words(value));
  return mail;
}

std::string bare_address(std::string_view text) {
  const auto open = text.rfind('<');
  if (open != text.npos) text = text.substr(open + 1, text.find('>', open) - open - 1);
  return lower(trim(text));
}

}  // namespace holdfast::peers
