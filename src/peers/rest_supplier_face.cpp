#include "peers/rest_supplier_face.h"

#include "base/hash.h"
#include "net/url.h"

namespace holdfast::peers {
namespace {

constexpr Duration retry_wait = minutes(5);
constexpr int most_tries = 3;

FaceAnswer json_answer(int status, const Json& body) {
  return {{status, {{"Content-Type", "application/json"}}, to_text(body)}, {}, false};
}

FaceAnswer error_answer(int status, std::string_view words) {
  Json error;
  error.set("message", words);
  Json body;
  body.set("error", std::move(error));
  return json_answer(status, body);
}

Json quantities(const std::vector<LineQuantity>& pieces) {
  Json list = Json::Array{};
  for (const auto& piece : pieces) {
    Json entry;
    entry.set("line", piece.line);
    entry.set("quantity", piece.quantity);
    list.push(std::move(entry));
  }
  return list;
}

Json amount_of(UnitPrice price) {
  const auto text = to_text(price);
  const auto space = text.find(' ');
  Json amount;
  amount.set("amount", text.substr(0, space));
  amount.set("currency", text.substr(space + 1));
  return amount;
}

Json answer_json(const SupplyOrder& order, const LineAnswer& answer) {
  const auto* manner = manner_of(order.supplier);
  const bool sends = answer.kind != AckKind::Rejected && answer.kind != AckKind::Backordered;
  const bool plainly = sends && manner && manner->calls_all_accepted;
  Json entry;
  entry.set("line", answer.line);
  entry.set("answer", name_of(plainly ? AckKind::Accepted : answer.kind));
  entry.set("quantity", answer.quantity);
  entry.set("supplier_sku", answer.supplier_sku);
  if (answer.cost.currency.known()) entry.set("unit_cost", amount_of(answer.cost));
  entry.set("ready_at", to_text(answer.ready_at));
  if (!answer.note.empty()) entry.set("note", answer.note);
  return entry;
}

Json cancel_json(const SupplyOrder& order) {
  Json cancel;
  cancel.set("status", order.cancel);
  cancel.set("lines", quantities(order.cancelled));
  if (order.cancel == "rejected") cancel.set("detail", "it has left already");
  return cancel;
}

Json order_json(const SupplyOrder& order) {
  Json lines = Json::Array{};
  for (const auto& line : order.lines) {
    if (line.answered) lines.push(answer_json(order, line.answer));
  }
  Json checks = Json::Array{};
  for (const auto& made : order.checks) {
    Json entry;
    entry.set("check", name_of(made.kind));
    entry.set("statement", made.statement);
    checks.push(std::move(entry));
  }
  Json parcels = Json::Array{};
  for (const auto& parcel : order.parcels) {
    Json entry;
    entry.set("carrier", parcel.carrier);
    entry.set("tracking", parcel.number);
    if (!parcel.replaces.empty()) entry.set("replaces", parcel.replaces);
    entry.set("lines", quantities(parcel.lines));
    entry.set("announced_at", to_text(parcel.announced_at));
    parcels.push(std::move(entry));
  }
  Json body;
  body.set("po", order.po);
  body.set("supplier_ref", order.supplier_ref);
  body.set("status", order.status);
  if (!lines.items().empty()) body.set("lines", std::move(lines));
  if (!checks.items().empty()) body.set("checks", std::move(checks));
  if (!parcels.items().empty()) body.set("parcels", std::move(parcels));
  if (!order.cancel.empty()) body.set("cancel", cancel_json(order));
  return body;
}

Result<SupplyOrder> read_order(const std::string& supplier, const Json& body) {
  SupplyOrder order;
  order.supplier = supplier;
  order.po = body["po"].string();
  order.order = body["store_number"].string();
  order.country = body.at_path("ship_to.country").string();
  order.postcode = body.at_path("ship_to.postcode").string();
  if (order.po.empty() || order.country.empty()) {
    return fail(ErrorCode::Invalid, "po and ship_to.country are needed");
  }
  const auto* manner = manner_of(supplier);
  for (const auto& item : body["lines"].items()) {
    SupplyLine line;
    line.line = item["line"].integer();
    line.supplier_sku = item["supplier_sku"].string();
    line.quantity = item["quantity"].integer();
    if (line.line < 1 || line.quantity < 1) return fail(ErrorCode::Invalid, "a line is malformed");
    if (our_sku(*manner, line.supplier_sku).empty()) {
      return fail(ErrorCode::Invalid, "no such article: " + line.supplier_sku);
    }
    const auto currency = parse_currency(item.at_path("unit_cost.currency").string());
    if (currency) {
      const auto price =
          unit_price_from_decimal(item.at_path("unit_cost.amount").digits(), *currency);
      if (price) line.cost = *price;
    }
    order.lines.push_back(std::move(line));
  }
  if (order.lines.empty()) return fail(ErrorCode::Invalid, "an order has lines");
  return order;
}

}  // namespace

RestSupplierFace::RestSupplierFace(Scene& scene, Suppliers& suppliers,
                                   std::map<std::string, RestAccess> access)
    : scene_(scene), suppliers_(suppliers), access_(std::move(access)) {
  suppliers_.on_news([this](const SupplyOrder& order, Suppliers::News news) {
    // What was told in an answer is not told again.
    const bool in_answer =
        news == Suppliers::News::Received || news == Suppliers::News::CancelAnswered;
    const bool silent = news == Suppliers::News::Closed;
    if (!in_answer && !silent) call_back(order);
  });
}

void RestSupplierFace::set_callback(const std::string& supplier, std::string url) {
  access_[supplier].callback_url = std::move(url);
}

FaceAnswer RestSupplierFace::answer(const ports::Inbound& inbound) {
  const auto segments = net::path_segments(inbound.path);
  if (!segments || segments->size() < 2 || (*segments)[1] != "orders") {
    return error_answer(404, "no such path");
  }
  const auto& supplier = segments->front();
  const auto access = access_.find(supplier);
  if (access == access_.end()) return error_answer(404, "no such supplier");
  ++counts_[supplier].requests;
  if (ports::header(inbound.headers, "Authorization") != access->second.auth_value) {
    return error_answer(401, "the key is not known");
  }
  const bool posts = inbound.method == "POST";
  if (posts && segments->size() == 2) return place(supplier, inbound);
  if (!posts && segments->size() == 3) return find(supplier, (*segments)[2]);
  if (posts && segments->size() == 4 && (*segments)[3] == "cancel") {
    return cancel(supplier, (*segments)[2], inbound);
  }
  return error_answer(404, "no such path");
}

/// An unreliable supplier fails now and then, never twice in a row for one purchase order.
bool RestSupplierFace::fails(const std::string& supplier, const std::string& key) {
  const auto attempt = ++attempts_[supplier + "/" + key];
  return attempt == 1 && scene_.chance.happens("fails/" + supplier + "/" + key,
                                               manner_of(supplier)->failing_permille);
}

FaceAnswer RestSupplierFace::place(const std::string& supplier, const ports::Inbound& inbound) {
  const auto body = parse_json(inbound.body);
  if (!body) return error_answer(400, "the body is no JSON");
  auto order = read_order(supplier, *body);
  if (!order) return error_answer(422, order.error().what);
  if (fails(supplier, "place/" + order->po)) return error_answer(503, "try again later");
  const auto& booked = suppliers_.receive(std::move(*order));
  const bool spoils =
      booked.fault == Fault::Supplier5xxAfterEffect || booked.fault == Fault::SupplierTimeout;
  if (spoils && spoiled_.insert(supplier + "/" + booked.po).second) {
    if (booked.fault == Fault::Supplier5xxAfterEffect) return error_answer(502, "bad gateway");
    return {{}, {}, true};
  }
  return json_answer(201, order_json(booked));
}

FaceAnswer RestSupplierFace::find(const std::string& supplier, const std::string& po) {
  if (fails(supplier, "find/" + po)) return error_answer(503, "try again later");
  const auto* order = suppliers_.find(supplier, po);
  return order ? json_answer(200, order_json(*order)) : error_answer(404, "no such order");
}

FaceAnswer RestSupplierFace::cancel(const std::string& supplier, const std::string& po,
                                    const ports::Inbound& inbound) {
  const auto body = parse_json(inbound.body);
  if (!body) return error_answer(400, "the body is no JSON");
  std::vector<CancelWish> wishes;
  for (const auto& item : (*body)["lines"].items()) {
    wishes.push_back({item["supplier_sku"].string(), item["quantity"].integer()});
  }
  const auto order = suppliers_.cancel(supplier, po, wishes);
  if (!order) return error_answer(404, "no such order");
  Json answer;
  answer.set("po", po);
  answer.set("cancel", cancel_json(**order));
  return json_answer((*order)->cancel == "accepted" ? 200 : 409, answer);
}

void RestSupplierFace::call_back(const SupplyOrder& order) {
  const auto access = access_.find(order.supplier);
  if (access == access_.end() || access->second.callback_url.empty()) return;
  auto& counts = counts_[order.supplier];
  const auto key =
      "callback/" + order.po + "/" + std::to_string(++attempts_["callback/" + order.po]);
  if (scene_.chance.happens(key, manner_of(order.supplier)->lost_callback_permille)) {
    ++counts.lost;
    return;
  }
  Json body;
  body.set("type", "purchase_order.updated");
  body.set("timestamp", to_text(scene_.agenda.now()));
  body.set("data", order_json(order));
  send(order.supplier, "msg_" + scene_.chance.hex_text(order.supplier + key, 24), to_text(body), 1);
}

/// Signed by Standard Webhooks 1.0: base64 of HMAC-SHA-256 over "id.timestamp.body".
void RestSupplierFace::send(const std::string& supplier, const std::string& id,
                            const std::string& body, int tries) {
  const auto& access = access_[supplier];
  ++counts_[supplier].callbacks;
  const auto timestamp = std::to_string(scene_.agenda.now().ms / 1000);
  std::string_view secret = access.callback_secret;
  if (secret.starts_with("whsec_")) secret.remove_prefix(6);
  const auto key = from_base64(secret);
  ports::HttpRequest request;
  request.method = "POST";
  request.url = access.callback_url;
  request.headers = {
      {"Content-Type", "application/json"},
      {"webhook-id", id},
      {"webhook-timestamp", timestamp},
      {"webhook-signature",
       "v1," + base64(hmac_sha256(key ? *key : "", id + "." + timestamp + "." + body))}};
  request.body = body;
  scene_.post.send(std::move(request), [this, supplier, id, body, tries](const auto& response) {
    if (is_success(response)) {
      ++counts_[supplier].accepted;
    } else if (tries < most_tries) {
      scene_.agenda.after(
          retry_wait, [this, supplier, id, body, tries] { send(supplier, id, body, tries + 1); });
    }
  });
}

Json RestSupplierFace::books() const {
  Json books = Json::Object{};
  for (const auto& [supplier, counts] : counts_) {
    Json entry;
    entry.set("requests", counts.requests);
    entry.set("callbacks", counts.callbacks);
    entry.set("accepted", counts.accepted);
    entry.set("lost", counts.lost);
    books.set(supplier, std::move(entry));
  }
  return books;
}

}  // namespace holdfast::peers
