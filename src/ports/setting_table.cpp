#include "ports/setting_table.h"

#include "base/check.h"
#include "base/text.h"

namespace holdfast::ports {
namespace {

/// The text of a TOML basic string without escapes.
std::string unquoted(std::string_view value) {
  check(value.size() >= 2 && value.front() == '"', "account.toml: a value is a quoted text");
  const auto end = value.find('"', 1);
  check(end != value.npos && value.find('\\') == value.npos,
        "account.toml: a text is on one line and without escapes");
  const auto rest = trim(value.substr(end + 1));
  check(rest.empty() || rest.front() == '#', "account.toml: a value ends its line");
  return std::string(value.substr(1, end - 1));
}

bool truth(std::string_view value) {
  const auto word = trim(value.substr(0, value.find('#')));
  check(word == "true" || word == "false", "account.toml: expected true or false");
  return word == "true";
}

}  // namespace

SettingTable::SettingTable(std::string_view account_toml) {
  for (const auto raw : split(account_toml, '\n')) {
    const auto line = trim(raw);
    if (line.empty() || line.front() == '#') continue;
    if (line == "[[setting]]") {
      settings_.push_back({"", "", false, false, ""});
      continue;
    }
    const auto equals = line.find('=');
    check(equals != line.npos && !settings_.empty(), "account.toml: expected key = value");
    const auto name = trim(line.substr(0, equals));
    const auto value = trim(line.substr(equals + 1));
    auto& setting = settings_.back();
    const auto text = [&] { return texts_.emplace_back(unquoted(value)).c_str(); };
    if (name == "key")
      setting.key = text();
    else if (name == "meaning")
      setting.meaning = text();
    else if (name == "standard")
      setting.standard = text();
    else if (name == "required")
      setting.required = truth(value);
    else if (name == "secret")
      setting.secret = truth(value);
    else if (name == "address")
      setting.address = truth(value);
    else
      check(false, "account.toml: a setting has key, meaning, required, secret, standard, address");
  }
}

}  // namespace holdfast::ports
