#include "peers/catalogue.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace holdfast::peers {
namespace {

struct Home {
  const char* country;
  const char* name;
  const char* city;
  const char* province;  // "" where addresses have none
  const char* postcode;
  const char* phone;
};

constexpr std::array<Home, 10> homes{{
    {"US", "United States", "Columbus", "OH", "43004", "+16145550100"},
    {"US", "United States", "Portland", "OR", "97201", "+15035550100"},
    {"US", "United States", "Austin", "TX", "78701", "+15125550100"},
    {"DE", "Germany", "Leipzig", "", "04109", "+4934155501000"},
    {"DE", "Germany", "Hamburg", "", "20095", "+494055501000"},
    {"FR", "France", "Lyon", "", "69002", "+33455501000"},
    {"GB", "United Kingdom", "Leeds", "", "LS1 4AP", "+441135550100"},
    {"NL", "Netherlands", "Utrecht", "", "3511 CE", "+31305550100"},
    {"CA", "Canada", "Ottawa", "ON", "K1A 0B1", "+16135550100"},
    {"AU", "Australia", "Perth", "WA", "6000", "+61855501000"},
}};

constexpr Home too_far{excluded_country, "Iceland", "Akureyri", "", "600", "+3545550100"};

Address at_home(std::int64_t ordinal, const Home& home) {
  const auto number = std::to_string(ordinal);
  Address address;
  address.name = "Buyer " + number;
  address.line1 = "Example Street " + std::to_string(ordinal % 180 + 1);
  address.city = home.city;
  address.region = home.province;
  address.postcode = home.postcode;
  address.country = home.country;
  address.phone = home.phone;
  address.email = "buyer" + number + "@example.test";
  return address;
}

bool sells(std::size_t supplier, std::size_t product) {
  // Every article has at least three suppliers; north, the first, has all of them.
  return supplier == 0 || (product + supplier) % 4 != 0;
}

}  // namespace

const std::vector<Product>& products() {
  static const std::vector<Product> all{
      {"MUG-ENAMEL-WHT", "Enamel mug", "White", "Hearth", 1890, 320},
      {"MUG-ENAMEL-BLU", "Enamel mug", "Blue", "Hearth", 1890, 320},
      {"LAMP-DESK-OAK", "Desk lamp", "Oak", "Lumen", 6490, 1400},
      {"BAG-CANVAS-GRN", "Canvas backpack", "Green", "Trailhead", 7900, 900},
      {"BTL-STEEL-750", "Steel bottle", "750 ml", "Trailhead", 2450, 410},
      {"TOWEL-LINEN-L", "Linen towel", "Large", "Hearth", 3200, 380},
      {"CASE-PHONE-CLR", "Phone case", "Clear", "Shellworks", 1590, 60},
      {"CABLE-USBC-2M", "USB-C cable", "2 m", "Shellworks", 1290, 70},
      {"MAT-YOGA-GRY", "Yoga mat", "Grey", "Trailhead", 4400, 1100},
      {"BRUSH-BAMBOO-4", "Bamboo brushes", "Set of 4", "Hearth", 990, 90},
      {"PLANTER-CLAY-M", "Clay planter", "Medium", "Hearth", 2790, 1600},
      {"SOCKS-WOOL-42", "Wool socks", "Size 42", "Trailhead", 1690, 120},
  };
  return all;
}

const Product& unmapped_product() {
  static const Product product{"CLOCK-WALL-NEW", "Wall clock", "New arrival", "Lumen", 5200, 800};
  return product;
}

const std::vector<Manner>& manners() {
  static const std::vector<Manner> all{
      {"north", "North Wholesale", "N-", "DE", "Europe/Berlin", "DHL", 470, 1, minutes(2),
       minutes(10), minutes(30), hours(3), hours(8), hours(20), 0, 0},
      {"quick", "Quick Fulfillment", "QK-", "US", "America/Chicago", "USPS", 560, 1, minutes(1),
       minutes(3), minutes(5), minutes(20), hours(3), hours(8), 0, 0},
      {"slow", "Slow Boat Trading", "SB-", "CN", "Asia/Shanghai", "China Post", 400, 3, hours(2),
       hours(5), hours(6), hours(10), hours(24), hours(40), 0, 0},
      {"shaky", "Shaky Source", "SH-", "CN", "Asia/Shanghai", "China Post", 410, 2, minutes(10),
       hours(1), hours(1), hours(5), hours(12), hours(30), 250, 200, true},
      {"paper", "Paper and Post", "PP-", "GB", "Europe/London", "Royal Mail", 440, 2, minutes(20),
       hours(2), hours(2), hours(6), hours(8), hours(24), 0, 0},
      {"manual", "Manual Workshop", "MW-", "US", "America/New_York", "USPS", 640, 4, hours(1),
       hours(4), hours(4), hours(20), hours(24), hours(48), 0, 0},
  };
  return all;
}

const Manner* manner_of(std::string_view supplier) {
  for (const auto& manner : manners()) {
    if (manner.supplier == supplier) return &manner;
  }
  return nullptr;
}

std::string supplier_sku(const Manner& manner, std::string_view sku) {
  return manner.sku_prefix + std::string(sku);
}

std::string our_sku(const Manner& manner, std::string_view number) {
  const std::string_view prefix = manner.sku_prefix;
  return number.starts_with(prefix) ? std::string(number.substr(prefix.size())) : "";
}

UnitPrice cost_of(const Manner& manner, const Product& product) {
  const auto dollar = parse_currency("USD");
  check(dollar.has_value(), "USD is a currency");
  // Whole cents: no supplier of the demo charges fractions.
  const auto cents = product.price_minor * manner.cost_permille / 1000;
  return {cents * 10'000, *dollar};
}

std::vector<Offer> offers(Instant stated_at, Mode mode) {
  std::vector<Offer> all;
  for (std::size_t s = 0; s < manners().size(); ++s) {
    const auto& manner = manners()[s];
    for (std::size_t p = 0; p < products().size(); ++p) {
      if (!sells(s, p)) continue;
      const auto& product = products()[p];
      Offer offer;
      offer.sku = product.sku;
      offer.supplier = manner.supplier;
      offer.supplier_sku = supplier_sku(manner, product.sku);
      offer.cost = cost_of(manner, product);
      offer.stock = 5000;
      offer.stated_at = stated_at;
      offer.lead_days = manner.lead_days;
      offer.ship_from = manner.country;
      offer.mode = mode;
      all.push_back(std::move(offer));
    }
  }
  return all;
}

namespace {

/// The service tier a supplier's contract names; they are those of the policy that ships.
const char* tier_of(std::string_view supplier) {
  if (supplier == "quick") return "next_day";
  if (supplier == "slow" || supplier == "manual") return "special_order";
  return "48_hour";
}

}  // namespace

std::vector<SupplierProfile> supplier_profiles(Mode mode) {
  std::vector<SupplierProfile> all;
  for (const auto& manner : manners()) {
    SupplierProfile profile;
    profile.supplier = manner.supplier;
    profile.title = manner.title;
    profile.mode = mode;
    profile.tier = tier_of(manner.supplier);
    profile.vetted = true;
    const bool rest = profile.supplier != "paper" && profile.supplier != "manual";
    profile.can_find = profile.idempotent = profile.can_cancel = rest;
    profile.can_remind = profile.supplier == "paper";
    profile.poll_minutes = rest ? 60 : 0;
    profile.ship_from = manner.country;
    profile.calendar.zone = manner.zone;
    profile.confirmed_permille = 1000 - manner.failing_permille / 10;
    profile.tracking_permille = 1000 - manner.lost_callback_permille / 10;
    all.push_back(std::move(profile));
  }
  return all;
}

Address buyer(std::int64_t ordinal, const Chance& chance) {
  const auto key = "home/" + std::to_string(ordinal);
  const auto last = static_cast<std::int64_t>(homes.size()) - 1;
  return at_home(ordinal, homes[static_cast<std::size_t>(chance.number(key, 0, last))]);
}

Address buyer_too_far(std::int64_t ordinal) { return at_home(ordinal, too_far); }

std::string country_name(std::string_view country) {
  for (const auto& home : homes) {
    if (country == home.country) return home.name;
  }
  return country == too_far.country ? too_far.name : std::string(country);
}

Place hub_of(std::string_view country) {
  static constexpr std::array<std::array<const char*, 3>, 8> hubs{{
      {"US", "Chicago", "60666"},
      {"DE", "Frankfurt", "60549"},
      {"CN", "Shenzhen", "518000"},
      {"GB", "London", "TW6 2AA"},
      {"FR", "Paris", "95700"},
      {"NL", "Amsterdam", "1118 AA"},
      {"CA", "Toronto", "L5P 1B2"},
      {"AU", "Sydney", "2020"},
  }};
  for (const auto& [name, city, postcode] : hubs) {
    if (country == name) return {city, postcode};
  }
  return {"Hub", ""};
}

}  // namespace holdfast::peers
