#include "engine/envelope.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace holdfast::engine {
namespace {

using Meaning = ports::Delivery::Meaning;

constexpr std::array<std::pair<Meaning, const char*>, 6> meanings{{
    {Meaning::Refetch, "refetch"},
    {Meaning::Uninstalled, "uninstalled"},
    {Meaning::Redact, "redact"},
    {Meaning::DataRequest, "data_request"},
    {Meaning::Ping, "ping"},
    {Meaning::Commands, "commands"},
}};

constexpr std::size_t most_headers = 64;

bool is_credential(const std::string& name) {
  const auto key = lower(name);
  return key == "authorization" || key == "cookie" || key.find("signature") != std::string::npos ||
         key.find("hmac") != std::string::npos || key == "sign";
}

}  // namespace

std::string encode_envelope(const ports::Inbound& inbound, const ports::Delivery& delivery) {
  Json json;
  json.set("method", inbound.method);
  json.set("path", inbound.path);
  json.set("query", inbound.query);
  Json headers{Json::Array{}};
  for (const auto& [name, value] : inbound.headers) {
    if (is_credential(name) || headers.items().size() >= most_headers) continue;
    headers.push(Json(Json::Array{Json(name), Json(std::string(clipped(value, 500)))}));
  }
  json.set("headers", std::move(headers));
  for (const auto& [meaning, name] : meanings) {
    if (meaning == delivery.meaning) json.set("meaning", name);
  }
  return to_text(json);
}

ports::Inbound decode_envelope(const std::string& envelope, std::string body, Instant received_at) {
  ports::Inbound inbound;
  const auto json = parse_json(envelope);
  if (json) {
    inbound.method = (*json)["method"].string();
    inbound.path = (*json)["path"].string();
    inbound.query = (*json)["query"].string();
    for (const auto& header : (*json)["headers"].items()) {
      if (header.items().size() != 2) continue;
      inbound.headers.emplace_back(header.items()[0].string(), header.items()[1].string());
    }
  }
  inbound.body = std::move(body);
  inbound.received_at = received_at;
  return inbound;
}

ports::Delivery::Meaning meaning_of(const std::string& envelope) {
  const auto json = parse_json(envelope);
  for (const auto& [meaning, name] : meanings) {
    if (json && (*json)["meaning"].string() == name) return meaning;
  }
  return Meaning::Refetch;
}

}  // namespace holdfast::engine
