#include "cli/backup_files.h"

#include <fstream>

#include "base/json.h"
#include "engine/settings/overlay.h"
#include "engine/settings/toml.h"

namespace holdfast::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* note_name = "last-backup.json";
constexpr std::size_t most_note_bytes = 4096;

}  // namespace

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

fs::path folder_of(const engine::Config& config, const fs::path& root, const std::string& tenant) {
  auto moved = config;
  moved.server.data = root.string();
  return engine::tenant_folder(moved, tenant);
}

// Beside the store and not in it: it is about the whole file, and may be written without a server.
Status note_backup(const std::string& data, Instant made_at) {
  Json json;
  json.set("made_at", to_text(made_at));
  const fs::path path = fs::path(data) / note_name;
  const fs::path part = path.string() + ".part";
  if (auto status = write_file(part, to_text(json) + "\n"); !status) return status;
  std::error_code why;
  fs::rename(part, path, why);
  if (why) return disk_failure(why, path);
  return {};
}

Instant last_backup(const std::string& data) {
  const auto text = engine::read_text_file((fs::path(data) / note_name).string(), most_note_bytes);
  const auto json = text ? parse_json(*text) : Result<Json>(fail(text.error()));
  return json ? parse_instant((*json)["made_at"].string()).value_or(Instant{}) : Instant{};
}

}  // namespace holdfast::cli
