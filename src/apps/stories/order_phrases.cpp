// What a shop says about its order, part by part: "2 x MUG-BLUE at 12.50 EUR to DE 10115, paid".
#include <algorithm>

#include "apps/stories/phrase.h"
#include "apps/stories/world.h"

namespace holdfast::stories {
namespace {

OrderLine& line_of(ChannelOrder& shop, const std::string& sku) {
  const auto found = std::ranges::find(shop.lines, sku, &OrderLine::sku);
  return found == shop.lines.end() ? shop.lines.emplace_back() : *found;
}

void add_line(World& w, std::int64_t quantity, const std::string& sku, UnitPrice price,
              bool ships = true) {
  OrderLine line;
  line.line = std::int64_t(w.shop.lines.size()) + 1;
  line.channel_line = std::to_string(9007199254740993 + line.line);
  line.sku = sku == "no-sku" ? "" : sku;
  line.title = sku;
  line.quantity = quantity;
  line.price = price;
  line.ships = ships;
  const auto amount = price_of(price, quantity);
  if (const auto total = amount ? add(w.shop.total, *amount) : amount) w.shop.total = *total;
  w.shop.currency = price.currency.text();
  w.shop.lines.push_back(std::move(line));
  w.shop.current.push_back({w.shop.lines.back().line, quantity});
}

void to(World& w, const std::string& country, const std::string& postcode) {
  w.destination.country = country;
  w.destination.postcode_prefix = postcode.substr(0, 3);
  w.destination.problems.clear();
  w.shop.has_address = true;
  w.address_changed = true;
}

/// Sets how many pieces of a line the shop still wants, and what its parts still list.
Status leave(World& w, const std::string& sku, std::int64_t quantity, bool parts_follow = true) {
  const auto line = line_of(w.shop, sku).line;
  const auto set = [&](std::vector<LineQuantity>& quantities) {
    for (auto& part : quantities) {
      if (part.line == line) part.quantity = quantity;
    }
  };
  set(w.shop.current);
  for (auto& part : w.shop.parts) {
    if (parts_follow) set(part.remaining);
  }
  return {};
}

std::int64_t current(const World& w, std::int64_t line) {
  const auto found = std::ranges::find(w.shop.current, line, &LineQuantity::line);
  return found == w.shop.current.end() ? 0 : found->quantity;
}

Status give_back(World& w, Money amount, std::vector<LineQuantity> lines) {
  w.shop.refunds.push_back(
      {"r" + std::to_string(w.shop.refunds.size() + 1), std::move(lines), amount});
  const auto sum = add(w.shop.refunded, amount);
  if (!sum) return fail(sum.error());
  w.shop.refunded = *sum;
  w.shop.payment =
      w.shop.refunded == w.shop.total ? PaymentState::Refunded : PaymentState::PartiallyRefunded;
  return {};
}

Status refund(World& w, const Gaps& gaps, bool parts_follow) {
  const auto& line = line_of(w.shop, gaps[1]);
  const auto left = current(w, line.line) - gaps.number(0);
  if (auto status = give_back(w, gaps.money(2), {{line.line, gaps.number(0)}}); !status) {
    return status;
  }
  return leave(w, gaps[1], left, parts_follow);
}

void divide(World& w, const std::string& part, const std::string& status) {
  w.shop.parts_known = true;
  w.shop.parts.push_back({part, status, "unsubmitted", "main", {}, w.shop.current});
}

const Phrases lines_and_address = {
    {"<n> x <sku> at <price> to <country> <postcode>",
     [](World& w, const Gaps& g) -> Status {
       add_line(w, g.number(0), g[1], g.price(2));
       to(w, g[3], g[4]);
       return {};
     }},
    {"<n> x <sku> at <price> not before <instant>",
     [](World& w, const Gaps& g) -> Status {
       add_line(w, g.number(0), g[1], g.price(2));
       w.shop.lines.back().fulfill_at = g.instant(3);
       return {};
     }},
    {"<n> x <sku> at <price> that ships nothing",
     [](World& w, const Gaps& g) -> Status {
       add_line(w, g.number(0), g[1], g.price(2), false);
       return {};
     }},
    {"<n> x <sku> at <price>",
     [](World& w, const Gaps& g) -> Status {
       add_line(w, g.number(0), g[1], g.price(2));
       return {};
     }},
    {"to <country> <postcode>",
     [](World& w, const Gaps& g) -> Status {
       to(w, g[0], g[1]);
       return {};
     }},
    {"address missing <problem>",
     [](World& w, const Gaps& g) -> Status {
       w.destination.problems.push_back("missing_" + g[0]);
       w.address_changed = true;
       return {};
     }},
    {"a PO box",
     [](World& w, const Gaps&) -> Status {
       w.destination.problems.push_back("po_box");
       w.address_changed = true;
       return {};
     }},
    {"a complete address",
     [](World& w, const Gaps&) -> Status {
       w.destination.problems.clear();
       w.address_changed = true;
       return {};
     }},
};

const Phrases money_and_risk = {
    {"paid",
     [](World& w, const Gaps&) -> Status {
       w.shop.payment = PaymentState::Paid;
       w.shop.captured = w.shop.total;
       return {};
     }},
    {"authorized for <span>",
     [](World& w, const Gaps& g) -> Status {
       w.shop.payment = PaymentState::Authorized;
       w.shop.authorized = w.shop.total;
       w.shop.authorization_expires_at = w.now + g.span(0);
       return {};
     }},
    {"payment <payment>",
     [](World& w, const Gaps& g) -> Status {
       w.shop.payment = g.name<PaymentState>(0);
       return {};
     }},
    {"total <money>",
     [](World& w, const Gaps& g) -> Status {
       w.shop.total = g.money(0);
       return {};
     }},
    {"risk <risk>",
     [](World& w, const Gaps& g) -> Status {
       w.shop.risk = g.name<RiskLevel>(0);
       return {};
     }},
    {"<n> x <sku> refunded for <money> but still to be fulfilled",
     [](World& w, const Gaps& g) -> Status { return refund(w, g, false); }},
    {"<n> x <sku> refunded for <money>",
     [](World& w, const Gaps& g) -> Status { return refund(w, g, true); }},
    {"<money> refunded",
     [](World& w, const Gaps& g) -> Status { return give_back(w, g.money(0), {}); }},
};

const Phrases changes = {
    {"<n> x <sku> left",
     [](World& w, const Gaps& g) -> Status { return leave(w, g[1], g.number(0)); }},
    {"service <service>",
     [](World& w, const Gaps& g) -> Status {
       w.shop.service = g[0];
       return {};
     }},
    {"instructions <text>",
     [](World& w, const Gaps& g) -> Status {
       w.shop.instructions = g[0];
       return {};
     }},
    {"cancelled by the <text>",
     [](World& w, const Gaps& g) -> Status {
       w.shop.cancelled = true;
       w.shop.cancel_reason = g[0];
       return {};
     }},
    {"deleted",
     [](World& w, const Gaps&) -> Status {
       w.shop.deleted = true;
       return {};
     }},
    {"a test",
     [](World& w, const Gaps&) -> Status {
       w.shop.test = true;
       return {};
     }},
    {"as of <span> ago",
     [](World& w, const Gaps& g) -> Status {
       w.shop.as_of = w.now - g.span(0);
       return {};
     }},
};

const Phrases parts_and_holds = {
    {"divided into <part status> part <part>",
     [](World& w, const Gaps& g) -> Status {
       divide(w, g[1], g[0]);
       return {};
     }},
    {"part <part> scheduled for <instant>",
     [](World& w, const Gaps& g) -> Status {
       divide(w, g[0], "scheduled");
       w.shop.parts.back().fulfill_at = g.instant(1);
       for (auto& line : w.shop.lines) line.fulfill_at = g.instant(1);
       return {};
     }},
    {"part <part> let go early",
     [](World& w, const Gaps& g) -> Status {
       for (auto& part : w.shop.parts) {
         if (part.part != g[0]) continue;
         part.status = "open";
         part.fulfill_at = {};
       }
       for (auto& line : w.shop.lines) line.fulfill_at = {};
       return {};
     }},
    {"held by <hold> on part <part>",
     [](World& w, const Gaps& g) -> Status {
       w.shop.holds.push_back({g[1], g[0], "", "other app", false});
       return {};
     }},
    {"held by our <hold> on part <part>",
     [](World& w, const Gaps& g) -> Status {
       w.shop.holds.push_back({g[1], g[0], "holdfast", "held", true});
       return {};
     }},
    {"hold <hold> gone",
     [](World& w, const Gaps& g) -> Status {
       std::erase_if(w.shop.holds, [&](const ChannelHold& hold) { return hold.hold == g[0]; });
       return {};
     }},
    {"<n> x <sku> fulfilled there as <fulfillment>",
     [](World& w, const Gaps& g) -> Status {
       const auto line = line_of(w.shop, g[1]).line;
       w.shop.fulfillments.push_back({g[2], "success", "ELSEWHERE1", {{line, g.number(0)}}});
       return {};
     }},
    {"<n> x <sku> fulfilled with number <tracking> as <fulfillment>",
     [](World& w, const Gaps& g) -> Status {
       const auto line = line_of(w.shop, g[1]).line;
       w.shop.fulfillments.push_back({g[3], "success", g[2], {{line, g.number(0)}}});
       return {};
     }},
    {"fulfillment <fulfillment> cancelled",
     [](World& w, const Gaps& g) -> Status {
       for (auto& done : w.shop.fulfillments) {
         if (done.fulfillment == g[0]) done.status = "cancelled";
       }
       return {};
     }},
};

}  // namespace

const Phrases& order_phrases() {
  static const Phrases all = [] {
    Phrases phrases;
    for (const auto* table : {&lines_and_address, &money_and_risk, &changes, &parts_and_holds}) {
      phrases.insert(phrases.end(), table->begin(), table->end());
    }
    return phrases;
  }();
  return all;
}

}  // namespace holdfast::stories
