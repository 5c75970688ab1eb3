#pragma once
// Story: a titled list of sentences read from a .story file, each already bound to its phrase.
// It must never be changed by being told: a story can be told any number of times.

#include <string>
#include <vector>

#include "apps/stories/phrase.h"

namespace holdfast::stories {

enum class StepKind { Given, When, Then };

struct Step {
  StepKind kind{};
  std::string text;
  std::size_t line = 0;
  Bound bound;
};

struct Story {
  std::string title;
  std::string file;
  std::size_t line = 0;
  std::vector<Step> steps;
};

/// The stories of one file's text. Invalid with "file:line" for a sentence that no phrase says, a
/// sentence outside a story, or a story without an expectation.
Result<std::vector<Story>> read_stories(const std::string& file, std::string_view text);

}  // namespace holdfast::stories
