#pragma once
// What the demo's shop sells, who supplies it on which terms, and where buyers live. Roles and
// products only: it must never name a person.

#include <string>
#include <vector>

#include "model/channel_order.h"
#include "model/supplier.h"
#include "peers/scene.h"

namespace holdfast::peers {

/// One article of the shop; the price is in US cents.
struct Product {
  const char* sku;
  const char* title;
  const char* variant;
  const char* vendor;
  std::int64_t price_minor;
  std::int64_t grams;
};

/// The articles that orders are made of.
const std::vector<Product>& products();

/// An article that is in the shop and on no supplier's list, for planned faults.
const Product& unmapped_product();

/// How a supplier behaves when nothing is planned; spans are in the world's time.
struct Manner {
  const char* supplier;
  const char* title;
  const char* sku_prefix;
  const char* country;
  const char* zone;
  const char* carrier;
  std::int64_t cost_permille;  // of the shop's price
  std::int64_t lead_days;
  Duration read_least, read_most;
  Duration answer_least, answer_most;
  Duration ship_least, ship_most;  // after the answer
  std::int64_t failing_permille;   // of requests refused with 503 before any effect
  std::int64_t lost_callback_permille;
  bool calls_all_accepted = false;  // what it will send, whatever it changed
};

/// north, quick, slow, shaky (REST), paper (mail and link) and manual (a person).
const std::vector<Manner>& manners();

/// The manner of a supplier; nullptr for an unknown name.
const Manner* manner_of(std::string_view supplier);

/// The supplier's own number for one of our SKUs.
std::string supplier_sku(const Manner& manner, std::string_view sku);

/// Our SKU behind a supplier's number; "" when it is not one of the supplier's.
std::string our_sku(const Manner& manner, std::string_view supplier_sku);

/// What each supplier charges for our SKU, in US dollars and millionths.
UnitPrice cost_of(const Manner& manner, const Product& product);

/// All offers as one feed stated at `stated_at`, every mapping in mode `mode`.
std::vector<Offer> offers(Instant stated_at, Mode mode);

/// All suppliers as the program's configuration wants them.
std::vector<SupplierProfile> supplier_profiles(Mode mode);

/// The destination no order of the demo may go to (ISO 3166-1 alpha-2).
constexpr const char* excluded_country = "IS";

/// Name, place and mail address of the buyer of the order with this ordinal.
Address buyer(std::int64_t ordinal, const Chance& chance);

/// An address in the destination that is excluded.
Address buyer_too_far(std::int64_t ordinal);

/// English name of a country the buyers live in, as a shop shows it.
std::string country_name(std::string_view country);

/// A place where parcels are scanned.
struct Place {
  std::string city;
  std::string postcode;
};

/// The place carriers have in a country; without a postcode in a country they do not know.
Place hub_of(std::string_view country);

}  // namespace holdfast::peers
