#include "connectors/suppliers/http_json/callback.h"

#include <charconv>

#include "base/hash.h"
#include "base/text.h"

namespace holdfast::connectors::http_json {
namespace {

tl::unexpected<Error> refused(const char* what, const char* where) {
  return fail(ErrorCode::Unauthentic, what, where,
              "sign callbacks by Standard Webhooks 1.0 with the account's callback_secret");
}

/// The key's bytes: base64 after an optional "whsec_"; empty when it is not base64.
std::string key_of(std::string_view secret) {
  if (secret.starts_with("whsec_")) secret.remove_prefix(6);
  const auto bytes = from_base64(secret);
  return bytes ? *bytes : "";
}

bool fresh(std::string_view timestamp, Instant now) {
  std::int64_t told = 0;
  const auto [end, problem] =
      std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), told);
  if (problem != std::errc() || end != timestamp.data() + timestamp.size()) return false;
  if (told < 0 || told > 100'000'000'000) return false;
  return std::abs(now.ms - told * 1000) <= callback_window.ms;
}

bool signed_with(std::string_view secret, const std::string& content, std::string_view header) {
  const auto key = key_of(secret);
  if (key.empty()) return false;
  const auto expected = "v1," + base64(hmac_sha256(key, content));
  bool found = false;
  for (const auto part : split(header, ' ')) found |= equal_in_constant_time(expected, part);
  return found;
}

}  // namespace

Status verify_callback(const ports::Inbound& inbound, const std::vector<std::string>& secrets) {
  for (const char* name : {"webhook-id", "webhook-timestamp", "webhook-signature"}) {
    if (ports::header_count(inbound.headers, name) != 1) {
      return refused("a signing header is missing or stands twice", name);
    }
  }
  const auto id = ports::header(inbound.headers, "webhook-id");
  const auto timestamp = ports::header(inbound.headers, "webhook-timestamp");
  // A full stop in the id would let two different messages have one signed text.
  if (id.empty() || id.size() > 200 || id.find('.') != id.npos) {
    return refused("the message's id is not usable", "webhook-id");
  }
  if (!fresh(timestamp, inbound.received_at)) {
    return refused("the message's time is outside the window", "webhook-timestamp");
  }
  const auto content = std::string(id) + "." + std::string(timestamp) + "." + inbound.body;
  const auto signature = ports::header(inbound.headers, "webhook-signature");
  bool authentic = false;
  for (const auto& secret : secrets) {
    authentic |= !secret.empty() && signed_with(secret, content, signature);
  }
  if (!authentic) return refused("no signature fits the account's secret", "webhook-signature");
  return {};
}

}  // namespace holdfast::connectors::http_json
