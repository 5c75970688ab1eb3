#pragma once
// Telling: running stories, and proving by switching rules off that each rule matters to one.
// It must never let one story see what another left behind.

#include <optional>
#include <string>
#include <vector>

#include "apps/stories/story.h"
#include "apps/stories/world.h"

namespace holdfast::stories {

struct Told {
  bool passed = false;
  std::string failure;                       // the place, what was expected, what happened
  std::set<std::string, std::less<>> asked;  // rules the core asked for
};

/// Tells one story from its beginning. `off` names a rule that does not apply, or nothing.
/// With `thorough`, every event also goes through its codec and the history is replayed; with a
/// shelf, every step is kept there and goes on from what is read back.
Told tell(const Story& story, const Policy& policy, const std::string& off, bool thorough,
          Shelf* shelf = nullptr);

/// What became of one rule when it was switched off.
struct RuleProof {
  std::string rule;
  std::size_t asked = 0;  // stories in which the core asked for it
  std::size_t fails = 0;  // stories that fail without it
};

/// Tells, for each rule, every story that asked for it once more without it. A story that never
/// asked for a rule cannot depend on it, because the core is pure.
std::vector<RuleProof> prove_rules(const std::vector<std::string>& rules,
                                   const std::vector<Story>& stories, const std::vector<Told>& told,
                                   const Policy& policy);

/// The table rule × number of stories, with the rules that no story needs marked.
std::string cover_table(const std::vector<RuleProof>& proofs);

}  // namespace holdfast::stories
