#include "api/fields.h"

#include <algorithm>

#include "base/text.h"

namespace holdfast::api {

Fields::Fields(const Json& body) : body_(body) {
  if (!body.is_object()) problem_ = fail(ErrorCode::Invalid, "The body must be a JSON object.");
}

void Fields::wrong(std::string_view name, std::string what) {
  if (problem_) problem_ = fail(ErrorCode::Invalid, std::move(what), std::string(name));
}

const Json* Fields::take(std::string_view name) {
  asked_.emplace_back(name);
  const auto* member = body_.find(name);
  if (!member) wrong(name, "This member is missing.");
  return member;
}

std::string Fields::text(std::string_view name, std::size_t least, std::size_t most) {
  const auto* member = take(name);
  if (!member) return {};
  const auto& value = member->string();
  if (!member->is_string() || value.size() < least || value.size() > most) {
    wrong(name, "A text of " + std::to_string(least) + " to " + std::to_string(most) +
                    " signs is expected.");
  }
  return value;
}

bool Fields::given(std::string_view name) const {
  const auto* member = body_.find(name);
  return member && !member->is_null();
}

std::string Fields::maybe_text(std::string_view name, std::size_t most) {
  if (given(name)) return text(name, 0, most);
  asked_.emplace_back(name);
  return {};
}

bool Fields::flag(std::string_view name) {
  const auto* member = take(name);
  if (member && !member->is_bool()) wrong(name, "true or false is expected.");
  return member && member->boolean();
}

Instant Fields::instant(std::string_view name) {
  const auto* member = take(name);
  if (!member) return {};
  const auto at = parse_instant(member->string());
  if (!at) {
    wrong(name, "A moment such as 2026-03-04T09:30:00Z is expected.");
    return {};
  }
  return *at;
}

std::vector<std::string> Fields::words_in(std::string_view name, const Json* member,
                                          const std::vector<std::string>& known) {
  if (!member) return {};
  if (!member->is_array()) wrong(name, "A list is expected, of: " + join(known, ", "));
  std::vector<std::string> found;
  for (const auto& item : member->items()) {
    const bool fits = std::ranges::find(known, item.string()) != known.end();
    const bool twice = std::ranges::find(found, item.string()) != found.end();
    if (!fits || twice) wrong(name, "Each of these at most once: " + join(known, ", "));
    found.push_back(item.string());
  }
  return found;
}

std::vector<std::string> Fields::some_words(std::string_view name,
                                            const std::vector<std::string>& known) {
  // Not even null stands for a list: none of them may mean all there is.
  if (body_.find(name)) return words_in(name, take(name), known);
  asked_.emplace_back(name);
  return {};
}

std::vector<std::string> Fields::any_words(std::string_view name,
                                           const std::vector<std::string>& known) {
  return words_in(name, take(name), known);
}

std::vector<std::string> Fields::words(std::string_view name,
                                       const std::vector<std::string>& known) {
  const auto* member = take(name);
  auto found = words_in(name, member, known);
  if (member && found.empty()) wrong(name, "At least one of: " + join(known, ", "));
  return found;
}

Status Fields::finish() const {
  if (!problem_) return problem_;
  for (const auto& [name, value] : body_.members()) {
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    const auto near = nearest(name, asked_);
    return fail(ErrorCode::Invalid, "There is no such member.", name,
                near.empty() ? "" : "did you mean " + near + "?");
  }
  return {};
}

}  // namespace holdfast::api
