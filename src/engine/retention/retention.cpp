#include "engine/retention/retention.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "engine/evidence/checkpoint.h"

namespace holdfast::engine {
namespace {

const std::string erasure_kind = "erasure";

}  // namespace

Instant keep_until(const Policy& policy, std::string_view record, Instant from) {
  for (const auto& rule : policy.retention) {
    if (rule.record == record) return from + days(rule.keep_days);
  }
  return {};
}

Result<Purge> purge(ports::Store& store, TenantId tenant, Instant now, const Policy& policy,
                    std::size_t limit) {
  const auto raw = std::ranges::find(policy.retention, "raw_messages", &RetentionPolicy::record);
  if (raw == policy.retention.end()) {
    return fail(ErrorCode::Invalid, "the policy does not say how long raw messages are kept",
                "retention", "add an entry for raw_messages");
  }
  auto due = store.expired({tenant, now, now - days(raw->keep_days), limit});
  if (!due) return fail(due.error());
  Purge found;
  found.more = due->inbox_bodies.size() >= limit || due->sealed.size() >= limit ||
               due->records.size() >= limit;
  for (auto& key : due->sealed) {
    const bool of_buyer = key.kind == "buyer" || key.kind == "key";
    if (of_buyer && key.stream.kind == ports::StreamKind::Order) {
      if (std::ranges::find(found.erase, key.stream) == found.erase.end()) {
        found.erase.push_back(key.stream);
      }
    } else {
      found.rows.drop_sealed_rows.push_back(std::move(key));
    }
  }
  found.rows.drop_inbox_bodies = std::move(due->inbox_bodies);
  found.rows.drop_records = std::move(due->records);
  return found;
}

ports::RecordRow erasure_row(TenantId tenant, const Erasure& erasure) {
  return {tenant,
          erasure_kind,
          erasure.channel + "/" + erasure.channel_order,
          erasure_line(erasure),
          {}};
}

std::string erasure_line(const Erasure& erasure) {
  Json json;
  json.set("channel", erasure.channel);
  json.set("channel_order", erasure.channel_order);
  json.set("at", to_text(erasure.at));
  json.set("by", erasure.by);
  return to_text(json);
}

Status write_ledger(const std::string& data_folder, const ports::Batch& batch) {
  if (data_folder.empty()) return {};
  for (const auto& row : batch.put_records) {
    if (row.kind != erasure_kind) continue;
    if (auto status = append_line(data_folder + "/erasures.jsonl", row.bytes); !status) {
      return status;
    }
  }
  return {};
}

Result<Erasure> read_erasure(std::string_view line) {
  auto json = parse_json(line);
  if (!json) return fail(json.error());
  auto at = parse_instant((*json)["at"].string());
  if (!at || (*json)["channel_order"].string().empty()) {
    return fail(ErrorCode::Invalid, "not a line of a ledger of erasures", "erasures.jsonl",
                "repair the line: what it names must be erased again");
  }
  return Erasure{(*json)["channel"].string(), (*json)["channel_order"].string(), *at,
                 (*json)["by"].string()};
}

Result<std::vector<ports::StreamKey>> still_to_erase(ports::Store& store, TenantId tenant,
                                                     std::string_view ledger) {
  std::vector<ports::StreamKey> streams;
  for (const auto line : split(ledger, '\n')) {
    if (trim(line).empty()) continue;
    auto erasure = read_erasure(line);
    if (!erasure) return fail(erasure.error());
    auto stream = store.reference(tenant, "order:" + erasure->channel, erasure->channel_order);
    if (!stream) return fail(stream.error());
    if (!*stream) continue;
    auto sealed = store.sealed(**stream);
    if (!sealed) return fail(sealed.error());
    if (!sealed->empty()) streams.push_back(**stream);
  }
  std::ranges::sort(streams);
  const auto repeated = std::ranges::unique(streams);
  streams.erase(repeated.begin(), repeated.end());
  return streams;
}

}  // namespace holdfast::engine
