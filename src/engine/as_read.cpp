#include "engine/as_read.h"

#include <algorithm>
#include <ranges>

namespace holdfast::engine {
namespace {

bool same(const auto& row, const ports::RecordKey& key) {
  return row.tenant == key.tenant && row.kind == key.kind && row.key == key.key;
}

/// What a key's record will say once the batch is written; nothing when there will be none.
Result<std::optional<std::string>> bytes_after(ports::Store& store, const ports::Batch& batch,
                                               const ports::RecordKey& key) {
  using Bytes = std::optional<std::string>;
  const auto is_it = [&](const auto& row) { return same(row, key); };
  // Stores drop after they put.
  if (std::ranges::any_of(batch.drop_records, is_it)) return Bytes{};
  const auto put = batch.put_records | std::views::reverse;
  const auto last = std::ranges::find_if(put, is_it);
  if (last != put.end()) return Bytes(last->bytes);
  auto row = store.record(key);
  if (!row) return fail(row.error());
  return *row ? Bytes(std::move((*row)->bytes)) : Bytes{};
}

bool fits(const AsRead& record, const std::optional<std::string>& bytes) {
  switch (record.must) {
    case AsRead::Must::BeThere:
      return bytes.has_value();
    case AsRead::Must::BeAsRead:
      return bytes == record.bytes;
    case AsRead::Must::BeAbsent:
      return !bytes;
  }
  return false;
}

}  // namespace

AsRead as_read(ports::RecordKey key, const std::optional<ports::RecordRow>& row) {
  if (!row) return absent(std::move(key));
  return {std::move(key), AsRead::Must::BeAsRead, row->bytes};
}

AsRead absent(ports::RecordKey key) { return {std::move(key), AsRead::Must::BeAbsent}; }

AsRead present(ports::RecordKey key) { return {std::move(key), AsRead::Must::BeThere}; }

Status still_as_read(ports::Store& store, const ports::Batch& batch,
                     const std::vector<AsRead>& records) {
  for (const auto& record : records) {
    const auto bytes = bytes_after(store, batch, record.key);
    if (!bytes) return fail(bytes.error());
    if (fits(record, *bytes)) continue;
    return fail(ErrorCode::Conflict, "This was changed by somebody else at the same moment.", "",
                "look at it again, then repeat what you did");
  }
  return {};
}

void add_records(ports::Batch& batch, const std::vector<ports::RecordRow>& rows,
                 const std::vector<ports::RecordKey>& drop) {
  std::erase_if(batch.drop_records, [&](const ports::RecordKey& key) {
    return std::ranges::any_of(rows, [&](const auto& row) { return same(row, key); });
  });
  batch.put_records.insert(batch.put_records.end(), rows.begin(), rows.end());
  batch.drop_records.insert(batch.drop_records.end(), drop.begin(), drop.end());
}

}  // namespace holdfast::engine
