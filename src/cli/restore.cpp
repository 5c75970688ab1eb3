// Restore: a backup becomes a data folder again, with every workspace that is in it.
#include <algorithm>
#include <filesystem>

#include "cli/backup_files.h"
#include "cli/commands.h"
#include "cli/local.h"
#include "engine/restore_mark.h"
#include "engine/retention/retention.h"
#include "engine/settings/toml.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_ledger_bytes = 256u << 20;
const char* const no_ledger = "none";

void remove_unfinished(const fs::path& data) {
  std::error_code ignored;
  for (const auto* ending : {"", "-wal", "-shm", ".lock"}) {
    fs::remove(data / (std::string(unfinished_name) + ending), ignored);
  }
}

bool is_ledger(const fs::path& path) {
  const auto name = path.filename().string();
  return std::ranges::any_of(ledgers, [&](const char* ledger) { return name == ledger; });
}

/// The first thing below the folders of further workspaces that is no ledger; "" for nothing.
fs::path stranger_in(const fs::path& workspaces) {
  std::error_code ignored;
  for (const auto& entry : fs::recursive_directory_iterator(workspaces, ignored)) {
    if (!entry.is_directory() && !is_ledger(entry.path())) return entry.path();
  }
  return {};
}

/// A folder that holds nothing but ledgers, so that newer ledgers can lie ready for an older
/// backup, and the master key. What a broken-off restore left is removed.
Status make_room(const Place& place) {
  const fs::path data(place.data);
  std::error_code why;
  fs::create_directories(data, why);
  if (why) return disk_failure(why, data);
  fs::permissions(data, fs::perms::owner_all, why);
  if (fs::exists(data / unfinished_name, why)) {
    remove_unfinished(data);
    for (const auto& tenant : place.config.tenants) {
      fs::remove_all(files_path(folder_of(place.config, data, tenant.id).string()), why);
    }
  }
  for (const auto& entry : fs::directory_iterator(data, why)) {
    const auto name = entry.path().filename().string();
    if (name == key_name || is_ledger(entry.path())) continue;
    const auto stranger = name == workspaces_name ? stranger_in(entry.path()) : entry.path();
    if (stranger.empty()) continue;
    return fail(ErrorCode::Conflict, "the data folder is not empty", stranger.string(),
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

/// The ledger that was named for a workspace: for the first the file itself, for each other the one
/// that lies in its folder beside it. "" when none was named.
fs::path named_ledger(const Place& place, const std::string& tenant, const std::string& named) {
  if (named.empty() || named == no_ledger) return {};
  if (tenant == place.config.tenants.front().id) return named;
  return folder_of(place.config, fs::absolute(named).parent_path(), tenant) / erasures_name;
}

/// What was erased since the backup was made is known only to the ledgers of the folder it
/// replaces.
Status has_ledgers(const Place& place, const Request& request) {
  std::error_code why;
  const auto& named = request.text("erasures");
  if (named == no_ledger) return {};
  if (!named.empty() && !fs::exists(named, why)) {
    return fail(ErrorCode::NotFound, "there is no such ledger", named, "name erasures.jsonl");
  }
  // Where it lies in a data folder, a workspace without a ledger has erased nothing.
  const bool whole =
      !named.empty() && fs::exists(fs::absolute(named).parent_path() / store_name, why);
  for (const auto& tenant : place.config.tenants) {
    const auto own = folder_of(place.config, place.data, tenant.id) / erasures_name;
    const auto other = named_ledger(place, tenant.id, named);
    if (whole || fs::exists(own, why) || (!other.empty() && fs::exists(other, why))) continue;
    const bool first = &tenant == &place.config.tenants.front();
    return fail(ErrorCode::Invalid, "which data was erased since the backup was made?",
                first ? "--erasures" : own.string(),
                first
                    ? "name the erasures.jsonl of the data folder this one replaces, or a copy of "
                      "it; \"none\" when there is none left and nothing was erased"
                    : "lay the erasures.jsonl of workspace " + tenant.id +
                          " there, an empty file when nothing was erased in it");
  }
  return {};
}

/// The backup's files and ledgers of a workspace, with the ledger that was named.
Status copy_workspace(const Place& place, const fs::path& from, const std::string& tenant,
                      const Request& request) {
  const auto there = folder_of(place.config, from, tenant);
  const auto here = folder_of(place.config, place.data, tenant);
  std::error_code why;
  fs::create_directories(here, why);
  if (why) return disk_failure(why, here);
  auto status = copy_if_there(files_path(there.string()), files_path(here.string()));
  if (!status) return status;
  for (const auto* ledger : ledgers) {
    if (status = join_ledger(there / ledger, here / ledger); !status) return status;
  }
  const auto named = named_ledger(place, tenant, request.text("erasures"));
  return named.empty() ? Status() : join_ledger(named, here / erasures_name);
}

/// A workspace that the settings do not name would come back with what was erased since.
Status knows_all(const Place& place, const Json& about) {
  for (const auto& item : about["workspaces"].items()) {
    const auto number = item["number"].integer();
    const auto same = [&](const engine::TenantConfig& tenant) { return tenant.number == number; };
    if (std::ranges::any_of(place.config.tenants, same)) continue;
    return fail(ErrorCode::NotFound, "the settings do not name a workspace of the backup",
                item["id"].string(), "restore with the settings that it was made with");
  }
  return {};
}

/// Gives the restored store the name under which it is served.
Status publish(const fs::path& data) {
  std::error_code why;
  fs::rename(data / unfinished_name, data / store_name, why);
  if (why) return disk_failure(why, data / store_name);
  remove_unfinished(data);
  return {};
}

/// Proves one workspace, erases again and marks what is to be asked for first.
Answer finish_workspace(const Outside& outside, const Place& place, Instant made_at,
                        const Progress& progress) {
  auto own = open_own(outside, place, false);
  if (!own) return fail(own.error());
  auto& desk = (*own)->desk;
  desk.progress = progress;
  Request check;
  check.with.set("sample", proven_streams);
  check.with.set("pages", place.tenant == place.config.tenants.front().id);
  auto checked = store_check(desk, check);
  if (!checked || !(*checked)["ok"].boolean()) return checked;
  progress("erasing again what was erased since");
  const auto erased = erase_again(desk, fs::path(desk.data) / erasures_name);
  if (!erased) return fail(erased.error());
  const auto mark =
      engine::make_restore_mark(*desk.store, desk.tenant(), made_at, desk.clock->now());
  if (!mark) return fail(mark.error());
  auto status = desk.put_records({engine::to_row(desk.tenant(), *mark)}, {});
  if (!status) return fail(status.error());
  checked->set("erased_again", *erased);
  return checked;
}

Answer finish_restore(const Outside& outside, Place place, const Json& about,
                      const Progress& progress) {
  place.config.store.url = "sqlite:" + place.data + "/" + unfinished_name;
  const auto made_at = parse_instant(about["made_at"].string());
  if (!made_at) return fail(within(made_at.error(), "backup.json made_at"));
  std::int64_t streams = 0, erased = 0;
  for (const auto& tenant : place.config.tenants) {
    place.tenant = tenant.id;
    auto finished = finish_workspace(outside, place, *made_at, progress);
    if (!finished) return fail(within(finished.error(), tenant.id));
    if (!(*finished)["ok"].boolean()) return finished;
    streams += (*finished)["streams"].integer();
    erased += (*finished)["erased_again"].integer();
  }
  Json json;
  json.set("ok", true);
  json.set("data", place.data);
  json.set("made_at", about["made_at"]);
  json.set("streams_checked", streams);
  json.set("erased_again", erased);
  json.set("said", "restored the backup of " + about["made_at"].string() + " into " + place.data +
                       "; " + std::to_string(erased) +
                       " order(s) erased again. The server asks the channels what happened since "
                       "before it acts.");
  return json;
}

}  // namespace

Answer restore(const Outside& outside, const Place& place, const Request& request,
               const Progress& progress) {
  const fs::path from(request.text("path"));
  const auto text = engine::read_text_file((from / about_name).string(), 1u << 20);
  if (!text) {
    return fail(ErrorCode::NotFound, "no backup is here", from.string(),
                "name the folder that holdfast backup made");
  }
  const auto about = parse_json(*text);
  if (!about) return fail(within(about.error(), (from / about_name).string()));
  if (!place.config.store.url.empty()) {
    return fail(ErrorCode::Invalid, "the settings name another store than the data folder's",
                "store.url", "restore with settings that leave [store] url empty");
  }
  const fs::path data(place.data);
  if (auto status = knows_all(place, *about); !status) return fail(status.error());
  if (auto status = has_ledgers(place, request); !status) return fail(status.error());
  if (auto status = make_room(place); !status) return fail(status.error());
  progress("copying the store");
  std::error_code why;
  fs::copy_file(from / store_name, data / unfinished_name, why);
  if (why) return disk_failure(why, from / store_name);
  for (const auto& tenant : place.config.tenants) {
    auto status = copy_workspace(place, from, tenant.id, request);
    if (!status) return fail(status.error());
  }
  auto finished = finish_restore(outside, place, *about, progress);
  if (!finished || !(*finished)["ok"].boolean()) return finished;
  if (auto status = publish(data); !status) return fail(status.error());
  const auto made_at = parse_instant((*about)["made_at"].string());
  if (auto status = note_backup(place.data, *made_at); !status) return fail(status.error());
  return finished;
}

}  // namespace holdfast::cli
