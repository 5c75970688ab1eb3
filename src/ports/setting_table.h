#pragma once
// SettingTable: a connector's account.toml as the list of settings its accounts take.
// It reads the few lines such a file may have and is never given anything from outside.

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "ports/connector.h"

namespace holdfast::ports {

/// Settings in the file's order; the texts they point at live as long as the table.
class SettingTable {
 public:
  /// Reads [[setting]] blocks of key, meaning, required, secret, standard and, at will, address.
  /// The file is part of the program, so anything else in it fails a check.
  explicit SettingTable(std::string_view account_toml);
  SettingTable(const SettingTable&) = delete;
  SettingTable& operator=(const SettingTable&) = delete;
  ~SettingTable() = default;

  const std::vector<Setting>& all() const { return settings_; }

 private:
  std::deque<std::string> texts_;
  std::vector<Setting> settings_;
};

}  // namespace holdfast::ports
