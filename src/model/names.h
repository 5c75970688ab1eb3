#pragma once
// Names of enumerators as they stand in events, policy files and the API: one table per enum.
// A name once released is never changed, because stored events carry it.

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace holdfast {

/// Specialised per enum with `static constexpr std::array table{std::pair{E::X, "x"}, …}` and
/// `static constexpr const char* what = "gate result"`.
template <class E>
struct Names;

template <class E>
concept Named = requires { Names<E>::table; };

/// The stable name of an enumerator; "" for a value outside the enum.
template <Named E>
constexpr std::string_view name_of(E value) {
  for (const auto& [entry, name] : Names<E>::table) {
    if (entry == value) return name;
  }
  return {};
}

/// The enumerator of a name; Invalid with the nearest name when there is none.
template <Named E>
Result<E> from_name(std::string_view text) {
  std::vector<std::string> known;
  for (const auto& [entry, name] : Names<E>::table) {
    if (name == text) return entry;
    known.emplace_back(name);
  }
  const auto near = nearest(text, known);
  return fail(ErrorCode::Invalid, std::string("no such ") + Names<E>::what, std::string(text),
              near.empty() ? "one of: " + join(known, ", ") : "did you mean " + near + "?");
}

}  // namespace holdfast
