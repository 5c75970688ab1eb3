// What may be given: the shop's rules, suppliers and their offers, policy parameters, the time.
#include <algorithm>

#include "apps/stories/phrase.h"
#include "apps/stories/world.h"

namespace holdfast::stories {
namespace {

Offer& offer_of(World& w, const std::string& supplier, const std::string& sku) {
  for (auto& offer : w.offers) {
    if (offer.supplier == supplier && offer.sku == sku) return offer;
  }
  auto& offer = w.offers.emplace_back();
  offer.supplier = supplier;
  offer.sku = sku;
  offer.supplier_sku = supplier + ":" + sku;
  offer.lead_days = 1;
  return offer;
}

Status offers(World& w, const Gaps& g) {
  auto& profile = w.supplier(g[0]);
  profile.ship_model = g.name<ShipModel>(2);
  profile.mode = Mode::Auto;
  if (profile.ship_from.empty()) profile.ship_from = "DE";
  auto& offer = offer_of(w, g[0], g[1]);
  offer.cost = g.price(3);
  offer.stock = g.number(4);
  offer.mode = g.name<Mode>(5);
  offer.stated_at = w.now;
  offer.ship_from = profile.ship_from;
  return {};
}

SkuPolicy& sku_of(World& w, const std::string& sku) {
  for (auto& entry : w.policy.skus) {
    if (entry.sku == sku) return entry;
  }
  auto& entry = w.policy.skus.emplace_back();
  entry.sku = sku;
  return entry;
}

void speak(World& w, Moment moment, Speaker speaker) {
  auto& speakers = w.channel().speakers;
  std::erase_if(speakers, [&](const SpeakerPolicy& entry) { return entry.moment == moment; });
  speakers.push_back({moment, speaker});
}

Status with_gate(World& w, const std::string& name, auto change) {
  for (auto& gate : w.policy.gates) {
    if (gate.gate != name) continue;
    change(gate);
    return {};
  }
  return fail(ErrorCode::NotFound, "the policy has no gate " + name);
}

const Phrases shop = {
    {"a shop \"<shop>\" that asks for <payment rule> payment",
     [](World& w, const Gaps& g) -> Status {
       w.shop.channel = g[0];
       w.channel().payment = g.name<PaymentRule>(1);
       return {};
     }},
    {"the shop waits <span> for a fraud assessment",
     [](World& w, const Gaps& g) -> Status {
       w.channel().fraud_wait = g.span(0);
       return {};
     }},
    {"the shop does not deliver to <country>",
     [](World& w, const Gaps& g) -> Status {
       w.channel().excluded_countries.push_back(g[0]);
       return {};
     }},
    {"the shop delivers to PO boxes",
     [](World& w, const Gaps&) -> Status {
       w.channel().po_boxes = true;
       return {};
     }},
    {"the shop only knows the service <service>",
     [](World& w, const Gaps& g) -> Status {
       auto services = w.channel().services;
       if (services.empty()) services.emplace_back();
       services.resize(1);
       services[0].service = g[0];
       w.channel().services = services;
       return {};
     }},
    {"the shop is told on <proof> proof",
     [](World& w, const Gaps& g) -> Status {
       for (auto& service : w.channel().services) service.proof = g.name<Proof>(0);
       return {};
     }},
    {"the shop's parcels take <n> days",
     [](World& w, const Gaps& g) -> Status {
       for (auto& service : w.channel().services) service.transit_days = g.number(0);
       return {};
     }},
    {"the shop promises to ship within <n> working days",
     [](World& w, const Gaps& g) -> Status {
       w.channel().handling_days = g.number(0);
       return {};
     }},
    {"the shop follows the promise rule <rule>",
     [](World& w, const Gaps& g) -> Status {
       w.channel().promise_rule = g[0];
       return {};
     }},
    {"the shop expects a carrier scan within <span> of the label",
     [](World& w, const Gaps& g) -> Status {
       w.channel().handoff_gap = g.span(0);
       return {};
     }},
    {"the shop calls a parcel stalled after <span>",
     [](World& w, const Gaps& g) -> Status {
       w.channel().stall_after = g.span(0);
       return {};
     }},
    {"the tracker is asked about a silent parcel after <span>",
     [](World& w, const Gaps& g) -> Status {
       w.channel().ask_tracker_after = g.span(0);
       return {};
     }},
    {"the shop has a person approve purchases for orders above <money>",
     [](World& w, const Gaps& g) -> Status {
       w.channel().max_auto_value = g.money(0);
       return {};
     }},
    {"the store itself speaks at <moment>",
     [](World& w, const Gaps& g) -> Status {
       speak(w, g.name<Moment>(0), Speaker::Store);
       return {};
     }},
    {"holdfast speaks at <moment>",
     [](World& w, const Gaps& g) -> Status {
       speak(w, g.name<Moment>(0), Speaker::Holdfast);
       return {};
     }},
    {"nobody speaks at <moment>",
     [](World& w, const Gaps& g) -> Status {
       speak(w, g.name<Moment>(0), Speaker::Nobody);
       return {};
     }},
};

const Phrases suppliers = {
    {"supplier \"<supplier>\" ships <sku> <ship model> at <price> with <n> in stock, on <mode>",
     offers},
    {"supplier \"<supplier>\" is itself on <mode>",
     [](World& w, const Gaps& g) -> Status {
       w.supplier(g[0]).mode = g.name<Mode>(1);
       return {};
     }},
    {"supplier \"<supplier>\" is suspended",
     [](World& w, const Gaps& g) -> Status {
       w.supplier(g[0]).suspended = true;
       return {};
     }},
    {"supplier \"<supplier>\" was never vetted",
     [](World& w, const Gaps& g) -> Status {
       w.supplier(g[0]).vetted = false;
       return {};
     }},
    {"supplier \"<supplier>\" is only used for the shop \"<shop>\"",
     [](World& w, const Gaps& g) -> Status {
       w.supplier(g[0]).channels = {g[1]};
       return {};
     }},
    {"supplier \"<supplier>\" does not ship to <country>",
     [](World& w, const Gaps& g) -> Status {
       w.supplier(g[0]).excluded_countries.push_back(g[1]);
       return {};
     }},
    {"supplier \"<supplier>\" stated its stock <span> ago",
     [](World& w, const Gaps& g) -> Status {
       for (auto& offer : w.offers) {
         if (offer.supplier == g[0]) offer.stated_at = w.now - g.span(1);
       }
       return {};
     }},
    {"supplier \"<supplier>\" hands over <n> working days after the order",
     [](World& w, const Gaps& g) -> Status {
       for (auto& offer : w.offers) {
         if (offer.supplier == g[0]) offer.lead_days = g.number(1);
       }
       return {};
     }},
    {"supplier \"<supplier>\" has defects of <n> per mille",
     [](World& w, const Gaps& g) -> Status {
       w.supplier(g[0]).defect_permille = g.number(1);
       return {};
     }},
    {"supplier \"<supplier>\" can be asked by our number",
     [](World& w, const Gaps& g) -> Status {
       w.supplier(g[0]).can_find = true;
       return {};
     }},
    {"supplier \"<supplier>\" is asked every <n> minutes",
     [](World& w, const Gaps& g) -> Status {
       w.supplier(g[0]).can_find = true;
       w.supplier(g[0]).poll_minutes = g.number(1);
       return {};
     }},
    {"supplier \"<supplier>\" works from <n> to <n> o'clock in <zone>",
     [](World& w, const Gaps& g) -> Status {
       auto& calendar = w.supplier(g[0]).calendar;
       calendar.opens_hour = g.number(1);
       calendar.closes_hour = g.number(2);
       calendar.zone = g[3];
       return {};
     }},
    {"supplier \"<supplier>\" is closed on <date>",
     [](World& w, const Gaps& g) -> Status {
       w.supplier(g[0]).calendar.closures.push_back(g[1]);
       return {};
     }},
};

const Phrases rules = {
    {"goods <sku> are of the risk class <class>",
     [](World& w, const Gaps& g) -> Status {
       sku_of(w, g[0]).risks.push_back(g[1]);
       return {};
     }},
    {"goods <sku> may not be sold below <price>",
     [](World& w, const Gaps& g) -> Status {
       sku_of(w, g[0]).least_price = g.price(1);
       return {};
     }},
    {"an order may be split",
     [](World& w, const Gaps&) -> Status {
       w.policy.routing.split_allowed = true;
       w.policy.routing.split_min_total = {};
       return {};
     }},
    {"an order may be split from <money>",
     [](World& w, const Gaps& g) -> Status {
       w.policy.routing.split_allowed = true;
       w.policy.routing.split_min_total = g.money(0);
       return {};
     }},
    {"an order may not be split",
     [](World& w, const Gaps&) -> Status {
       w.policy.routing.split_allowed = false;
       return {};
     }},
    {"a route must score at least <n>",
     [](World& w, const Gaps& g) -> Status {
       w.policy.routing.least_score = g.number(0);
       return {};
     }},
    {"<n> pieces of every stock are left as a buffer",
     [](World& w, const Gaps& g) -> Status {
       w.policy.routing.buffer = g.number(0);
       return {};
     }},
    {"stock stated more than <span> ago is not trusted",
     [](World& w, const Gaps& g) -> Status {
       w.policy.routing.feed_max_age = g.span(0);
       return {};
     }},
    {"gate <gate> takes <strength> evidence",
     [](World& w, const Gaps& g) -> Status {
       return with_gate(w, g[0], [&](GatePolicy& gate) { gate.least = g.name<Strength>(1); });
     }},
    {"gate <gate> may wait <span>",
     [](World& w, const Gaps& g) -> Status {
       return with_gate(w, g[0], [&](GatePolicy& gate) { gate.wait_for = g.span(1); });
     }},
    {"gate <gate> asks for a margin of <n> per mille",
     [](World& w, const Gaps& g) -> Status {
       return with_gate(w, g[0],
                        [&](GatePolicy& gate) { gate.least_margin_permille = g.number(1); });
     }},
    {"gate <gate> only checks",
     [](World& w, const Gaps& g) -> Status {
       return with_gate(w, g[0], [](GatePolicy& gate) { gate.check = true; });
     }},
    {"the <role> <who> covers <n> to <n> o'clock with backup <who>",
     [](World& w, const Gaps& g) -> Status {
       w.policy.roster.push_back({g[1], g[0], {}, g.number(2), g.number(3), g[4]});
       return {};
     }},
    {"nobody is on the roster",
     [](World& w, const Gaps&) -> Status {
       w.policy.roster.clear();
       return {};
     }},
    {"the limit of supplier \"<supplier>\" has tripped",
     [](World& w, const Gaps& g) -> Status {
       w.tripped[g[0]] = "more was bought in an hour than its limit";
       return {};
     }},
    {"the limit of the whole workspace has tripped",
     [](World& w, const Gaps&) -> Status {
       w.tripped["*"] = "more was bought in an hour than the limit for all";
       return {};
     }},
    {"no limit has tripped",
     [](World& w, const Gaps&) -> Status {
       w.tripped.clear();
       return {};
     }},
    {"tracking number <tracking> belongs to another order",
     [](World& w, const Gaps& g) -> Status {
       w.tracking_elsewhere.push_back(g[0]);
       return {};
     }},
    {"the time is <instant>",
     [](World& w, const Gaps& g) -> Status {
       w.now = g.instant(0);
       return {};
     }},
};

}  // namespace

const Phrases& given_phrases() {
  static const Phrases all = [] {
    Phrases phrases;
    for (const auto* table : {&shop, &suppliers, &rules}) {
      phrases.insert(phrases.end(), table->begin(), table->end());
    }
    const auto automation = automation_givens();
    phrases.insert(phrases.end(), automation.begin(), automation.end());
    return phrases;
  }();
  return all;
}

}  // namespace holdfast::stories
