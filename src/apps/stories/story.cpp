#include "apps/stories/story.h"

#include <optional>

#include "base/text.h"

namespace holdfast::stories {
namespace {

const Phrases& phrases_of(StepKind kind) {
  switch (kind) {
    case StepKind::Given:
      return given_phrases();
    case StepKind::When:
      return when_phrases();
    case StepKind::Then:
      return then_phrases();
  }
  return then_phrases();
}

class Reader {
 public:
  explicit Reader(std::string file) : file_(std::move(file)) {}

  Status line(std::string_view text) {
    ++line_;
    text = trim(text);
    if (text.empty() || text.starts_with("#")) return {};
    if (text.starts_with("story: ")) return title(trim(text.substr(7)));
    return sentence(text);
  }

  Status end_story() {
    if (stories_.empty()) return {};
    for (const auto& step : stories_.back().steps) {
      if (step.kind == StepKind::Then) return {};
    }
    return wrong("the story \"" + stories_.back().title + "\" expects nothing");
  }

  std::vector<Story> take() { return std::move(stories_); }

 private:
  Status wrong(std::string what, std::string todo = {}) const {
    return fail(ErrorCode::Invalid, std::move(what), file_ + ":" + std::to_string(line_),
                std::move(todo));
  }

  Status title(std::string_view text) {
    if (auto status = end_story(); !status) return status;
    for (const auto& told : stories_) {
      if (told.title == text) return wrong("two stories are called \"" + told.title + "\"");
    }
    stories_.push_back({std::string(text), file_, line_, {}});
    kind_.reset();
    return {};
  }

  Status sentence(std::string_view text) {
    const auto space = text.find(' ');
    const auto first = text.substr(0, space);
    if (first == "given")
      kind_ = StepKind::Given;
    else if (first == "when")
      kind_ = StepKind::When;
    else if (first == "then")
      kind_ = StepKind::Then;
    else if (first != "and")
      return wrong("a line starts with given, when, then or and");
    if (stories_.empty()) return wrong("a sentence outside a story");
    if (!kind_ || space == std::string_view::npos) return wrong("a story starts with given");
    const auto rest = trim(text.substr(space));
    auto bound = find_phrase(rest, phrases_of(*kind_));
    if (!bound) return wrong(bound.error().what, bound.error().todo);
    stories_.back().steps.push_back({*kind_, std::string(text), line_, std::move(*bound)});
    return {};
  }

  std::string file_;
  std::size_t line_ = 0;
  std::optional<StepKind> kind_;
  std::vector<Story> stories_;
};

}  // namespace

Result<std::vector<Story>> read_stories(const std::string& file, std::string_view text) {
  Reader reader(file);
  for (const auto line : split(text, '\n')) {
    if (auto status = reader.line(line); !status) return fail(status.error());
  }
  if (auto status = reader.end_story(); !status) return fail(status.error());
  return reader.take();
}

}  // namespace holdfast::stories
