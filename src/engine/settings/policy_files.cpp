#include "engine/settings/policy_files.h"

#include <algorithm>
#include <filesystem>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "engine/settings/strict.h"
#include "model/policy_codec.h"

namespace holdfast::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 64;
constexpr std::size_t most_file_bytes = 4 << 20;

/// What an entry of a list must say; a default for any of these would be a rule nobody wrote.
struct Required {
  const char* list;
  std::vector<const char*> keys;
};

const std::vector<Required>& required() {
  static const std::vector<Required> all = {
      {"gates",
       {"gate", "condition", "guards", "least", "reason", "releaser", "decider", "enters",
        "verified", "record"}},
      {"procedures",
       {"procedure", "version", "input", "action", "release", "exception_path", "record", "gates"}},
      {"reasons", {"reason", "owner", "backup", "next_action", "review_after", "options"}},
      {"tiers",
       {"tier", "cut_off", "remind_after", "contact_after", "reroute_after", "tell_buyer_after",
        "cancel_window"}},
      {"channels",
       {"channel", "payment", "fraud_wait", "services", "speakers", "promise_rule", "handling_days",
        "handoff_gap", "stall_after"}},
      {"stores", {"channel"}},
      {"skus", {"sku"}},
      {"roster", {"owner", "role"}},
      {"access", {"role", "rights"}},
      {"authority", {"act", "roles"}},
      {"limits", {"orders_an_hour", "orders_a_day"}},
      {"retention", {"record", "index", "access", "keep_days"}},
  };
  return all;
}

Status nothing_missing(const Toml& document) {
  for (const auto& [list, keys] : required()) {
    const auto& items = document.value[list].items();
    for (std::size_t i = 0; i < items.size(); ++i) {
      for (const auto* key : keys) {
        if (items[i].find(key)) continue;
        const auto path = std::string(list) + "[" + std::to_string(i) + "]";
        return fail(ErrorCode::Invalid, std::string("\"") + key + "\" is missing",
                    document.where(path), std::string("write ") + key + " = … in this entry");
      }
    }
  }
  return {};
}

bool is_whole(const Toml& document) { return document.value.find("name") != nullptr; }

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  std::ranges::move(from, std::back_inserter(to));
}

void merge(Policy& into, Policy part) {
  append(into.gates, part.gates);
  append(into.procedures, part.procedures);
  append(into.reasons, part.reasons);
  append(into.tiers, part.tiers);
  append(into.channels, part.channels);
  append(into.stores, part.stores);
  append(into.skus, part.skus);
  append(into.roster, part.roster);
  append(into.access, part.access);
  append(into.authority, part.authority);
  append(into.limits, part.limits);
  append(into.retention, part.retention);
}

/// What makes two entries of a list one: said twice, one of them would never be read.
std::string key_of(const std::string& list, const Json& entry) {
  if (list == "gates") return entry["gate"].string();
  if (list == "procedures") return entry["procedure"].string();
  if (list == "reasons") return entry["reason"].string();
  if (list == "tiers") return entry["tier"].string();
  if (list == "channels" || list == "stores") return entry["channel"].string();
  if (list == "skus") return entry["sku"].string();
  if (list == "access") return entry["role"].string();
  if (list == "authority") {
    return entry["act"].string() + " of \"" + entry["reason"].string() + "\" in \"" +
           entry["store"].string() + "\" by " + to_text(entry["roles"]) + " up to \"" +
           entry["up_to"].string() + "\"";
  }
  if (list == "limits") return entry["supplier"].string();
  if (list == "retention") return entry["record"].string();
  return entry["owner"].string() + " as " + entry["role"].string() + " of \"" +
         entry["store"].string() + "\" from hour " + entry["from_hour"].digits() +
         (entry["days"].items().empty() ? "" : " on days " + to_text(entry["days"]));
}

/// Refuses an entry that an earlier file, or this one, already holds.
class Doubles {
 public:
  Status add(const Toml& document) {
    for (const auto& [list, entries] : document.value.members()) {
      if (list == "routing" || list == "automation") {
        if (auto status = first(list, document.where(list)); !status) return status;
      }
      for (std::size_t i = 0; i < entries.items().size(); ++i) {
        const auto where = document.where(list + "[" + std::to_string(i) + "]");
        const auto key = list + " \"" + key_of(list, entries.items()[i]) + "\"";
        if (auto status = first(key, where); !status) return status;
      }
    }
    return {};
  }

 private:
  Status first(const std::string& key, const std::string& where) {
    const auto [entry, fresh] = seen_.emplace(key, where);
    if (fresh) return {};
    return fail(ErrorCode::Invalid, key + " stands twice", where,
                "the other is at " + entry->second + "; keep one");
  }

  std::map<std::string, std::string> seen_;
};

Result<std::vector<fs::path>> toml_files(const std::string& folder) {
  std::error_code problem;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    if (at->path().extension() == ".toml") files.push_back(at->path());
    if (files.size() > most_files) {
      return fail(ErrorCode::TooLarge, "more than 64 policy files", folder);
    }
  }
  if (problem) return fail(ErrorCode::Unavailable, problem.message(), folder);
  if (files.empty()) {
    return fail(ErrorCode::NotFound, "no .toml file in the policy folder", folder,
                "point policy.path at the folder with gates.toml and the others");
  }
  std::ranges::sort(files);
  return files;
}

/// The parts of a policy put together.
class Parts {
 public:
  Status add(const Toml& document) {
    auto part = read_policy_part(document);
    if (!part) return fail(part.error());
    if (auto status = doubles_.add(document); !status) return status;
    if (document.value.find("routing")) whole_.routing = part->routing;
    if (document.value.find("automation")) whole_.automation = part->automation;
    merge(whole_, std::move(*part));
    return {};
  }
  Policy take(std::string name) {
    whole_.name = std::move(name);
    return std::move(whole_);
  }

 private:
  Policy whole_;
  Doubles doubles_;
};

Result<Policy> read_whole(const Toml& document) {
  auto policy = read_policy_part(document);
  if (!policy) return policy;
  Doubles doubles;
  if (auto status = doubles.add(document); !status) return fail(status.error());
  return policy;
}

Result<Policy> load_folder(const std::string& folder) {
  auto files = toml_files(folder);
  if (!files) return fail(files.error());
  Parts parts;
  for (const auto& file : *files) {
    auto document = read_toml(file.string());
    if (!document) return fail(document.error());
    if (is_whole(*document)) continue;
    if (auto status = parts.add(*document); !status) return fail(status.error());
  }
  return parts.take(policy_name(folder));
}

}  // namespace

Result<Policy> read_policy_part(const Toml& document) {
  auto policy = decode_policy(document.value);
  if (!policy) {
    auto error = policy.error();
    error.where = document.where(error.where);
    return fail(error);
  }
  // The decoder is strict about the outermost keys only; what it wrote back shows all there are.
  const auto known = parse_json(encode_policy(*policy));
  check(known.has_value(), "a policy's canonical bytes are JSON");
  if (auto extra = unknown_key(document.value, *known)) {
    extra->where = document.where(extra->where);
    return fail(*extra);
  }
  if (auto status = nothing_missing(document); !status) return fail(status.error());
  return policy;
}

Result<Policy> load_policy(const std::string& path) {
  std::error_code problem;
  if (fs::is_directory(path, problem)) return load_folder(path);
  auto document = read_toml(path);
  if (!document) return fail(document.error());
  if (!is_whole(*document)) {
    return fail(ErrorCode::Invalid, "this file is a part of a policy folder", path,
                "name the folder, or give the file a name = \"…\" and all lists");
  }
  return read_whole(*document);
}

Result<PolicyText> read_policy_text(const std::string& path) {
  std::error_code problem;
  const bool folder = fs::is_directory(path, problem);
  std::vector<fs::path> files{path};
  if (folder) {
    auto found = toml_files(path);
    if (!found) return fail(found.error());
    files = std::move(*found);
  }
  PolicyText texts;
  for (const auto& file : files) {
    auto text = read_text_file(file.string(), most_file_bytes);
    if (!text) return fail(text.error());
    const auto name = file.filename().string();
    if (folder) {
      const auto document = parse_toml(*text, name);
      if (document && is_whole(*document)) continue;
    }
    texts.emplace(name, std::move(*text));
  }
  return texts;
}

Result<Policy> policy_of_text(const PolicyText& text, const std::string& name) {
  if (text.empty() || text.size() > most_files) {
    return fail(ErrorCode::Invalid, "a policy has 1 to 64 files", "files");
  }
  Parts parts;
  for (const auto& [file, toml] : text) {
    auto document = parse_toml(toml, file);
    if (!document) return fail(document.error());
    const bool whole = is_whole(*document);
    if (whole && text.size() == 1) return read_whole(*document);
    if (whole) {
      return fail(ErrorCode::Invalid, "a whole policy cannot be a part of one",
                  document->where("name"), "take its name = \"…\" out");
    }
    if (auto status = parts.add(*document); !status) return fail(status.error());
  }
  return parts.take(name);
}

std::string policy_name(const std::string& path) {
  return fs::weakly_canonical(path).filename().string();
}

std::string policy_hash(const Policy& policy) { return hex(sha256(encode_policy(policy))); }

}  // namespace holdfast::engine
