#pragma once
// Meter: how much automation did lately, for the limits. It lives in memory and is counted again
// from the store's events at a start, so that ending the program resets no limit. Sums are kept up
// to date: asking at every step must cost nothing that grows.

#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "model/event.h"
#include "model/policy.h"
#include "ports/store.h"

namespace holdfast::engine {

class Meter {
 public:
  /// Counts a released purchase order.
  void count(const std::string& supplier, Instant at, Money amount);
  /// Counts an order, or a purchase order at `supplier`, that gates judge from now on.
  void judged(const std::string& name, const std::string& supplier, Instant at);
  /// Counts that a gate stopped an order or a purchase order that was counted before.
  void stopped(const std::string& name, const std::string& gate);
  /// Counts what an event says of judging and stopping; `order` is its stream's number.
  void judge(const Event& event, const std::string& order, Instant at);
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
    bool in_share = true;
  };
  /// What was judged lately at one supplier, or of orders ("").
  struct Share {
    std::deque<std::string> names;  // oldest first
    std::map<std::string, std::int64_t> stopped_by;
  };
  void forget_oldest(Share& share);
  std::string too_many_stopped(const LimitPolicy& limit, Instant now);

  Window hour_{hours(1), {}, {}};
  Window day_{days(1), {}, {}};
  std::unordered_map<std::string, Judged> judged_;  // by order or purchase order
  std::deque<std::string> judged_in_order_;         // oldest first
  std::map<std::string, Share> shares_;             // by supplier
};

/// Counts what the store's events of the last day say. Errors are the store's.
Status recount(ports::Store& store, TenantId tenant, Instant now, Meter& meter);

}  // namespace holdfast::engine
