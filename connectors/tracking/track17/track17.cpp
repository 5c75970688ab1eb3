#include "connectors/tracking/track17/track17.h"

#include "base/hash.h"
#include "base/planted.h"
#include "base/text.h"
#include "connectors/tracking/track17/data.h"
#include "connectors/tracking/track17/map.h"
#include "ports/outcomes.h"
#include "ports/setting_table.h"
#include "ports/signed_messages.h"

namespace holdfast::connectors {
namespace {

using namespace ports;
using Kind = Outcome::Kind;

const std::vector<Setting>& settings() {
  static const SettingTable table(track17::account_toml);
  return table.all();
}

std::string url(const Account& account, std::string_view path) {
  return setting_or(account, "base_url", "https://api.17track.net/track/v2.4") + std::string(path);
}

HttpRequest post(const Account& account, std::string_view path, const Json& body) {
  HttpRequest request;
  request.method = "POST";
  request.url = url(account, path);
  request.headers = {{"17token", account.secret("api_key")}, {"Content-Type", "application/json"}};
  request.body = to_text(body);
  return request;
}

/// One number of their request lists (at most 40; a job is one number).
Json list_of_one(const Account& account, const std::string& tracking, const std::string& carrier) {
  Json item;
  item.set("number", tracking);
  if (const auto code = track17::carrier_code(account, carrier)) item.set("carrier", code);
  Json list;
  list.push(std::move(item));
  return list;
}

Outcome unreadable(Asked asked) {
  return outcome(asked == Asked::Deed ? Kind::Unknown : Kind::NotSent,
                 "the answer does not have 17TRACK's shape");
}

const Json* entry_of(const Json& list, std::string_view number) {
  for (const auto& item : list.items()) {
    if (item["number"].string() == number) return &item;
  }
  return nullptr;
}

/// The accepted entry of `number`, or the outcome that takes its place.
Result<Json> accepted(const Response& response, std::string_view number, Asked asked,
                      Outcome& end) {
  const auto nothing = [&](Outcome told) {
    end = std::move(told);
    return fail(ErrorCode::Unavailable, "no accepted entry");
  };
  if (auto ended = trouble(response, asked)) return nothing(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  const auto body = parse_json(http.body);
  if (!body || !(*body)["code"].is_integer()) {
    if (http.status >= 400) {
      return nothing(outcome(Kind::Refused, "HTTP " + std::to_string(http.status)));
    }
    return nothing(unreadable(asked));
  }
  const bool question = asked == Asked::Question;
  const auto& data = (*body)["data"];
  if (const auto code = (*body)["code"].integer(); code != 0) {
    const auto& errors = data["errors"].items();
    return nothing(track17::outcome_of_error(
        code, errors.empty() ? "" : errors.front()["message"].string(), question));
  }
  if (const auto* rejected = entry_of(data["rejected"], number)) {
    const auto& error = (*rejected)["error"];
    return nothing(
        track17::outcome_of_error(error["code"].integer(), error["message"].string(), question));
  }
  if (const auto* entry = entry_of(data["accepted"], number)) return *entry;
  return nothing(unreadable(asked));
}

Turn register_number(const Account& account, const RegisterJob& job, const Exchanges& exchanges) {
  if (exchanges.empty()) {
    auto list = list_of_one(account, job.tracking, job.carrier);
    return Turn::ask(post(account, "/register", list));
  }
  Outcome end;
  const auto entry = accepted(exchanges.back().response, job.tracking, Asked::Deed, end);
  if (!entry) return Turn::end(std::move(end));
  return Turn::end(outcome(Kind::Done, "registered"));
}

Turn read_number(const Account& account, const ReadTrackingJob& job, const Exchanges& exchanges) {
  if (exchanges.empty()) {
    return Turn::ask(
        post(account, "/gettrackinfo", list_of_one(account, job.tracking, job.carrier)));
  }
  Outcome end;
  const auto entry = accepted(exchanges.back().response, job.tracking, Asked::Question, end);
  if (!entry) return Turn::end(std::move(end));
  if (!(*entry)["track_info"].is_object()) return Turn::end(unreadable(Asked::Question));
  auto told = outcome(Kind::Done, "read");
  if (auto command = track17::tracking_of(account, *entry, Instant{})) {
    told.commands.push_back(std::move(*command));
  }
  return Turn::end(std::move(told));
}

/// How many numbers the account may still register: a question that costs nothing (document v2.4,
/// "Get quota").
Turn probe(const Account& account, const ProbeJob&, const Exchanges& exchanges) {
  if (exchanges.empty()) return Turn::ask(post(account, "/getquota", Json::Array{}));
  const auto& response = exchanges.back().response;
  if (auto ended = trouble(response, Asked::Question)) return Turn::end(std::move(*ended));
  const auto& http = std::get<HttpResponse>(response);
  const auto body = parse_json(http.body);
  if (!body || !(*body)["code"].is_integer()) {
    if (http.status >= 400) {
      return Turn::end(outcome(Kind::Refused, "HTTP " + std::to_string(http.status)));
    }
    return Turn::end(unreadable(Asked::Question));
  }
  const auto& data = (*body)["data"];
  if (const auto code = (*body)["code"].integer(); code != 0) {
    const auto& errors = data["errors"].items();
    return Turn::end(track17::outcome_of_error(
        code, errors.empty() ? "" : errors.front()["message"].string(), true));
  }
  if (!data["quota_remain"].is_integer()) return Turn::end(unreadable(Asked::Question));
  return Turn::end(outcome(Kind::Done, data["quota_remain"].digits() + " registrations are left"));
}

/// Their signature is a plain SHA-256 of body, slash and key in hexadecimal, no HMAC (document
/// v2.4, "Webhook", "Signature").
bool signed_with(const Inbound& inbound, const std::string& key) {
  const auto expected = hex(sha256(inbound.body + "/" + key));
  if (planted("a tracker's signature is not looked at")) return true;
  return equal_in_constant_time(expected, lower(header(inbound.headers, "sign")));
}

Status verify(const Account& account, const Inbound& inbound) {
  return signed_by_account(account, inbound, "sign", "api_key", signed_with,
                           "compare the key in 17TRACK's console with the account's api_key");
}

void name(const Json& body, Delivery& delivery) {
  delivery.topic = clipped(body["event"].string(), 60);
  const bool known = delivery.topic == "TRACKING_UPDATED" || delivery.topic == "TRACKING_STOPPED";
  const bool numbered = !body["data"]["number"].string().empty();
  if (!known)
    delivery.problem = "not an event this connector knows";
  else if (!numbered)
    delivery.problem = "the event names no number";
}

Result<std::vector<Command>> read(const Account& account, const Json& body,
                                  const Delivery& delivery, const Inbound& inbound) {
  const auto& data = body["data"];
  if (delivery.topic == "TRACKING_STOPPED") {
    return std::vector<Command>{
        track17::stopped(account, data, delivery.dedupe_key, inbound.received_at)};
  }
  if (!data["track_info"].is_object()) {
    return fail(ErrorCode::Invalid, "the update holds no track_info", "data.track_info");
  }
  std::vector<Command> commands;
  if (auto command = track17::tracking_of(account, data, inbound.received_at)) {
    commands.push_back(std::move(*command));
  }
  return commands;
}

/// They number no delivery, so the bytes themselves are what makes two of them one.
constexpr SignedMessages pushes{verify, nullptr, name, read};

Result<Delivery> receive(const Account& account, const Inbound& inbound) {
  return receive_signed(pushes, account, inbound);
}

Result<std::vector<Command>> read_push(const Account& account, const Inbound& inbound) {
  return read_signed(pushes, account, inbound);
}

}  // namespace

const TrackingConnector track17_tracking = {
    .kind = "17track",
    .capabilities = {.idempotent = true,
                     .find_by_reference = true,
                     .cancel = false,
                     .ordered = false,
                     .requests_per_minute = 180,
                     .burst = 3},
    .settings = settings,
    .receive = receive,
    .read_push = read_push,
    .register_number = register_number,
    .read_number = read_number,
    .probe = probe,
};

}  // namespace holdfast::connectors
