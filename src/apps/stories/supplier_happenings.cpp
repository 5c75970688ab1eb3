// What suppliers say: how far a purchase order got, answers per line, cancellations, parcels.
#include <algorithm>

#include "apps/stories/phrase.h"
#include "apps/stories/world.h"
#include "base/text.h"

namespace holdfast::stories {
namespace {

Status reply(World& w, const std::string& po, PoReply how, std::string ref, std::string detail) {
  return w.ask(SupplierCommand(
      RecordPurchaseOrderReply{po_name(po), how, std::move(ref), std::move(detail)}));
}

/// An answer that accepts a line as it stands on the purchase order.
LineAnswer accepted(const core::PoLine& line) {
  LineAnswer answer;
  answer.line = line.asked.line;
  answer.quantity = line.asked.quantity - line.withdrawn;
  answer.supplier_sku = line.asked.supplier_sku;
  answer.cost = line.asked.cost;
  return answer;
}

Status confirm(World& w, const std::string& po, Strength strength) {
  AcknowledgePurchaseOrder c{po_name(po), {}, strength, "", "supplier"};
  const auto* known = w.state.po(c.po);
  if (!known) return fail(ErrorCode::NotFound, "the story has no purchase order " + po);
  for (const auto& line : known->lines) {
    if (line.live() > 0) c.answers.push_back(accepted(line));
  }
  return w.ask(SupplierCommand(std::move(c)));
}

/// One line's answer, changed in one respect; other lines are not answered.
Status answer(World& w, const std::string& po, std::int64_t line, auto change) {
  AcknowledgePurchaseOrder c{po_name(po), {}, Strength::Attested, "", "supplier"};
  const auto* known = w.state.po(c.po);
  const auto* asked = known ? known->line(line) : nullptr;
  LineAnswer what;
  what.line = line;
  if (asked) what = accepted(*asked);
  change(what);
  c.answers.push_back(std::move(what));
  return w.ask(SupplierCommand(std::move(c)));
}

Status cancel_reply(World& w, const std::string& po, CancelReply answer, std::string detail,
                    std::vector<LineQuantity> lines = {}, std::string who = "supplier") {
  return w.ask(SupplierCommand(AnswerSupplyCancel{po_name(po), answer, std::move(lines),
                                                  std::move(who), std::move(detail)}));
}

Status announce(World& w, const std::string& po, const std::string& tracking,
                const std::string& carrier, std::vector<LineQuantity> lines,
                Strength strength = Strength::Attested) {
  AnnounceParcel c;
  c.po = po_name(po);
  c.carrier = carrier;
  c.tracking = tracking == "no-number" ? "" : tracking;
  c.lines = std::move(lines);
  c.announced_at = w.now;
  c.source = "supplier";
  c.strength = strength;
  w.tracking = tracking;
  return w.ask(SupplierCommand(std::move(c)));
}

Status pay(World& w, const std::string& po, PayablesState state) {
  const auto* known = w.state.po(po_name(po));
  return w.ask(SupplierCommand(RecordSupplierPayment{
      po_name(po), state, known ? known->total : Money{}, "the purchasing desk"}));
}

Phrases how_far() {
  return {
      {"purchase order <po> is sent",
       [](World& w, const Gaps& g) { return reply(w, g[0], PoReply::Sent, "", ""); }},
      {"purchase order <po> is delivered as <reference>",
       [](World& w, const Gaps& g) { return reply(w, g[0], PoReply::Delivered, g[1], ""); }},
      {"purchase order <po> is delivered",
       [](World& w, const Gaps& g) { return reply(w, g[0], PoReply::Delivered, "", ""); }},
      {"the supplier reads purchase order <po>",
       [](World& w, const Gaps& g) { return reply(w, g[0], PoReply::Read, "", ""); }},
      {"the outcome of purchase order <po> is unknown: <text>",
       [](World& w, const Gaps& g) { return reply(w, g[0], PoReply::Unknown, "", g[1]); }},
      {"the supplier refuses purchase order <po>: <text>",
       [](World& w, const Gaps& g) { return reply(w, g[0], PoReply::Refused, "", g[1]); }},
  };
}

Phrases answers() {
  return {
      {"the supplier confirms purchase order <po>",
       [](World& w, const Gaps& g) { return confirm(w, g[0], Strength::Attested); }},
      {"the supplier confirms purchase order <po> with <strength> evidence",
       [](World& w, const Gaps& g) { return confirm(w, g[0], g.name<Strength>(1)); }},
      {"the supplier answers line <n> of purchase order <po>: <ack>",
       [](World& w, const Gaps& g) {
         return answer(w, g[1], g.number(0), [&](LineAnswer& a) { a.kind = g.name<AckKind>(2); });
       }},
      {"the supplier answers line <n> of purchase order <po>: only <n>",
       [](World& w, const Gaps& g) {
         return answer(w, g[1], g.number(0), [&](LineAnswer& a) { a.quantity = g.number(2); });
       }},
      {"the supplier answers line <n> of purchase order <po>: <n> pieces",
       [](World& w, const Gaps& g) {
         return answer(w, g[1], g.number(0), [&](LineAnswer& a) { a.quantity = g.number(2); });
       }},
      {"the supplier answers line <n> of purchase order <po>: price <price>",
       [](World& w, const Gaps& g) {
         return answer(w, g[1], g.number(0), [&](LineAnswer& a) { a.cost = g.price(2); });
       }},
      {"the supplier answers line <n> of purchase order <po>: item <sku>",
       [](World& w, const Gaps& g) {
         return answer(w, g[1], g.number(0), [&](LineAnswer& a) { a.supplier_sku = g[2]; });
       }},
      {"the supplier answers line <n> of purchase order <po>: ready <instant>",
       [](World& w, const Gaps& g) {
         return answer(w, g[1], g.number(0), [&](LineAnswer& a) {
           a.kind = AckKind::DateChanged;
           a.ready_at = g.instant(2);
         });
       }},
  };
}

Phrases cancelling() {
  return {
      {"the supplier agrees to cancel purchase order <po>",
       [](World& w, const Gaps& g) { return cancel_reply(w, g[0], CancelReply::Accepted, ""); }},
      {"the supplier agrees to cancel <n> of line <n> of purchase order <po>",
       [](World& w, const Gaps& g) {
         return cancel_reply(w, g[2], CancelReply::Accepted, "", {{g.number(1), g.number(0)}});
       }},
      {"the supplier cancels purchase order <po> without being asked",
       [](World& w, const Gaps& g) { return cancel_reply(w, g[0], CancelReply::Accepted, ""); }},
      {"the supplier will not cancel purchase order <po>: <text>",
       [](World& w, const Gaps& g) { return cancel_reply(w, g[0], CancelReply::Rejected, g[1]); }},
      {"<who> records that the supplier cancelled purchase order <po>: <text>",
       [](World& w, const Gaps& g) {
         return cancel_reply(w, g[1], CancelReply::Accepted, g[2], {}, g[0]);
       }},
      {"<who> records that the supplier will not cancel purchase order <po>: <text>",
       [](World& w, const Gaps& g) {
         return cancel_reply(w, g[1], CancelReply::Rejected, g[2], {}, g[0]);
       }},
  };
}

Phrases sending() {
  return {
      {"the supplier announces <tracking> by <carrier> for purchase order <po>",
       [](World& w, const Gaps& g) { return announce(w, g[2], g[0], g[1], {}); }},
      {"the supplier announces <tracking> by <carrier> for <n> of line <n> of purchase order <po>",
       [](World& w, const Gaps& g) {
         return announce(w, g[4], g[0], g[1], {{g.number(3), g.number(2)}});
       }},
      {"a feed claims <tracking> by <carrier> for purchase order <po>",
       [](World& w, const Gaps& g) {
         return announce(w, g[2], g[0], g[1], {}, Strength::Claimed);
       }},
      {"the supplier attests <check> of purchase order <po>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(SupplierCommand(
             AttestCheck{g.name<CheckKind>(0), po_name(g[1]), g[2], "", "supplier"}));
       }},
      {"the supplier attests <check> of purchase order <po> without a word",
       [](World& w, const Gaps& g) {
         return w.ask(
             SupplierCommand(AttestCheck{g.name<CheckKind>(0), po_name(g[1]), "", "", "supplier"}));
       }},
      {"<who> records the supplier's <check> of purchase order <po>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(
             SupplierCommand(AttestCheck{g.name<CheckKind>(1), po_name(g[2]), g[3], "", g[0]}));
       }},
      {"our balance is too low for purchase order <po>",
       [](World& w, const Gaps& g) { return pay(w, g[0], PayablesState::BalanceTooLow); }},
      {"purchase order <po> is paid",
       [](World& w, const Gaps& g) { return pay(w, g[0], PayablesState::Paid); }},
      {"purchase order <po> is due for payment",
       [](World& w, const Gaps& g) { return pay(w, g[0], PayablesState::Due); }},
  };
}

}  // namespace

Phrases supplier_happenings() {
  Phrases all;
  for (auto table : {how_far(), answers(), cancelling(), sending()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  return all;
}

}  // namespace holdfast::stories
