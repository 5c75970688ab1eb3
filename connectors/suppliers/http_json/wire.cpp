#include "connectors/suppliers/http_json/wire.h"

#include <array>

#include "base/text.h"

namespace holdfast::connectors::http_json {
namespace {

constexpr std::array<std::pair<std::string_view, Stage>, 7> stages{{
    {"received", Stage::Received},
    {"read", Stage::Read},
    {"accepted", Stage::Accepted},
    {"confirmed", Stage::Confirmed},
    {"shipped", Stage::Shipped},
    {"rejected", Stage::Rejected},
    {"cancelled", Stage::Cancelled},
}};

/// Sets a member only when there is something to say, so that bodies stay small and plain.
void put(Json& json, const char* name, const std::string& text) {
  if (!text.empty()) json.set(name, text);
}

void put(Json& json, const char* name, Instant at) {
  if (at) json.set(name, to_text(at));
}

Json amount(std::string_view text) {
  // "12.50 EUR" as our own text has it.
  const auto space = text.find(' ');
  Json json;
  json.set("amount", std::string(text.substr(0, space)));
  json.set("currency", std::string(text.substr(space + 1)));
  return json;
}

Json address_json(const Address& address) {
  Json json = Json::Object{};
  put(json, "name", address.name);
  put(json, "company", address.company);
  put(json, "line1", address.line1);
  put(json, "line2", address.line2);
  put(json, "city", address.city);
  put(json, "region", address.region);
  put(json, "postcode", address.postcode);
  put(json, "country", address.country);
  put(json, "phone", address.phone);
  put(json, "email", address.email);
  return json;
}

Json line_json(const ports::PurchaseOrderDocument::Line& line) {
  Json json;
  json.set("line", line.line);
  put(json, "sku", line.sku);
  json.set("supplier_sku", line.supplier_sku);
  put(json, "title", line.title);
  put(json, "variant", line.variant);
  json.set("quantity", line.quantity);
  if (line.cost.currency.known()) json.set("unit_cost", amount(to_text(line.cost)));
  put(json, "hs_code", line.hs_code);
  put(json, "origin", line.origin);
  if (line.declared_value.currency.known()) {
    json.set("declared_value", amount(to_text(line.declared_value)));
  }
  put(json, "instructions", line.instructions);
  return json;
}

tl::unexpected<Error> wrong(const char* what, const char* where) {
  return fail(ErrorCode::Invalid, what, where, "see schema/order.json");
}

Result<std::vector<LineQuantity>> read_quantities(const Json& json) {
  std::vector<LineQuantity> lines;
  if (json.is_null()) return lines;
  if (!json.is_array()) return wrong("expected a list", "lines");
  for (const auto& item : json.items()) {
    const LineQuantity line{item["line"].integer(), item["quantity"].integer()};
    if (line.line < 1 || line.quantity < 1) return wrong("a line and a quantity from 1", "lines");
    lines.push_back(line);
  }
  return lines;
}

Result<Instant> read_time(const Json& json, const char* where) {
  if (json.is_null()) return Instant{};
  auto at = parse_instant(json.string());
  if (!at) return wrong("expected an RFC 3339 time", where);
  return *at;
}

Result<LineAnswer> read_answer(const Json& json) {
  LineAnswer answer;
  answer.line = json["line"].integer();
  if (answer.line < 1) return wrong("expected the line's number", "lines.line");
  const auto kind = from_name<AckKind>(json["answer"].string());
  if (!kind) return wrong("not an answer of the list", "lines.answer");
  answer.kind = *kind;
  if (!json["quantity"].is_integer() || json["quantity"].integer() < 0) {
    return wrong("expected the quantity answered for", "lines.quantity");
  }
  answer.quantity = json["quantity"].integer();
  answer.supplier_sku = json["supplier_sku"].string();
  if (const auto& cost = json["unit_cost"]; !cost.is_null()) {
    const auto currency = parse_currency(cost["currency"].string());
    if (!currency) return wrong("expected a currency", "lines.unit_cost");
    const auto price = unit_price_from_decimal(cost["amount"].digits(), *currency);
    if (!price) return wrong("expected an amount", "lines.unit_cost");
    answer.cost = *price;
  }
  const auto ready = read_time(json["ready_at"], "lines.ready_at");
  if (!ready) return fail(ready.error());
  answer.ready_at = *ready;
  answer.note = clipped(json["note"].string(), 500);
  return answer;
}

Result<Parcel> read_parcel(const Json& json) {
  Parcel parcel;
  parcel.carrier = json["carrier"].string();
  parcel.tracking = trim(json["tracking"].string());
  if (parcel.tracking.empty()) return wrong("a parcel has a number", "parcels.tracking");
  auto lines = read_quantities(json["lines"]);
  if (!lines) return fail(within(lines.error(), "parcels"));
  parcel.lines = std::move(*lines);
  const auto at = read_time(json["announced_at"], "parcels.announced_at");
  if (!at) return fail(at.error());
  parcel.announced_at = *at;
  parcel.replaces = trim(json["replaces"].string());
  return parcel;
}

Result<Check> read_check(const Json& json) {
  Check check_made;
  const auto kind = from_name<CheckKind>(json["check"].string());
  if (!kind) return wrong("not a check of the list", "checks.check");
  check_made.kind = *kind;
  check_made.statement = clipped(json["statement"].string(), 1000);
  if (check_made.statement.empty()) return wrong("a check has a statement", "checks.statement");
  check_made.photo = json["photo_sha256"].string();
  return check_made;
}

Result<Cancel> read_cancel(const Json& json) {
  Cancel cancel;
  const auto& status = json["status"].string();
  if (status == "accepted")
    cancel.reply = CancelReply::Accepted;
  else if (status == "rejected")
    cancel.reply = CancelReply::Rejected;
  else if (status != "pending")
    return wrong("accepted, rejected or pending", "cancel.status");
  auto lines = read_quantities(json["lines"]);
  if (!lines) return fail(within(lines.error(), "cancel"));
  cancel.lines = std::move(*lines);
  cancel.detail = clipped(json["detail"].string(), 300);
  return cancel;
}

/// Reads every item of a list that may be absent.
template <class T>
Status read_list(const Json& json, const char* where, Result<T> (*read)(const Json&),
                 std::vector<T>& into) {
  if (json.is_null()) return {};
  if (!json.is_array()) return wrong("expected a list", where);
  for (const auto& item : json.items()) {
    auto value = read(item);
    if (!value) return fail(value.error());
    into.push_back(std::move(*value));
  }
  return {};
}

Status read_lists(const Json& json, Order& order) {
  if (auto s = read_list(json["lines"], "lines", read_answer, order.answers); !s) return s;
  if (auto s = read_list(json["parcels"], "parcels", read_parcel, order.parcels); !s) return s;
  return read_list(json["checks"], "checks", read_check, order.checks);
}

Status about(const Json& json, const std::string& po) {
  const auto& named = json["po"].string();
  if (named.empty()) return wrong("the document names no purchase order", "po");
  if (!po.empty() && named != po) return wrong("the document is about another order", "po");
  return {};
}

}  // namespace

std::string place_body(const ports::PurchaseOrderDocument& document) {
  Json json;
  json.set("po", document.po);
  put(json, "store_number", document.store_number);
  put(json, "ordered_at", document.ordered_at);
  put(json, "ship_by", document.ship_by);
  put(json, "service", document.service);
  put(json, "customer_service", document.customer_service);
  json.set("ship_to", address_json(document.ship_to));
  put(json, "instructions", document.instructions);
  put(json, "packaging", document.packaging);
  put(json, "incoterm", document.incoterm);
  put(json, "duties_paid_by", document.duties_paid_by);
  put(json, "ioss", document.ioss);
  Json lines = Json::Array{};
  for (const auto& line : document.lines) lines.push(line_json(line));
  json.set("lines", std::move(lines));
  if (document.total.currency.known()) json.set("total", amount(to_text(document.total)));
  put(json, "page_url", document.page_url);
  put(json, "locale", document.locale);
  return to_text(json);
}

std::string cancel_body(const ports::CancelJob& job) {
  Json json;
  json.set("po", job.po);
  put(json, "supplier_ref", job.supplier_ref);
  Json lines = Json::Array{};
  for (const auto& [sku, quantity] : job.lines) {
    Json line;
    line.set("supplier_sku", sku);
    line.set("quantity", quantity);
    lines.push(std::move(line));
  }
  json.set("lines", std::move(lines));
  put(json, "reason", job.reason);
  return to_text(json);
}

Result<Order> read_order(const Json& json, const std::string& po) {
  if (auto status = about(json, po); !status) return fail(status.error());
  Order order;
  order.po = json["po"].string();
  order.supplier_ref = json["supplier_ref"].string();
  if (order.supplier_ref.empty()) return wrong("the supplier's number is missing", "supplier_ref");
  if (!json["status"].is_string()) return wrong("the status is missing", "status");
  for (const auto& [name, stage] : stages) {
    if (name == json["status"].string()) order.stage = stage;
  }
  order.detail = clipped(json["detail"].string(), 300);
  if (auto status = read_lists(json, order); !status) return fail(status.error());
  if (!json["cancel"].is_null()) {
    auto cancel = read_cancel(json["cancel"]);
    if (!cancel) return fail(cancel.error());
    order.cancel = std::move(*cancel);
  }
  return order;
}

Result<Cancel> read_cancel_answer(const Json& json, const std::string& po) {
  if (auto status = about(json, po); !status) return fail(status.error());
  return read_cancel(json["cancel"]);
}

std::string words_of(std::string_view body) {
  const auto json = parse_json(body);
  if (!json) return "";
  for (const char* path : {"detail", "error.message", "message", "title", "error"}) {
    const auto& words = json->at_path(path).string();
    if (!words.empty()) return std::string(clipped(words, 200));
  }
  return "";
}

}  // namespace holdfast::connectors::http_json
