#pragma once
// Products: what each store calls its SKUs, as records beside the orders that said so, so that SKUs
// can be listed without reading orders. It is a view: nothing may be decided on it.

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/event.h"
#include "model/values.h"
#include "ports/store.h"

namespace holdfast::engine {

/// What one store promises with one SKU.
struct Listing {
  std::string channel;
  std::string sku;
  std::string title;
  std::string variant;
  std::int64_t order = 0;  // the stream that said so
  Instant stated_at;

  bool operator==(const Listing&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("sku", self.sku);
    visit("title", self.title);
    visit("variant", self.variant);
    visit("order", self.order);
    visit("stated_at", self.stated_at);
  }
};

/// Writes a listing when a store sells an SKU for the first time, or under another title or
/// variant. What it knows is kept in memory, so that an order of known goods costs nothing.
class Products {
 public:
  /// Adds the row of a line's listing to `batch` unless the store holds it. Errors are the store's;
  /// `batch` is then unchanged.
  Status note(ports::Store& store, TenantId tenant, const Listing& listing, ports::Batch& batch);

  /// A step that succeeded wrote this row; rows of other kinds are passed over.
  void wrote(const ports::RecordRow& row);

  /// After a commit that failed: what was noted may not be in the store.
  void forget() { known_.clear(); }

 private:
  std::unordered_map<std::string, std::string> known_;  // what is promised, by the record's key
};

/// Adds to `batch` what an event says of listings and of where orders are bought, when views are
/// written again: the newest order first, so that what is in `seen` already stays.
void add_goods_rows(const ports::EventRow& row, const Event& event, const std::string& channel,
                    std::set<std::string>& seen, ports::Batch& batch);

/// Every listing of a tenant, at most `most`, by channel and SKU. Invalid when a record does not
/// read, else the store's errors.
Result<std::vector<Listing>> listings(ports::Store& store, TenantId tenant, std::size_t most);

/// The search token of a supplier's orders; no text of a person ever becomes such a token.
std::string supplier_token(std::string_view supplier);

}  // namespace holdfast::engine
