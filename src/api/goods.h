#pragma once
// Goods: what is known of suppliers and products across orders: open purchase orders, offers,
// listings, suppliers' behaviour. Lists that take a while to read are kept for a short time for all
// readers. They are for people; nothing may be decided on them.

#include <map>
#include <set>

#include "api/desk.h"
#include "api/lately.h"
#include "engine/products.h"
#include "engine/promise_notes.h"
#include "engine/views/purchase_measures.h"

namespace holdfast::api {

/// A purchase order whose goods no carrier has yet.
struct OpenPurchase {
  std::string po;
  std::string state;  // unanswered, answered, confirmed
  std::string channel;
  std::string store_number;
  std::int64_t order = 0;
  Instant released_at;
  Instant order_due_at;
};

/// What orders under way say, at most 10 s old but for who comes while it is read again; so are the
/// others below. The newest 20,000 are looked at.
struct UnderWay {
  Instant read_at;
  Instant as_of;
  bool complete = true;
  std::map<std::string, std::vector<OpenPurchase>> purchases;         // by supplier, oldest first
  std::map<std::string, std::map<std::string, std::int64_t>> orders;  // by SKU and channel
};

/// One of our SKUs.
struct Goods {
  std::vector<Offer> offers;
  std::vector<engine::Listing> listings;
};

/// Offers, listings and the policy's SKUs, at most 10 s old. The first 200,000 listings are read.
struct Shelf {
  Shelf() = default;
  // Moved, never copied: offers are pointed at.
  Shelf(Shelf&&) = default;
  Shelf& operator=(Shelf&&) = default;
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;
  ~Shelf() = default;

  Instant read_at;
  std::map<std::string, Goods> goods;                            // by SKU
  std::map<std::string, std::vector<const Offer*>> by_supplier;  // by SKU within
};

/// Which pictures of listings there are, at most 10 s old. The first 100,000 are read.
struct Pictures {
  Instant read_at;
  std::map<std::string, std::vector<std::string>> of;  // SHA-256s in hexadecimal, by SKU
};

/// How the newest 500 orders of a supplier went, at most five minutes old.
struct Behaviour {
  Instant read_at;
  Instant as_of;
  bool complete = true;
  std::vector<engine::PurchaseFacts> facts;
};

/// What was read lately; kept in the desk.
struct GoodsBook {
  Lately<UnderWay> under_way;
  Lately<Shelf> shelf;
  Lately<Pictures> pictures;
  std::mutex mutex;
  std::map<std::pair<std::string, std::set<std::string>>, std::shared_ptr<Lately<Behaviour>>>
      behaviours;  // by supplier and the asker's stores
};

/// Errors are the store's; Invalid when a stored record does not read.
Result<std::shared_ptr<const UnderWay>> under_way(Desk& desk);
Result<std::shared_ptr<const Shelf>> shelf(Desk& desk);
Result<std::shared_ptr<const Pictures>> pictures(Desk& desk);
Result<std::shared_ptr<const Behaviour>> behaviour(Desk& desk, const Who& who,
                                                   const std::string& supplier);

/// The shelf, or the pictures, are read anew when they are next asked for.
void forget_shelf(Desk& desk);
void forget_pictures(Desk& desk);

/// The contract's list of an SKU's pictures.
Json pictures_json(const Pictures& pictures, const std::string& sku);

/// The contract's Equivalent.
Json equivalent_json(const engine::Equivalent& found);

/// Whether a supplier serves one of somebody's stores.
bool sees_supplier(const Who& who, const SupplierProfile& profile);

/// The same of one that only its id is known of; without a profile only those of all stores see it.
bool sees_supplier(const engine::Setup& setup, const Who& who, const std::string& supplier);

/// Whether somebody sees an SKU: those of all stores all, others what their stores sold.
bool sees_goods(const Who& who, const Goods& goods);

/// Why routing would not look at an offer, whatever the order: the contract's Offer.problem.
std::string_view offer_problem(const engine::Setup& setup, const Offer& offer, Instant now);

/// Whether routing would call an offer too old.
bool is_stale(const engine::Setup& setup, const Offer& offer, Instant now);

/// The contract's Offer.
Json offer_json(const engine::Setup& setup, const Offer& offer, const std::string& title,
                Instant now);

/// What somebody's stores call an SKU, or "".
std::string title_of(const Who& who, const Goods& goods);

/// Whether `part`, in lower case already, occurs in one of the texts; an empty one does.
bool holds_text(const std::string& part, std::initializer_list<std::string_view> texts);

}  // namespace holdfast::api
