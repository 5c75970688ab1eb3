// What people decided beforehand, who owns what, which accounts there are, and the contract itself.
#include "api/accounts.h"
#include "api/contract.h"
#include "api/desk.h"
#include "engine/views/coverage.h"
#include "engine/views/words.h"
#include "model/policy_codec.h"

namespace holdfast::api {
namespace {

/// The entries of a list that are not about a store somebody does not work for.
Json own_entries(const Json& list, const char* store, const Who& who) {
  Json kept{Json::Array{}};
  for (const auto& entry : list.items()) {
    const auto& named = entry[store].string();
    if (named.empty() || named == "*" || who.sees(named)) kept.push(entry);
  }
  return kept;
}

void get_policy(Desk& desk, const CallPtr& call) {
  const auto bytes = encode_policy(desk.setup().policy);
  auto policy = parse_json(bytes);
  if (!policy) return call->refuse(policy.error());
  policy->set("channels", own_entries((*policy)["channels"], "channel", call->who));
  policy->set("roster", own_entries((*policy)["roster"], "store", call->who));
  policy->set("authority", own_entries((*policy)["authority"], "store", call->who));
  Json json;
  json.set("hash", hex(sha256(bytes)));
  json.set("name", desk.setup().policy.name);
  json.set("policy", std::move(*policy));
  call->answer(json_answer(json));
}

Json days_json(const RosterEntry& entry) {
  Json days{Json::Array{}};
  for (const auto day : entry.days) days.push(day);
  return days;
}

void list_owners(Desk& desk, const CallPtr& call) {
  Json items{Json::Array{}};
  for (const auto& entry : desk.setup().policy.roster) {
    if (!entry.store.empty() && !call->who.sees(entry.store)) continue;
    Json json;
    json.set("owner", entry.owner);
    json.set("role", entry.role);
    json.set("store", entry.store);
    json.set("covering", engine::covers(entry, desk.now()));
    json.set("from_hour", entry.from_hour);
    json.set("to_hour", entry.to_hour);
    json.set("covers_until", engine::moment_json(engine::covers_until(entry, desk.now())));
    json.set("zone", entry.zone);
    json.set("days", days_json(entry));
    json.set("closures", engine::texts_json(entry.closures));
    json.set("backup", entry.backup);
    json.set("escalation", entry.escalation);
    items.push(std::move(json));
  }
  Json json;
  json.set("items", std::move(items));
  call->answer(json_answer(json));
}

void list_accounts(Desk& desk, const CallPtr& call) {
  Json json;
  json.set("items", accounts_json(desk.setup(), call->who));
  call->answer(json_answer(json));
}

void get_contract(Desk&, const CallPtr& call) {
  net::ServerResponse response;
  response.headers = {{"Content-Type", "application/json"},
                      {"Cache-Control", "public, max-age=300"},
                      {"X-Content-Type-Options", "nosniff"}};
  response.body = contract::openapi_json;
  call->answer(std::move(response));
}

}  // namespace

std::vector<Route> policy_routes() {
  return {{"getPolicy", get_policy},
          {"listOwners", list_owners},
          {"listAccounts", list_accounts},
          {"getContract", get_contract}};
}

}  // namespace holdfast::api
