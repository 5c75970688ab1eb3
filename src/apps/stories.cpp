// holdfast-stories: tells every story under a folder to the real core and says which failed.
// The last line is "N passed, M failed".
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "apps/stories/policy.h"
#include "apps/stories/tell.h"
#include "core/rules.h"

namespace {

using namespace holdfast;
using namespace holdfast::stories;

struct Wishes {
  bool cover = false;
  bool kill = false;
  bool phrases = false;
  std::string filter;
  std::string folder;
  std::string policy = "policy";
  std::string store;  // memory, sqlite:PATH or postgres://…; "" for none
};

Result<Wishes> wishes_of(const std::vector<std::string>& words) {
  Wishes wishes;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    const bool last = i + 1 == words.size();
    if (word == "--cover")
      wishes.cover = true;
    else if (word == "--kill")
      wishes.kill = true;
    else if (word == "--phrases")
      wishes.phrases = true;
    else if (word == "--filter" && !last)
      wishes.filter = words[++i];
    else if (word == "--policy" && !last)
      wishes.policy = words[++i];
    else if (word == "--store" && !last)
      wishes.store = words[++i];
    else if (!word.starts_with("--") && wishes.folder.empty())
      wishes.folder = word;
    else
      return fail(ErrorCode::Invalid, "cannot use \"" + word + "\"");
  }
  if (wishes.folder.empty() && !wishes.phrases) {
    return fail(ErrorCode::Invalid, "no folder of stories is named");
  }
  return wishes;
}

void print_phrases() {
  const auto print = [](const char* title, const Phrases& phrases) {
    std::cout << title << "\n";
    for (const auto& phrase : phrases) std::cout << "    " << phrase.pattern << "\n";
  };
  print("given", given_phrases());
  print("when", when_phrases());
  print("what a shop says, between commas", order_phrases());
  print("then", then_phrases());
}

Result<std::vector<Story>> read_folder(const Wishes& wishes) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(wishes.folder)) {
    return fail(ErrorCode::NotFound, "there is no such folder", wishes.folder);
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(wishes.folder)) {
    if (entry.path().extension() == ".story") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  std::vector<Story> stories;
  for (const auto& file : files) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    auto read = read_stories(file.string(), text.str());
    if (!read) return fail(read.error());
    for (auto& story : *read) {
      const bool wanted = story.title.find(wishes.filter) != std::string::npos ||
                          story.file.find(wishes.filter) != std::string::npos;
      if (wanted) stories.push_back(std::move(story));
    }
  }
  return stories;
}

/// Whether every rule is needed by a story; prints the table or the rules that none needs.
bool rules_proven(const Wishes& wishes, const std::vector<Story>& stories,
                  const std::vector<Told>& told, const Policy& policy) {
  const auto proofs = prove_rules(core::all_rules(policy), stories, told, policy);
  if (wishes.cover) {
    std::cout << cover_table(proofs);
  } else {
    std::size_t killed = 0;
    for (const auto& proof : proofs) {
      if (proof.fails > 0)
        ++killed;
      else
        std::cout << "no story fails without " << proof.rule << "\n";
    }
    std::cout << "rules killed " << killed << "/" << proofs.size() << "\n";
  }
  return std::ranges::all_of(proofs, [](const RuleProof& proof) { return proof.fails > 0; });
}

int run(const Wishes& wishes) {
  const auto policy = story_policy(wishes.policy);
  const auto stories = policy ? read_folder(wishes) : fail(policy.error());
  if (!stories) {
    std::cerr << describe(stories.error()) << "\n";
    return 2;
  }
  std::optional<Shelf> shelf;
  if (!wishes.store.empty()) {
    auto opened = Shelf::open(wishes.store);
    if (!opened) {
      std::cerr << describe(opened.error()) << "\n";
      return 2;
    }
    shelf = std::move(*opened);
  }
  std::vector<Told> told;
  std::size_t failed = 0;
  for (const auto& story : *stories) {
    told.push_back(tell(story, *policy, "", true, shelf ? &*shelf : nullptr));
    if (told.back().passed) continue;
    ++failed;
    std::cout << "FAILED: " << story.title << "\n  " << told.back().failure << "\n";
  }
  bool proven = true;
  if (failed == 0 && (wishes.cover || wishes.kill)) {
    proven = rules_proven(wishes, *stories, told, *policy);
  }
  std::cout << stories->size() - failed << " passed, " << failed << " failed\n";
  return failed == 0 && proven && !stories->empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const auto wishes = wishes_of({words + 1, words + count});
  if (!wishes) {
    std::cerr
        << describe(wishes.error())
        << "\nusage: holdfast-stories [--cover] [--kill] [--filter TEXT] [--policy FOLDER] "
           "[--store memory|sqlite:PATH|postgres://…] FOLDER\n       holdfast-stories --phrases\n";
    return 2;
  }
  if (wishes->phrases) {
    print_phrases();
    return 0;
  }
  return run(*wishes);
}
