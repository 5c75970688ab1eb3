// Orders: the list with search, one order, its events, routing and evidence.
#include <algorithm>

#include "api/audit.h"
#include "api/commands.h"
#include "api/desk.h"
#include "api/fields.h"
#include "api/mentions.h"
#include "api/order_search.h"
#include "engine/evidence/pack.h"
#include "engine/views/case_view.h"
#include "engine/views/traffic_view.h"

namespace holdfast::api {
namespace {

/// The order a call names; Invalid or NotFound, as the contract's path says.
Result<ports::StreamKey> order_of(const Desk& desk, const Call& call) {
  auto id = id_from<OrderTag>(call.segment(3));
  if (!id) return fail(ErrorCode::NotFound, "There is no such order.");
  return ports::StreamKey{desk.tenant(), ports::StreamKind::Order, id->value};
}

/// The same, of an order that there is.
Result<ports::StreamKey> known_order(Desk& desk, const Call& call) {
  auto stream = order_of(desk, call);
  if (!stream) return stream;
  const auto row = desk.store().order(*stream);
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::NotFound, "There is no such order.");
  return stream;
}

void list_orders(Desk& desk, const CallPtr& call) {
  auto filter = order_filter(desk, *call);
  if (!filter) return call->refuse(filter.error());
  auto page = find_orders(desk, *filter);
  if (!page) return call->refuse(page.error());
  Json items{Json::Array{}};
  for (const auto& row : page->rows) items.push(engine::order_row_json(row));
  call->answer(json_answer(page_json(std::move(items), page->next)));
}

Result<engine::History> history_of(Desk& desk, const Call& call) {
  auto stream = order_of(desk, call);
  if (!stream) return fail(stream.error());
  return engine::read_history(desk.store(), desk.engine.vault(), *stream);
}

void get_order(Desk& desk, const CallPtr& call) {
  auto history = history_of(desk, *call);
  if (!history) return call->refuse(history.error());
  std::optional<Address> buyer;
  if (auto known = engine::read_buyer(desk.store(), desk.engine.vault(), history->stream)) {
    buyer = std::move(*known);
  }
  call->answer(
      json_answer(engine::order_json(desk.setup(), *history, buyer, desk.reader(call->who))));
}

void list_events(Desk& desk, const CallPtr& call) {
  auto limit = call->limit();
  if (!limit) return call->refuse(limit.error());
  auto before = cursor_place(call->parameter("cursor"));
  if (!before) return call->refuse(before.error());
  auto history = history_of(desk, *call);
  if (!history) return call->refuse(history.error());
  Json items{Json::Array{}};
  std::string next;
  auto version =
      *before != 0 ? std::min(*before - 1, history->state.version) : history->state.version;
  for (; version >= 1; --version) {
    if (items.items().size() == *limit) {
      next = id_text("at", version + 1);
      break;
    }
    if (const auto* recorded = history->at(version)) items.push(engine::timeline_json(*recorded));
  }
  call->answer(json_answer(page_json(std::move(items), next)));
}

void list_requests(Desk& desk, const CallPtr& call) {
  auto history = history_of(desk, *call);
  if (!history) return call->refuse(history.error());
  const auto rows = desk.store().outbox_of(history->stream);
  if (!rows) return call->refuse(rows.error());
  const auto words = engine::read_words(desk.store(), &desk.engine.vault(), history->stream);
  if (!words) return call->refuse(words.error());
  Json json;
  json.set("items", engine::requests_json(*history, *rows, *words));
  call->answer(json_answer(json));
}

void explain_routing(Desk& desk, const CallPtr& call) {
  auto history = history_of(desk, *call);
  if (!history) return call->refuse(history.error());
  call->answer(json_answer(engine::routing_json(*history)));
}

void command_order(Desk& desk, const CallPtr& call) {
  auto history = history_of(desk, *call);
  if (!history) return call->refuse(history.error());
  auto command = read_command(desk, *call, *history);
  if (!command) return call->refuse(command.error());
  if (call->body["command"].string() == AddNote::name) {
    auto called = called_by(desk, call->who, call->body["text"].string(), history->state.channel);
    if (!called) return call->refuse(called.error());
    return submit_note(desk, call, history->stream, std::move(*command), *called);
  }
  submit(desk, call, history->stream, std::move(*command));
}

void evidence_coverage(Desk& desk, const CallPtr& call) {
  if (!desk.options.evidence_coverage) return call->answer(not_found());
  auto stream = known_order(desk, *call);
  if (!stream) return call->refuse(stream.error());
  auto json = desk.options.evidence_coverage(*stream);
  if (!json) return call->refuse(json.error());
  call->answer(json_answer(*json));
}

void export_evidence(Desk& desk, const CallPtr& call) {
  if (!desk.options.export_evidence) return call->answer(not_found());
  auto stream = known_order(desk, *call);
  if (!stream) return call->refuse(stream.error());
  Fields fields(call->body);
  const auto profile = fields.text("profile", 1, 20);
  const auto supplier =
      call->body["supplier"].is_null() ? std::string() : fields.text("supplier", 1, 64);
  if (auto status = fields.finish(); !status) return call->refuse(status.error());
  const auto whose = from_name<engine::Profile>(profile);
  if (!whose) return call->refuse(within(whose.error(), "profile"));
  if (engine::shows_buyer(*whose) && !call->who.may(Right::Buyers)) {
    return call->refuse(Trouble{403, "not_allowed",
                                "A pack of this profile holds the buyer's data: that needs the "
                                "right \"buyers\".",
                                "profile", "export the profile public or supplier"});
  }
  auto pack = desk.options.export_evidence(*stream, profile, supplier);
  if (!pack) return call->refuse(pack.error());
  net::ServerResponse response;
  response.headers = {
      {"Content-Type", "application/zip"},
      {"Content-Disposition", "attachment; filename=\"" + call->segment(3) + ".zip\""},
      {"Cache-Control", "no-store"},
      {"X-Content-Type-Options", "nosniff"}};
  response.body = std::move(*pack);
  // What leaves the house is on record before it leaves.
  write_records(desk, call, {}, {}, {"evidence_exported", call->segment(3), profile},
                std::move(response));
}

}  // namespace

std::vector<Route> order_routes() {
  return {{"listOrders", list_orders},
          {"getOrder", get_order},
          {"listOrderEvents", list_events},
          {"explainRouting", explain_routing},
          {"listOrderRequests", list_requests},
          {"commandOrder", command_order},
          {"evidenceCoverage", evidence_coverage},
          {"exportEvidence", export_evidence}};
}

}  // namespace holdfast::api
