#include "engine/settings/config_sources.h"

#include <algorithm>

#include "base/text.h"
#include "engine/settings/config_fields.h"
#include "engine/settings/strict.h"

namespace holdfast::engine {
namespace {

constexpr std::string_view prefix = "HOLDFAST_";
constexpr std::string_view file_ending = "_file";
constexpr std::size_t most_value_bytes = 64u << 10;

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

const std::vector<std::string>& sections() {
  static const std::vector<std::string> all = {"server", "store",  "policy", "secrets",
                                               "mail",   "limits", "log",    "offers"};
  return all;
}

std::vector<std::string> section_keys(const std::string& name) {
  if (name == "server") return names_of<ServerConfig>();
  if (name == "store") return names_of<StoreConfig>();
  if (name == "policy") return names_of<PolicyConfig>();
  if (name == "secrets") return names_of<SecretsConfig>();
  if (name == "mail") return names_of<MailConfig>();
  if (name == "limits") return names_of<LimitsConfig>();
  if (name == "log") return names_of<LogConfig>();
  if (name == "offers") return names_of<OffersConfig>();
  if (name == "tenant") return names_of<TenantConfig>();
  if (name == "offer") return names_of<Offer>();
  return {};
}

/// "acme-eu" → "ACME_EU", as an id stands in a variable's name.
std::string variable_word(std::string_view id) {
  auto word = upper(id);
  for (char& c : word) {
    const bool plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain) c = '_';
  }
  return word;
}

std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts;
  for (auto at = name.find("__"); at != name.npos; at = name.find("__")) {
    parts.push_back(lower(name.substr(0, at)));
    name.remove_prefix(at + 2);
  }
  parts.push_back(lower(name));
  return parts;
}

/// One object of the document that a variable speaks of.
struct Spot {
  std::string name;       // section or list
  std::size_t entry = 0;  // of a list
  bool in_list = false;
  bool calendar = false;  // the object is the entry's calendar
  std::string path;       // as errors name it
};

Json object_at(const Json& document, const Spot& spot) {
  Json object = spot.in_list ? document[spot.name].items()[spot.entry] : document[spot.name];
  if (spot.calendar) object = Json(object["calendar"]);
  return object.is_null() ? Json(Json::Object{}) : object;
}

void put_back(Json& document, const Spot& spot, Json object) {
  if (!spot.in_list) {
    document.set(spot.name, std::move(object));
    return;
  }
  auto entries = document[spot.name].items();
  if (spot.calendar)
    entries[spot.entry].set("calendar", std::move(object));
  else
    entries[spot.entry] = std::move(object);
  document.set(spot.name, Json(std::move(entries)));
}

Error unknown_variable(const std::string& variable, const std::vector<std::string>& known) {
  const auto near = nearest(variable, known);
  return {ErrorCode::Invalid, "this environment variable means nothing", variable,
          near.empty() ? "one of: " + join(known, ", ") : "did you mean " + near + "?"};
}

/// The object a variable's first words name; Invalid with the nearest name.
Result<Spot> find_spot(const Json& document, const std::string& variable,
                       const std::vector<std::string>& parts) {
  const auto& name = parts.front();
  std::vector<std::string> near_names;
  for (const auto& section : sections()) {
    if (section == name && parts.size() == 2) return Spot{name, 0, false, false, name};
    near_names.push_back(std::string(prefix) + upper(section) + "__" + upper(parts.back()));
  }
  const auto& entries = document[name].items();
  if (contains(families(), name) || name == "tenant") {
    near_names.clear();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto id = variable_word(entries[i]["id"].string());
      const auto path = name + "[" + std::to_string(i) + "]";
      const bool calendar = name == "supplier" && parts.size() == 4 && parts[2] == "calendar";
      const bool same = parts.size() >= 3 && upper(parts[1]) == id;
      if (same && calendar) return Spot{name, i, true, true, path + ".calendar"};
      if (same && parts.size() == 3) return Spot{name, i, true, false, path};
      near_names.push_back(std::string(prefix) + upper(name) + "__" + id + "__" +
                           upper(parts.back()));
    }
  }
  return fail(unknown_variable(variable, near_names));
}

Status lay_one(Sources& sources, const std::string& variable, const std::string& text,
               const Kinds& kinds) {
  auto& document = sources.document.value;
  const auto parts = parts_of(std::string_view(variable).substr(prefix.size()));
  auto spot = find_spot(document, variable, parts);
  if (!spot) return fail(spot.error());
  auto object = object_at(document, *spot);
  const auto keys = spot->calendar ? names_of<Calendar>() : keys_of(spot->name, object, kinds);
  auto key = parts.back();
  Json value(text);
  if (!contains(keys, key)) {
    const bool from_file = key.ends_with(file_ending);
    const auto base = from_file ? key.substr(0, key.size() - file_ending.size()) : key;
    if (!from_file || !contains(keys, base)) {
      std::vector<std::string> known;
      const auto stem = variable.substr(0, variable.size() - key.size());
      for (const auto& name : keys) known.push_back(stem + upper(name));
      return fail(unknown_variable(variable, known));
    }
    auto content = read_text_file(text, most_value_bytes);
    if (!content) return fail(within(content.error(), variable));
    key = base;
    value = Json(trim(*content));
  }
  object.erase(key + "_file");
  object.erase(key + "_env");
  object.set(key, std::move(value));
  put_back(document, *spot, std::move(object));
  sources.from_env[spot->path + "." + key] = variable;
  return {};
}

}  // namespace

std::string Sources::where(const std::string& path) const {
  const auto found = from_env.find(path);
  return found == from_env.end() ? document.where(path) : found->second;
}

const std::vector<std::string>& families() {
  static const std::vector<std::string> all = {"channel", "supplier", "tracking", "carrier",
                                               "notifier"};
  return all;
}

const std::vector<Kind>& kinds_of(const Kinds& kinds, const std::string& family) {
  if (family == "channel") return kinds.channels;
  if (family == "supplier") return kinds.suppliers;
  if (family == "tracking") return kinds.trackings;
  if (family == "carrier") return kinds.carriers;
  return kinds.notifiers;
}

const Kind* find_kind(const Kinds& kinds, const std::string& family, const std::string& kind) {
  for (const auto& known : kinds_of(kinds, family)) {
    if (known.name == kind) return &known;
  }
  return nullptr;
}

std::vector<std::string> keys_of(const std::string& name, const Json& entry, const Kinds& kinds) {
  if (!contains(families(), name)) return section_keys(name);
  std::vector<std::string> keys = {"id",    "kind",   "tenant", "requests_per_minute",
                                   "burst", "at_once"};
  if (name == "channel") keys.push_back("live");
  if (name == "supplier") {
    keys.push_back("locale");
    for (auto& key : names_of<SupplierProfile>()) {
      if (key != "supplier") keys.push_back(std::move(key));
    }
  }
  if (const auto* kind = find_kind(kinds, name, entry["kind"].string())) {
    for (const auto& setting : *kind->settings) keys.emplace_back(setting.key);
  }
  return keys;
}

std::vector<std::string> secrets_of(const std::string& name, const Json& entry,
                                    const Kinds& kinds) {
  if (name == "secrets") return names_of<SecretsConfig>();
  if (name == "store") return {"password"};
  std::vector<std::string> keys;
  if (!contains(families(), name)) return keys;
  if (const auto* kind = find_kind(kinds, name, entry["kind"].string())) {
    for (const auto& setting : *kind->settings) {
      if (setting.secret) keys.emplace_back(setting.key);
    }
  }
  return keys;
}

std::vector<std::string> top_names() {
  auto names = sections();
  names.insert(names.end(), families().begin(), families().end());
  names.insert(names.end(), {"tenant", "offer"});
  return names;
}

Status lay_over(Sources& sources, const Environment& env, const Kinds& kinds) {
  for (const auto& [variable, text] : env) {
    const bool ours = variable.starts_with(prefix) && variable.find("__") != variable.npos;
    if (!ours) continue;
    if (auto status = lay_one(sources, variable, text, kinds); !status) return status;
  }
  return {};
}

}  // namespace holdfast::engine
