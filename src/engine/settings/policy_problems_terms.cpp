#include <algorithm>
#include <array>
#include <string_view>

#include "core/automation.h"
#include "engine/settings/policy_problems.h"

namespace holdfast::engine {
namespace {

constexpr std::array<std::string_view, 3> promise_rules = {"us_mail_order", "eu_distance",
                                                           "marketplace"};

bool is_hour_and_minute(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':') return false;
  if (!digit(0) || !digit(1) || !digit(3) || !digit(4)) return false;
  return (text[0] - '0') * 10 + (text[1] - '0') < 24 && text[3] < '6';
}

bool not_negative(Money money) { return money.minor >= 0; }

/// The strength of evidence a class of proof counts as, as the carrier's gate sees it.
Strength strength_of(Proof proof) {
  switch (proof) {
    case Proof::Electronic:
    case Proof::Inferred:
      return Strength::Claimed;
    case Proof::Collected:
      return Strength::Verified;
    case Proof::Physical:
      return Strength::Observed;
  }
  return Strength::Claimed;
}

void check_service_proof(Problems& problems, const ServicePolicy& service, const std::string& at) {
  for (const auto& gate : problems.policy.gates) {
    if (gate.condition != Condition::CarrierProof || gate.check) continue;
    problems.expect(gate.least <= strength_of(service.proof),
                    "proof " + std::string(name_of(service.proof)) + " is not enough for gate " +
                        gate.gate + ", which takes " + std::string(name_of(gate.least)) +
                        " evidence",
                    at + ".proof", "lower the gate's `least`, or take a stronger proof");
  }
}

void check_services(Problems& problems, const ChannelPolicy& channel, const std::string& at) {
  const bool asked = std::ranges::any_of(problems.policy.gates, [](const GatePolicy& gate) {
    return gate.condition == Condition::ServiceMapped;
  });
  problems.expect(!asked || !channel.services.empty(), "no shipping service is mapped",
                  at + ".services", "map the channel's services, or \"*\" for any");
  Once once(problems, "service");
  for (const auto& service : channel.services) {
    const auto where = at + ".services." + service.service;
    once.see(service.service, where);
    problems.expect_text(service.service, where);
    problems.expect_text(service.supplier_service, where + ".supplier_service");
    problems.expect(service.transit_days > 0 && service.transit_days <= 120,
                    "transit takes 1 to 120 days", where + ".transit_days",
                    "count calendar days from hand-over to delivery");
    check_service_proof(problems, service, where);
  }
}

void check_speakers(Problems& problems, const ChannelPolicy& channel, const std::string& at) {
  Once once(problems, "moment");
  for (const auto& speaker : channel.speakers) {
    once.see(std::string(name_of(speaker.moment)), at + ".speakers");
  }
  for (const auto& [moment, name] : Names<Moment>::table) {
    const bool there = std::ranges::find(channel.speakers, moment, &SpeakerPolicy::moment) !=
                       channel.speakers.end();
    problems.expect(there, "nobody is said to speak at \"" + std::string(name) + "\"",
                    at + ".speakers", "name store, holdfast or nobody");
  }
}

void check_channel(Problems& problems, const ChannelPolicy& channel, const std::string& at) {
  for (const auto& country : channel.excluded_countries) {
    problems.expect_country(country, at + ".excluded_countries");
  }
  const bool rule = channel.promise_rule.empty() ||
                    std::ranges::find(promise_rules, channel.promise_rule) != promise_rules.end();
  problems.expect(rule, "no such promise rule: " + channel.promise_rule, at + ".promise_rule",
                  "us_mail_order, eu_distance, marketplace, or empty");
  problems.expect(channel.handling_days >= 0 && channel.handling_days <= 365,
                  "handling takes 0 to 365 working days", at + ".handling_days",
                  "count from payment to hand-over");
  problems.expect_span(channel.fraud_wait, at + ".fraud_wait");
  problems.expect_span(channel.handoff_gap, at + ".handoff_gap");
  problems.expect_span(channel.stall_after, at + ".stall_after");
  problems.expect(channel.ask_tracker_after.ms == 0 || channel.ask_tracker_after >= hours(1),
                  "a tracker is asked once an hour at most", at + ".ask_tracker_after",
                  "24h, or 0m to never ask");
  problems.expect(not_negative(channel.max_auto_value), "an amount cannot be negative",
                  at + ".max_auto_value", "write it as 500.00 USD, or leave it out");
}

void check_ladder(Problems& problems, const TierPolicy& tier, const std::string& at) {
  struct Step {
    const char* name;
    Duration after;
  };
  const std::array steps = {
      Step{"remind_after", tier.remind_after}, Step{"contact_after", tier.contact_after},
      Step{"reroute_after", tier.reroute_after}, Step{"tell_buyer_after", tier.tell_buyer_after}};
  const Step* before = nullptr;
  for (const auto& step : steps) {
    problems.expect(step.after.ms >= 0, "a wait cannot be negative", at + "." + step.name,
                    "0s leaves the step out");
    if (step.after.ms <= 0) continue;
    problems.expect(!before || before->after < step.after,
                    std::string(step.name) + " is not later than " + (before ? before->name : ""),
                    at + "." + step.name, "remind, contact, reroute, tell_buyer follow each other");
    before = &step;
  }
  problems.expect(tier.contact_after.ms > 0, "no person would hear of a silent supplier",
                  at + ".contact_after", "set it to more than 0");
}

void check_weights(Problems& problems, const WeightPolicy& weights, const std::string& at) {
  const std::array all = {weights.stock,    weights.region_fit,   weights.speed, weights.quality,
                          weights.tracking, weights.cancellation, weights.cost};
  std::int64_t sum = 0;
  for (const auto weight : all) {
    problems.expect(weight >= 0 && weight <= 1000, "a weight lies between 0 and 1000", at,
                    "weights are shares of their sum");
    sum += weight;
  }
  problems.expect(sum > 0, "all weights are 0", at, "give at least one of them a share");
  if (!weights.region.empty()) problems.expect_country(weights.region, at + ".region");
}

}  // namespace

void check_tiers(Problems& problems) {
  Once once(problems, "tier");
  problems.expect(!problems.policy.tiers.empty(), "there is no service tier", "tiers",
                  "suppliers name one of them");
  for (const auto& tier : problems.policy.tiers) {
    const auto at = "tiers." + tier.tier;
    problems.expect_text(tier.tier, at);
    once.see(tier.tier, at);
    problems.expect(tier.cut_off.empty() || is_hour_and_minute(tier.cut_off),
                    "not a time of day: " + tier.cut_off, at + ".cut_off",
                    "HH:MM in the supplier's zone");
    check_ladder(problems, tier, at);
    problems.expect_span(tier.cancel_window, at + ".cancel_window");
    problems.expect(
        tier.batch_before.ms >= 0 && (tier.batch_before.ms == 0 || !tier.cut_off.empty()),
        "a batch needs a cut-off to leave before", at + ".batch_before",
        "set cut_off, or 0s to let purchases leave at once");
    problems.expect(tier.handling_days >= 0, "days cannot be negative", at + ".handling_days",
                    "0 is the same day");
  }
}

void check_routing(Problems& problems) {
  const auto& routing = problems.policy.routing;
  problems.expect_span(routing.feed_max_age, "routing.feed_max_age");
  problems.expect(routing.buffer >= 0, "a buffer cannot be negative", "routing.buffer",
                  "pieces of stated stock that are not trusted");
  problems.expect(routing.least_score >= 0 && routing.least_score <= 1000,
                  "scores lie between 0 and 1000", "routing.least_score",
                  "0 switches the stop-loss off");
  problems.expect(not_negative(routing.split_min_total), "an amount cannot be negative",
                  "routing.split_min_total", "write it as 150.00 USD, or leave it out");
  Once once(problems, "weights for");
  bool general = false;
  for (std::size_t i = 0; i < routing.weights.size(); ++i) {
    const auto& weights = routing.weights[i];
    const auto at = "routing.weights[" + std::to_string(i) + "]";
    check_weights(problems, weights, at);
    once.see(weights.channel + "/" + weights.category + "/" + weights.region, at);
    general =
        general || (weights.channel.empty() && weights.category.empty() && weights.region.empty());
  }
  problems.expect(general, "no weights fit every order", "routing.weights",
                  "add one without channel, category and region");
}

void check_channels(Problems& problems) {
  Once once(problems, "channel");
  bool general = false;
  for (const auto& channel : problems.policy.channels) {
    const auto at = "channels." + channel.channel;
    problems.expect_text(channel.channel, at);
    once.see(channel.channel, at);
    check_channel(problems, channel, at);
    check_services(problems, channel, at);
    check_speakers(problems, channel, at);
    general = general || channel.channel == "*";
  }
  problems.expect(general, "no rules for channels that are not named", "channels",
                  "add one with channel = \"*\"");
}

void check_skus(Problems& problems) {
  std::vector<std::string> risks = {"value"};
  for (const auto& procedure : problems.policy.procedures) {
    risks.insert(risks.end(), procedure.risks.begin(), procedure.risks.end());
  }
  Once once(problems, "SKU");
  for (const auto& sku : problems.policy.skus) {
    const auto at = "skus." + sku.sku;
    problems.expect_text(sku.sku, at);
    once.see(sku.sku, at);
    for (const auto& risk : sku.risks) {
      if (std::ranges::find(risks, risk) != risks.end()) continue;
      const auto near = nearest(risk, risks);
      problems.add("no procedure is for the risk \"" + risk + "\"", at + ".risks",
                   near.empty() ? "one of: " + join(risks, ", ") : "did you mean " + near + "?");
    }
    problems.expect(sku.least_price.micros >= 0, "a price cannot be negative", at + ".least_price",
                    "write it as 19.90 USD");
    const bool digits = sku.hs_code.find_first_not_of("0123456789") == std::string::npos;
    const bool length =
        sku.hs_code.empty() || (sku.hs_code.size() >= 6 && sku.hs_code.size() <= 10);
    problems.expect(digits && length, "not an HS code: " + sku.hs_code, at + ".hs_code",
                    "6 to 10 digits without dots");
    if (!sku.origin.empty()) problems.expect_country(sku.origin, at + ".origin");
  }
}

void check_limits(Problems& problems) {
  Once once(problems, "limit of supplier");
  for (std::size_t i = 0; i < problems.policy.limits.size(); ++i) {
    const auto& limit = problems.policy.limits[i];
    const auto at = "limits[" + std::to_string(i) + "]";
    once.see(limit.supplier, at);
    const bool counts = limit.orders_an_hour >= 0 && limit.orders_a_day >= 0 &&
                        not_negative(limit.money_an_hour) && not_negative(limit.money_a_day);
    problems.expect(counts, "a limit cannot be negative", at, "0 is no limit");
    const bool hour_first = limit.orders_a_day == 0 || limit.orders_an_hour <= limit.orders_a_day;
    problems.expect(hour_first, "an hour's orders are more than a day's", at + ".orders_an_hour",
                    "lower it, or raise orders_a_day");
    const bool both = limit.money_an_hour.currency.known() && limit.money_a_day.currency.known();
    const bool money = !both || (limit.money_an_hour.currency == limit.money_a_day.currency &&
                                 limit.money_an_hour.minor <= limit.money_a_day.minor);
    problems.expect(money, "an hour's money does not fit a day's", at + ".money_an_hour",
                    "same currency, and not more than money_a_day");
    const auto share = limit.share_failing_permille;
    problems.expect(share >= 0 && share <= 1000, "a share lies between 0 and 1000 permille",
                    at + ".share_failing_permille", "500 is one order in two");
    problems.expect(share == 0 || (limit.share_window.ms > 0 && limit.share_from_orders > 0),
                    "a share needs a window and a least number of orders", at,
                    "set share_window and share_from_orders");
    problems.expect(limit.share_window.ms <= days(1).ms, "a window longer than a day",
                    at + ".share_window", "at most 1d");
  }
}

void check_automation(Problems& problems) {
  const auto& automation = problems.policy.automation;
  problems.expect(automation.agreed_needed >= 0 && automation.incident_from >= 0,
                  "a count cannot be negative", "automation", "0 switches it off");
  problems.expect(automation.gather_reminders.ms >= 0, "a wait cannot be negative",
                  "automation.gather_reminders", "0s lets each reminder leave alone");
  Once once(problems, "rule");
  for (const auto& entry : automation.rules) {
    once.see(entry.rule, "automation.rules");
    const auto& known = core::automatic_rules;
    problems.expect(std::ranges::find(known, entry.rule) != known.end(),
                    "no rule acts under the name \"" + entry.rule + "\"", "automation.rules",
                    "one of: " + join(known, ", "));
  }
}

void check_retention(Problems& problems) {
  Once once(problems, "record");
  for (const auto& rule : problems.policy.retention) {
    const auto at = "retention." + rule.record;
    problems.expect_text(rule.record, at);
    once.see(rule.record, at);
    problems.expect_text(rule.index, at + ".index");
    problems.expect_text(rule.access, at + ".access");
    problems.expect(rule.keep_days > 0, "nothing is kept for ever", at + ".keep_days",
                    "name a number of days");
  }
}

}  // namespace holdfast::engine
