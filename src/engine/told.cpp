#include "engine/told.h"

#include "base/json.h"

namespace holdfast::engine {
namespace {

/// One event asks for one message; its number is the message's.
std::string kind_of(std::int64_t seq) { return "told:" + std::to_string(seq); }

}  // namespace

Status keep_told(const Vault& vault, ports::Entropy& entropy, const ports::StreamKey& stream,
                 std::string_view sealed_key, std::int64_t seq, const ToldText& told,
                 Instant keep_until, ports::Batch& batch) {
  Json json;
  json.set("language", told.language);
  json.set("subject", told.subject);
  json.set("text", told.text);
  json.set("at", to_text(told.at));
  auto sealed = vault.seal(stream, sealed_key, kind_of(seq), to_text(json), entropy);
  if (!sealed) return fail(sealed.error());
  batch.put_sealed.push_back({stream, kind_of(seq), std::move(*sealed), keep_until});
  return {};
}

Result<ToldText> read_told(ports::Store& store, const Vault& vault, const ports::StreamKey& stream,
                           std::int64_t seq) {
  auto rows = store.sealed(stream);
  if (!rows) return fail(rows.error());
  const auto kind = kind_of(seq);
  std::string key, sealed;
  for (const auto& row : *rows) {
    if (row.kind == "key") key = row.bytes;
    if (row.kind == kind) sealed = row.bytes;
  }
  if (key.empty() || sealed.empty()) {
    return fail(ErrorCode::NotFound, "nothing of this message is kept");
  }
  const auto bytes = vault.unseal(stream, key, kind, sealed);
  if (!bytes) return fail(bytes.error());
  const auto json = parse_json(*bytes);
  if (!json) return fail(json.error());
  const auto at = parse_instant((*json)["at"].string());
  if (!at) return fail(at.error());
  return ToldText{(*json)["language"].string(), (*json)["subject"].string(),
                  (*json)["text"].string(), *at};
}

}  // namespace holdfast::engine
