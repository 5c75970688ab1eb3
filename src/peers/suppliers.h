#pragma once
// The suppliers' books: purchase orders as they arrived, what was answered per line, checked,
// shipped and cancelled. Each purchase order lives by its supplier's manner and its order's fault.
// It must never know how a purchase order came in; faces and letters do.

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "model/values.h"
#include "peers/carriers.h"
#include "peers/catalogue.h"

namespace holdfast::peers {

/// One line of a purchase order in a supplier's book.
struct SupplyLine {
  std::int64_t line = 0;
  std::string supplier_sku;
  std::int64_t quantity = 0;
  UnitPrice cost;
  std::int64_t cancelled = 0;
  std::int64_t shipped = 0;
  bool answered = false;
  LineAnswer answer;
  std::int64_t cancelled_before = 0;  // the answer

  /// Whether the supplier will send nothing of it at all.
  bool refused() const;
  /// Pieces that may come, those that left included: as asked, then as answered, less what was
  /// cancelled since.
  std::int64_t expected() const;
  /// Pieces the supplier means to ship: accepted and not cancelled.
  std::int64_t to_ship() const;
};

struct SupplyParcel {
  std::string carrier;
  std::string number;
  std::string replaces;  // the number it was announced under before; "" for none
  std::vector<LineQuantity> lines;
  Instant announced_at;
};

struct SupplyCheck {
  CheckKind kind{};
  std::string statement;
};

struct SupplyOrder {
  std::string supplier;
  std::string po;
  std::string supplier_ref;
  std::string order;  // the shop's order name, as the purchase order told it
  std::string country;
  std::string postcode;
  Fault fault{};  // only the first purchase order of an order suffers its fault
  Instant received_at;
  std::string status = "received";  // received, read, confirmed, rejected, shipped, cancelled
  std::vector<SupplyLine> lines;
  std::vector<SupplyParcel> parcels;
  std::vector<SupplyCheck> checks;
  std::string cancel;  // "", accepted, rejected: the answer to the last cancellation
  std::vector<LineQuantity> cancelled;
  std::int64_t times_received = 1;
};

/// Pieces to cancel, by the supplier's number; none means all.
struct CancelWish {
  std::string supplier_sku;
  std::int64_t quantity = 0;
};

class Suppliers {
 public:
  Suppliers(Scene& scene, Carriers& carriers);

  /// What happened to a purchase order; faces tell the other side.
  enum class News { Received, Read, Answered, Checked, Shipped, CancelAnswered, Closed };
  using Told = std::function<void(const SupplyOrder&, News)>;

  /// Told of everything that happens.
  void on_news(Told told) { told_.push_back(std::move(told)); }

  /// Books a purchase order and lets it live. The same number again changes nothing but a count.
  const SupplyOrder& receive(SupplyOrder order);

  /// Whoever sells something of this order of the shop sends one piece ahead and the rest later.
  void ship_in_parts(const std::string& order) { in_parts_.insert(order); }

  /// The purchase order of a supplier; nullptr when the book has none of that number.
  const SupplyOrder* find(std::string_view supplier, std::string_view po) const;

  /// Cancels what has not been shipped; "accepted" with the pieces, or "rejected" when nothing
  /// could be stopped. NotFound for an unknown number.
  Result<const SupplyOrder*> cancel(std::string_view supplier, std::string_view po,
                                    const std::vector<CancelWish>& wishes);

  /// [{supplier, po, order, status, lines: [{…}], parcels: […], times_received}], in the order of
  /// arrival.
  Json books() const;

 private:
  SupplyOrder* look_up(std::string_view supplier, std::string_view po);
  void read(std::size_t order);
  void answer(std::size_t order);
  void pack(std::size_t order);
  void ship(std::size_t order);
  void renumber(const CarrierParcel& parcel);
  LineAnswer answer_for(const SupplyOrder& order, const SupplyLine& line) const;
  bool is_over(const SupplyOrder& order) const;
  void tell(const SupplyOrder& order, News news);
  void schedule(std::size_t order, const char* what, Duration least, Duration most,
                void (Suppliers::*act)(std::size_t));

  Scene& scene_;
  Carriers& carriers_;
  std::deque<SupplyOrder> orders_;
  std::map<std::string, std::size_t> by_po_;  // "supplier/po"
  std::set<std::string> struck_;              // orders whose fault has been used
  std::set<std::string, std::less<>> in_parts_;
  std::vector<Told> told_;
};

}  // namespace holdfast::peers
