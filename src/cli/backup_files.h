#pragma once
// BackupFiles: what a backup is made of: the store of all workspaces, each one's files and ledgers,
// and a note of when the newest sound one was made. For backup.cpp and restore.cpp, and for whoever
// shows that note.

#include <filesystem>
#include <string>
#include <vector>

#include "engine/settings/config.h"

namespace holdfast::cli {

inline constexpr const char* store_name = "holdfast.db";
// Nobody serves a store of this name: a restore that did not reach its end shows nothing.
inline constexpr const char* unfinished_name = "holdfast.db.restoring";
inline constexpr const char* key_name = "master.key";
inline constexpr const char* about_name = "backup.json";
inline constexpr const char* workspaces_name = "tenants";
// Lines that leave the store as they are made: what a backup of the store alone would not know.
inline constexpr const char* erasures_name = "erasures.jsonl";
inline constexpr const char* ledgers[] = {erasures_name, "checkpoints.jsonl"};

/// Streams of one workspace that are compared with their events.
inline constexpr std::int64_t proven_streams = 500;

/// Unavailable, with what the operating system said and where.
tl::unexpected<Error> disk_failure(const std::error_code& why, const std::filesystem::path& where);
/// A text as a whole file. Unavailable when the disk refuses.
Status write_file(const std::filesystem::path& path, const std::string& text);
/// Copies a file, or a folder with all that is in it; nothing where there is none.
Status copy_if_there(const std::filesystem::path& from, const std::filesystem::path& to);

/// A workspace's own folder in a data folder or a backup, as engine::tenant_folder has it.
std::filesystem::path folder_of(const engine::Config& config, const std::filesystem::path& root,
                                const std::string& tenant);

/// Notes that a sound backup of a data folder was made then. Unavailable when it cannot be written.
Status note_backup(const std::string& data, Instant made_at);

/// When the newest sound backup of a data folder was made; 0 when none is known of.
Instant last_backup(const std::string& data);

}  // namespace holdfast::cli
