#pragma once
// Kinds: which connectors a configuration may name, with the settings and abilities of each.
// Taken from the program's registry; a test may hand in its own.

#include <string>
#include <vector>

#include "ports/connector.h"

namespace holdfast::engine {

/// One connector, as far as configuration is concerned. `settings` outlives it.
struct Kind {
  std::string name;
  const std::vector<ports::Setting>* settings = nullptr;
  ports::Capabilities capabilities;
  bool can_remind = false;
};

struct Kinds {
  std::vector<Kind> channels;
  std::vector<Kind> suppliers;
  std::vector<Kind> trackings;
  std::vector<Kind> carriers;
  std::vector<Kind> notifiers;
};

/// Every connector that this program was built with.
Kinds linked_kinds();

}  // namespace holdfast::engine
