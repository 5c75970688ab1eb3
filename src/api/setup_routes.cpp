// The way from nothing to the first order: each step is read from what there is, so that nobody
// ticks anything by hand but that they looked at the policy.
#include <algorithm>
#include <iterator>

#include "api/accounts.h"
#include "api/audit.h"
#include "api/connection_forms.h"
#include "api/connection_rows.h"
#include "api/setup_suppliers.h"
#include "base/text.h"
#include "model/policy_codec.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_deeds = 250;  // looked through for somebody's own password
constexpr std::size_t most_named = 5;

struct Step {
  std::string_view name;
  bool done = false;
  std::string detail;
};

std::string named(const std::vector<std::string>& ids) {
  if (ids.size() <= most_named) return join(ids, ", ");
  return std::to_string(ids.size());
}

/// A second factor, or a password of their own choice: the first one was shown in a terminal.
Result<Step> sign_in(Desk& desk, const Who& who) {
  Step step{"sign_in", false, ""};
  if (who.user && !who.user->totp.empty()) return Step{"sign_in", true, "second_factor"};
  auto rows = desk.store().records(desk.tenant(), "audit", "", most_deeds);
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    const auto json = parse_json(row.bytes);
    if (!json || (*json)["about"].string() != who.name) continue;
    const auto& deed = (*json)["deed"].string();
    if (deed == "password_changed" || deed == "joined") step = {"sign_in", true, "password"};
  }
  return step;
}

/// Accounts of a room, and whether one of them is known to work: it was tested, or did well.
Status room_steps(Desk& desk, const std::string& room, const std::vector<ports::Account>& accounts,
                  std::string_view there, std::string_view tested, std::vector<Step>& into) {
  std::vector<std::string> ids, working;
  for (const auto& account : accounts) {
    ids.push_back(account.id);
    auto test = kept_test(desk, account.id);
    if (!test) return fail(test.error());
    const bool did_well = desk.engine.partners().of(account.id).last_ok.ms != 0;
    const auto* settings = settings_of(room, account.kind);
    const bool needs_none = settings && std::ranges::none_of(*settings, &ports::Setting::address);
    if (did_well || needs_none || (*test)["ok"].boolean()) working.push_back(account.id);
  }
  into.push_back({there, !ids.empty(), named(ids)});
  into.push_back({tested, !working.empty(), named(working)});
  return {};
}

std::string policy_hash(const Desk& desk) {
  return hex(sha256(encode_policy(desk.setup().policy)));
}

Result<Step> policy_seen(Desk& desk) {
  auto row = desk.store().record({desk.tenant(), "setup", "policy"});
  if (!row) return fail(row.error());
  if (!*row) return Step{"policy", false, ""};
  auto json = parse_json((*row)->bytes);
  if (!json) return fail(json.error());
  const bool same = (*json)["hash"].string() == policy_hash(desk);
  return Step{"policy", same,
              same ? (*json)["by"].string() + ", " + (*json)["at"].string() : std::string()};
}

Result<std::vector<Step>> steps_of(Desk& desk, const Who& who) {
  std::vector<Step> steps;
  auto own = sign_in(desk, who);
  if (!own) return fail(own.error());
  steps.push_back(*own);
  const auto& setup = desk.setup();
  if (auto status = room_steps(desk, "channel", setup.channels, "store", "store_tested", steps);
      !status) {
    return fail(status.error());
  }
  const auto suppliers = usable_suppliers(setup);
  if (auto status = room_steps(desk, "supplier", suppliers, "supplier", "supplier_tested", steps);
      !status) {
    return fail(status.error());
  }
  if (suppliers.empty()) std::prev(steps.end(), 2)->detail = missing_of_suppliers(setup);
  auto stated = desk.store().records(desk.tenant(), "offer", "", most_deeds);
  if (!stated) return fail(stated.error());
  const auto offers = std::max(setup.offers.size(), stated->size());
  steps.push_back({"skus", offers > 0, offers > 0 ? std::to_string(offers) : std::string()});
  auto policy = policy_seen(desk);
  if (!policy) return fail(policy.error());
  steps.push_back(*policy);
  const auto backup = desk.options.backup_at ? desk.options.backup_at() : Instant{};
  steps.push_back({"backup", backup.ms != 0, backup.ms != 0 ? to_text(backup) : std::string()});
  auto counts = desk.store().counts(desk.tenant());
  if (!counts) return fail(counts.error());
  const auto orders = counts->orders;
  steps.push_back({"order", orders > 0, orders > 0 ? std::to_string(orders) : std::string()});
  return steps;
}

void get_setup(Desk& desk, const CallPtr& call) {
  auto steps = steps_of(desk, call->who);
  if (!steps) return call->refuse(steps.error());
  Json list{Json::Array{}};
  for (const auto& step : *steps) {
    Json json;
    json.set("step", step.name);
    json.set("done", step.done);
    json.set("detail", step.detail);
    list.push(std::move(json));
  }
  Json json;
  json.set("demo", desk.options.demo);
  json.set("steps", std::move(list));
  call->answer(json_answer(json));
}

void confirm_policy(Desk& desk, const CallPtr& call) {
  Json json;
  json.set("hash", policy_hash(desk));
  json.set("by", call->who.name);
  json.set("at", to_text(desk.real_now()));
  write_records(desk, call, {{desk.tenant(), "setup", "policy", to_text(json), {}}}, {},
                {"policy_seen", desk.setup().policy.name, policy_hash(desk).substr(0, 12)},
                empty_answer(204));
}

}  // namespace

std::vector<Route> setup_routes() {
  return {{"getSetup", get_setup}, {"confirmPolicySeen", confirm_policy}};
}

}  // namespace holdfast::api
