#include "tests/crash/hunt.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"

namespace holdfast::crash {
namespace {

using peers::Disk;
using peers::Loss;

constexpr std::array losses{Loss::Process, Loss::Power, Loss::Torn};
constexpr std::array loss_names{"process death", "power loss", "torn sectors"};
constexpr std::size_t most_findings = 40;

std::string name_of(Loss loss) { return loss_names[static_cast<std::size_t>(loss)]; }

/// Reads what a child wrote until it ended.
std::string read_all(int end) {
  std::string text;
  std::array<char, 4096> part{};
  for (;;) {
    const auto size = ::read(end, part.data(), part.size());
    if (size <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(size));
  }
}

void write_all(int end, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const auto size = ::write(end, text.data() + done, text.size() - done);
    if (size <= 0) return;
    done += static_cast<std::size_t>(size);
  }
}

class Hunt {
 public:
  Hunt(Wishes wishes, std::int64_t worker)
      : wishes_(std::move(wishes)),
        worker_(worker),
        disk_(std::make_shared<Disk>()),
        machine_(wishes_.scenario) {}

  Result<Tally> run() {
    disk_->watch([this](Disk::Moment moment, std::int64_t number) { look(moment, number); });
    if (auto status = machine_.begin(disk_, [this] { settle(); }); !status) {
      if (!left_) return fail(status.error());
    }
    settle();
    if (!left_) machine_.live();
    if (left_) live_on();
    tally_.operations = disk_->operations();
    tally_.steps = machine_.steps();
    tally_.second_writers = disk_->second_writers();
    disk_->watch({});
    judge("without an end");
    return tally_;
  }

 private:
  /// Around every operation: each point of this worker's share in every mode and seed.
  void look(Disk::Moment moment, std::int64_t number) {
    if (left_ || number / wishes_.every % wishes_.workers != worker_) return;
    if (number % wishes_.every != 0) return;
    const auto where = (moment == Disk::Moment::Before ? "before operation " : "after operation ") +
                       std::to_string(number);
    if (moment == Disk::Moment::After) {
      // Only what the partners saw may differ from the next operation's beginning.
      point(Loss::Process, 0, where);
      return;
    }
    for (const auto loss : losses) {
      for (std::int64_t seed = 0; seed < wishes_.seeds && !left_; ++seed) {
        point(loss, static_cast<std::uint64_t>(seed), where);
      }
    }
  }

  void point(Loss loss, std::uint64_t seed, const std::string& where) {
    ++tally_.points;
    auto image = disk_->after(loss, seed);
    const auto said = where + ", " + crash::name_of(loss) + ", seed " + std::to_string(seed);
    const auto digest = digest_of(wishes_.scenario, image);
    if (!digest) {
      ++tally_.corrupt;
      find(said + ": " + describe(digest.error()));
      return;
    }
    unsettled_[*digest] = said;
    if (!lived_.insert({machine_.exchanges(), *digest}).second) return;
    ++tally_.lived_on;
    leave(std::move(image), said);
  }

  /// After every pump: what was found since the last one is the state before it or after it.
  void settle() {
    if (left_ || disk_->operations() == settled_at_) return;
    settled_at_ = disk_->operations();
    const auto now = digest_of(wishes_.scenario, disk_->after(Loss::Process, 0));
    if (!now) {
      ++tally_.corrupt;
      find("a machine that did not end: " + describe(now.error()));
      return;
    }
    const auto before = settled_.empty() ? *now : settled_;
    settled_ = *now;
    for (const auto& [digest, said] : std::exchange(unsettled_, {})) {
      if (digest == before || digest == *now) continue;
      ++tally_.lost;
      find(said + ": neither what was acknowledged before nor what was under way");
    }
  }

  /// A child takes this end of the machine and lives on; the parent waits for its verdict.
  void leave(Disk::Image image, const std::string& said) {
    std::array<int, 2> ends{};
    check(::pipe(ends.data()) == 0, "a pipe can be made");
    std::fflush(nullptr);
    const auto child = ::fork();
    check(child >= 0, "a process can be made");
    if (child == 0) {
      ::close(ends[0]);
      verdict_ = ends[1];
      left_ = said;
      image_ = std::move(image);
      disk_->freeze();
      return;
    }
    ::close(ends[1]);
    const auto text = read_all(ends[0]);
    ::close(ends[0]);
    int status = 0;
    check(::waitpid(child, &status, 0) == child, "a child can be waited for");
    auto part = parse_tally(text);
    if (part)
      add(tally_, *part);
    else
      find(said + ": the machine that lived on ended with " + std::to_string(status));
  }

  [[noreturn]] void live_on() {
    tally_ = {};
    const auto disk = std::make_shared<Disk>(std::move(image_));
    auto status = machine_.go_on(disk);
    if (status) {
      machine_.live();
      judge(*left_);
      tally_.second_writers = disk->second_writers();
    } else {
      ++tally_.corrupt;
      find(*left_ + ": " + describe(status.error()));
    }
    write_all(verdict_, to_text(to_json(tally_)));
    std::_Exit(0);
  }

  /// The partners' books against the store, once nothing happens any more.
  bool judge(const std::string& said) {
    const auto found = machine_.audit();
    if (!found) {
      ++tally_.corrupt;
      find(said + ": " + describe(found.error()));
      return false;
    }
    tally_.lost += found->lost;
    tally_.doubled += found->bought_twice + found->mails_twice + found->fulfilled_twice;
    for (const auto& line : found->differences) find(said + ": " + line);
    return found->clean();
  }

  void find(const std::string& what) {
    if (tally_.findings.size() < most_findings) tally_.findings.push_back(what);
  }

  Wishes wishes_;
  std::int64_t worker_;
  std::shared_ptr<Disk> disk_;
  Machine machine_;
  Tally tally_;
  std::optional<std::string> left_;  // in a child: where the machine ended
  Disk::Image image_;
  int verdict_ = -1;
  std::map<std::string, std::string> unsettled_;  // digest: where it was found
  std::string settled_;
  std::int64_t settled_at_ = 0;
  std::set<std::pair<std::int64_t, std::string>> lived_;
};

}  // namespace

Json to_json(const Tally& tally) {
  Json json;
  json.set("operations", tally.operations);
  json.set("steps", tally.steps);
  json.set("points", tally.points);
  json.set("lived_on", tally.lived_on);
  json.set("lost", tally.lost);
  json.set("doubled", tally.doubled);
  json.set("corrupt", tally.corrupt);
  json.set("second_writers", tally.second_writers);
  Json findings{Json::Array{}};
  for (const auto& line : tally.findings) findings.push(Json(line));
  json.set("findings", findings);
  return json;
}

Result<Tally> parse_tally(const std::string& text) {
  const auto json = parse_json(text);
  if (!json) return fail(json.error());
  Tally tally{(*json)["operations"].integer(),
              (*json)["steps"].integer(),
              (*json)["points"].integer(),
              (*json)["lived_on"].integer(),
              (*json)["lost"].integer(),
              (*json)["doubled"].integer(),
              (*json)["corrupt"].integer(),
              (*json)["second_writers"].integer(),
              {}};
  for (const auto& line : (*json)["findings"].items()) tally.findings.push_back(line.string());
  return tally;
}

void add(Tally& sum, const Tally& part) {
  sum.operations = std::max(sum.operations, part.operations);
  sum.steps = std::max(sum.steps, part.steps);
  sum.points += part.points;
  sum.lived_on += part.lived_on;
  sum.lost += part.lost;
  sum.doubled += part.doubled;
  sum.corrupt += part.corrupt;
  sum.second_writers += part.second_writers;
  for (const auto& line : part.findings) {
    if (sum.findings.size() < most_findings) sum.findings.push_back(line);
  }
}

Result<Tally> hunt(const Wishes& wishes, std::int64_t worker) { return Hunt(wishes, worker).run(); }

}  // namespace holdfast::crash
