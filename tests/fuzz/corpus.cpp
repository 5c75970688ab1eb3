#include "tests/fuzz/corpus.h"

#include <fstream>

#include "base/hash.h"
#include "engine/evidence/zip.h"
#include "engine/settings/toml.h"

namespace holdfast::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_saved = 64 << 20;  // bytes of an archive, of an input

Status write_file(const fs::path& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return fail(ErrorCode::Unavailable, "the file cannot be written", path.string());
  return {};
}

fs::path archive_of(const Target& target) {
  return corpus_dir() / (std::string(target.name) + ".zip");
}

std::string name_of_input(const std::string& bytes) { return hex(sha256(bytes)).substr(0, 16); }

}  // namespace

fs::path corpus_dir() {
  for (auto at = fs::current_path();; at = at.parent_path()) {
    if (fs::is_regular_file(at / "tests/fuzz/corpus.h")) return at / "tests/fuzz/corpus";
    if (at == at.parent_path()) return {};
  }
}

Result<std::vector<std::string>> saved_inputs(const Target& target) {
  std::vector<std::string> inputs;
  const auto path = archive_of(target);
  if (!fs::is_regular_file(path)) return inputs;
  const auto archive = engine::read_text_file(path, most_saved);
  if (!archive) return fail(archive.error());
  const auto files = engine::read_zip(*archive);
  if (!files) return fail(within(files.error(), path.string()));
  for (const auto& [name, bytes] : *files) inputs.push_back(bytes);
  return inputs;
}

Status lay_out(const Target& target, const fs::path& folder) {
  fs::create_directories(folder);
  auto inputs = saved_inputs(target);
  if (!inputs) return fail(inputs.error());
  for (auto& seed : target.seeds()) inputs->push_back(std::move(seed));
  for (const auto& bytes : *inputs) {
    if (auto status = write_file(folder / name_of_input(bytes), bytes); !status) return status;
  }
  return {};
}

Status save(const Target& target, const fs::path& folder) {
  engine::Files files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    auto bytes = engine::read_text_file(entry.path(), most_saved);
    if (!bytes) return fail(bytes.error());
    files[name_of_input(*bytes)] = std::move(*bytes);
  }
  const auto archive = engine::write_zip(files);
  if (!archive) return fail(archive.error());
  fs::create_directories(corpus_dir());
  return write_file(archive_of(target), *archive);
}

}  // namespace holdfast::fuzz
