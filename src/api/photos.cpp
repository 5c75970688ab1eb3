#include "api/photos.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

namespace holdfast::api {
namespace {

namespace fs = std::filesystem;
using engine::stream_text;

constexpr std::size_t most_photo_bytes = 10u << 20;
constexpr std::size_t most_copies = 20;  // the same picture at different orders

fs::path file_of(const Desk& desk, const std::string& sha, const ports::StreamKey& stream) {
  return fs::path(desk.options.data_folder) / "photos" / sha.substr(0, 2) /
         (sha + "-" + stream_text(stream));
}

bool is_sha(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

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

std::string_view image_type(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "image/webp";
  return {};
}

Result<ports::RecordRow> keep_photo(const Desk& desk, const ports::StreamKey& stream,
                                    std::string_view bytes) {
  auto key = engine::read_key(desk.store(), stream);
  if (!key) return fail(key.error());
  const auto sha = hex(sha256(bytes));
  auto sealed =
      desk.engine.vault().seal(stream, *key, "photo:" + sha, bytes, *desk.options.entropy);
  if (!sealed) return fail(sealed.error());
  const auto mark = hex(desk.options.entropy->bytes(8));
  if (auto status = write_file(file_of(desk, sha, stream), *sealed, mark); !status) {
    return fail(status.error());
  }
  Json json;
  json.set("stream", stream_text(stream));
  return ports::RecordRow{
      desk.tenant(), "photo", sha + "-" + stream_text(stream), to_text(json), {}};
}

Result<ports::RecordRow> take_photo(const Desk& desk, const ports::StreamKey& stream,
                                    std::string_view bytes) {
  if (bytes.size() > most_photo_bytes) {
    return fail(ErrorCode::TooLarge, "A photo has at most 10 MiB.", "photo");
  }
  if (image_type(bytes).empty()) {
    return fail(ErrorCode::Invalid, "A photo is a JPEG, PNG or WebP.", "photo");
  }
  return keep_photo(desk, stream, bytes);
}

Result<std::string> read_photo(const Desk& desk, const std::string& sha) {
  const auto nothing = fail(ErrorCode::NotFound, "There is no such photo.");
  if (!is_sha(sha)) return nothing;
  auto rows = desk.store().records(desk.tenant(), "photo", sha, most_copies);
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    if (!row.key.starts_with(sha + "-")) break;
    auto stream = engine::parse_stream(desk.tenant(), row.key.substr(sha.size() + 1));
    if (!stream) continue;
    auto key = engine::read_key(desk.store(), *stream);
    if (!key) continue;  // erased
    std::ifstream file(file_of(desk, sha, *stream), std::ios::binary);
    std::ostringstream sealed;
    sealed << file.rdbuf();
    auto bytes = desk.engine.vault().unseal(*stream, *key, "photo:" + sha, sealed.str());
    if (bytes) return bytes;
  }
  return nothing;
}

}  // namespace holdfast::api
