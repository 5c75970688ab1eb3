#include "apps/stories/tell.h"

#include <algorithm>
#include <exception>

namespace holdfast::stories {
namespace {

std::string place(const Story& story, const Step& step) {
  return story.file + ":" + std::to_string(step.line) + ": " + step.text + "\n";
}

std::string words(const Error& error) {
  return "    " + error.what + (error.where.empty() ? "" : " (" + error.where + ")") +
         (error.todo.empty() ? "" : "\n    " + error.todo) + "\n";
}

/// A refusal that the story does not speak of is a failure of the step that met it.
Status settled(World& world, const Story& story, std::size_t next) {
  if (!world.refusal) return {};
  const bool spoken_of = next < story.steps.size() &&
                         story.steps[next].bound.phrase->pattern.starts_with("it is refused");
  if (spoken_of) return {};
  return fail(ErrorCode::Conflict, "refused: " + describe(*world.refusal));
}

Status run_step(World& world, const Story& story, std::size_t i) {
  const auto& step = story.steps[i];
  if (step.text.starts_with("when ")) world.begin_block();
  if (auto status = step.bound.phrase->act(world, step.bound.gaps); !status) return status;
  return settled(world, story, i + 1);
}

}  // namespace

Told tell(const Story& story, const Policy& policy, const std::string& off, bool thorough,
          Shelf* shelf) {
  Watch watch(off);
  if (shelf) shelf->next_story();
  World world(policy, watch, shelf);
  Told told;
  std::size_t i = 0;
  try {
    Status status;
    for (; status && i < story.steps.size(); ++i) status = run_step(world, story, i);
    if (status && thorough) status = world.check_replay();
    told.passed = status.has_value();
    if (!status) {
      const auto& step = story.steps[i == 0 ? 0 : i - 1];
      told.failure = place(story, step) + words(status.error()) +
                     "    what happened (> since the last when):\n" + world.history();
    }
  } catch (const std::exception& broken) {
    // A broken invariant fails this story and no other.
    told.passed = false;
    told.failure = place(story, story.steps[i]) + "    " + broken.what() + "\n" + world.history();
  }
  told.asked = watch.asked();
  return told;
}

std::vector<RuleProof> prove_rules(const std::vector<std::string>& rules,
                                   const std::vector<Story>& stories, const std::vector<Told>& told,
                                   const Policy& policy) {
  std::vector<RuleProof> proofs;
  for (const auto& rule : rules) {
    RuleProof proof{rule};
    for (std::size_t i = 0; i < stories.size(); ++i) {
      if (!told[i].asked.contains(rule)) continue;
      ++proof.asked;
      if (!tell(stories[i], policy, rule, false).passed) ++proof.fails;
    }
    proofs.push_back(proof);
  }
  return proofs;
}

std::string cover_table(const std::vector<RuleProof>& proofs) {
  std::size_t width = 4;
  for (const auto& proof : proofs) width = std::max(width, proof.rule.size());
  const auto row = [&](std::string rule, std::string needed, std::string asked) {
    rule.resize(width + 2, ' ');
    needed.insert(0, needed.size() < 8 ? 8 - needed.size() : 0, ' ');
    asked.insert(0, asked.size() < 8 ? 8 - asked.size() : 0, ' ');
    return rule + needed + asked + "\n";
  };
  std::string table = row("rule", "stories", "asked");
  std::size_t killed = 0;
  for (const auto& proof : proofs) {
    if (proof.fails > 0) ++killed;
    auto line = row(proof.rule, std::to_string(proof.fails), std::to_string(proof.asked));
    if (proof.fails == 0) line.insert(line.size() - 1, "  <- no story fails without it");
    table += line;
  }
  return table + "rules killed " + std::to_string(killed) + "/" + std::to_string(proofs.size()) +
         "\n";
}

}  // namespace holdfast::stories
