#pragma once
// Small text helpers every room needs. Nothing here knows a domain word.

#include <string>
#include <string_view>
#include <vector>

namespace holdfast {

/// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);

/// ASCII lower case; other bytes stay.
std::string lower(std::string_view text);

/// ASCII upper case; other bytes stay.
std::string upper(std::string_view text);

/// Parts between separators; an empty text gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Parts with a separator between them.
std::string join(const std::vector<std::string>& parts, std::string_view separator);

/// The candidate nearest to `word` by edit distance, or "" when none is near enough to help.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// Whether the bytes are well-formed UTF-8 (RFC 3629).
bool is_utf8(std::string_view bytes);

/// At most `bytes` bytes, never cutting a UTF-8 character in two.
std::string_view clipped(std::string_view text, std::size_t bytes);

}  // namespace holdfast
