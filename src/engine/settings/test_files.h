#pragma once
// TestFiles: the project's own policy, and a folder that goes away with the test.
// For *_test.cpp only.

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <string_view>

namespace holdfast::engine {

/// The project's policy folder, looked for upwards from where the tests run.
inline std::string own_policy() {
  auto at = std::filesystem::current_path();
  while (!std::filesystem::exists(at / "policy" / "gates.toml") && at.has_relative_path()) {
    at = at.parent_path();
  }
  return (at / "policy").string();
}

/// A fresh folder under the system's temporary one.
class TestFolder {
 public:
  TestFolder() {
    std::random_device device;
    path_ = std::filesystem::temp_directory_path() / ("settings-" + std::to_string(device()));
    std::filesystem::create_directories(path_);
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  /// Writes a file and gives its path.
  std::string write(const std::string& name, std::string_view text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace holdfast::engine
