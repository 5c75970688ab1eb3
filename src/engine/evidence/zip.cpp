#include "engine/evidence/zip.h"

#include <memory>

#include <zip.h>

#include "base/text.h"

namespace holdfast::engine {
namespace {

constexpr zip_uint16_t first_day = (1 << 5) | 1;  // 1980-01-01, the earliest a ZIP can name

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;

struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Source = std::unique_ptr<zip_source_t, FreeSource>;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

bool is_good(std::string_view name) {
  if (!is_utf8(name) || name.empty() || name.size() > 200 || name.front() == '/' ||
      name.back() == '/')
    return false;
  for (const auto part : split(name, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return name.find_first_of(std::string_view("\\:\0\r\n", 5)) == std::string_view::npos;
}

tl::unexpected<Error> broken(std::string_view where) {
  return fail(ErrorCode::Invalid, "not an archive that can be read", std::string(where));
}

/// The archive's bytes after it was closed into its source.
Result<std::string> bytes_in(zip_source_t* source) {
  zip_stat_t size{};
  if (zip_source_stat(source, &size) != 0 || zip_source_open(source) != 0) return broken("zip");
  std::string bytes(size.size, '\0');
  const auto read = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (read != static_cast<zip_int64_t>(bytes.size())) return broken("zip");
  return bytes;
}

Result<std::string> read_file(zip_t* archive, zip_uint64_t index, std::size_t size) {
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive, index, 0));
  if (!file) return broken("zip");
  std::string bytes(size, '\0');
  const auto read = zip_fread(file.get(), bytes.data(), bytes.size());
  char beyond = 0;
  // Reading past the end is what makes the library compare the checksum.
  if (read != static_cast<zip_int64_t>(size) || zip_fread(file.get(), &beyond, 1) != 0) {
    return broken("zip");
  }
  return bytes;
}

Result<Archive> opened(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
  Archive archive;
  if (source) archive.reset(zip_open_from_source(source.get(), ZIP_CHECKCONS, &error));
  zip_error_fini(&error);
  if (!archive) return broken("zip");
  (void)source.release();  // the archive's own from here on
  return archive;
}

}  // namespace

Result<std::string> write_zip(const Files& files) {
  zip_error_t error;
  zip_error_init(&error);
  Source source(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!source) return broken("zip");
  zip_source_keep(source.get());
  Archive archive(zip_open_from_source(source.get(), ZIP_TRUNCATE, &error));
  zip_error_fini(&error);
  if (!archive) return broken("zip");
  for (const auto& [name, bytes] : files) {
    if (!is_good(name)) return fail(ErrorCode::Invalid, "not a name for a packed file", name);
    auto* content = zip_source_buffer(archive.get(), bytes.data(), bytes.size(), 0);
    const auto index = zip_file_add(archive.get(), name.c_str(), content, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(content);
      return broken(name);
    }
    const auto place = static_cast<zip_uint64_t>(index);
    if (zip_set_file_compression(archive.get(), place, ZIP_CM_STORE, 0) != 0 ||
        zip_file_set_dostime(archive.get(), place, 0, first_day, 0) != 0) {
      return broken(name);
    }
  }
  if (zip_close(archive.get()) != 0) return broken("zip");
  (void)archive.release();
  return bytes_in(source.get());
}

Result<Files> read_zip(std::string_view bytes, ZipBounds bounds) {
  const auto too_large = fail(ErrorCode::TooLarge, "the archive exceeds a bound", "zip");
  if (bytes.size() > bounds.archive_bytes) return too_large;
  if (bytes.empty()) return broken("zip");  // the library would take it for a new archive
  auto archive = opened(bytes);
  if (!archive) return fail(archive.error());
  const auto count = zip_get_num_entries(archive->get(), 0);
  if (count < 1) return broken("zip");  // an archive without a file is none of ours
  if (static_cast<std::size_t>(count) > bounds.files) return too_large;
  Files files;
  std::size_t total = 0;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t about{};
    if (zip_stat_index(archive->get(), i, 0, &about) != 0 || !about.name) return broken("zip");
    const std::string name = about.name;
    if (!is_good(name)) return broken("a file's name");
    if (about.comp_method != ZIP_CM_STORE || about.encryption_method != ZIP_EM_NONE ||
        about.comp_size != about.size) {
      return broken(name);
    }
    // Files that overlap could unpack to far more than the archive.
    total += about.size;
    if (about.size > bounds.file_bytes || total > bytes.size()) return too_large;
    auto content = read_file(archive->get(), i, about.size);
    if (!content) return fail(content.error());
    if (!files.emplace(name, std::move(*content)).second) return broken(name);
  }
  return files;
}

}  // namespace holdfast::engine
