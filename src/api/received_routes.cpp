// Partners' messages that were read for an order.
#include "api/desk.h"
#include "engine/received.h"

namespace holdfast::api {
namespace {

void list_received(Desk& desk, const CallPtr& call) {
  const auto id = id_from<OrderTag>(call->segment(3));
  if (!id) return call->answer(not_found());
  const auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  std::int64_t before = 0;
  if (const auto cursor = call->parameter("cursor"); !cursor.empty()) {
    const auto seq = parse_id("msg", cursor);
    if (!seq) {
      return call->refuse(Trouble{422, "invalid", "This cursor is not one of ours.", "cursor", {}});
    }
    before = *seq;
  }
  const ports::StreamKey order{desk.tenant(), ports::StreamKind::Order, id->value};
  const auto known = desk.store().order(order);
  if (!known) return call->refuse(known.error());
  if (!*known) return call->answer(not_found());
  auto found = engine::received_about(desk.store(), order, before, *limit + 1);
  if (!found) return call->refuse(found.error());
  std::string next;
  if (found->size() > *limit) {
    found->resize(*limit);
    next = id_text("msg", found->back().seq);
  }
  Json items{Json::Array{}};
  for (const auto& message : *found) {
    Json json;
    json.set("id", id_text("msg", message.seq));
    json.set("account", message.account);
    json.set("topic", message.topic);
    json.set("received_at", to_text(message.received_at));
    items.push(std::move(json));
  }
  call->answer(json_answer(page_json(std::move(items), next)));
}

}  // namespace

std::vector<Route> received_routes() { return {{"listReceived", list_received}}; }

}  // namespace holdfast::api
