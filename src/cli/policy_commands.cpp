#include <algorithm>

#include "base/text.h"
#include "cli/commands.h"
#include "engine/settings/policy_files.h"
#include "engine/trial/trial.h"
#include "model/policy_codec.h"

namespace holdfast::cli {
namespace {

constexpr std::size_t page = 250;

Json texts(const std::vector<std::string>& items) {
  Json list{Json::Array{}};
  for (const auto& item : items) list.push(item);
  return list;
}

Json order_json(const engine::TriedOrder& order) {
  Json json;
  json.set("order", id_text(OrderTag::prefix, order.stream.id));
  json.set("store_number", order.store_number);
  json.set("not_retried", order.not_retried);
  json.set("missing", texts(order.missing));
  json.set("differs", texts(order.differs));
  return json;
}

}  // namespace

Answer policy_try(Desk& desk, const Request& request) {
  auto changed = decode_policy(request.with["policy"]);
  if (!changed) return fail(within(changed.error(), "policy"));
  const auto most = std::clamp<std::int64_t>(request.number("orders", 100), 1, 100'000);
  engine::Trial trial(*desk.store, *desk.setup, *changed);
  const auto& counts = trial.counts();
  bool more = true;
  while (more && counts.tried < most) {
    auto went =
        trial.next(std::min<std::size_t>(page, static_cast<std::size_t>(most - counts.tried)));
    if (!went) return fail(went.error());
    more = *went;
    desk.progress(std::to_string(counts.tried) + " orders tried");
  }
  Json orders{Json::Array{}};
  for (const auto& order : trial.orders()) orders.push(order_json(order));
  Json json;
  json.set("policy", engine::policy_hash(*changed));
  json.set("tried", counts.tried);
  json.set("same", counts.same);
  json.set("changed", counts.changed);
  json.set("not_retried", counts.not_retried);
  json.set("with_missing_offers", counts.incomplete);
  json.set("later_routings_not_retried", counts.rerouted);
  json.set("orders", std::move(orders));
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
