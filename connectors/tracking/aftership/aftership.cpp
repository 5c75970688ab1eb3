#include "connectors/tracking/aftership/aftership.h"

#include "base/hash.h"
#include "base/text.h"
#include "connectors/tracking/aftership/data.h"
#include "connectors/tracking/aftership/map.h"
#include "ports/outcomes.h"
#include "ports/setting_table.h"
#include "ports/signed_messages.h"

namespace holdfast::connectors {
namespace {

using namespace ports;
using Kind = Outcome::Kind;

constexpr const char* signature_header = "aftership-hmac-sha256";

const std::vector<Setting>& settings() {
  static const SettingTable table(aftership::account_toml);
  return table.all();
}

HttpRequest request_to(const Account& account, const char* method, std::string_view path) {
  HttpRequest request;
  request.method = method;
  request.url = setting_or(account, "base_url", "https://api.aftership.com/tracking/2026-07") +
                std::string(path);
  request.headers = {{"as-api-key", account.secret("api_key")},
                     {"Content-Type", "application/json"}};
  return request;
}

/// Their own words for a failure: meta.code and meta.message.
std::string words_of(const HttpResponse& http, const Json& meta) {
  return "HTTP " + std::to_string(http.status) + ", AfterShip " + meta["code"].digits() + ": " +
         meta["message"].string();
}

/// What is left of the account's rate, for the engine's pacing.
void note_budget(Outcome& told, const HttpResponse& http) {
  const auto left = parse_json(header(http.headers, "X-RateLimit-Remaining"));
  if (left && left->is_integer()) told.budget_left = left->integer();
}

Turn register_number(const Account& account, const RegisterJob& job, const Exchanges& exchanges) {
  if (exchanges.empty()) {
    auto request = request_to(account, "POST", "/trackings");
    Json body;
    body.set("tracking_number", job.tracking);
    if (const auto slug = aftership::slug_of(job.carrier); !slug.empty()) body.set("slug", slug);
    request.body = to_text(body);
    return Turn::ask(std::move(request));
  }
  const auto& response = exchanges.back().response;
  if (auto ended = trouble(response, Asked::Deed)) return Turn::end(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  const auto body = parse_json(http.body);
  const auto& meta = body ? (*body)["meta"] : Json();
  const auto code = meta["code"].integer();
  const auto& number = body ? (*body)["data"]["tracking_number"].string() : std::string();
  Outcome told;
  if (http.status < 300) {
    told = number == job.tracking
               ? outcome(Kind::Done, "registered")
               : outcome(Kind::Unknown, "the answer does not have AfterShip's shape");
  } else if (code == 4003) {
    told = outcome(Kind::Done, "was registered already");
  } else {
    told = outcome(Kind::Refused, words_of(http, meta));
  }
  note_budget(told, http);
  return Turn::end(std::move(told));
}

Turn read_number(const Account& account, const ReadTrackingJob& job, const Exchanges& exchanges) {
  if (exchanges.empty()) {
    auto path = "/trackings?tracking_numbers=" + url_escaped(job.tracking);
    if (const auto slug = aftership::slug_of(job.carrier); !slug.empty()) path += "&slug=" + slug;
    return Turn::ask(request_to(account, "GET", path));
  }
  const auto& response = exchanges.back().response;
  if (auto ended = trouble(response, Asked::Question)) return Turn::end(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  const auto body = parse_json(http.body);
  if (http.status >= 400) {
    return Turn::end(outcome(Kind::Refused, words_of(http, body ? (*body)["meta"] : Json())));
  }
  if (!body || !(*body)["data"]["trackings"].is_array()) {
    return Turn::end(outcome(Kind::NotSent, "the answer does not have AfterShip's shape"));
  }
  auto told = outcome(Kind::Refused, "AfterShip does not know the number");
  for (const auto& tracking : (*body)["data"]["trackings"].items()) {
    if (tracking["tracking_number"].string() != job.tracking) continue;
    told.kind = Kind::Done;
    told.detail = "read";
    if (auto command = aftership::tracking_of(tracking, Instant{})) {
      told.commands.push_back(std::move(*command));
    }
  }
  note_budget(told, http);
  return Turn::end(std::move(told));
}

/// The account's carriers: a question that changes nothing.
Turn probe(const Account& account, const ProbeJob&, const Exchanges& exchanges) {
  if (exchanges.empty()) return Turn::ask(request_to(account, "GET", "/couriers"));
  const auto& response = exchanges.back().response;
  if (auto ended = trouble(response, Asked::Question)) return Turn::end(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  const auto body = parse_json(http.body);
  if (http.status >= 400) {
    return Turn::end(outcome(Kind::Refused, words_of(http, body ? (*body)["meta"] : Json())));
  }
  if (!body || !(*body)["data"]["couriers"].is_array()) {
    return Turn::end(outcome(Kind::NotSent, "the answer does not have AfterShip's shape"));
  }
  auto told = outcome(Kind::Done, "AfterShip accepts the key");
  note_budget(told, http);
  return Turn::end(std::move(told));
}

/// Base64 of HMAC-SHA-256 over the raw body (AfterShip, "Webhook Specifications").
bool signed_with(const Inbound& inbound, const std::string& secret) {
  return equal_in_constant_time(base64(hmac_sha256(secret, inbound.body)),
                                header(inbound.headers, signature_header));
}

Status verify(const Account& account, const Inbound& inbound) {
  return signed_by_account(account, inbound, signature_header, "webhook_secret", signed_with,
                           "compare the secret in AfterShip's settings with webhook_secret");
}

void name(const Json& body, Delivery& delivery) {
  if (const auto& id = body["event_id"].string(); !id.empty()) {
    delivery.dedupe_key = std::string(clipped(id, 80));
  }
  delivery.topic = clipped(body["event"].string(), 60);
  if (delivery.topic == "edd_revise" || delivery.topic == "tracking_pending_time") {
    // A forecast and a waiting time: neither is an event of the parcel.
    delivery.meaning = Delivery::Meaning::Ping;
  } else if (delivery.topic != "tracking_update") {
    delivery.problem = "not an event this connector knows";
  } else if (body["msg"]["tracking_number"].string().empty()) {
    delivery.problem = "the event names no number";
  }
}

Result<std::vector<Command>> read(const Account&, const Json& body, const Delivery&,
                                  const Inbound& inbound) {
  std::vector<Command> commands;
  if (auto command = aftership::tracking_of(body["msg"], inbound.received_at)) {
    commands.push_back(std::move(*command));
  }
  return commands;
}

constexpr SignedMessages pushes{verify, nullptr, name, read};

Result<Delivery> receive(const Account& account, const Inbound& inbound) {
  return receive_signed(pushes, account, inbound);
}

Result<std::vector<Command>> read_push(const Account& account, const Inbound& inbound) {
  return read_signed(pushes, account, inbound);
}

}  // namespace

const TrackingConnector aftership_tracking = {
    .kind = "aftership",
    .capabilities = {.idempotent = true,
                     .find_by_reference = true,
                     .cancel = false,
                     .ordered = false,
                     .requests_per_minute = 600,
                     .burst = 10},
    .settings = settings,
    .receive = receive,
    .read_push = read_push,
    .register_number = register_number,
    .read_number = read_number,
    .probe = probe,
};

}  // namespace holdfast::connectors
