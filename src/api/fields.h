#pragma once
// Fields: reading members of a JSON body by name, so that a wrong one is named in the answer.
// It must never accept a member the contract does not have.

#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/json.h"

namespace holdfast::api {

/// Collects the members of one body; the first problem stands in `problem`.
class Fields {
 public:
  explicit Fields(const Json& body);

  /// A text of `least` to `most` bytes.
  std::string text(std::string_view name, std::size_t least, std::size_t most);
  /// A text of at most `most` bytes; "" when the member is left out or null.
  std::string maybe_text(std::string_view name, std::size_t most);
  bool flag(std::string_view name);
  Instant instant(std::string_view name);
  /// Any of the known words, none twice; none at all when the member is left out.
  std::vector<std::string> some_words(std::string_view name, const std::vector<std::string>& known);
  /// The same, but the member must be there.
  std::vector<std::string> any_words(std::string_view name, const std::vector<std::string>& known);
  /// At least one of the known words, none twice.
  std::vector<std::string> words(std::string_view name, const std::vector<std::string>& known);

  /// A member that the caller reads by itself.
  void skip(std::string_view name) { asked_.emplace_back(name); }

  /// Invalid for the first member that was wrong, or one that nobody asked for.
  Status finish() const;

 private:
  const Json* take(std::string_view name);
  bool given(std::string_view name) const;
  std::vector<std::string> words_in(std::string_view name, const Json* member,
                                    const std::vector<std::string>& known);
  void wrong(std::string_view name, std::string what);

  const Json& body_;
  std::vector<std::string> asked_;
  Status problem_;
};

}  // namespace holdfast::api
