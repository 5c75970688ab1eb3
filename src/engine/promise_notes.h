#pragma once
// Promise notes: what people add to a listing beside the orders that state it. Pictures of what it
// promises, and which suppliers' items were compared with it and found to keep it or not. They are
// for whoever looks at goods or at a case; routing asks only whether an offer is suspended.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/instant.h"
#include "model/values.h"
#include "ports/store.h"

namespace holdfast::engine {

/// One picture of what a listing promises.
struct ListingPhoto {
  std::string sku;
  std::string sha256;  // in hexadecimal, of what it shows
  std::string by;
  Instant at;

  static void each(auto& self, auto& visit) {
    visit("sku", self.sku);
    visit("sha256", self.sha256);
    visit("by", self.by);
    visit("at", self.at);
  }
};

/// What somebody found who compared a supplier's item with the listing: whether it looks, works and
/// comes with the same.
struct Equivalent {
  std::string sku;
  std::string supplier;
  std::string supplier_sku;
  bool equivalent = false;
  std::string note;
  std::string by;
  Instant at;

  static void each(auto& self, auto& visit) {
    visit("sku", self.sku);
    visit("supplier", self.supplier);
    visit("supplier_sku", self.supplier_sku);
    visit("equivalent", self.equivalent);
    visit("note", self.note);
    visit("by", self.by);
    visit("at", self.at);
  }
};

/// The record of a picture: kind "listing_photo", by SKU and SHA-256.
ports::RecordRow listing_photo_row(TenantId tenant, const ListingPhoto& photo);

/// The record of a finding: kind "equivalent", by SKU, supplier and the supplier's SKU, so that a
/// later one takes the place of an earlier.
ports::RecordRow equivalent_row(TenantId tenant, const Equivalent& found);

/// One SKU's pictures, at most `most`. Invalid when a record does not read, else the store's
/// errors.
Result<std::vector<ListingPhoto>> listing_photos(ports::Store& store, TenantId tenant,
                                                 const std::string& sku, std::size_t most);

/// Every SKU's pictures, at most `most`, by SKU. Errors as listing_photos.
Result<std::vector<ListingPhoto>> every_listing_photo(ports::Store& store, TenantId tenant,
                                                      std::size_t most);

/// One SKU's findings, at most `most`. Errors as listing_photos.
Result<std::vector<Equivalent>> equivalents(ports::Store& store, TenantId tenant,
                                            const std::string& sku, std::size_t most);

/// What is known of one item; nothing when nobody compared it. Errors as listing_photos.
Result<std::optional<Equivalent>> equivalent_of(ports::Store& store, TenantId tenant,
                                                const std::string& sku, const std::string& supplier,
                                                const std::string& supplier_sku);

/// The item behind an offer, as unlike_items tells it.
std::string item_key(const Offer& offer);

/// The items that somebody found not to keep their listing's promise: they stay suspended, whatever
/// a later price list says. Errors as listing_photos.
Result<std::set<std::string>> unlike_items(ports::Store& store, TenantId tenant);

}  // namespace holdfast::engine
