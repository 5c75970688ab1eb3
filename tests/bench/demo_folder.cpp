#include "tests/bench/demo_folder.h"

#include <filesystem>
#include <fstream>

#include "engine/settings/config.h"

namespace holdfast::bench {
namespace {

namespace fs = std::filesystem;

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

/// A copy of the policy under which automation may buy without end.
Status copy_policy(const std::string& from, const std::string& to) {
  std::error_code problem;
  fs::copy(from, to, fs::copy_options::recursive, problem);
  if (problem) return fail(ErrorCode::Unavailable, "the policy cannot be copied", from);
  std::ofstream(to + "/limits.toml")
      << "[[limits]]\norders_an_hour = 0\norders_a_day = 0\n"
         "money_an_hour = \"0.00 USD\"\nmoney_a_day = \"0.00 USD\"\n";
  return {};
}

void add_account(engine::Config& config, Folder& folder, const peers::DemoAccount& entry,
                 const peers::DemoSettings& settings) {
  engine::AccountConfig account;
  account.account = entry.account;
  account.tenant = "main";
  for (const auto& [key, value] : entry.account.secrets) {
    const auto name = "HOLDFAST_" + entry.section + "__" + entry.account.id + "__" + key;
    folder.environment[upper(name)] = value;
  }
  account.account.secrets.clear();
  // In a file a supplier's language stands once; its connector is given it from there.
  const auto language = account.account.settings.extract("locale");
  if (!language.empty()) account.locale = language.mapped();
  for (const auto& profile : settings.suppliers) {
    if (profile.supplier == entry.account.id) account.profile = profile;
  }
  if (entry.section == "channel") config.channels.push_back(account);
  if (entry.section == "supplier") config.suppliers.push_back(account);
  if (entry.section == "tracking") config.trackings.push_back(account);
  if (entry.section == "notifier") config.notifiers.push_back(account);
}

}  // namespace

Result<Folder> demo_folder(const Plan& plan, const std::string& name,
                           const peers::DemoSettings& settings, const std::string& hooks) {
  Folder folder{plan.folder + "/" + name, {}};
  std::error_code problem;
  fs::remove_all(folder.path, problem);
  fs::create_directories(folder.data(), problem);
  const auto policy = folder.path + "/policy";
  if (auto copied = copy_policy(fs::absolute(plan.policy).string(), policy); !copied) {
    return fail(copied.error());
  }
  engine::Config config;
  config.policy.path = policy;
  config.log.level = "error";
  config.server.hooks_url = hooks;
  // One address asks like a whole office.
  config.limits.requests_a_minute = boundless;
  config.tenants.push_back({"main", 1, "Bench", "HF", "", ""});
  config.offers = settings.offers;
  for (const auto& entry : settings.accounts) add_account(config, folder, entry, settings);
  std::ofstream file(folder.config());
  file << engine::to_text(config);
  file.close();
  if (!file) {
    return fail(ErrorCode::Unavailable, "the configuration cannot be written", folder.path);
  }
  return folder;
}

}  // namespace holdfast::bench
