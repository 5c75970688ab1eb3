#include "engine/received.h"

#include <array>
#include <cstdio>
#include <limits>

#include "base/json.h"
#include "base/text.h"
#include "engine/views/history.h"

namespace holdfast::engine {
namespace {

constexpr const char* kind = "received";

std::string place_of(const ports::StreamKey& order) { return stream_text(order) + "/"; }

/// Keys grow as numbers fall, so that a page begins with the newest.
std::string key_of(const ports::StreamKey& order, std::int64_t seq) {
  std::array<char, 24> turned{};
  std::snprintf(turned.data(), turned.size(), "%019lld",
                static_cast<long long>(std::numeric_limits<std::int64_t>::max() - seq));
  return place_of(order) + turned.data();
}

}  // namespace

std::vector<ports::RecordRow> received_rows(TenantId tenant, const Received& message,
                                            std::string_view about, Instant until) {
  Json json;
  json.set("seq", message.seq);
  json.set("account", message.account);
  json.set("topic", message.topic);
  json.set("received_at", to_text(message.received_at));
  std::vector<ports::RecordRow> rows;
  for (const auto id : split(about, ',')) {
    const auto stream = parse_stream(tenant, id);
    if (!stream || stream->kind != ports::StreamKind::Order) continue;
    rows.push_back({tenant, kind, key_of(*stream, message.seq), to_text(json), until});
  }
  return rows;
}

Result<std::vector<Received>> received_about(ports::Store& store, const ports::StreamKey& order,
                                             std::int64_t before, std::size_t limit) {
  const auto place = place_of(order);
  const auto after = before == 0 ? place : key_of(order, before);
  const auto rows = store.records(order.tenant, kind, after, limit);
  if (!rows) return fail(rows.error());
  std::vector<Received> found;
  for (const auto& row : *rows) {
    if (!row.key.starts_with(place)) break;
    const auto json = parse_json(row.bytes);
    if (!json) return fail(within(json.error(), row.key));
    const auto at = parse_instant((*json)["received_at"].string());
    if (!at) return fail(within(at.error(), row.key));
    found.push_back(
        {(*json)["seq"].integer(), (*json)["account"].string(), (*json)["topic"].string(), *at});
  }
  return found;
}

}  // namespace holdfast::engine
