// Backup: a folder with the store of all workspaces, each one's files and ledgers, proven.
#include <filesystem>

#include "cli/backup_files.h"
#include "cli/commands.h"
#include "cli/local.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

/// Compares a sample of one workspace's streams in the copy with their events.
Answer prove_workspace(const Desk& like, const Opened& copy, const engine::TenantConfig& tenant) {
  const bool first = &tenant == &like.config->tenants.front();
  auto setup = *like.setup;
  setup.tenant = TenantId{tenant.number};
  auto desk = like;
  desk.store = copy.store.get();
  desk.integrity = copy.integrity;
  desk.setup = &setup;
  // Each workspace's chains are proven with a key of its own.
  std::optional<engine::Vault> vault;
  if (like.vault && setup.tenant != like.tenant()) {
    const auto& config = *like.config;
    const auto key = like.outside->master_key(config, config.server.data);
    if (!key) return fail(key.error());
    auto opened = engine::Vault::open(*key, setup.tenant, config.secrets.signing_key.value);
    if (!opened) return fail(opened.error());
    desk.vault = &vault.emplace(std::move(*opened));
  }
  Request request;
  request.command = {"store", "check"};
  request.with.set("sample", proven_streams);
  request.with.set("pages", first);
  return store_check(desk, request);
}

/// Opens a copied store, reads every page and proves a sample of each workspace. Gives the counts
/// of all, or what is wrong with the first that is not sound.
Answer prove(const Desk& like, const fs::path& file) {
  const auto opened = like.outside->open_store("sqlite:" + file.string(), true);
  if (!opened) return fail(opened.error());
  std::int64_t streams = 0, events = 0;
  Json proven;
  for (const auto& tenant : like.config->tenants) {
    auto checked = prove_workspace(like, *opened, tenant);
    if (!checked) return fail(within(checked.error(), tenant.id));
    if (!(*checked)["ok"].boolean()) return checked;
    streams += (*checked)["streams"].integer();
    events += (*checked)["events"].integer();
  }
  proven.set("ok", true);
  proven.set("streams", streams);
  proven.set("events", events);
  return proven;
}

/// What opening left beside the copy (locks, logs) is no part of a backup.
void remove_strangers(const fs::path& folder) {
  std::error_code ignored;
  std::vector<fs::path> strangers;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto name = entry.path().filename().string();
    const bool ours = name == store_name || name == about_name || name == "files" ||
                      name == workspaces_name || name == ledgers[0] || name == ledgers[1];
    if (!ours) strangers.push_back(entry.path());
  }
  for (const auto& path : strangers) fs::remove_all(path, ignored);
}

/// Files and ledgers of one workspace.
Status copy_workspace(const Desk& desk, const fs::path& folder, const std::string& tenant) {
  const auto from = folder_of(*desk.config, desk.config->server.data, tenant);
  const auto to = folder_of(*desk.config, folder, tenant);
  std::error_code why;
  fs::create_directories(to, why);
  if (why) return disk_failure(why, to);
  for (const auto* ledger : ledgers) {
    if (auto status = copy_if_there(from / ledger, to / ledger); !status) return status;
  }
  return copy_if_there(files_path(from.string()), files_path(to.string()));
}

Status write_about(const Desk& desk, const fs::path& folder, Instant made_at, const Json& streams) {
  Json workspaces{Json::Array{}};
  for (const auto& tenant : desk.config->tenants) {
    Json json;
    json.set("id", tenant.id);
    json.set("number", tenant.number);
    workspaces.push(std::move(json));
  }
  Json about;
  about.set("made_at", to_text(made_at));
  about.set("version", desk.outside->version);
  about.set("workspaces", std::move(workspaces));
  about.set("streams_checked", streams);
  return write_file(folder / about_name, to_text(about) + "\n");
}

Answer fill_backup(Desk& desk, const fs::path& folder, Instant made_at) {
  desk.progress("copying the store");
  if (auto status = desk.backup_to((folder / store_name).string()); !status) {
    return fail(status.error());
  }
  desk.progress("copying files");
  for (const auto& tenant : desk.config->tenants) {
    auto status = copy_workspace(desk, folder, tenant.id);
    if (!status) return fail(status.error());
  }
  desk.progress("proving the copy");
  auto checked = prove(desk, folder / store_name);
  if (!checked || !(*checked)["ok"].boolean()) return checked;
  remove_strangers(folder);
  auto status = write_about(desk, folder, made_at, (*checked)["streams"]);
  if (!status) return fail(status.error());
  return checked;
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
  const auto made_at = desk.clock->now();
  auto checked = fill_backup(desk, part, made_at);
  const bool sound = checked && (*checked)["ok"].boolean();
  if (!sound) {
    fs::remove_all(part, why);
    return checked;
  }
  fs::rename(part, target, why);
  if (why) return disk_failure(why, target);
  if (auto status = note_backup(desk.config->server.data, made_at); !status) {
    return fail(status.error());
  }
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

}  // namespace holdfast::cli
