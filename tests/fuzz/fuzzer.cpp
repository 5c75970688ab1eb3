// The fuzzer's entry: holdfast-fuzz TARGET [libFuzzer's options and folders], besides
// --list, --lay-out TARGET FOLDER and --save TARGET FOLDER.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <sodium.h>

#include "tests/fuzz/corpus.h"
#include "tests/fuzz/targets.h"

namespace holdfast::fuzz {
namespace {

// The fuzzer starts itself again for some of its work, without the target's name.
constexpr const char* remembered = "HOLDFAST_FUZZ_TARGET";

const Target* chosen = nullptr;

[[noreturn]] void list() {
  for (const auto& target : targets()) std::printf("%-16s %s\n", target.name, target.what);
  std::exit(0);
}

[[noreturn]] void move_inputs(std::string_view way, const char* name, const char* folder) {
  const auto* target = target_named(name);
  const auto done = target == nullptr ? Status(fail(ErrorCode::NotFound, "no such target", name))
                    : way == "--save" ? save(*target, folder)
                                      : lay_out(*target, folder);
  if (!done) std::fprintf(stderr, "%s\n", describe(done.error()).c_str());
  std::exit(done ? 0 : 2);
}

void choose(int& argc, char**& argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--list") list();
  if ((first == "--lay-out" || first == "--save") && argc == 4) {
    move_inputs(first, argv[2], argv[3]);
  }
  chosen = target_named(first);
  if (chosen) {
    ::setenv(remembered, chosen->name, 1);
    argv[1] = argv[0];
    ++argv;
    --argc;
  } else if (const char* name = std::getenv(remembered)) {
    chosen = target_named(name);
  }
  if (chosen) return;
  std::fprintf(stderr, "usage: holdfast-fuzz TARGET [options]; the targets: --list\n");
  std::exit(2);
}

}  // namespace
}  // namespace holdfast::fuzz

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (sodium_init() < 0) return 1;
  holdfast::fuzz::choose(*argc, *argv);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  holdfast::fuzz::chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
