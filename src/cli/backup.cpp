#include <filesystem>
#include <fstream>

#include "cli/commands.h"
#include "cli/local.h"
#include "engine/restore_mark.h"
#include "engine/retention/retention.h"
#include "engine/settings/toml.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t sample = 500;
constexpr std::size_t most_ledger_bytes = 256u << 20;
const char* const store_name = "holdfast.db";
// Nobody serves a store of this name: a restore that did not reach its end shows nothing.
const char* const unfinished_name = "holdfast.db.restoring";
const char* const key_name = "master.key";
const char* const no_ledger = "none";
// Lines that leave the store as they are made: what a backup of the store alone would not know.
const char* const ledgers[] = {"erasures.jsonl", "checkpoints.jsonl"};

tl::unexpected<Error> disk_failure(const std::error_code& why, const fs::path& where) {
  return fail(ErrorCode::Unavailable, "the disk refused: " + why.message(), where.string());
}

Status write_file(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return {};
  return fail(ErrorCode::Unavailable, "the disk refused", path.string());
}

Status copy_if_there(const fs::path& from, const fs::path& to) {
  std::error_code why;
  if (!fs::exists(from, why)) return {};
  const auto options = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
  fs::copy(from, to, options, why);
  if (why) return disk_failure(why, from);
  return {};
}

/// Opens a copied store, reads every page and proves a sample of its orders.
Answer prove(const Outside& outside, const Desk& like, const fs::path& file) {
  auto opened = outside.open_store("sqlite:" + file.string(), true);
  if (!opened) return fail(opened.error());
  auto desk = like;
  desk.store = opened->store.get();
  desk.integrity = opened->integrity;
  Request request;
  request.command = {"store", "check"};
  request.with.set("sample", sample);
  request.with.set("pages", true);
  return store_check(desk, request);
}

/// What opening left beside the copy (locks, logs) is no part of a backup.
void remove_strangers(const fs::path& folder) {
  std::error_code ignored;
  std::vector<fs::path> strangers;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto name = entry.path().filename().string();
    const bool ours = name == store_name || name == "backup.json" || name == "files" ||
                      name == ledgers[0] || name == ledgers[1];
    if (!ours) strangers.push_back(entry.path());
  }
  for (const auto& path : strangers) fs::remove_all(path, ignored);
}

Answer fill_backup(Desk& desk, const fs::path& folder) {
  desk.progress("copying the store");
  if (auto status = desk.backup_to((folder / store_name).string()); !status) {
    return fail(status.error());
  }
  for (const auto* ledger : ledgers) {
    auto status = copy_if_there(fs::path(desk.data) / ledger, folder / ledger);
    if (!status) return fail(status.error());
  }
  desk.progress("copying files");
  if (auto status = copy_if_there(files_path(desk.data), folder / "files"); !status) {
    return fail(status.error());
  }
  desk.progress("proving the copy");
  auto checked = prove(*desk.outside, desk, folder / store_name);
  if (!checked) return checked;
  remove_strangers(folder);
  Json about;
  about.set("made_at", to_text(desk.clock->now()));
  about.set("version", desk.outside->version);
  about.set("streams_checked", (*checked)["streams"]);
  if (auto status = write_file(folder / "backup.json", to_text(about) + "\n"); !status) {
    return fail(status.error());
  }
  return checked;
}

void remove_unfinished(const fs::path& data) {
  std::error_code ignored;
  for (const auto* ending : {"", "-wal", "-shm", ".lock"}) {
    fs::remove(data / (std::string(unfinished_name) + ending), ignored);
  }
}

/// A folder that holds nothing but ledgers, so that a newer ledger can lie ready for an older
/// backup, and the master key. What a broken-off restore left is removed.
Status make_room(const fs::path& data) {
  std::error_code why;
  fs::create_directories(data, why);
  if (why) return disk_failure(why, data);
  fs::permissions(data, fs::perms::owner_all, why);
  if (fs::exists(data / unfinished_name, why)) {
    remove_unfinished(data);
    fs::remove_all(data / "files", why);
  }
  for (const auto& entry : fs::directory_iterator(data, why)) {
    const auto name = entry.path().filename().string();
    if (name == ledgers[0] || name == ledgers[1] || name == key_name) continue;
    return fail(ErrorCode::Conflict, "the data folder is not empty", entry.path().string(),
                "restore into a new folder; only erasures.jsonl, checkpoints.jsonl and master.key "
                "may lie there");
  }
  if (why) return disk_failure(why, data);
  return {};
}

/// Both ledgers' lines, each once; the folder's own are kept.
Status join_ledger(const fs::path& from, const fs::path& to) {
  std::error_code why;
  if (!fs::exists(from, why)) return {};
  auto added = engine::read_text_file(from.string(), most_ledger_bytes);
  if (!added) return fail(added.error());
  std::string known;
  if (fs::exists(to, why)) {
    auto text = engine::read_text_file(to.string(), most_ledger_bytes);
    if (!text) return fail(text.error());
    known = std::move(*text);
  }
  if (!known.empty() && known.back() != '\n') known += '\n';
  std::string joined = "\n" + known;
  for (const auto line : split(*added, '\n')) {
    if (line.empty() || joined.find("\n" + std::string(line) + "\n") != std::string::npos) continue;
    joined += std::string(line) + '\n';
  }
  return write_file(to, joined.substr(1));
}

/// Erases again what was erased after the backup was made. Gives how many orders.
Result<std::int64_t> erase_again(Desk& desk, const fs::path& ledger) {
  std::error_code why;
  if (!fs::exists(ledger, why)) return 0;
  const auto text = engine::read_text_file(ledger.string(), most_ledger_bytes);
  if (!text) return fail(text.error());
  const auto orders = engine::still_to_erase(*desk.store, desk.tenant(), *text);
  if (!orders) return fail(orders.error());
  for (const auto& stream : *orders) {
    const auto done = desk.submit(
        stream, ChannelCommand(ErasePersonalData{"erased before, again after a restore"}),
        "cli:restore");
    if (!done) return fail(done.error());
  }
  return std::int64_t(orders->size());
}

/// What was erased since the backup was made is known only to the ledger of the folder it replaces.
Status has_ledger(const fs::path& data, const Request& request) {
  std::error_code why;
  const auto& named = request.text("erasures");
  if (!named.empty() && named != no_ledger && !fs::exists(named, why)) {
    return fail(ErrorCode::NotFound, "there is no such ledger", named, "name erasures.jsonl");
  }
  if (!named.empty() || fs::exists(data / ledgers[0], why)) return {};
  return fail(ErrorCode::Invalid, "which data was erased since the backup was made?", "--erasures",
              "name the erasures.jsonl of the data folder this one replaces, or a copy of it; "
              "\"none\" when there is none left and nothing was erased");
}

Status join_ledgers(const fs::path& from, const fs::path& data, const Request& request) {
  for (const auto* ledger : ledgers) {
    if (auto status = join_ledger(from / ledger, data / ledger); !status) return status;
  }
  const auto& named = request.text("erasures");
  if (named.empty() || named == no_ledger) return {};
  return join_ledger(named, data / ledgers[0]);
}

/// Gives the restored store the name under which it is served.
Status publish(const fs::path& data) {
  std::error_code why;
  fs::rename(data / unfinished_name, data / store_name, why);
  if (why) return disk_failure(why, data / store_name);
  remove_unfinished(data);
  return {};
}

Answer finish_restore(const Outside& outside, Place place, const Json& about,
                      const Progress& progress) {
  place.config.store.url = "sqlite:" + place.data + "/" + unfinished_name;
  auto own = open_own(outside, place, false);
  if (!own) return fail(own.error());
  auto& desk = (*own)->desk;
  desk.progress = progress;
  Request check;
  check.with.set("sample", sample);
  check.with.set("pages", true);
  auto checked = store_check(desk, check);
  if (!checked) return checked;
  if (!(*checked)["ok"].boolean()) return checked;
  progress("erasing again what was erased since");
  const auto erased = erase_again(desk, fs::path(place.data) / ledgers[0]);
  if (!erased) return fail(erased.error());
  const auto made_at = parse_instant(about["made_at"].string());
  if (!made_at) return fail(within(made_at.error(), "backup.json made_at"));
  const auto mark =
      engine::make_restore_mark(*desk.store, desk.tenant(), *made_at, desk.clock->now());
  if (!mark) return fail(mark.error());
  auto status = desk.put_records({engine::to_row(desk.tenant(), *mark)}, {});
  if (!status) return fail(status.error());
  Json json;
  json.set("ok", true);
  json.set("data", place.data);
  json.set("made_at", about["made_at"]);
  json.set("streams_checked", (*checked)["streams"]);
  json.set("erased_again", *erased);
  json.set("said", "restored the backup of " + about["made_at"].string() + " into " + place.data +
                       "; " + std::to_string(*erased) +
                       " order(s) erased again. The server asks the channels what happened since "
                       "before it acts.");
  return json;
}

}  // namespace

Answer backup(Desk& desk, const Request& request) {
  if (!desk.backup_to) {
    return fail(ErrorCode::Invalid, "this store is backed up with its own tools", "store.url",
                "for PostgreSQL use pg_dump or base backups");
  }
  const fs::path target(request.text("path"));
  std::error_code why;
  if (fs::exists(target, why)) {
    return fail(ErrorCode::Conflict, "there is something of this name", target.string(),
                "name a folder that does not exist yet");
  }
  const fs::path part = target.string() + ".part";
  fs::remove_all(part, why);
  fs::create_directories(part, why);
  if (why) return disk_failure(why, part);
  fs::permissions(part, fs::perms::owner_all, why);
  auto checked = fill_backup(desk, part);
  const bool sound = checked && (*checked)["ok"].boolean();
  if (!sound) {
    fs::remove_all(part, why);
    return checked;
  }
  fs::rename(part, target, why);
  if (why) return disk_failure(why, target);
  Json json;
  json.set("ok", true);
  json.set("path", target.string());
  json.set("streams_checked", (*checked)["streams"]);
  json.set("events_checked", (*checked)["events"]);
  json.set("said", "backed up to " + target.string() + " and proven: every page read, " +
                       (*checked)["streams"].digits() +
                       " streams compared. The master key is not in it; keep it elsewhere.");
  return json;
}

Answer restore(const Outside& outside, const Place& place, const Request& request,
               const Progress& progress) {
  const fs::path from(request.text("path"));
  const auto text = engine::read_text_file((from / "backup.json").string(), 1u << 20);
  if (!text) {
    return fail(ErrorCode::NotFound, "no backup is here", from.string(),
                "name the folder that holdfast backup made");
  }
  const auto about = parse_json(*text);
  if (!about) return fail(within(about.error(), (from / "backup.json").string()));
  if (!place.config.store.url.empty()) {
    return fail(ErrorCode::Invalid, "the settings name another store than the data folder's",
                "store.url", "restore with settings that leave [store] url empty");
  }
  const fs::path data(place.data);
  if (auto status = has_ledger(data, request); !status) return fail(status.error());
  if (auto status = make_room(data); !status) return fail(status.error());
  progress("copying the store");
  std::error_code why;
  fs::copy_file(from / store_name, data / unfinished_name, why);
  if (why) return disk_failure(why, from / store_name);
  if (auto status = copy_if_there(from / "files", files_path(place.data)); !status) {
    return fail(status.error());
  }
  if (auto status = join_ledgers(from, data, request); !status) return fail(status.error());
  auto finished = finish_restore(outside, place, *about, progress);
  if (!finished || !(*finished)["ok"].boolean()) return finished;
  if (auto status = publish(data); !status) return fail(status.error());
  return finished;
}

}  // namespace holdfast::cli
