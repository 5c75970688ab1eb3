#include "engine/promise_notes.h"

#include "model/codec.h"

namespace holdfast::engine {
namespace {

constexpr const char* listing_photo_kind = "listing_photo";
constexpr const char* equivalent_kind = "equivalent";
constexpr std::size_t page = 250;

std::string key_of(const auto& item) {
  return item.sku + "\n" + item.supplier + "\n" + item.supplier_sku;
}

template <class T>
Result<T> note_of(const ports::RecordRow& row) {
  const auto json = parse_json(row.bytes);
  T note;
  const auto status = json ? codec::read(*json, note) : Status(fail(json.error()));
  if (!status) return fail(within(status.error(), row.kind + " " + row.key));
  return note;
}

template <class T>
Result<std::vector<T>> notes(ports::Store& store, TenantId tenant, const char* kind,
                             const std::string& sku, std::size_t most) {
  const auto start = sku + "\n";
  const auto rows = store.records(tenant, kind, start, most);
  if (!rows) return fail(rows.error());
  std::vector<T> found;
  for (const auto& row : *rows) {
    if (!row.key.starts_with(start)) break;
    auto note = note_of<T>(row);
    if (!note) return fail(note.error());
    found.push_back(std::move(*note));
  }
  return found;
}

}  // namespace

ports::RecordRow listing_photo_row(TenantId tenant, const ListingPhoto& photo) {
  return {tenant, listing_photo_kind, photo.sku + "\n" + photo.sha256, codec::encode(photo), {}};
}

ports::RecordRow equivalent_row(TenantId tenant, const Equivalent& found) {
  return {tenant, equivalent_kind, key_of(found), codec::encode(found), {}};
}

Result<std::vector<ListingPhoto>> listing_photos(ports::Store& store, TenantId tenant,
                                                 const std::string& sku, std::size_t most) {
  return notes<ListingPhoto>(store, tenant, listing_photo_kind, sku, most);
}

Result<std::vector<ListingPhoto>> every_listing_photo(ports::Store& store, TenantId tenant,
                                                      std::size_t most) {
  std::vector<ListingPhoto> photos;
  std::string after;
  while (photos.size() < most) {
    const auto rows = store.records(tenant, listing_photo_kind, after, page);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      auto photo = note_of<ListingPhoto>(row);
      if (!photo) return fail(photo.error());
      photos.push_back(std::move(*photo));
    }
    if (rows->size() < page) break;
    after = rows->back().key;
  }
  return photos;
}

Result<std::vector<Equivalent>> equivalents(ports::Store& store, TenantId tenant,
                                            const std::string& sku, std::size_t most) {
  return notes<Equivalent>(store, tenant, equivalent_kind, sku, most);
}

Result<std::optional<Equivalent>> equivalent_of(ports::Store& store, TenantId tenant,
                                                const std::string& sku, const std::string& supplier,
                                                const std::string& supplier_sku) {
  Equivalent asked;
  asked.sku = sku;
  asked.supplier = supplier;
  asked.supplier_sku = supplier_sku;
  const auto row = store.record({tenant, equivalent_kind, key_of(asked)});
  if (!row) return fail(row.error());
  if (!*row) return std::optional<Equivalent>();
  auto found = note_of<Equivalent>(**row);
  if (!found) return fail(found.error());
  return std::optional(std::move(*found));
}

std::string item_key(const Offer& offer) { return key_of(offer); }

Result<std::set<std::string>> unlike_items(ports::Store& store, TenantId tenant) {
  std::set<std::string> unlike;
  std::string after;
  while (true) {
    const auto rows = store.records(tenant, equivalent_kind, after, page);
    if (!rows) return fail(rows.error());
    for (const auto& row : *rows) {
      const auto found = note_of<Equivalent>(row);
      if (!found) return fail(found.error());
      if (!found->equivalent) unlike.insert(row.key);
    }
    if (rows->size() < page) return unlike;
    after = rows->back().key;
  }
}

}  // namespace holdfast::engine
