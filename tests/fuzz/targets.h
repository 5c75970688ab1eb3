#pragma once
// Targets: every reader of bytes from outside, with what must hold for any bytes at all. The fuzzer
// and the replay of the saved corpus call the same functions. It must never touch disk or network
// while bytes are tried.

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace holdfast::fuzz {

/// Thrown when something that must hold for all bytes does not.
class Broken : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws Broken with `claim` when it does not hold.
void expect(bool holds, const char* claim);

struct Target {
  const char* name;  // as it is called on the command line, and the corpus folder's name
  const char* what;  // one sentence
  void (*run)(std::string_view bytes);
  /// Well-formed input to begin with; the saved corpus comes on top.
  std::vector<std::string> (*seeds)();
};

/// A text of each kind that a variant knows, with nothing filled in.
template <class Group, class Encode>
void add_kinds(std::vector<std::string>& texts, const Encode& encode) {
  [&]<std::size_t... kind>(std::index_sequence<kind...>) {
    (texts.push_back(encode(Group(std::in_place_index<kind>))), ...);
  }(std::make_index_sequence<std::variant_size_v<Group>>());
}

/// All targets, by name.
std::span<const Target> targets();

/// The target of a name, or null.
const Target* target_named(std::string_view name);

// ---- the groups, each in its own file ---------------------------------------------------------
std::span<const Target> text_targets();
std::span<const Target> web_targets();
std::span<const Target> file_targets();
std::span<const Target> stored_targets();
std::span<const Target> partner_targets();

}  // namespace holdfast::fuzz
