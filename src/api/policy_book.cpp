#include "api/policy_book.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>

#include "engine/access.h"

namespace holdfast::api {
namespace {

constexpr const char* version_kind = "policy_version";
constexpr const char* current_kind = "policy_current";
constexpr const char* deed_kind = "policy_deed";

Json texts(const std::vector<std::string>& items) {
  Json list{Json::Array{}};
  for (const auto& item : items) list.push(item);
  return list;
}

Result<WrittenPolicy> written_policy(const ports::RecordRow& row) {
  const auto json = parse_json(row.bytes);
  if (!json) return fail(json.error());
  auto files = engine::policy_text_of((*json)["files"]);
  if (!files) return fail(files.error());
  WrittenPolicy policy;
  policy.version = row.key;
  policy.before = (*json)["before"].string();
  policy.by = (*json)["by"].string();
  policy.note = (*json)["note"].string();
  policy.at = parse_instant((*json)["at"].string()).value_or(Instant{});
  policy.published = true;
  policy.files = std::move(*files);
  return policy;
}

/// Without it, nobody could take a change of the policy back in the console.
bool somebody_may_publish(const Policy& policy) {
  return std::ranges::any_of(policy.access, [](const AccessPolicy& entry) {
    return std::ranges::find(entry.rights, Right::Policy) != entry.rights.end();
  });
}

}  // namespace

Result<WrittenPolicy> configured_policy(const Desk& desk) {
  auto files = engine::read_policy_text(desk.options.policy_path);
  if (!files) return fail(files.error());
  WrittenPolicy policy;
  policy.version = engine::policy_text_version(*files);
  policy.files = std::move(*files);
  return policy;
}

Result<WrittenPolicy> current_policy(const Desk& desk) {
  const auto row = desk.store().record(current_key(desk));
  if (!row) return fail(row.error());
  if (!*row) return configured_policy(desk);
  const auto json = parse_json((*row)->bytes);
  if (!json) return fail(json.error());
  auto kept = kept_policy(desk, (*json)["version"].string());
  if (!kept) return fail(kept.error());
  if (!*kept) return fail(ErrorCode::Internal, "the published policy is not in the store");
  // Who brought it into force last, which need not be who wrote it.
  (*kept)->by = (*json)["by"].string();
  (*kept)->at = parse_instant((*json)["at"].string()).value_or(Instant{});
  return std::move(**kept);
}

Result<std::optional<WrittenPolicy>> kept_policy(const Desk& desk, const std::string& version) {
  const auto row = desk.store().record({desk.tenant(), version_kind, version});
  if (!row) return fail(row.error());
  if (!*row) return std::optional<WrittenPolicy>{};
  auto policy = written_policy(**row);
  if (!policy) return fail(policy.error());
  return std::optional<WrittenPolicy>(std::move(*policy));
}

ports::RecordRow version_row(const Desk& desk, const WrittenPolicy& policy) {
  Json json;
  json.set("files", engine::policy_text_json(policy.files));
  json.set("note", policy.note);
  json.set("by", policy.by);
  json.set("at", to_text(policy.at));
  json.set("before", policy.before);
  return {desk.tenant(), version_kind, policy.version, to_text(json), {}};
}

ports::RecordKey current_key(const Desk& desk) { return {desk.tenant(), current_kind, "current"}; }

ports::RecordRow current_row(const Desk& desk, const WrittenPolicy& policy) {
  Json json;
  json.set("version", policy.version);
  json.set("by", policy.by);
  json.set("at", to_text(policy.at));
  return {desk.tenant(), current_kind, "current", to_text(json), {}};
}

ports::RecordRow deed_row(Desk& desk, const PolicyDeed& deed) {
  const auto& policy = deed.policy;
  Json json;
  json.set("deed", deed.deed);
  json.set("version", policy.version);
  json.set("before", policy.before);
  json.set("at", to_text(policy.at));
  json.set("by", policy.by);
  json.set("note", policy.note);
  json.set("files", texts(deed.change.files));
  json.set("added", deed.change.added);
  json.set("removed", deed.change.removed);
  std::array<char, 24> key{};
  std::snprintf(key.data(), key.size(), "%019lld",
                static_cast<long long>(std::numeric_limits<std::int64_t>::max() - policy.at.ms));
  return {desk.tenant(),
          deed_kind,
          std::string(key.data()) + "-" + desk.people.secret(6),
          to_text(json),
          {}};
}

Result<std::vector<engine::PolicyProblem>> problems_here(const Desk& desk,
                                                         const engine::PolicyText& files) {
  auto problems = engine::policy_text_problems(files);
  if (!problems.empty()) return problems;
  const auto policy = engine::policy_of_text(files, desk.setup().policy.name);
  if (!policy) return fail(policy.error());
  if (!somebody_may_publish(*policy)) {
    problems.push_back({"", 0, "access", "no role has the right \"policy\"",
                        "give it to owner, or nobody can take this back in the console"});
  }
  if (!problems.empty() || !desk.options.check_overlay) return problems;
  auto overlay = engine::read_overlay(desk.store(), desk.tenant(), desk.engine.vault());
  if (!overlay) return fail(overlay.error());
  overlay->policy = files;
  if (auto status = desk.options.check_overlay(*overlay); !status) {
    const auto& error = status.error();
    problems.push_back({"", 0, error.where, error.what, error.todo});
  }
  return problems;
}

Result<engine::PolicyText> draft_of(const Json& body) {
  auto files = engine::policy_text_of(body["files"]);
  if (!files) return files;
  if (auto status = engine::fits_policy_text(*files); !status) return fail(status.error());
  return files;
}

Json policy_info_json(const WrittenPolicy& policy) {
  Json json;
  json.set("version", policy.version);
  json.set("published", policy.published);
  json.set("at", policy.at ? Json(to_text(policy.at)) : Json());
  json.set("by", policy.by);
  json.set("note", policy.note);
  return json;
}

Trouble not_sound(const std::vector<engine::PolicyProblem>& problems) {
  const auto& first = problems.front();
  auto place = first.file;
  if (first.line > 0) place += " line " + std::to_string(first.line);
  const auto where = place.empty() ? first.at : place + (first.at.empty() ? "" : ", " + first.at);
  return {422, "invalid", (where.empty() ? "" : where + ": ") + first.what, "files", first.todo};
}

}  // namespace holdfast::api
