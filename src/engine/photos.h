#pragma once
// Photos: files in the data folder, sealed with their order's key and named by the SHA-256 of what
// they show, so that erasing the order makes them unreadable and removes them. A listing's pictures
// lie beside them. Everybody who reads or writes one comes here; nothing else may know where they
// lie.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/vault.h"

namespace holdfast::engine {

/// Sealed rows that name a stream's photos are of kinds that begin so; the rest is the SHA-256.
inline constexpr std::string_view photo_kind = "photo:";

/// The folder photos lie in, within a data folder.
std::string photos_folder(const std::string& data_folder);

/// The record by which a photo's order is found from its SHA-256 in hexadecimal.
ports::RecordKey photo_key(const ports::StreamKey& stream, const std::string& sha256);

/// Where photos are read and written: a store, its vault and its data folder, which outlive it.
struct PhotoPlace {
  ports::Store& store;
  const Vault& vault;
  std::string data_folder;
};

/// Writes a photo's file, whole or not at all, and adds the rows that find it. `keep_until` is when
/// retention removes it, 0 for never. NotFound when the order has no data key (unknown, or erased);
/// Unavailable when the disk refuses.
Status keep_photo(const PhotoPlace& place, ports::Entropy& entropy, const ports::StreamKey& stream,
                  std::string_view bytes, Instant keep_until, ports::Batch& batch);

/// One order's photo; NotFound when there is none, any more.
Result<std::string> read_photo(const PhotoPlace& place, const ports::StreamKey& stream,
                               const std::string& sha256);

/// A photo of whatever order has it, among those that are `allowed`; NotFound when there is none,
/// any more.
Result<std::string> find_photo(const PhotoPlace& place, TenantId tenant, const std::string& sha256,
                               const std::function<bool(const ports::StreamKey&)>& allowed);

/// Writes a picture of a listing, whole or not at all: it belongs to an SKU, not to an order, and
/// is sealed with the tenant's key. Unavailable when the disk refuses.
Status keep_listing_photo(const PhotoPlace& place, ports::Entropy& entropy, const std::string& sku,
                          std::string_view bytes);

/// An SKU's picture; NotFound when there is none, any more.
Result<std::string> read_listing_photo(const PhotoPlace& place, const std::string& sku,
                                       const std::string& sha256);

/// Removes an SKU's picture. What the disk refuses stays, and is logged.
void remove_listing_photo(const std::string& data_folder, const std::string& sku,
                          const std::string& sha256);

/// Removes files whose rows are gone. What the disk refuses stays, unreadable, and is logged.
void remove_photos(const std::string& data_folder, const ports::StreamKey& stream,
                   const std::vector<std::string>& sha256s);

}  // namespace holdfast::engine
