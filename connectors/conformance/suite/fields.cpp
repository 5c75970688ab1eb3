#include "connectors/conformance/suite/fields.h"

#include <algorithm>

namespace holdfast::conformance {

const Json& Fields::member(const char* name) {
  known_.emplace_back(name);
  return json_[name];
}

void Fields::note(const char* name, const std::string& words) {
  if (problem_.empty()) problem_ = std::string(name) + ": " + words;
}

void Fields::require(const Status& status) {
  if (!status && problem_.empty()) problem_ = describe(status.error());
}

void Fields::operator()(const char* name, std::string& into) {
  const auto& value = member(name);
  if (value.is_string())
    into = value.string();
  else if (!value.is_null())
    note(name, "not a text");
}

void Fields::operator()(const char* name, std::int64_t& into) {
  const auto& value = member(name);
  if (value.is_integer())
    into = value.integer();
  else if (!value.is_null())
    note(name, "not a whole number");
}

void Fields::operator()(const char* name, bool& into) {
  const auto& value = member(name);
  if (value.is_bool())
    into = value.boolean();
  else if (!value.is_null())
    note(name, "not true or false");
}

void Fields::operator()(const char* name, Instant& into) { take(name, parse_instant, into); }
void Fields::operator()(const char* name, Money& into) { take(name, parse_money, into); }
void Fields::operator()(const char* name, UnitPrice& into) { take(name, parse_unit_price, into); }

void Fields::operator()(const char* name, Address& into) {
  Fields inner(member(name));
  Address::each(into, inner);
  if (!inner.problem().empty()) note(name, inner.problem());
}

void Fields::operator()(const char* name, std::vector<std::string>& into) {
  for (const auto& item : member(name).items()) into.push_back(item.string());
}

void Fields::operator()(const char* name, std::vector<std::pair<std::string, std::int64_t>>& into) {
  for (const auto& pair : member(name).items()) {
    if (pair.items().size() != 2 || !pair.items()[1].is_integer()) {
      note(name, "not a list of [text, number]");
      return;
    }
    into.emplace_back(pair.items()[0].string(), pair.items()[1].integer());
  }
}

std::string Fields::problem() const {
  if (!problem_.empty()) return problem_;
  for (const auto& [name, value] : json_.members()) {
    if (std::ranges::find(known_, name) == known_.end()) return name + ": no such member";
  }
  return {};
}

}  // namespace holdfast::conformance
