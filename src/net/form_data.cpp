#include "net/form_data.h"

#include <optional>

#include "base/text.h"

namespace holdfast::net {
namespace {

constexpr std::size_t most_head_bytes = 4096;
constexpr std::size_t most_boundary = 70;  // RFC 2046 section 5.1.1

Error malformed() { return {ErrorCode::Invalid, "the form's body is not well-formed", "", ""}; }

/// A parameter such as name="…" of a header's value; nothing when it is not there.
std::optional<std::string> parameter(std::string_view value, std::string_view name) {
  for (std::size_t at = value.find(';'); at != std::string_view::npos; at = value.find(';', at)) {
    auto rest = value.substr(++at);
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t')) rest.remove_prefix(1);
    if (rest.size() <= name.size() || lower(rest.substr(0, name.size())) != name ||
        rest[name.size()] != '=') {
      continue;
    }
    rest.remove_prefix(name.size() + 1);
    if (!rest.starts_with('"')) return std::string(trim(rest.substr(0, rest.find(';'))));
    const auto end = rest.find('"', 1);
    if (end == std::string_view::npos) return std::nullopt;
    return std::string(rest.substr(1, end - 1));
  }
  return std::nullopt;
}

/// The name of a part from its head; empty when it has none.
FormPart part_of(std::string_view head, std::string_view bytes) {
  FormPart part;
  part.bytes = bytes;
  while (!head.empty()) {
    const auto end = head.find("\r\n");
    const auto line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (lower(trim(line.substr(0, colon))) != "content-disposition") continue;
    part.name = parameter(line.substr(colon + 1), "name").value_or("");
    part.is_file = parameter(line.substr(colon + 1), "filename").has_value();
  }
  return part;
}

}  // namespace

Result<std::vector<FormPart>> parse_form_data(std::string_view content_type, std::string_view body,
                                              std::size_t most_parts) {
  if (!lower(content_type).starts_with("multipart/form-data")) return fail(malformed());
  const auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > most_boundary) return fail(malformed());
  const auto mark = "--" + *boundary;
  if (!body.starts_with(mark)) return fail(malformed());
  body.remove_prefix(mark.size());
  std::vector<FormPart> parts;
  while (!body.starts_with("--")) {
    if (parts.size() == most_parts)
      return fail(ErrorCode::TooLarge, "the form has too many fields");
    if (!body.starts_with("\r\n")) return fail(malformed());
    body.remove_prefix(2);
    const auto head_end = body.find("\r\n\r\n");
    if (head_end == std::string_view::npos || head_end > most_head_bytes) return fail(malformed());
    const auto head = body.substr(0, head_end);
    body.remove_prefix(head_end + 4);
    const auto end = body.find("\r\n" + mark);
    if (end == std::string_view::npos) return fail(malformed());
    auto part = part_of(head, body.substr(0, end));
    if (part.name.empty() || !is_utf8(part.name)) return fail(malformed());
    if (!part.is_file && !is_utf8(part.bytes)) {
      return fail(ErrorCode::Invalid, "a form field is not UTF-8", part.name);
    }
    parts.push_back(std::move(part));
    body.remove_prefix(end + 2 + mark.size());
  }
  return parts;
}

}  // namespace holdfast::net
