#include <algorithm>
#include <map>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/retry.h"
#include "engine/settings/policy_files.h"
#include "model/policy_codec.h"

namespace holdfast::cli {
namespace {

constexpr std::size_t page = 250;

/// Policies by hash, as the store keeps them beside the decisions that name them.
class Policies {
 public:
  explicit Policies(Desk& desk) : desk_(desk) {
    known_[engine::policy_hash(desk.setup->policy)] = desk.setup->policy;
  }

  /// The policy, or nullptr when it is not stored.
  const Policy* of(const std::string& hash) {
    if (const auto found = known_.find(hash); found != known_.end()) return &found->second;
    const auto bytes = from_hex(hash);
    Digest digest{};
    if (!bytes || bytes->size() != digest.size()) return nullptr;
    std::ranges::copy(*bytes, digest.begin());
    const auto stored = desk_.store->value(desk_.tenant(), digest);
    if (!stored || !*stored) return nullptr;
    const auto json = parse_json(**stored);
    auto policy = json ? decode_policy(*json) : Result<Policy>(fail(json.error()));
    if (!policy) return nullptr;
    return &(known_[hash] = std::move(*policy));
  }

 private:
  Desk& desk_;
  std::map<std::string, Policy> known_;
};

struct Tally {
  std::int64_t tried = 0, same = 0, changed = 0, not_retried = 0, incomplete = 0, rerouted = 0;
  Json orders{Json::Array{}};
};

Json texts(const std::vector<std::string>& items) {
  Json list{Json::Array{}};
  for (const auto& item : items) list.push(item);
  return list;
}

bool was_rerouted(const History& history) {
  return std::ranges::count_if(history.events, [](const Event& event) {
           return event.as<RoutingDecided>() != nullptr;
         }) > 1;
}

Status try_one(Desk& desk, Policies& policies, const Policy& changed, const ports::OrderRow& row,
               Tally& tally) {
  const auto history = read_history(*desk.store, row.stream);
  if (!history) return fail(history.error());
  ++tally.tried;
  tally.rerouted += was_rerouted(*history) ? 1 : 0;
  const auto* old = policies.of(starting_of(*history).policy_hash);
  auto retried = old ? retry(*desk.store, *history, *desk.setup, *old, changed)
                     : Result<Retried>(Retried{"the policy of its decision is not stored", {}, {}});
  if (!retried) retried = Retried{describe(retried.error()), {}, {}};
  tally.incomplete += retried->missing.empty() ? 0 : 1;
  if (!retried->not_retried.empty())
    ++tally.not_retried;
  else if (retried->differs.empty())
    ++tally.same;
  else
    ++tally.changed;
  if (retried->not_retried.empty() && retried->differs.empty()) return {};
  Json json;
  json.set("order", id_text(OrderTag::prefix, row.stream.id));
  json.set("store_number", row.store_number);
  json.set("not_retried", retried->not_retried);
  json.set("missing", texts(retried->missing));
  json.set("differs", texts(retried->differs));
  tally.orders.push(std::move(json));
  return {};
}

}  // namespace

Answer policy_try(Desk& desk, const Request& request) {
  auto changed = decode_policy(request.with["policy"]);
  if (!changed) return fail(within(changed.error(), "policy"));
  const auto most = std::clamp<std::int64_t>(request.number("orders", 100), 1, 100'000);
  Policies policies(desk);
  Tally tally;
  ports::OrderQuery query;
  query.tenant = desk.tenant();
  while (tally.tried < most) {
    query.limit = std::min<std::size_t>(page, static_cast<std::size_t>(most - tally.tried));
    const auto rows = desk.store->orders(query);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      if (auto status = try_one(desk, policies, *changed, row, tally); !status) {
        return fail(status.error());
      }
    }
    if (rows->size() < query.limit) break;
    query.before = rows->back().stream.id;
    desk.progress(std::to_string(tally.tried) + " orders tried");
  }
  Json json;
  json.set("policy", engine::policy_hash(*changed));
  json.set("tried", tally.tried);
  json.set("same", tally.same);
  json.set("changed", tally.changed);
  json.set("not_retried", tally.not_retried);
  json.set("with_missing_offers", tally.incomplete);
  json.set("later_routings_not_retried", tally.rerouted);
  json.set("orders", std::move(tally.orders));
  return json;
}

std::string policy_try_text(const Json& data) {
  std::string out;
  for (const auto& order : data["orders"].items()) {
    const auto& why = order["not_retried"].string();
    out += order["store_number"].string() + "  " + order["order"].string() + "\n";
    if (!why.empty()) out += "  could not be tried again: " + why + "\n";
    for (const auto& line : order["differs"].items()) out += "  " + line.string() + "\n";
    for (const auto& offer : order["missing"].items()) {
      out += "  left out, its offer was not stored: " + offer.string() + "\n";
    }
  }
  out += data["tried"].digits() + " orders tried: " + data["same"].digits() + " the same, " +
         data["changed"].digits() + " would differ, " + data["not_retried"].digits() +
         " could not be tried again.\n";
  const auto note = [&](const char* member, const std::string& words) {
    if (data[member].integer() > 0) out += data[member].digits() + words;
  };
  note("with_missing_offers", " of them lack an offer that was not stored with the decision.\n");
  note("later_routings_not_retried",
       " of them were routed again later; only their first routing was tried.\n");
  return out +
         "Only gates before buying, procedure, ship-by date and first routing are tried; "
         "suppliers'\n"
         "terms and lead times are today's, limits on automation count as not reached.\n";
}

}  // namespace holdfast::cli
