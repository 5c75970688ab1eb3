#pragma once
// A folder for the real program whose partners are a demo world's actors. It writes files and
// nothing else; it must never loosen what the program promises, only what a shop's plan or its
// automation's limits would allow a second.

#include "base/result.h"
#include "peers/demo_world.h"
#include "tests/bench/parts.h"
#include "tests/bench/program.h"

namespace holdfast::bench {

/// Where a world sends what it says by itself until it is pointed at a program.
inline constexpr const char* nobody = "http://127.0.0.1:1";

/// So that the program's pace is measured, and not the budget of a partner's plan.
inline constexpr std::int64_t boundless = 1'000'000;

/// Makes the folder `name` of the plan's anew: the program configured for the world, which is to
/// tell `hooks` what happens; its secrets in the environment, no limit on automation. Unavailable
/// when a file cannot be written.
Result<Folder> demo_folder(const Plan& plan, const std::string& name,
                           const peers::DemoSettings& settings, const std::string& hooks = nobody);

}  // namespace holdfast::bench
