#pragma once
// Reads a plain struct out of a case's JSON, member by member.
// It must never pass over a member it was not asked for: a misspelt case would test nothing.

#include <string>
#include <vector>

#include "base/json.h"
#include "model/channel_order.h"
#include "model/names.h"

namespace holdfast::conformance {

/// Visitor over named members. What is absent keeps its value; `problem` is the first thing wrong.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {}

  void operator()(const char* name, std::string& into);
  void operator()(const char* name, std::int64_t& into);
  void operator()(const char* name, bool& into);
  void operator()(const char* name, Instant& into);
  void operator()(const char* name, Money& into);
  void operator()(const char* name, UnitPrice& into);
  void operator()(const char* name, Address& into);
  void operator()(const char* name, std::vector<std::string>& into);
  /// A list of [text, number] pairs.
  void operator()(const char* name, std::vector<std::pair<std::string, std::int64_t>>& into);
  template <Named E>
  void operator()(const char* name, E& into) {
    take(name, from_name<E>, into);
  }
  /// A member read elsewhere.
  const Json& member(const char* name);
  /// Notes what went wrong while a member was read elsewhere.
  void require(const Status& status);

  /// "" when every member was known and well formed.
  std::string problem() const;

 private:
  template <class T>
  void take(const char* name, Result<T> (*parse)(std::string_view), T& into) {
    const auto& value = member(name);
    if (value.is_null()) return;
    auto read = parse(value.string());
    if (read)
      into = *read;
    else
      note(name, describe(read.error()));
  }
  void note(const char* name, const std::string& words);

  const Json& json_;
  std::vector<std::string> known_;
  std::string problem_;
};

}  // namespace holdfast::conformance
