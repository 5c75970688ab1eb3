#include "engine/products.h"

#include "model/codec.h"

namespace holdfast::engine {
namespace {

constexpr const char* kind = "listing";
constexpr std::size_t page = 250;
constexpr std::size_t most_known = 100'000;

std::string key_of(const Listing& listing) { return listing.channel + "\n" + listing.sku; }

std::string promise_of(const Listing& listing) { return listing.title + "\n" + listing.variant; }

Result<Listing> read_row(const ports::RecordRow& row) {
  const auto json = parse_json(row.bytes);
  Listing listing;
  const auto status = json ? codec::read(*json, listing) : Status(fail(json.error()));
  if (!status) return fail(within(status.error(), "listing " + row.key));
  return listing;
}

}  // namespace

Status Products::note(ports::Store& store, TenantId tenant, const Listing& listing,
                      ports::Batch& batch) {
  auto key = key_of(listing);
  auto promise = promise_of(listing);
  const auto known = known_.find(key);
  if (known != known_.end() && known->second == promise) return {};
  if (known == known_.end()) {
    const auto row = store.record({tenant, kind, key});
    if (!row) return fail(row.error());
    if (*row) {
      const auto stored = read_row(**row);
      if (stored && promise_of(*stored) == promise) {
        known_.emplace(std::move(key), std::move(promise));
        return {};
      }
    }
  }
  batch.put_records.push_back({tenant, kind, std::move(key), codec::encode(listing), {}});
  return {};
}

void Products::wrote(const ports::RecordRow& row) {
  if (row.kind != kind) return;
  const auto listing = read_row(row);
  if (!listing) return;
  if (known_.size() >= most_known) known_.clear();
  known_.insert_or_assign(row.key, promise_of(*listing));
}

void add_goods_rows(const ports::EventRow& row, const Event& event, const std::string& channel,
                    std::set<std::string>& seen, ports::Batch& batch) {
  const auto list = [&](const OrderLine& line) {
    const Listing listing{channel, line.sku, line.title, line.variant, row.stream.id, row.at};
    if (line.sku.empty() || !seen.insert(key_of(listing)).second) return;
    batch.put_records.push_back(
        {row.stream.tenant, kind, key_of(listing), codec::encode(listing), {}});
  };
  if (const auto* imported = event.as<OrderImported>()) {
    for (const auto& line : imported->lines) list(line);
  } else if (const auto* added = event.as<LineAdded>()) {
    list(added->line);
  } else if (const auto* drafted = event.as<PurchaseOrderDrafted>()) {
    batch.add_search.push_back({row.stream, supplier_token(drafted->supplier)});
  }
}

Result<std::vector<Listing>> listings(ports::Store& store, TenantId tenant, std::size_t most) {
  std::vector<Listing> found;
  std::string after;
  while (found.size() < most) {
    const auto rows = store.records(tenant, kind, after, page);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      auto listing = read_row(row);
      if (!listing) return fail(listing.error());
      found.push_back(std::move(*listing));
    }
    if (rows->size() < page) break;
    after = rows->back().key;
  }
  return found;
}

std::string supplier_token(std::string_view supplier) {
  return "=supplier:" + std::string(supplier);
}

}  // namespace holdfast::engine
