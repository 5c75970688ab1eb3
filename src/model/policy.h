#pragma once
// Policy: procedures, gates, routing, tiers, owners and limits as plain values.
// Rules are these few shapes with parameters and never a language.

#include "model/values.h"

namespace holdfast {

/// A gate as data: what opens it, the least evidence it takes, the step it guards and who
/// decides.
struct GatePolicy {
  std::string gate;
  Condition condition{};
  Commitment guards{};
  Strength least{};
  ReasonCode reason{};   // of the exception a failure opens
  std::string releaser;  // role that may override
  std::string decider;   // role that decides when it fails
  std::string enters;    // card: what enters
  std::string verified;  // card: what is verified
  std::string record;    // card: what record proves it
  bool check = false;    // stops nothing; failing, it opens an exception
  Duration wait_for;     // how long "pending" is normal before it is unclear
  std::int64_t least_margin_permille = 0;
  std::int64_t max_price_rise_permille = 0;  // for margin_within: a dearer price that may pass
  Proof proof = Proof::Electronic;       // for carrier_proof: at least this, whatever the service
  std::vector<std::string> ship_models;  // empty means both

  bool operator==(const GatePolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("gate", self.gate);
    visit("condition", self.condition);
    visit("guards", self.guards);
    visit("least", self.least);
    visit("reason", self.reason);
    visit("releaser", self.releaser);
    visit("decider", self.decider);
    visit("enters", self.enters);
    visit("verified", self.verified);
    visit("record", self.record);
    visit("check", self.check);
    visit("wait_for", self.wait_for);
    visit("least_margin_permille", self.least_margin_permille);
    visit("max_price_rise_permille", self.max_price_rise_permille);
    visit("proof", self.proof);
    visit("ship_models", self.ship_models);
  }
};

/// A versioned SOP with its five elements (R5).
struct ProcedurePolicy {
  std::string procedure;
  std::int64_t version = 1;
  std::string input;
  std::string action;
  std::string release;
  std::string exception_path;
  std::string record;
  std::vector<std::string> gates;
  std::vector<std::string>
      risks;  // risk classes that choose it; the first procedure without any is the default
  std::vector<ChecklistItem> receiving;
  std::vector<ChecklistItem> inspection;
  std::vector<ChecklistItem> packing;
  std::vector<CheckKind> statements;  // checks that a supplier who ships direct must attest

  /// What its list asks for at a bench; nothing for the label match.
  const std::vector<ChecklistItem>& checklist(CheckKind kind) const {
    static const std::vector<ChecklistItem> none;
    switch (kind) {
      case CheckKind::Receiving:
        return receiving;
      case CheckKind::Inspection:
        return inspection;
      case CheckKind::Packing:
        return packing;
      case CheckKind::LabelMatch:
        return none;
    }
    return none;
  }

  bool operator==(const ProcedurePolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("procedure", self.procedure);
    visit("version", self.version);
    visit("input", self.input);
    visit("action", self.action);
    visit("release", self.release);
    visit("exception_path", self.exception_path);
    visit("record", self.record);
    visit("gates", self.gates);
    visit("risks", self.risks);
    visit("receiving", self.receiving);
    visit("inspection", self.inspection);
    visit("packing", self.packing);
    visit("statements", self.statements);
  }
};

/// Who owns a reason code, what comes next and by when.
struct ReasonPolicy {
  ReasonCode reason{};
  std::string owner;  // role
  std::string backup;
  std::string next_action;
  Duration review_after;
  std::vector<Option> options;

  bool operator==(const ReasonPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("reason", self.reason);
    visit("owner", self.owner);
    visit("backup", self.backup);
    visit("next_action", self.next_action);
    visit("review_after", self.review_after);
    visit("options", self.options);
  }
};

/// A supplier's service tier: thresholds in the supplier's working time.
struct TierPolicy {
  std::string tier;
  std::string cut_off;  // HH:MM in the supplier's zone
  Duration remind_after;
  Duration contact_after;
  Duration reroute_after;
  Duration tell_buyer_after;
  Duration cancel_window;
  std::int64_t handling_days = 2;  // where the channel names none
  Duration batch_before;  // purchases leave together this long before the cut-off; 0: at once

  bool operator==(const TierPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("tier", self.tier);
    visit("cut_off", self.cut_off);
    visit("remind_after", self.remind_after);
    visit("contact_after", self.contact_after);
    visit("reroute_after", self.reroute_after);
    visit("tell_buyer_after", self.tell_buyer_after);
    visit("cancel_window", self.cancel_window);
    visit("handling_days", self.handling_days);
    visit("batch_before", self.batch_before);
  }
};

/// Routing weights, most specific match first; empty fields match everything.
struct WeightPolicy {
  std::string channel;
  std::string category;
  std::string region;
  std::int64_t stock = 0;
  std::int64_t region_fit = 0;
  std::int64_t speed = 0;
  std::int64_t quality = 0;
  std::int64_t tracking = 0;
  std::int64_t cancellation = 0;
  std::int64_t cost = 0;

  bool operator==(const WeightPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("category", self.category);
    visit("region", self.region);
    visit("stock", self.stock);
    visit("region_fit", self.region_fit);
    visit("speed", self.speed);
    visit("quality", self.quality);
    visit("tracking", self.tracking);
    visit("cancellation", self.cancellation);
    visit("cost", self.cost);
  }
};

/// How suppliers are chosen.
struct RoutingPolicy {
  Duration feed_max_age;
  std::int64_t buffer = 0;
  bool split_allowed = false;
  Money split_min_total;         // a basket of at least this may be split
  std::int64_t least_score = 0;  // stop-loss: below it a person decides
  std::vector<WeightPolicy> weights;

  bool operator==(const RoutingPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("feed_max_age", self.feed_max_age);
    visit("buffer", self.buffer);
    visit("split_allowed", self.split_allowed);
    visit("split_min_total", self.split_min_total);
    visit("least_score", self.least_score);
    visit("weights", self.weights);
  }
};

/// Who speaks to the buyer at a moment.
struct SpeakerPolicy {
  Moment moment{};
  Speaker speaker{};

  bool operator==(const SpeakerPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("moment", self.moment);
    visit("speaker", self.speaker);
  }
};

/// A channel's shipping service in our words.
struct ServicePolicy {
  std::string service;  // as the channel spells it; "*" matches any
  std::string supplier_service;
  std::int64_t transit_days = 7;
  Proof proof = Proof::Physical;  // least proof before the store is told

  bool operator==(const ServicePolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("service", self.service);
    visit("supplier_service", self.supplier_service);
    visit("transit_days", self.transit_days);
    visit("proof", self.proof);
  }
};

/// What holds for one channel; the channel named * is for all others.
struct ChannelPolicy {
  std::string channel;
  PaymentRule payment = PaymentRule::Captured;
  Duration fraud_wait;
  std::vector<std::string> excluded_countries;
  bool po_boxes = false;  // deliverable
  bool phone_required = false;
  std::vector<ServicePolicy> services;
  std::vector<SpeakerPolicy> speakers;
  std::string promise_rule;  // us_mail_order | eu_distance | marketplace
  std::int64_t handling_days = 2;
  Duration handoff_gap;          // after the label, before a carrier has it
  Duration stall_after;          // without any movement
  Duration ask_tracker_after;    // without any news; 0 never asks
  Money max_auto_value;          // above it a purchase is proposed, not made
  bool notify_customer = false;  // the store's own mail on fulfillment

  bool operator==(const ChannelPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("payment", self.payment);
    visit("fraud_wait", self.fraud_wait);
    visit("excluded_countries", self.excluded_countries);
    visit("po_boxes", self.po_boxes);
    visit("phone_required", self.phone_required);
    visit("services", self.services);
    visit("speakers", self.speakers);
    visit("promise_rule", self.promise_rule);
    visit("handling_days", self.handling_days);
    visit("handoff_gap", self.handoff_gap);
    visit("stall_after", self.stall_after);
    visit("ask_tracker_after", self.ask_tracker_after);
    visit("max_auto_value", self.max_auto_value);
    visit("notify_customer", self.notify_customer);
  }
};

/// What is known of one of our SKUs beyond its offers.
struct SkuPolicy {
  std::string sku;
  std::string category;
  std::vector<std::string> risks;
  UnitPrice least_price;  // MAP
  std::string hs_code;
  std::string origin;

  bool operator==(const SkuPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("sku", self.sku);
    visit("category", self.category);
    visit("risks", self.risks);
    visit("least_price", self.least_price);
    visit("hs_code", self.hs_code);
    visit("origin", self.origin);
  }
};

/// A person or a shared desk that holds a role, with coverage.
struct RosterEntry {
  std::string owner;
  std::string role;
  std::string store;           // empty means all
  std::int64_t from_hour = 0;  // in the zone
  std::int64_t to_hour = 24;
  std::string backup;
  std::string escalation{};             // whom to reach, and how, when neither answers
  std::string zone = "UTC";             // IANA
  std::vector<std::int64_t> days{};     // on which its hours begin, 0 is Sunday; none means all
  std::vector<std::string> closures{};  // days off, as in a calendar

  bool operator==(const RosterEntry&) const = default;
  static void each(auto& self, auto& visit) {
    visit("owner", self.owner);
    visit("role", self.role);
    visit("store", self.store);
    visit("from_hour", self.from_hour);
    visit("to_hour", self.to_hour);
    visit("backup", self.backup);
    visit("escalation", self.escalation);
    visit("zone", self.zone);
    visit("days", self.days);
    visit("closures", self.closures);
  }
};

/// What a role may do.
struct AccessPolicy {
  std::string role;
  std::vector<Right> rights;

  bool operator==(const AccessPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("role", self.role);
    visit("rights", self.rights);
  }
};

/// What suppliers and the bench are told of one store's orders, beside what holds for its channel.
struct StorePolicy {
  std::string channel;
  std::string instructions;  // in front of the order's own
  std::string packaging;     // what its parcels are packed in

  bool operator==(const StorePolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("channel", self.channel);
    visit("instructions", self.instructions);
    visit("packaging", self.packaging);
  }
};

/// Who may take a decision that not everybody with the right to decide may take. A decision that no
/// entry names needs only its right; one that entries name needs an entry that fits it.
struct AuthorityPolicy {
  std::string act;                 // an option's verb
  std::vector<std::string> roles;  // any of these
  std::string reason;              // code of the exception it settles; empty means every one
  std::string store;               // channel account; empty means all
  Money up_to;                     // what it may cost; without a currency there is no limit

  bool operator==(const AuthorityPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("act", self.act);
    visit("roles", self.roles);
    visit("reason", self.reason);
    visit("store", self.store);
    visit("up_to", self.up_to);
  }
};

/// How much automation may do before a person looks.
struct LimitPolicy {
  std::string supplier;  // empty means the whole tenant
  std::int64_t orders_an_hour = 0;
  std::int64_t orders_a_day = 0;
  Money money_an_hour;
  Money money_a_day;
  std::int64_t share_failing_permille = 0;  // of the orders in the window, at one gate; 0: no limit
  Duration share_window;
  std::int64_t share_from_orders = 0;  // fewer orders than this in the window say nothing

  bool operator==(const LimitPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("supplier", self.supplier);
    visit("orders_an_hour", self.orders_an_hour);
    visit("orders_a_day", self.orders_a_day);
    visit("money_an_hour", self.money_an_hour);
    visit("money_a_day", self.money_a_day);
    visit("share_failing_permille", self.share_failing_permille);
    visit("share_window", self.share_window);
    visit("share_from_orders", self.share_from_orders);
  }
};

/// How much one rule may do by itself.
struct RuleMode {
  std::string rule;  // purchase, reroute or price_rise
  Mode mode = Mode::Auto;

  bool operator==(const RuleMode&) const = default;
  static void each(auto& self, auto& visit) {
    visit("rule", self.rule);
    visit("mode", self.mode);
  }
};

/// How automation is earned, and what is gathered into one.
struct AutomationPolicy {
  std::int64_t agreed_needed = 0;  // agreed proposals in a row before auto is offered; 0: never
  std::int64_t incident_from = 0;  // open cases of one cause that make an incident; 0: never
  Duration gather_reminders;       // reminders to one supplier wait this long for others
  std::vector<RuleMode> rules;     // a rule that is not named is on auto

  bool operator==(const AutomationPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("agreed_needed", self.agreed_needed);
    visit("incident_from", self.incident_from);
    visit("gather_reminders", self.gather_reminders);
    visit("rules", self.rules);
  }
};

/// What is kept, where it is found, who may see it and when it goes (R118).
struct RetentionPolicy {
  std::string record;
  std::string index;
  std::string access;
  std::int64_t keep_days = 0;

  bool operator==(const RetentionPolicy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("record", self.record);
    visit("index", self.index);
    visit("access", self.access);
    visit("keep_days", self.keep_days);
  }
};

/// Everything people decided beforehand; hashed, and every decision names the hash.
struct Policy {
  std::string name;
  std::vector<GatePolicy> gates;
  std::vector<ProcedurePolicy> procedures;
  std::vector<ReasonPolicy> reasons;
  std::vector<TierPolicy> tiers;
  RoutingPolicy routing;
  std::vector<ChannelPolicy> channels;
  std::vector<StorePolicy> stores;
  std::vector<SkuPolicy> skus;
  std::vector<RosterEntry> roster;
  std::vector<AccessPolicy> access;
  std::vector<AuthorityPolicy> authority;
  std::vector<LimitPolicy> limits;
  AutomationPolicy automation;
  std::vector<RetentionPolicy> retention;

  bool operator==(const Policy&) const = default;
  static void each(auto& self, auto& visit) {
    visit("name", self.name);
    visit("gates", self.gates);
    visit("procedures", self.procedures);
    visit("reasons", self.reasons);
    visit("tiers", self.tiers);
    visit("routing", self.routing);
    visit("channels", self.channels);
    visit("stores", self.stores);
    visit("skus", self.skus);
    visit("roster", self.roster);
    visit("access", self.access);
    visit("authority", self.authority);
    visit("limits", self.limits);
    visit("automation", self.automation);
    visit("retention", self.retention);
  }
};

}  // namespace holdfast
