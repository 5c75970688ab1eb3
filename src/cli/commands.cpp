#include "cli/commands.h"

#include "base/text.h"

namespace holdfast::cli {
namespace {

std::string evidence_text(const Json& data) {
  std::string out = "coverage " + data["coverage_permille"].digits() + " of 1000, sha256 " +
                    data["sha256"].string() + "\n";
  for (const auto& what : data["missing"].items()) out += "  missing: " + what.string() + "\n";
  return out;
}

}  // namespace

std::string said_text(const Json& data) {
  const auto& said = data["said"].string();
  return said.empty() || said.back() == '\n' ? said : said + "\n";
}

const std::vector<CommandEntry>& command_entries() {
  static const std::vector<CommandEntry> all = {
      {"order show", Needs::Read, order_show, order_show_text},
      {"order explain", Needs::Read, order_explain, order_explain_text},
      {"order list", Needs::Read, order_list, order_list_text},
      {"exception list", Needs::Read, exception_list, exception_list_text},
      {"exception resolve", Needs::Change, exception_resolve, said_text},
      {"policy try", Needs::Read, policy_try, policy_try_text},
      {"evidence export", Needs::Change, evidence_export, evidence_text},
      {"store check", Needs::Read, store_check, said_text},
      {"store rebuild", Needs::Alone, store_rebuild, said_text},
      {"store fill", Needs::Alone, store_fill, said_text},
      {"backup", Needs::Read, backup, said_text},
      {"doctor", Needs::Read, doctor, checks_text},
      {"import offers", Needs::Change, import_offers, said_text},
      {"import tracking", Needs::Change, import_tracking, said_text},
      {"export erasures", Needs::Read, export_erasures, said_text},
      {"user add", Needs::Change, user_add, said_text},
      {"user list", Needs::Read, user_list, user_list_text},
      {"user remove", Needs::Change, user_remove, said_text},
      {"user password", Needs::Change, user_password, said_text}};
  return all;
}

const CommandEntry* find_command(const std::vector<std::string>& words) {
  const auto name = join(words, " ");
  for (const auto& entry : command_entries()) {
    if (name == entry.name) return &entry;
  }
  return nullptr;
}

}  // namespace holdfast::cli
