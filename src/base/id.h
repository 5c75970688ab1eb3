#pragma once
// Id<Tag>: a 64-bit identity that cannot be mixed up with another noun's.
// Ids grow in time order and stay inside: what leaves in a link is a random token instead.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace holdfast {

/// An identity of one kind of thing; 0 means "none". `Tag` must name `static constexpr prefix`.
template <class Tag>
struct Id {
  std::int64_t value = 0;

  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
};

/// "ord" and 5 give "ord_5"; the number is written in base 32 without look-alike letters.
std::string id_text(std::string_view prefix, std::int64_t value);

/// Reads what id_text wrote. Invalid when the prefix or a character does not fit.
Result<std::int64_t> parse_id(std::string_view prefix, std::string_view text);

/// Text form of a typed id, as shown in the API and on the console.
template <class Tag>
std::string to_text(Id<Tag> id) {
  return id_text(Tag::prefix, id.value);
}

/// Reads the text form of a typed id; Invalid when it belongs to another noun.
template <class Tag>
Result<Id<Tag>> id_from(std::string_view text) {
  auto value = parse_id(Tag::prefix, text);
  if (!value) return fail(value.error());
  return Id<Tag>{*value};
}

}  // namespace holdfast

template <class Tag>
struct std::hash<holdfast::Id<Tag>> {
  std::size_t operator()(holdfast::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
