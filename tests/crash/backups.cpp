#include "tests/crash/backups.h"

#include <map>
#include <thread>

#include "apps/kill/audit.h"
#include "engine/restore_mark.h"
#include "peers/scene.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/kit/in_process.h"

namespace holdfast::crash {
namespace {

constexpr TenantId tenant{1};
constexpr std::int64_t orders = 20;
constexpr Duration between_orders = minutes(90);
constexpr Duration copying = minutes(3);
constexpr Duration partners_go_on = hours(2);
constexpr Duration afterwards = days(30);

/// What the lost store did after the copy, which the restored one cannot know in its own words:
/// messages it acknowledged are fetched anew, mails it sent carry the numbers it gave.
bool explained(const std::string& difference) {
  return difference.find("was acknowledged and is not stored") != std::string::npos ||
         difference.find("a mail arrived that nobody asked for") != std::string::npos;
}

/// Mails of one subject that came twice to a buyer, whoever sent them.
std::int64_t mails_twice(const Json& books) {
  std::int64_t count = 0;
  for (const auto& [buyer, mails] : books["mailboxes"].members()) {
    std::map<std::string, std::int64_t> subjects;
    for (const auto& mail : mails.items()) {
      if (!mail["by_store"].boolean()) count += ++subjects[mail["subject"].string()] > 1 ? 1 : 0;
    }
  }
  return count;
}

/// The copy as `holdfast restore` leaves it: proven, and marked to be reconciled first.
Result<std::unique_ptr<ports::Store>> restored(const std::string& path, Instant made_at,
                                               Instant now) {
  auto store = store::open_sqlite_store(path);
  if (!store) return fail(store.error());
  if (auto sound = (*store)->integrity(); !sound) return fail(sound.error());
  const auto mark = engine::make_restore_mark(**store, tenant, made_at, now);
  if (!mark) return fail(mark.error());
  ports::Batch batch;
  batch.put_records.push_back(engine::to_row(tenant, *mark));
  if (auto written = (*store)->write(batch); !written) return fail(written.error());
  return std::unique_ptr<ports::Store>(std::move(*store));
}

void judge(Tally& tally, const apps::Findings& found, const Json& books) {
  tally.doubled += found.bought_twice + found.fulfilled_twice + found.mails_twice;
  if (const auto twice = mails_twice(books); twice > 0) {
    tally.doubled += twice;
    tally.findings.push_back(std::to_string(twice) + " mails came twice");
  }
  for (const auto& line : found.differences) {
    if (!explained(line)) tally.findings.push_back(line);
  }
}

}  // namespace

Result<Tally> restore_round(const std::string& folder, std::uint64_t seed) {
  auto live = store::open_sqlite_store(folder + "/holdfast.db");
  if (!live) return fail(live.error());
  auto& source = **live;
  kit::InProcessOptions options;
  options.seed = seed;
  options.store = std::move(*live);
  options.jumps = true;
  kit::InProcess machine(std::move(options));
  machine.place_orders(orders, between_orders);
  machine.run(peers::Chance(seed).span("backup", minutes(1), between_orders * orders * 2));
  const auto made_at = machine.now();
  Status copied;
  std::thread copy([&] { copied = source.backup_to(folder + "/copy.db"); });
  machine.run(copying);
  copy.join();
  if (!copied) return fail(copied.error());
  machine.run(partners_go_on);
  auto store = restored(folder + "/copy.db", made_at, machine.now());
  if (!store) return fail(store.error());
  machine.restart(std::move(*store));
  machine.run(afterwards);
  const auto books = machine.world().books();
  const auto found = apps::audit(machine.store(), tenant, books, machine.now());
  if (!found) return fail(found.error());
  Tally tally;
  judge(tally, *found, books);
  if (machine.engine().health().sends_held) tally.findings.emplace_back("still nothing is sent");
  return tally;
}

}  // namespace holdfast::crash
