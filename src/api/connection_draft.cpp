#include "api/connection_draft.h"

#include <algorithm>

#include "api/connection_forms.h"
#include "base/text.h"
#include "engine/settings/strict.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_texts = 60;
constexpr std::size_t longest_text = 4000;

bool is_plain(const std::string& text) {
  return is_utf8(text) && std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

const std::string& text_in(const Texts& texts, const std::string& key) {
  static const std::string none;
  const auto found = texts.find(key);
  return found == texts.end() ? none : found->second;
}

/// Keys of settings are settings, keys of secrets are secrets.
Status in_their_place(const ConnectionRow& row, const Texts& settings, const Texts& secrets) {
  for (const auto& [key, text] : settings) {
    if (!is_secret(row.room, row.kind, key)) continue;
    return fail(ErrorCode::Invalid, "This is a secret, and settings are shown.", "settings." + key,
                "give it among the secrets");
  }
  std::vector<std::string> known;
  for (const auto& setting : *settings_of(row.room, row.kind)) {
    if (setting.secret) known.emplace_back(setting.key);
  }
  for (const auto& [key, text] : secrets) {
    if (is_secret(row.room, row.kind, key)) continue;
    return fail(engine::unknown_key_error(key, "secrets." + key, known));
  }
  return {};
}

/// Where requests go decides who hears the secrets: another address, and they are asked for anew.
Status kept_address(const ConnectionRow& row, const ConnectionRow& before, const Texts& kept,
                    const Texts& given) {
  for (const auto& setting : *settings_of(row.room, row.kind)) {
    const std::string key = setting.key;
    if (!setting.address || text_in(row.settings, key) == text_in(before.settings, key)) continue;
    for (const auto& [name, secret] : kept) {
      if (given.contains(name)) continue;
      return fail(ErrorCode::Invalid,
                  "\"" + key + "\" changed, and this secret was given for the old address.",
                  "secrets." + name, "enter it again, or empty to take it away");
    }
  }
  return {};
}

/// The first key that has to be there and is not; "" when all are.
std::string missing_key(const ConnectionRow& row, const Texts& secrets) {
  for (const auto& setting : *settings_of(row.room, row.kind)) {
    const auto& texts = setting.secret ? secrets : row.settings;
    if (setting.required && text_in(texts, setting.key).empty()) return setting.key;
  }
  return row.room == "supplier" && text_in(row.settings, "tier").empty() ? "tier" : "";
}

/// The reader of accounts names no place for what is missing.
Error with_member(Error error, const ConnectionRow& row, const Texts& secrets) {
  const auto key = error.where.empty() ? missing_key(row, secrets) : error.where;
  error.where = (is_secret(row.room, row.kind, key) ? "secrets." : "settings.") + key;
  return error;
}

}  // namespace

Result<std::optional<Texts>> texts_of(const Json& body, const char* member) {
  const auto* given = body.find(member);
  if (!given || given->is_null()) return std::optional<Texts>{};
  const std::string place = member;
  if (!given->is_object() || given->members().size() > most_texts) {
    return fail(ErrorCode::Invalid, "An object of at most 60 texts is expected.", place);
  }
  Texts texts;
  for (const auto& [key, value] : given->members()) {
    const auto where = place + "." + std::string(clipped(key, 60));
    if (!value.is_string() || value.string().size() > longest_text || !is_plain(value.string())) {
      return fail(ErrorCode::Invalid, "A text of one line and at most 4,000 signs is expected.",
                  where);
    }
    texts[key] = std::string(trim(value.string()));
  }
  return std::optional(std::move(texts));
}

Result<ConnectionDraft> drafted(ConnectionRow row, const ConnectionRow* before,
                                const Texts& kept_secrets, const std::optional<Texts>& settings,
                                const std::optional<Texts>& secrets, Instant now) {
  const auto given = secrets.value_or(Texts{});
  if (settings) row.settings = *settings;
  std::erase_if(row.settings, [](const auto& entry) { return entry.second.empty(); });
  if (auto status = in_their_place(row, row.settings, given); !status) return fail(status.error());
  if (before) {
    if (auto status = kept_address(row, *before, kept_secrets, given); !status) {
      return fail(status.error());
    }
  }
  auto all = kept_secrets;
  for (const auto& [key, text] : given) {
    all[key] = text;
    row.secret_dates[key] = to_text(now);
  }
  std::erase_if(all, [](const auto& entry) { return entry.second.empty(); });
  std::erase_if(row.secret_dates, [&](const auto& entry) { return !all.contains(entry.first); });
  const auto account = engine::read_overlay_account(row.overlay(all));
  if (!account) return fail(with_member(account.error(), row, all));
  return ConnectionDraft{std::move(row), std::move(all)};
}

}  // namespace holdfast::api
