#include "core/rules.h"

#include "core/routing/route.h"
#include "core/tracking/anomalies.h"

namespace holdfast::core {
namespace {

template <Named E>
void add_names(std::vector<std::string>& rules, const std::string& prefix) {
  for (const auto& [value, name] : Names<E>::table) rules.push_back(prefix + std::string(name));
}

}  // namespace

std::vector<std::string> all_rules(const Policy& policy) {
  std::vector<std::string> rules;
  for (const auto& gate : policy.gates) rules.push_back("gate." + gate.gate);
  for (const auto& gate : policy.gates) rules.push_back("override." + gate.gate);
  add_names<ReasonCode>(rules, "reason.");
  add_names<LadderStep>(rules, "ladder.");
  for (const auto& filter : routing_filters) rules.push_back("routing." + filter);
  for (const auto& anomaly : anomaly_names) rules.push_back("anomaly." + anomaly);
  add_names<Moment>(rules, "moment.");
  add_names<PaymentRule>(rules, "payment.");
  add_names<PoReply>(rules, "reply.");
  add_names<AckKind>(rules, "ack.");
  add_names<CancelReply>(rules, "cancel.");
  for (const char* rule : {"automation.earned",
                           "automation.reset",
                           "buyer.default",
                           "buyer.lapsed",
                           "cancel.unanswered",
                           "cancel.unasked",
                           "case.escalate",
                           "case.reroute",
                           "channel.stale",
                           "evidence.strength",
                           "evidence.waiting",
                           "gate.proof",
                           "incident.join",
                           "incident.open",
                           "promise.us_mail_order",
                           "purchase.double_buy",
                           "store.accepted",
                           "store.own_webhook",
                           "store.refused",
                           "tracking.ask",
                           "tracking.duplicate",
                           "tracking.swap",
                           "routing.split",
                           "routing.stop_loss",
                           "hold",
                           "limit.trip",
                           "mode.propose",
                           "mode.rule",
                           "payment.lapse",
                           "procedure.risk",
                           "promise.ship_by",
                           "promise.deliver_by",
                           "promise.supplier_days",
                           "price.rise",
                           "price.routed",
                           "purchase.batch",
                           "release.gates",
                           "statement.demanded",
                           "purchase.cancel_surplus",
                           "refund.ambiguous",
                           "refund.asked",
                           "cancel.added",
                           "preorder.wakes",
                           "risk.value",
                           "store.hold",
                           "address.late"}) {
    rules.emplace_back(rule);
  }
  return rules;
}

}  // namespace holdfast::core
