// One stored message, with what of its body its reader may see.
#include <algorithm>
#include <array>

#include "api/inbox.h"
#include "engine/envelope.h"
#include "engine/vault.h"

namespace holdfast::api {
namespace {

constexpr std::size_t most_shown = std::size_t{64} * 1024;
constexpr std::string_view left_out = "[not shown]";
constexpr std::size_t longest_number = 6;  // digits; a telephone's has more

/// Members whose words are a trade's and no person's. Whatever is not listed is left out, since a
/// partner may call a name anything.
constexpr std::array plain_members{"id",
                                   "sku",
                                   "supplier_sku",
                                   "po",
                                   "po_number",
                                   "quantity",
                                   "status",
                                   "state",
                                   "type",
                                   "kind",
                                   "topic",
                                   "event",
                                   "code",
                                   "currency",
                                   "carrier",
                                   "tracking",
                                   "tracking_number",
                                   "tracking_status",
                                   "amount",
                                   "total",
                                   "price",
                                   "cost",
                                   "sub_status",
                                   "order_id",
                                   "order_number",
                                   "line_id",
                                   "variant_id",
                                   "product_id",
                                   "version",
                                   "created_at",
                                   "updated_at",
                                   "ready_at",
                                   "shipped_at",
                                   "cancelled_at",
                                   "occurred_at",
                                   "time",
                                   "time_iso",
                                   "time_utc",
                                   "financial_status",
                                   "fulfillment_status",
                                   "admin_graphql_api_id",
                                   "latest_status",
                                   "number",
                                   "supplier_ref",
                                   "answer",
                                   "result",
                                   "error"};

bool is_plain(std::string_view member) {
  return std::ranges::find(plain_members, member) != plain_members.end();
}

/// Lists pass on the name they stand under.
Json veiled(const Json& json, std::string_view member) {
  if (json.is_array()) {
    Json list{Json::Array{}};
    for (const auto& item : json.items()) list.push(veiled(item, member));
    return list;
  }
  if (json.is_object()) {
    Json object{Json::Object{}};
    for (const auto& [name, value] : json.members()) object.set(name, veiled(value, name));
    return object;
  }
  if (is_plain(member) || json.is_null() || json.is_bool()) return json;
  if (json.is_number() && json.digits().size() <= longest_number) return json;
  return json.is_string() && json.string().empty() ? json : Json(left_out);
}

std::string content_type_of(const ports::Inbound& inbound) {
  for (const auto& [name, value] : inbound.headers) {
    if (lower(name) == "content-type") return value;
  }
  return {};
}

void get_message(Desk& desk, const CallPtr& call) {
  const auto seq = parse_id("msg", call->segment(3));
  if (!seq) return call->answer(not_found());
  auto row = desk.store().inbox(desk.tenant(), *seq);
  if (!row) return call->refuse(row.error());
  if (!*row) return call->answer(not_found());
  auto body =
      (*row)->body.empty()
          ? Result<std::string>(fail(ErrorCode::NotFound, "the body is gone"))
          : desk.engine.vault().unseal_tenant("inbox/" + std::to_string(*seq), (*row)->body);
  const auto inbound = engine::decode_envelope((*row)->envelope, {}, (*row)->received_at);
  const bool all = call->who.may(Right::Buyers);
  std::optional<std::string> shown;
  if (body) shown = all ? std::optional(*body) : without_people(*body);
  const bool cut = shown && shown->size() > most_shown;
  Json json;
  json.set("message", message_json(**row));
  json.set("method", inbound.method);
  json.set("path", inbound.path);
  json.set("content_type", content_type_of(inbound));
  json.set("body", shown ? Json(std::string(clipped(*shown, most_shown))) : Json());
  json.set("hidden", body && !all);
  json.set("cut", cut);
  call->answer(json_answer(json));
}

}  // namespace

Json message_json(const ports::InboxRow& row) {
  Json json;
  json.set("id", id_text("msg", row.seq));
  json.set("account", row.account);
  json.set("topic", row.topic);
  json.set("subject", row.subject);
  json.set("state", ports::name_of(row.state));
  json.set("attempts", row.attempts);
  json.set("problem", row.problem);
  json.set("received_at", to_text(row.received_at));
  json.set("body_hash", hex(row.body_hash));
  return json;
}

Result<std::optional<OrderNames>> order_filtered(Desk& desk, const Call& call) {
  const auto text = call.parameter("order");
  if (text.empty()) return std::optional<OrderNames>();
  const auto id = id_from<OrderTag>(text);
  if (!id) return fail(ErrorCode::Invalid, "This is no order's id.", "order");
  const ports::StreamKey stream{desk.tenant(), ports::StreamKind::Order, id->value};
  const auto rows = desk.store().references_of(stream);
  if (!rows) return fail(rows.error());
  OrderNames names{text, {}};
  constexpr std::string_view of_channel = "order:";
  for (const auto& row : *rows) {
    if (!row.kind.starts_with(of_channel)) continue;
    names.channels.emplace_back(row.kind.substr(of_channel.size()), row.value);
  }
  return std::optional(std::move(names));
}

bool is_about(const ports::InboxRow& row, const OrderNames& order) {
  for (const auto subject : split(row.subject, ',')) {
    if (subject == order.stream) return true;
    for (const auto& [account, id] : order.channels) {
      if (row.account == account && subject == id) return true;
    }
  }
  return false;
}

std::optional<std::string> without_people(std::string_view body) {
  const auto json = parse_json(body);
  if (!json) return std::nullopt;
  return to_text(veiled(*json, {}));
}

std::vector<Route> inbox_routes() { return {{"getMessage", get_message}}; }

}  // namespace holdfast::api
