// holdfast-crash: the machine ends after every single operation on a file while it deals with a
// scripted scenario, and what is left is compared with what was acknowledged and with the partners'
// books. Its last line is "crash points N, lost 0, doubled 0, corrupt 0".

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <vector>

#include <sodium.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "tests/crash/backups.h"
#include "tests/crash/hunt.h"

namespace holdfast::crash {
namespace {

namespace fs = std::filesystem;

constexpr const char* usage =
    "usage: holdfast-crash [--every N] [--seeds N] [--orders N] [--seed N] [--workers N]\n"
    "       holdfast-crash --backups N [--seed N]\n"
    "  --every N    look at every Nth operation on a file (1)\n"
    "  --seeds N    what survives is drawn so many times for each operation and mode (5)\n"
    "  --orders N   orders of the scenario (4)\n"
    "  --seed N     of the world (1)\n"
    "  --workers N  processes that share the work (2)\n"
    "  --backups N  copies made under load and restored two hours later, instead of crash points\n"
    "examples\n"
    "  holdfast-crash                all points\n"
    "  holdfast-crash --every 50     a fiftieth of them\n";

Result<Wishes> wishes_of(int count, char** words) {
  Wishes wishes;
  for (int i = 1; i < count; i += 2) {
    const std::string_view flag = words[i];
    const auto value = i + 1 < count ? std::atoll(words[i + 1]) : 0;
    if (value < 1) return fail(ErrorCode::Invalid, "not a flag with a number above 0", words[i]);
    if (flag == "--every")
      wishes.every = value;
    else if (flag == "--seeds")
      wishes.seeds = value;
    else if (flag == "--orders")
      wishes.scenario.orders = value;
    else if (flag == "--seed")
      wishes.scenario.seed = static_cast<std::uint64_t>(value);
    else if (flag == "--workers")
      wishes.workers = value;
    else if (flag == "--backups")
      wishes.backups = value;
    else
      return fail(ErrorCode::Invalid, "no such flag", words[i]);
  }
  return wishes;
}

/// What a worker's process says, on one end of a pipe.
struct Worker {
  pid_t process = 0;
  int says = -1;
};

[[noreturn]] void work(Wishes wishes, std::int64_t number, const fs::path& folder, int says) {
  const auto own = folder / std::to_string(number);
  fs::create_directories(own);
  wishes.scenario.path = (own / "holdfast.db").string();
  const auto found = hunt(wishes, number);
  Tally tally;
  if (found)
    tally = *found;
  else
    tally.findings.push_back("the run without an end: " + describe(found.error()));
  const auto text = to_text(to_json(tally));
  std::FILE* const file = ::fdopen(says, "w");
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
  std::_Exit(0);
}

Worker begin_work(const Wishes& wishes, std::int64_t number, const fs::path& folder) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return {};
  const auto process = ::fork();
  if (process == 0) {
    ::close(ends[0]);
    work(wishes, number, folder, ends[1]);
  }
  ::close(ends[1]);
  return {process, ends[0]};
}

Result<Tally> end_of(const Worker& worker) {
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t size = 0; (size = ::read(worker.says, part.data(), part.size())) > 0;) {
    text.append(part.data(), static_cast<std::size_t>(size));
  }
  ::close(worker.says);
  int status = 0;
  ::waitpid(worker.process, &status, 0);
  return parse_tally(text);
}

int report(const Tally& sum) {
  for (const auto& line : sum.findings) std::cout << line << "\n";
  std::cout << sum.steps << " business steps, " << sum.operations << " operations on files, "
            << sum.lived_on << " different ends lived on from to the last book, "
            << sum.second_writers << " writes by a second connection\n";
  std::cout << "crash points " << sum.points << ", lost " << sum.lost << ", doubled " << sum.doubled
            << ", corrupt " << sum.corrupt << std::endl;
  return sum.clean() ? 0 : 1;
}

int restore_backups(const Wishes& wishes, const fs::path& folder) {
  Tally sum;
  for (std::int64_t i = 0; i < wishes.backups; ++i) {
    const auto seed = wishes.scenario.seed + static_cast<std::uint64_t>(i);
    const auto own = folder / std::to_string(seed);
    fs::create_directories(own);
    const auto part = restore_round(own.string(), seed);
    if (part)
      add(sum, *part);
    else
      sum.findings.push_back(describe(part.error()));
    if (!part || !part->clean()) sum.findings.push_back("  with seed " + std::to_string(seed));
    fs::remove_all(own);
  }
  for (const auto& line : sum.findings) std::cout << line << "\n";
  std::cout << "backups restored " << wishes.backups << ", doubled " << sum.doubled
            << ", neither reconciled nor owned " << sum.findings.size() << std::endl;
  return sum.clean() ? 0 : 1;
}

int run(int count, char** words) {
  const auto wishes = wishes_of(count, words);
  if (!wishes) {
    std::cerr << describe(wishes.error()) << "\n" << usage;
    return 2;
  }
  auto name = (fs::temp_directory_path() / "holdfast-crash-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return 2;
  if (wishes->backups > 0) {
    const int code = restore_backups(*wishes, name);
    fs::remove_all(name);
    return code;
  }
  std::vector<Worker> workers;
  for (std::int64_t i = 0; i < wishes->workers; ++i) {
    workers.push_back(begin_work(*wishes, i, name));
  }
  Tally sum;
  for (const auto& worker : workers) {
    const auto part = end_of(worker);
    if (part)
      add(sum, *part);
    else
      sum.findings.push_back("a worker ended without a word");
  }
  fs::remove_all(name);
  return report(sum);
}

}  // namespace
}  // namespace holdfast::crash

int main(int count, char** words) {
  if (sodium_init() < 0) return 2;
  // Thousands of ends make thousands of failures that are none.
  const auto quiet = holdfast::configure_log({holdfast::LogLevel::Error, false, "/dev/null"});
  if (!quiet) return 2;
  try {
    return holdfast::crash::run(count, words);
  } catch (const std::exception& failure) {
    std::cerr << "holdfast-crash: " << failure.what() << "\n";
    return 2;
  }
}
