#include "engine/photos.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "engine/views/history.h"

namespace holdfast::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_copies = 20;  // the same picture at different orders

fs::path file_of(const std::string& data_folder, const std::string& sha,
                 const ports::StreamKey& stream) {
  return fs::path(photos_folder(data_folder)) / sha.substr(0, 2) /
         (sha + "-" + stream_text(stream));
}

/// Names of SKUs are anybody's; their hashes are names of files.
fs::path file_of(const std::string& data_folder, const std::string& sha, const std::string& sku) {
  return fs::path(photos_folder(data_folder)) / sha.substr(0, 2) /
         (sha + "-sku-" + hex(sha256(sku)).substr(0, 32));
}

std::string place_of(const std::string& sku, const std::string& sha) {
  return "listing photo/" + sha + "/" + sku;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

void remove_file(const fs::path& path, const std::string& sha) {
  std::error_code error;
  fs::remove(path, error);
  if (error) log_error("photos", "a removed photo stays on the disk", {field("sha256", sha)});
}

bool is_sha(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string kind_of(const std::string& sha) { return std::string(photo_kind) + sha; }

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

/// Written beside, then renamed: a reader sees the whole file or none.
Status write_file(const fs::path& path, std::string_view bytes, const std::string& mark) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  const auto beside = fs::path(path.string() + "." + mark);
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return fail(ErrorCode::Unavailable, "the photo folder cannot be written");
  const bool whole = write_all(file, bytes);
  ::close(file);
  if (whole) fs::rename(beside, path, error);
  if (whole && !error) return {};
  fs::remove(beside, error);
  return fail(ErrorCode::Unavailable, "the photo could not be stored");
}

}  // namespace

std::string photos_folder(const std::string& data_folder) { return data_folder + "/files"; }

ports::RecordKey photo_key(const ports::StreamKey& stream, const std::string& sha256) {
  return {stream.tenant, "photo", sha256 + "-" + stream_text(stream)};
}

Status keep_photo(const PhotoPlace& place, ports::Entropy& entropy, const ports::StreamKey& stream,
                  std::string_view bytes, Instant keep_until, ports::Batch& batch) {
  auto key = read_key(place.store, stream);
  if (!key) return fail(key.error());
  const auto sha = hex(sha256(bytes));
  auto sealed = place.vault.seal(stream, *key, kind_of(sha), bytes, entropy);
  if (!sealed) return fail(sealed.error());
  const auto mark = hex(entropy.bytes(8));
  if (auto status = write_file(file_of(place.data_folder, sha, stream), *sealed, mark); !status) {
    return status;
  }
  const auto name = photo_key(stream, sha);
  Json json;
  json.set("stream", stream_text(stream));
  batch.put_records.push_back({name.tenant, name.kind, name.key, to_text(json), keep_until});
  batch.put_sealed.push_back({stream, kind_of(sha), "", keep_until});
  return {};
}

Result<std::string> read_photo(const PhotoPlace& place, const ports::StreamKey& stream,
                               const std::string& sha256) {
  const auto nothing = fail(ErrorCode::NotFound, "There is no such photo.");
  if (!is_sha(sha256)) return nothing;
  auto key = read_key(place.store, stream);
  if (!key) return nothing;  // erased
  const auto sealed = content_of(file_of(place.data_folder, sha256, stream));
  auto bytes = place.vault.unseal(stream, *key, kind_of(sha256), sealed);
  if (!bytes) return nothing;
  return bytes;
}

Result<std::string> find_photo(const PhotoPlace& place, TenantId tenant, const std::string& sha256,
                               const std::function<bool(const ports::StreamKey&)>& allowed) {
  const auto nothing = fail(ErrorCode::NotFound, "There is no such photo.");
  if (!is_sha(sha256)) return nothing;
  auto rows = place.store.records(tenant, "photo", sha256, most_copies);
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    if (!row.key.starts_with(sha256 + "-")) break;
    auto stream = parse_stream(tenant, row.key.substr(sha256.size() + 1));
    if (!stream || !allowed(*stream)) continue;
    auto bytes = read_photo(place, *stream, sha256);
    if (bytes) return bytes;
  }
  return nothing;
}

void remove_photos(const std::string& data_folder, const ports::StreamKey& stream,
                   const std::vector<std::string>& sha256s) {
  if (data_folder.empty()) return;
  for (const auto& sha : sha256s) {
    if (is_sha(sha)) remove_file(file_of(data_folder, sha, stream), sha);
  }
}

Status keep_listing_photo(const PhotoPlace& place, ports::Entropy& entropy, const std::string& sku,
                          std::string_view bytes) {
  const auto sha = hex(sha256(bytes));
  const auto sealed = place.vault.seal_tenant(place_of(sku, sha), bytes, entropy);
  return write_file(file_of(place.data_folder, sha, sku), sealed, hex(entropy.bytes(8)));
}

Result<std::string> read_listing_photo(const PhotoPlace& place, const std::string& sku,
                                       const std::string& sha256) {
  const auto nothing = fail(ErrorCode::NotFound, "There is no such photo.");
  if (!is_sha(sha256)) return nothing;
  const auto sealed = content_of(file_of(place.data_folder, sha256, sku));
  auto bytes = place.vault.unseal_tenant(place_of(sku, sha256), sealed);
  if (!bytes) return nothing;
  return bytes;
}

void remove_listing_photo(const std::string& data_folder, const std::string& sku,
                          const std::string& sha256) {
  if (!data_folder.empty() && is_sha(sha256)) {
    remove_file(file_of(data_folder, sha256, sku), sha256);
  }
}

}  // namespace holdfast::engine
