#pragma once
// Scenario: what goes wrong in a run and how often, read from tests/sim/*.toml. It is data alone:
// rates, spans and sizes. A key that is not known is an error, so that no fault is switched off by
// a slip.

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace holdfast::sim {

/// Of a thousand messages that partners send to the program: webhooks, callbacks, pushes, forms.
struct MessageRates {
  std::int64_t lost = 0;       // never arrives, and its sender knows
  std::int64_t swallowed = 0;  // never arrives, and its sender believes that it did
  std::int64_t unheard = 0;    // arrives, but its sender does not hear the answer
  std::int64_t doubled = 0;    // arrives twice
  std::int64_t delayed = 0;    // arrives later, behind others that were sent after it
  Duration delayed_most = hours(72);
  std::int64_t forged = 0;    // a forgery of it comes along
  std::int64_t poisoned = 0;  // an authentic message that makes no sense comes along
  std::int64_t garbled = 0;   // a tracker's push that only its reading shows to make no sense

  static void each(auto& self, auto& visit) {
    visit("lost", self.lost);
    visit("swallowed", self.swallowed);
    visit("unheard", self.unheard);
    visit("doubled", self.doubled);
    visit("delayed", self.delayed);
    visit("delayed_most", self.delayed_most);
    visit("forged", self.forged);
    visit("poisoned", self.poisoned);
    visit("garbled", self.garbled);
  }
};

/// Of a thousand requests that the program sends to partners.
struct RequestRates {
  std::int64_t refused = 0;         // no connection: certainly did not arrive
  std::int64_t reset = 0;           // the connection breaks before the effect
  std::int64_t reset_after = 0;     // it breaks after the effect
  std::int64_t hung = 0;            // no answer within the limit, no effect
  std::int64_t hung_after = 0;      // no answer within the limit, but the effect
  std::int64_t failed = 0;          // 503 before the effect
  std::int64_t failed_after = 0;    // 502 after the effect
  std::int64_t throttled = 0;       // 429, or 421 of a mail server
  std::int64_t nonsense = 0;        // 200 with a page that says nothing, no effect
  std::int64_t nonsense_after = 0;  // the same after the effect
  std::int64_t slow = 0;            // the answer takes a while
  Duration slow_most = seconds(18);

  static void each(auto& self, auto& visit) {
    visit("refused", self.refused);
    visit("reset", self.reset);
    visit("reset_after", self.reset_after);
    visit("hung", self.hung);
    visit("hung_after", self.hung_after);
    visit("failed", self.failed);
    visit("failed_after", self.failed_after);
    visit("throttled", self.throttled);
    visit("nonsense", self.nonsense);
    visit("nonsense_after", self.nonsense_after);
    visit("slow", self.slow);
    visit("slow_most", self.slow_most);
  }
};

/// The program's own death, at a write or a request, before or after it.
struct ProcessRates {
  std::int64_t deaths_a_day = 0;
  Duration down_most = minutes(10);  // until it is started again
  bool evenly = false;               // as often at each kind of point, though some are rare

  static void each(auto& self, auto& visit) {
    visit("deaths_a_day", self.deaths_a_day);
    visit("down_most", self.down_most);
    visit("evenly", self.evenly);
  }
};

struct DiskRates {
  std::int64_t failed = 0;      // of a thousand commits, alone
  std::int64_t full_a_day = 0;  // spans in which every commit fails
  Duration full_most = minutes(40);

  static void each(auto& self, auto& visit) {
    visit("failed", self.failed);
    visit("full_a_day", self.full_a_day);
    visit("full_most", self.full_most);
  }
};

/// The program's clock is set wrong, by an hour or a day, and put right again.
struct ClockRates {
  std::int64_t steps_a_day = 0;
  Duration wrong_most = hours(3);  // until it is right again

  static void each(auto& self, auto& visit) {
    visit("steps_a_day", self.steps_a_day);
    visit("wrong_most", self.wrong_most);
  }
};

/// What the orders themselves bring along.
struct OrderRates {
  std::int64_t troubled = 0;         // of a thousand orders: with one of the world's faults
  std::vector<std::string> only;     // of these kinds; empty for all
  std::int64_t big = 50;             // of a thousand chosen to be very long: those that are
  std::int64_t cancelled_soon = 0;   // of a thousand: cancelled at the shop within three hours
  std::int64_t reassessed = 0;       // of a thousand: found to be fraud within thirty hours
  std::int64_t in_parts = 0;         // of a thousand: suppliers send one piece ahead of the rest
  std::vector<std::string> sellers;  // suppliers that may be chosen; empty for all

  static void each(auto& self, auto& visit) {
    visit("troubled", self.troubled);
    visit("only", self.only);
    visit("big", self.big);
    visit("cancelled_soon", self.cancelled_soon);
    visit("reassessed", self.reassessed);
    visit("in_parts", self.in_parts);
    visit("sellers", self.sellers);
  }
};

/// What the shop's staff, its buyers and other apps do, of a thousand orders; an order suffers one
/// of these at most, and none beside one of the world's faults.
struct ShopRates {
  std::int64_t line_added = 0;       // the editor adds an article or more pieces
  std::int64_t service_changed = 0;  // another shipping service, or another word of the buyer
  std::int64_t held = 0;             // another app holds a part for a while
  std::int64_t authorized = 0;       // the money is authorized, and captured later or never
  std::int64_t preordered = 0;       // nothing of it ships before a day
  std::int64_t refund_listed = 0;    // a piece is paid back and stays listed to be fulfilled
  std::int64_t astray = 0;           // its parcel goes to another country's last mile

  static void each(auto& self, auto& visit) {
    visit("line_added", self.line_added);
    visit("service_changed", self.service_changed);
    visit("held", self.held);
    visit("authorized", self.authorized);
    visit("preordered", self.preordered);
    visit("refund_listed", self.refund_listed);
    visit("astray", self.astray);
  }
};

/// How the merchant runs the business; what is 0 or empty stands as the policy says.
struct Merchant {
  std::vector<std::string> hubs;       // suppliers whose goods pass our bench
  std::vector<std::string> proposing;  // suppliers that must earn to be bought from without a key
  std::int64_t agreed_needed = 0;      // proposals in a row until they are let act
  std::int64_t max_auto_value = 0;     // whole dollars above which an order needs a key
  std::int64_t least_margin = 0;       // permille of the price
  std::int64_t invoiced = 0;           // of a thousand purchases: the office records the payment
  std::int64_t short_of_money = 0;     // of a thousand of those: the balance is too low at first

  static void each(auto& self, auto& visit) {
    visit("hubs", self.hubs);
    visit("proposing", self.proposing);
    visit("agreed_needed", self.agreed_needed);
    visit("max_auto_value", self.max_auto_value);
    visit("least_margin", self.least_margin);
    visit("invoiced", self.invoiced);
    visit("short_of_money", self.short_of_money);
  }
};

/// The hands at our bench: they receive, inspect, pack, and scan slip and label.
struct BenchRates {
  Duration every;                // between two looks at their list; 0 for no bench
  std::int64_t failing = 0;      // of a thousand checks: fails or cannot be judged at first
  std::int64_t mislabelled = 0;  // of a thousand parcels: another's label was on it at first

  static void each(auto& self, auto& visit) {
    visit("every", self.every);
    visit("failing", self.failing);
    visit("mislabelled", self.mislabelled);
  }
};

/// The persons who decide cases.
struct PeopleRates {
  std::int64_t decide = 0;    // of a thousand looks at an open case
  Duration every = hours(6);  // between two looks at the queue
  std::int64_t erase = 0;     // of a thousand orders: their buyer's data is to be erased
  std::int64_t busy = 0;   // of a thousand looks at a case or live order: passed on, noted, stopped
  std::int64_t twice = 0;  // of a thousand decisions: given twice, as by a double click

  static void each(auto& self, auto& visit) {
    visit("decide", self.decide);
    visit("every", self.every);
    visit("erase", self.erase);
    visit("busy", self.busy);
    visit("twice", self.twice);
  }
};

/// A partner that is out of order for a while.
struct Outage {
  std::string partner;  // shop, tracker, mail, or a supplier's id
  std::string mode;     // down, hang, slow, fail, reset, throttle, nonsense
  Duration from;        // after the beginning
  Duration lasts;

  static void each(auto& self, auto& visit) {
    visit("partner", self.partner);
    visit("mode", self.mode);
    visit("from", self.from);
    visit("lasts", self.lasts);
  }
};

struct Scenario {
  std::string name;  // the file's
  std::string title;
  std::int64_t orders = 20;
  Duration order_every = minutes(20);
  Duration calm_after = days(4);  // nothing goes wrong from here on
  Duration end_after = days(45);  // by now every order has ended or stands with a person
  Duration reconcile_every = hours(1);
  Duration poll_every = hours(1);  // how often a supplier is asked about each open purchase
  std::int64_t limits_times = 1;   // the policy's limits on what may be bought, times this
  bool by_itself = false;          // nothing of it needs a person: at the end no case may be open
  MessageRates messages;
  RequestRates requests;
  ProcessRates process;
  DiskRates disk;
  ClockRates clock;
  OrderRates order;
  ShopRates shop;
  Merchant merchant;
  BenchRates bench;
  PeopleRates people;
  std::vector<Outage> outages;

  static void each(auto& self, auto& visit) {
    visit("title", self.title);
    visit("orders", self.orders);
    visit("order_every", self.order_every);
    visit("calm_after", self.calm_after);
    visit("end_after", self.end_after);
    visit("reconcile_every", self.reconcile_every);
    visit("poll_every", self.poll_every);
    visit("limits_times", self.limits_times);
    visit("by_itself", self.by_itself);
    visit("messages", self.messages);
    visit("requests", self.requests);
    visit("process", self.process);
    visit("disk", self.disk);
    visit("clock", self.clock);
    visit("order", self.order);
    visit("shop", self.shop);
    visit("merchant", self.merchant);
    visit("bench", self.bench);
    visit("people", self.people);
    visit("outages", self.outages);
  }
};

/// Reads a scenario. Invalid, naming file and key, for what does not fit; NotFound without a file.
Result<Scenario> read_scenario(const std::string& path);

/// All scenarios of a folder in the order of their names. NotFound when none lies there, Invalid as
/// above.
Result<std::vector<Scenario>> read_scenarios(const std::string& folder);

}  // namespace holdfast::sim
