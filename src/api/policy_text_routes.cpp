// The policy as people write it: its files, the versions that were in force, and what is wrong with
// a draft. Nothing is changed here.
#include "api/policy_book.h"

namespace holdfast::api {
namespace {

void get_policy_files(Desk& desk, const CallPtr& call) {
  const auto policy = current_policy(desk);
  if (!policy) return call->refuse(policy.error());
  auto json = policy_info_json(*policy);
  json.set("files", engine::policy_text_json(policy->files));
  call->answer(json_answer(json));
}

void get_policy_version(Desk& desk, const CallPtr& call) {
  const auto policy = kept_policy(desk, call->segment(4));
  if (!policy) return call->refuse(policy.error());
  if (!*policy) return call->answer(not_found());
  const auto& kept = **policy;
  Json json;
  json.set("version", kept.version);
  json.set("before", kept.before);
  json.set("at", to_text(kept.at));
  json.set("by", kept.by);
  json.set("note", kept.note);
  json.set("files", engine::policy_text_json(kept.files));
  call->answer(json_answer(json));
}

void list_policy_versions(Desk& desk, const CallPtr& call) {
  const auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  const auto rows =
      desk.store().records(desk.tenant(), "policy_deed", call->parameter("cursor"), *limit + 1);
  if (!rows) return call->refuse(rows.error());
  Json items{Json::Array{}};
  std::string next;
  for (const auto& row : *rows) {
    if (items.items().size() == *limit) break;
    auto json = parse_json(row.bytes);
    if (!json) return call->refuse(json.error());
    next = row.key;
    items.push(std::move(*json));
  }
  if (rows->size() <= *limit) next.clear();
  call->answer(json_answer(page_json(std::move(items), next)));
}

void check_policy(Desk& desk, const CallPtr& call) {
  const auto files = draft_of(call->body);
  if (!files) return call->refuse(files.error());
  const auto problems = problems_here(desk, *files);
  if (!problems) return call->refuse(problems.error());
  Json list{Json::Array{}};
  for (const auto& problem : *problems) {
    Json item;
    item.set("file", problem.file);
    item.set("line", problem.line);
    item.set("at", problem.at);
    item.set("what", problem.what);
    item.set("todo", problem.todo);
    list.push(std::move(item));
  }
  Json json;
  json.set("version", engine::policy_text_version(*files));
  json.set("problems", std::move(list));
  call->answer(json_answer(json));
}

}  // namespace

std::vector<Route> policy_text_routes() {
  return {{"getPolicyFiles", get_policy_files},
          {"getPolicyVersion", get_policy_version},
          {"listPolicyVersions", list_policy_versions},
          {"checkPolicy", check_policy}};
}

}  // namespace holdfast::api
