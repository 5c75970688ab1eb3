#include "connectors/suppliers/http_json/http_json.h"

#include "base/hash.h"
#include "base/planted.h"
#include "base/text.h"
#include "connectors/suppliers/http_json/callback.h"
#include "connectors/suppliers/http_json/data.h"
#include "connectors/suppliers/http_json/map.h"
#include "connectors/suppliers/http_json/wire.h"
#include "ports/outcomes.h"
#include "ports/setting_table.h"
#include "ports/signed_messages.h"

namespace holdfast::connectors {
namespace {

using namespace ports;
using Kind = Outcome::Kind;

const std::vector<Setting>& settings() {
  static const SettingTable table(http_json::account_toml);
  return table.all();
}

std::string actor_of(const Account& account) { return "supplier:" + account.id; }

std::string url(const Account& account, const std::string& path_key, std::string_view standard,
                const std::string& po) {
  auto path = setting_or(account, path_key, standard);
  if (const auto at = path.find("{po}"); at != path.npos) path.replace(at, 4, url_escaped(po));
  return account.setting("base_url") + path;
}

HttpRequest request_to(const Account& account, const char* method, std::string address) {
  HttpRequest request;
  request.method = method;
  request.url = std::move(address);
  request.headers = {
      {setting_or(account, "auth_header", "Authorization"), account.secret("auth_value")},
      {"Accept", "application/json"}};
  return request;
}

HttpRequest post(const Account& account, std::string address, std::string key, std::string body) {
  auto request = request_to(account, "POST", std::move(address));
  request.headers.emplace_back("Content-Type", "application/json");
  request.headers.emplace_back("Idempotency-Key", std::move(key));
  request.body = std::move(body);
  return request;
}

Turn ask_place(const Account& account, const PurchaseOrderDocument& document) {
  return Turn::ask(post(account, url(account, "place_path", "/orders", document.po), document.po,
                        http_json::place_body(document)));
}

Turn ask_find(const Account& account, const std::string& po) {
  return Turn::ask(request_to(account, "GET", url(account, "find_path", "/orders/{po}", po)));
}

/// The partner's words without what they repeat of the buyer's address.
std::string without_buyer(std::string words, const Address& buyer) {
  for (const auto* field : {&buyer.name, &buyer.company, &buyer.line1, &buyer.line2, &buyer.city,
                            &buyer.region, &buyer.postcode, &buyer.phone, &buyer.email}) {
    if (field->size() < 3) continue;  // a bare region code stands in any sentence
    for (auto at = words.find(*field); at != words.npos; at = words.find(*field, at + 3)) {
      words.replace(at, field->size(), "…");
    }
  }
  return words;
}

std::string status_words(const HttpResponse& http) {
  return "HTTP " + std::to_string(http.status) + ": " + http_json::words_of(http.body);
}

Result<http_json::Order> order_in(const HttpResponse& http, const std::string& po) {
  const auto body = parse_json(http.body);
  if (!body) return fail(body.error());
  return http_json::read_order(*body, po);
}

/// Whether the supplier itself says that it does not know the order. A page that a proxy put up
/// says nothing, so the 404 must carry a JSON object.
bool says_absent(const HttpResponse& http) {
  const auto body = parse_json(http.body);
  return http.status == 404 && body && body->is_object();
}

/// The supplier has the purchase order on its book: sent, and whatever else it already says.
Turn placed(const Account& account, const http_json::Order& order) {
  auto told = outcome(Kind::Done, "on the supplier's book as " + order.supplier_ref);
  told.commands = http_json::commands_of(order, PoReply::Sent, actor_of(account), Instant{});
  return Turn::end(std::move(told));
}

/// A question about an order that may exist: whatever keeps us from its answer leaves it unknown.
Turn still_unknown(Outcome why) {
  why.kind = Kind::Unknown;
  return Turn::end(std::move(why));
}

Turn after_find(const Account& account, const PlaceJob& job, const Exchanges& exchanges) {
  const auto& response = exchanges.back().response;
  if (auto ended = trouble(response, Asked::Question)) return still_unknown(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  if (says_absent(http)) {
    // Asked first and not there: nothing was placed, so now it may be. Asked after a 409 the two
    // answers contradict each other.
    if (exchanges.size() == 1) return ask_place(account, job.document);
    return Turn::end(outcome(Kind::Unknown, "the supplier says it has the order, then does not"));
  }
  if (http.status >= 400) return still_unknown(outcome(Kind::Unknown, status_words(http)));
  const auto order = order_in(http, job.document.po);
  if (!order) return still_unknown(outcome(Kind::Unknown, describe(order.error())));
  return placed(account, *order);
}

Turn after_place(const Account& account, const PlaceJob& job, const Exchanges& exchanges) {
  const auto& response = exchanges.back().response;
  const auto asked =
      planted("an order that broke off was not placed") ? Asked::Question : Asked::Deed;
  if (auto ended = trouble(response, asked)) return Turn::end(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  const auto& po = job.document.po;
  if (http.status == 409) return ask_find(account, po);
  if (http.status >= 400) {
    auto told = outcome(Kind::Refused, without_buyer(status_words(http), job.document.ship_to));
    // Only these two are said about the order; other codes are about the address or the request.
    if (http.status == 400 || http.status == 422) {
      told.commands.push_back(http_json::reply_of(po, PoReply::Refused, "", told.detail));
    }
    return Turn::end(std::move(told));
  }
  const auto order = order_in(http, po);
  if (!order && planted("any 200 means placed")) return placed(account, {});
  if (!order) return Turn::end(outcome(Kind::Unknown, describe(order.error())));
  return placed(account, *order);
}

bool was_question(const Exchange& exchange) {
  const auto* http = std::get_if<HttpRequest>(&exchange.request);
  return http && http->method == "GET";
}

Turn place(const Account& account, const PlaceJob& job, const Exchanges& exchanges) {
  if (exchanges.empty()) {
    return job.earlier_attempt_unknown ? ask_find(account, job.document.po)
                                       : ask_place(account, job.document);
  }
  return was_question(exchanges.back()) ? after_find(account, job, exchanges)
                                        : after_place(account, job, exchanges);
}

Turn find(const Account& account, const FindJob& job, const Exchanges& exchanges) {
  if (exchanges.empty()) return ask_find(account, job.po);
  const auto& response = exchanges.back().response;
  if (auto ended = trouble(response, Asked::Question)) return Turn::end(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  if (says_absent(http)) {
    return Turn::end(outcome(Kind::Done, "the supplier does not know this purchase order"));
  }
  if (http.status >= 400) return Turn::end(outcome(Kind::Refused, status_words(http)));
  const auto order = order_in(http, job.po);
  if (!order) return Turn::end(outcome(Kind::NotSent, describe(order.error())));
  auto told = outcome(Kind::Done, "read");
  told.commands = http_json::commands_of(*order, PoReply::Delivered, actor_of(account), Instant{});
  return Turn::end(std::move(told));
}

/// An answer to a cancellation; a body that does not say so, in so many words, is no answer.
Turn after_cancel(const Account& account, const CancelJob& job, const HttpResponse& http) {
  const auto body = parse_json(http.body);
  const auto answer = body ? http_json::read_cancel_answer(*body, job.po)
                           : Result<http_json::Cancel>(fail(body.error()));
  if (!answer) {
    return Turn::end(outcome(Kind::Unknown, "the supplier did not say whether it cancelled"));
  }
  auto told = outcome(Kind::Done, answer->reply ? "answered" : "asked; not answered yet");
  told.commands = http_json::commands_of(job.po, *answer, actor_of(account));
  return Turn::end(std::move(told));
}

Turn cancel(const Account& account, const CancelJob& job, const Exchanges& exchanges) {
  if (exchanges.empty()) {
    auto body = http_json::cancel_body(job);
    // One order may be cancelled in parts: the key is the order and what is cancelled of it.
    auto key = job.po + "-cancel-" + hex(sha256(body)).substr(0, 16);
    return Turn::ask(post(account, url(account, "cancel_path", "/orders/{po}/cancel", job.po),
                          std::move(key), std::move(body)));
  }
  const auto& response = exchanges.back().response;
  if (auto ended = trouble(response, Asked::Deed)) return Turn::end(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  if (http.status >= 400 && http.status != 409) {
    return Turn::end(outcome(Kind::Refused, status_words(http)));
  }
  return after_cancel(account, job, http);
}

Status verify(const Account& account, const Inbound& inbound) {
  if (planted("a supplier's signature is not looked at")) return {};
  return http_json::verify_callback(
      inbound, {account.secret("callback_secret"), account.secret("callback_secret_previous")});
}

std::string key(const Inbound& inbound) {
  return std::string(header(inbound.headers, "webhook-id"));
}

void name(const Json& body, Delivery& delivery) {
  delivery.topic = clipped(body["type"].string(), 60);
  if (delivery.topic != "purchase_order.updated") {
    delivery.problem = "not an event this connector knows";
    return;
  }
  const auto order = http_json::read_order(body["data"], "");
  if (!order) delivery.problem = describe(order.error());
}

Result<std::vector<Command>> read(const Account& account, const Json& body, const Delivery&,
                                  const Inbound& inbound) {
  const auto order = http_json::read_order(body["data"], "");
  if (!order) return fail(order.error());
  return http_json::commands_of(*order, PoReply::Delivered, actor_of(account), inbound.received_at);
}

/// Asks for an order that nobody placed: an answer that it is not there shows that address and key
/// fit.
Turn probe(const Account& account, const ProbeJob&, const Exchanges& exchanges) {
  if (exchanges.empty()) return ask_find(account, "HF-TEST");
  const auto& response = exchanges.back().response;
  if (auto ended = trouble(response, Asked::Question)) return Turn::end(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  if (says_absent(http)) {
    return Turn::end(outcome(Kind::Done, "it answered, and knows no order HF-TEST, as it should"));
  }
  if (http.status >= 400) return Turn::end(outcome(Kind::Refused, status_words(http)));
  const auto body = parse_json(http.body);
  if (body && body->is_object()) return Turn::end(outcome(Kind::Done, "it answered"));
  return Turn::end(outcome(Kind::NotSent, "the answer is no JSON object"));
}

constexpr SignedMessages callbacks{verify, key, name, read};

Result<Delivery> receive(const Account& account, const Inbound& inbound) {
  return receive_signed(callbacks, account, inbound);
}

Result<std::vector<Command>> read_callback(const Account& account, const Inbound& inbound) {
  return read_signed(callbacks, account, inbound);
}

}  // namespace

const SupplierConnector http_json_supplier = {
    .kind = "http_json",
    .capabilities = {.idempotent = true,
                     .find_by_reference = true,
                     .cancel = true,
                     .ordered = false,
                     .requests_per_minute = 60,
                     .burst = 10},
    .settings = settings,
    .receive = receive,
    .read_callback = read_callback,
    .place = place,
    .find = find,
    .cancel = cancel,
    .remind = nullptr,
    .probe = probe,
};

}  // namespace holdfast::connectors
