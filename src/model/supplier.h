#pragma once
// SupplierProfile: what decisions may know of a supplier: terms, calendar, measured behaviour.
// Account secrets and addresses are not here; they belong to the connector's account.

#include <string>
#include <vector>

#include "model/values.h"

namespace holdfast {

/// A supplier's working calendar.
struct Calendar {
  std::string zone = "UTC";     // IANA
  std::int64_t opens_hour = 9;  // local
  std::int64_t closes_hour = 18;
  std::vector<std::int64_t> weekend = {0, 6};  // 0 is Sunday
  std::vector<std::string> closures;           // "2026-12-25" or "2027-01-26..2027-02-05"

  bool operator==(const Calendar&) const = default;
  static void each(auto& self, auto& visit) {
    visit("zone", self.zone);
    visit("opens_hour", self.opens_hour);
    visit("closes_hour", self.closes_hour);
    visit("weekend", self.weekend);
    visit("closures", self.closures);
  }
};

struct SupplierProfile {
  std::string supplier;
  std::string title;
  std::string tier;
  ShipModel ship_model = ShipModel::Direct;
  Mode mode = Mode::Propose;
  bool vetted = false;  // an unvetted supplier is never routed to
  bool suspended = false;
  bool can_find = false;  // answers questions by our PO number
  bool idempotent = false;
  bool can_cancel = false;
  bool can_remind = false;
  std::string ship_from;  // ISO 3166-1 alpha-2
  std::vector<std::string> excluded_countries;
  std::vector<std::string> channels;  // empty means all
  std::int64_t poll_minutes = 0;      // 0: never polled
  std::int64_t defect_permille = 0;
  std::int64_t tracking_permille = 1000;  // accurate tracking uploads
  std::int64_t cancellation_permille = 0;
  std::int64_t confirmed_permille = 1000;  // stock confirmations that held
  std::int64_t shipping_cost_minor = 0;    // per parcel, in the offer's currency
  Calendar calendar;

  bool operator==(const SupplierProfile&) const = default;
  static void each(auto& self, auto& visit) {
    visit("supplier", self.supplier);
    visit("title", self.title);
    visit("tier", self.tier);
    visit("ship_model", self.ship_model);
    visit("mode", self.mode);
    visit("vetted", self.vetted);
    visit("suspended", self.suspended);
    visit("can_find", self.can_find);
    visit("idempotent", self.idempotent);
    visit("can_cancel", self.can_cancel);
    visit("can_remind", self.can_remind);
    visit("ship_from", self.ship_from);
    visit("excluded_countries", self.excluded_countries);
    visit("channels", self.channels);
    visit("poll_minutes", self.poll_minutes);
    visit("defect_permille", self.defect_permille);
    visit("tracking_permille", self.tracking_permille);
    visit("cancellation_permille", self.cancellation_permille);
    visit("confirmed_permille", self.confirmed_permille);
    visit("shipping_cost_minor", self.shipping_cost_minor);
    visit("calendar", self.calendar);
  }
};

}  // namespace holdfast
