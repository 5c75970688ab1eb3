#pragma once
// Gather: collects what a decision may depend on, before it. The only reader of catalogue, clock
// and other orders' references on behalf of the core.

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/facts.h"
#include "core/state.h"
#include "engine/setup.h"

namespace holdfast::engine {

/// Numbers for purchase orders: prefix, counter in base 30 without look-alike letters, and a check
/// character over both, so that a mistyped number is noticed. At most 30 characters.
std::string po_number(std::string_view prefix, std::int64_t counter);

/// Whether a number's check character fits.
bool po_number_fits(std::string_view number);

/// How much automation did lately, for the limits; in memory, refilled as purchases are released.
/// Sums are kept up to date, so that asking at every step costs nothing that grows.
class Meter {
 public:
  /// Counts a released purchase order.
  void count(const std::string& supplier, Instant at, Money amount);
  /// Counts an order, or a purchase order at `supplier`, that gates judge from now on.
  void judged(const std::string& name, const std::string& supplier, Instant at);
  /// Counts that a gate stopped an order or a purchase order that was counted before.
  void stopped(const std::string& name, const std::string& gate);
  /// Suppliers, or "*", whose limit one more purchase would exceed, with the limit in words. `now`
  /// does not go back.
  std::map<std::string, std::string> tripped(const Policy& policy, Instant now);

 private:
  struct Entry {
    std::string supplier;
    Instant at;
    Money amount;
  };
  struct Sum {
    std::int64_t orders = 0;
    std::map<Currency, std::int64_t> minor;
  };
  /// The entries of one span of time up to now, and their sums by supplier, "" for all together.
  struct Window {
    Duration span;
    std::deque<Entry> entries;
    std::map<std::string, Sum> sums;

    void change(const Entry& entry, std::int64_t by);
    void add(const Entry& entry);
    void forget_before(Instant now);
    bool exceeds(const std::string& supplier, std::int64_t most, Money most_money) const;
  };
  struct Judged {
    std::string supplier;  // "" for an order
    Instant at;
    std::set<std::string> gates;  // that stopped it
  };
  std::string too_many_stopped(const LimitPolicy& limit, Instant now) const;

  Window hour_{hours(1), {}, {}};
  Window day_{days(1), {}, {}};
  std::map<std::string, Judged> judged_;       // by order or purchase order
  std::deque<std::string> judged_in_order_;    // oldest first
  std::map<std::string, std::string> shares_;  // what too_many_stopped last said, by supplier
  Instant shares_until_;                       // counted again from then on
};

/// The engine's catalogue of offers by SKU.
class Catalogue {
 public:
  explicit Catalogue(std::vector<Offer> offers);
  /// Offers for one of our SKUs.
  const std::vector<Offer>& offers(const std::string& sku) const;
  /// Replaces or adds one offer (same SKU and supplier).
  void put(Offer offer);

 private:
  std::map<std::string, std::vector<Offer>> by_sku_;
};

}  // namespace holdfast::engine
