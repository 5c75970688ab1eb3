#pragma once
// Corpus: inputs that earlier runs of the fuzzer found worth keeping, one archive for each target
// in tests/fuzz/corpus. It must never grow by itself: `./x fuzz --save` writes it.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "tests/fuzz/targets.h"

namespace holdfast::fuzz {

/// tests/fuzz/corpus of the project, found from the working directory upwards; empty when it is not
/// there.
std::filesystem::path corpus_dir();

/// The saved inputs of a target; none when nothing was saved. Invalid when the archive is damaged.
Result<std::vector<std::string>> saved_inputs(const Target& target);

/// Writes a target's seeds and saved inputs as files into a folder that is made.
Status lay_out(const Target& target, const std::filesystem::path& folder);

/// Saves the files of a folder as the target's inputs, in place of those saved before.
Status save(const Target& target, const std::filesystem::path& folder);

}  // namespace holdfast::fuzz
