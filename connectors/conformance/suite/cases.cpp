#include "connectors/conformance/suite/cases.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/hash.h"
#include "base/text.h"
#include "connectors/conformance/suite/match.h"

namespace holdfast::conformance {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Result<Json> read_json(const fs::path& path) {
  auto json = parse_json(read_file(path));
  if (json) json = expanded(*json);
  if (!json) return fail(within(json.error(), path.filename().string()));
  return json;
}

void lay_over(ports::Account& account, const Json& json) {
  if (json["id"].is_string()) account.id = json["id"].string();
  for (const auto& [key, value] : json["settings"].members())
    account.settings[key] = value.string();
  for (const auto& [key, value] : json["secrets"].members()) account.secrets[key] = value.string();
}

ports::Account base_account(const Folder& folder) {
  ports::Account account;
  for (const auto& setting : *folder.settings) {
    if (!setting.secret && *setting.standard) account.settings[setting.key] = setting.standard;
  }
  return account;
}

/// Headers of a case: an object, or pairs where one stands twice.
ports::Headers headers_of(const Json& json) {
  ports::Headers headers;
  for (const auto& [name, value] : json.members()) headers.emplace_back(name, value.string());
  for (const auto& pair : json.items()) {
    headers.emplace_back(pair.items().at(0).string(), pair.items().at(1).string());
  }
  return headers;
}

std::string signature(const std::string& algorithm, const std::string& key,
                      const std::string& body) {
  if (algorithm == "hmac-sha256-base64") return base64(hmac_sha256(key, body));
  if (algorithm == "hmac-sha256-hex") return hex(hmac_sha256(key, body));
  if (algorithm == "sha256-slash-hex") return hex(sha256(body + "/" + key));
  return "unknown algorithm " + algorithm;
}

std::string form_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += from_hex(text.substr(i + 1, 2)).value_or("?");
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

Json form_of(std::string_view body) {
  Json form = Json::Object{};
  for (const auto pair : split(body, '&')) {
    const auto equals = pair.find('=');
    const auto value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
    form.set(form_decoded(pair.substr(0, equals)), form_decoded(value));
  }
  return form;
}

Json mail_json(const ports::MailRequest& mail) {
  Json files = Json::Array{};
  for (const auto& file : mail.attachments) {
    files.push(
        Json::Object{{"name", file.name}, {"media_type", file.media_type}, {"bytes", file.bytes}});
  }
  Json headers = Json::Object{};
  for (const auto& [name, value] : mail.headers) headers.set(name, value);
  return Json::Object{{"server", mail.server},
                      {"user", mail.user},
                      {"password", mail.password},
                      {"from", mail.from},
                      {"to", mail.to},
                      {"reply_to", mail.reply_to},
                      {"subject", mail.subject},
                      {"text", mail.text},
                      {"html", mail.html},
                      {"message_id", mail.message_id},
                      {"attachments", files},
                      {"headers", headers},
                      {"greet_only", mail.greet_only}};
}

Json http_json(const ports::HttpRequest& request, const Json& expected) {
  Json headers = Json::Object{};
  for (const auto& [name, value] : request.headers) {
    std::string spelled = name;  // as the case spells it: names compare without case
    for (const auto& [wanted, unused] : expected["headers"].members()) {
      if (lower(wanted) == lower(name)) spelled = wanted;
    }
    headers.set(spelled, value);
  }
  Json out;
  out.set("method", request.method);
  out.set("url", request.url);
  out.set("headers", std::move(headers));
  auto body = expected.find("text") ? fail(ErrorCode::Invalid, "") : parse_json(request.body);
  if (expected.find("form"))
    out.set("form", form_of(request.body));
  else if (body)
    out.set("json", std::move(*body));
  else
    out.set("text", request.body);
  return out;
}

Json texts(const std::vector<std::string>& values) {
  Json out = Json::Array{};
  for (const auto& value : values) out.push(value);
  return out;
}

const char* name_of_kind(ports::Outcome::Kind kind) {
  switch (kind) {
    case ports::Outcome::Kind::Done:
      return "done";
    case ports::Outcome::Kind::Refused:
      return "refused";
    case ports::Outcome::Kind::Unknown:
      return "unknown";
    case ports::Outcome::Kind::NotSent:
      return "not_sent";
  }
  return "";
}

const char* name_of_meaning(ports::Delivery::Meaning meaning) {
  switch (meaning) {
    case ports::Delivery::Meaning::Refetch:
      return "refetch";
    case ports::Delivery::Meaning::Uninstalled:
      return "uninstalled";
    case ports::Delivery::Meaning::Redact:
      return "redact";
    case ports::Delivery::Meaning::DataRequest:
      return "data_request";
    case ports::Delivery::Meaning::Ping:
      return "ping";
    case ports::Delivery::Meaning::Commands:
      return "commands";
  }
  return "";
}

/// The text behind "= ", without quotes; the file holds no escapes.
std::string toml_value(std::string_view line) {
  auto value = trim(line.substr(line.find('=') + 1));
  if (!value.starts_with('"')) return std::string(value);
  value.remove_prefix(1);
  return std::string(value.substr(0, value.find('"')));
}

}  // namespace

Result<std::vector<Case>> cases_of(const Folder& folder) {
  std::vector<Case> cases;
  const auto dir = connectors_dir() / folder.name / "cases";
  if (!fs::is_directory(dir)) return cases;
  auto account = base_account(folder);
  auto base = read_json(dir / "account.json");
  if (!base) return fail(base.error());
  lay_over(account, *base);
  for (const auto& entry : fs::directory_iterator(dir)) {
    const auto name = entry.path().filename().string();
    if (!name.ends_with(".json") || name == "account.json") continue;
    auto json = read_json(entry.path());
    if (!json) return fail(json.error());
    if (!(*json)["ability"].is_string()) return fail(ErrorCode::Invalid, "no ability", name);
    Case one{folder.name + "/cases/" + name, std::move(*json), account};
    lay_over(one.account, one.json["account"]);
    cases.push_back(std::move(one));
  }
  std::ranges::sort(cases, {}, &Case::file);
  return cases;
}

Result<std::vector<StatedSetting>> stated_settings(const Folder& folder) {
  std::vector<StatedSetting> settings;
  const auto text = read_file(connectors_dir() / folder.name / "account.toml");
  for (const auto raw : split(text, '\n')) {
    const auto line = trim(raw);
    if (line.empty() || line.starts_with('#')) continue;
    if (line == "[[setting]]") {
      settings.emplace_back();
      continue;
    }
    const auto key = trim(line.substr(0, line.find('=')));
    if (settings.empty()) return fail(ErrorCode::Invalid, "a line before [[setting]]");
    auto& setting = settings.back();
    const auto value = toml_value(line);
    if (key == "key")
      setting.key = value;
    else if (key == "meaning")
      setting.meaning = value;
    else if (key == "required")
      setting.required = value == "true";
    else if (key == "secret")
      setting.secret = value == "true";
    else if (key == "address")
      setting.address = value == "true";
    else if (key == "standard")
      setting.standard = value;
    else
      return fail(ErrorCode::Invalid, "unknown key", std::string(key));
  }
  return settings;
}

ports::Response response_of(const Json& exchange) {
  const auto& json = exchange["response"];
  if (const auto* failure = json.find("failure")) {
    return ports::TransportFailure{(*failure)["may_have_arrived"].boolean(),
                                   (*failure)["detail"].string()};
  }
  if (json.find("code")) {
    return ports::MailResponse{static_cast<int>(json["code"].integer()), json["text"].string()};
  }
  return ports::HttpResponse{static_cast<int>(json["status"].integer()),
                             headers_of(json["headers"]), body_of(json)};
}

std::string body_of(const Json& message) {
  if (const auto* json = message.find("json")) return to_text(*json);
  return message["text"].string();
}

ports::Inbound inbound_of(const Case& one, const std::string* body, bool sign_again) {
  const auto& json = one.json["inbound"];
  const auto recorded = body_of(json);
  ports::Inbound inbound;
  inbound.method = json["method"].is_string() ? json["method"].string() : "POST";
  inbound.path = json["path"].string();
  inbound.query = json["query"].string();
  inbound.headers = headers_of(json["headers"]);
  inbound.body = body ? *body : recorded;
  inbound.received_at = parse_instant(json["received_at"].string()).value_or(Instant{});
  for (const auto& sign : one.json["sign"].items()) {
    const auto key = sign["key"].is_string() ? sign["key"].string()
                                             : one.account.secret(sign["secret"].string());
    inbound.headers.emplace_back(
        sign["header"].string(),
        signature(sign["algorithm"].string(), key, sign_again ? inbound.body : recorded));
  }
  return inbound;
}

Json json_of(const ports::Request& request, const Json& expected) {
  if (const auto* http = std::get_if<ports::HttpRequest>(&request)) {
    return http_json(*http, expected);
  }
  Json out;
  out.set("mail", mail_json(std::get<ports::MailRequest>(request)));
  return out;
}

Json json_of(const std::vector<Command>& commands) {
  Json out = Json::Array{};
  for (const auto& command : commands) {
    out.push(parse_json(encode_command(command)).value_or(Json()));
  }
  return out;
}

Json json_of(const ports::Outcome& outcome) {
  Json orders = Json::Array{};
  for (const auto& order : outcome.orders) {
    const Command command = ChannelCommand(ObserveOrder{order, ""});
    orders.push(parse_json(encode_command(command)).value_or(Json())["order"]);
  }
  Json out;
  out.set("kind", name_of_kind(outcome.kind));
  out.set("detail", outcome.detail);
  out.set("retry_after", to_text(outcome.retry_after));
  out.set("commands", json_of(outcome.commands));
  out.set("orders", std::move(orders));
  out.set("order_ids", texts(outcome.order_ids));
  Json changed = Json::Array{};
  for (const auto at : outcome.changed_at) changed.push(to_text(at));
  out.set("changed_at", std::move(changed));
  out.set("cursor", outcome.cursor);
  out.set("token", outcome.token);
  out.set("token_lifetime", to_text(outcome.token_lifetime));
  out.set("budget_left", outcome.budget_left);
  out.set("budget_wait", to_text(outcome.budget_wait));
  return out;
}

Json json_of(const ports::Delivery& delivery) {
  return Json::Object{{"dedupe_key", delivery.dedupe_key},
                      {"event_key", delivery.event_key},
                      {"topic", delivery.topic},
                      {"order_id", delivery.order_id},
                      {"understood", delivery.understood},
                      {"problem", delivery.problem},
                      {"meaning", name_of_meaning(delivery.meaning)}};
}

}  // namespace holdfast::conformance
