// What a supplier is given of a purchase order, for whoever places it by hand.
#include "api/desk.h"
#include "engine/documents.h"
#include "engine/views/history.h"

namespace holdfast::api {
namespace {

using Document = ports::PurchaseOrderDocument;

Json line_json(const Document::Line& line) {
  Json json;
  json.set("line", line.line);
  json.set("sku", line.sku);
  json.set("supplier_sku", line.supplier_sku);
  json.set("title", line.title);
  json.set("variant", line.variant);
  json.set("quantity", line.quantity);
  json.set("cost", engine::amount_json(line.cost));
  json.set("hs_code", line.hs_code);
  json.set("origin", line.origin);
  json.set("declared_value", engine::amount_json(line.declared_value));
  json.set("instructions", line.instructions);
  return json;
}

Json document_json(const Document& document, const std::string& place_at, bool with_address) {
  Json lines{Json::Array{}};
  for (const auto& line : document.lines) lines.push(line_json(line));
  Json json;
  json.set("po", document.po);
  json.set("store_number", document.store_number);
  json.set("place_at", place_at);
  json.set("ship_by", engine::moment_json(document.ship_by));
  json.set("service", document.service);
  json.set("instructions", document.instructions);
  json.set("packaging", document.packaging);
  json.set("incoterm", document.incoterm);
  json.set("duties_paid_by", document.duties_paid_by);
  json.set("total", engine::amount_json(document.total));
  json.set("page_url", document.page_url);
  json.set("ship_to", with_address ? engine::buyer_json(document.ship_to) : Json());
  json.set("lines", std::move(lines));
  return json;
}

void get_document(Desk& desk, const CallPtr& call) {
  const auto id = id_from<OrderTag>(call->segment(3));
  if (!id) return call->answer(not_found());
  const ports::StreamKey stream{desk.tenant(), ports::StreamKind::Order, id->value};
  const auto& vault = desk.engine.vault();
  auto history = engine::read_history(desk.store(), vault, stream);
  if (!history) return call->refuse(history.error());
  const auto* po = history->state.po(call->segment(5));
  if (!po) return call->answer(not_found());
  const bool by_hand = engine::placed_by_hand(desk.setup(), po->supplier);
  // Whoever places an order must say where it goes; for others the right to see buyers decides.
  const bool may_see = by_hand || call->who.may(Right::Buyers);
  auto buyer = engine::read_buyer(desk.store(), vault, stream);
  const bool erased = !buyer && buyer.error().code == ErrorCode::NotFound;
  if (!buyer && !erased) return call->refuse(buyer.error());
  auto document = engine::purchase_document(desk.setup(), vault, stream, history->state,
                                            buyer ? *buyer : Address{}, po->po);
  if (!document) return call->refuse(document.error());
  const auto* account = engine::account_of(desk.setup().suppliers, po->supplier);
  const auto place_at = by_hand ? account->setting("place_at") : std::string();
  call->answer(json_answer(document_json(*document, place_at, may_see && !erased)));
}

}  // namespace

std::vector<Route> purchase_document_routes() { return {{"getPurchaseDocument", get_document}}; }

}  // namespace holdfast::api
