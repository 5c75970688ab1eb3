#include "engine/views/purchase_measures.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/zone.h"
#include "core/sla/working_time.h"
#include "core/tracking/proof.h"
#include "engine/views/words.h"

namespace holdfast::engine {
namespace {

/// When somebody would first have to ask after an answer.
Instant answer_due_of(const Setup& setup, const SupplierProfile& profile, Instant released_at) {
  const auto& tiers = setup.policy.tiers;
  const auto tier = std::ranges::find(tiers, profile.tier, &TierPolicy::tier);
  if (tier == tiers.end()) return {};
  for (const auto span : {tier->remind_after, tier->contact_after, tier->reroute_after}) {
    if (span.ms > 0) return core::add_working_time(profile.calendar, released_at, span);
  }
  return {};
}

Instant end_of_day(Instant at, const std::string& zone) {
  const auto day = local_time(at, zone);
  return instant_at(day.year, day.month, day.day, 23, 59, zone) + minutes(1);
}

/// The end of the last day that the supplier named, else the order's promise to hand over.
Instant ship_due_of(const core::OrderState& state, const core::PoState& po,
                    const std::string& zone) {
  Instant ready;
  for (const auto& line : po.lines) {
    if (line.answer && line.live() > 0) ready = std::max(ready, line.answer->ready_at);
  }
  if (ready) return end_of_day(ready, zone);
  const auto* promise = state.promise(PromiseKind::ShipBy);
  return promise ? promise->due_at : Instant{};
}

/// When a carrier proved to have the last of it.
Instant shipped_at(const core::OrderState& state, const core::PoState& po) {
  std::int64_t pieces = 0;
  Instant last;
  for (const auto& parcel : state.parcels) {
    const auto* proof = parcel.po == po.po ? core::acceptance(parcel) : nullptr;
    if (!proof) continue;
    for (const auto& part : parcel.lines) pieces += part.quantity;
    last = std::max(last, proof->at);
  }
  return po.live() > 0 && pieces >= po.live() ? last : Instant{};
}

void count_lines(const core::PoState& po, PurchaseFacts& facts) {
  facts.lines = std::ssize(po.lines);
  for (const auto& line : po.lines) {
    if (po.refused) {
      ++facts.lines_answered;
      ++facts.lines_rejected;
      continue;
    }
    if (!line.answer) continue;
    ++facts.lines_answered;
    switch (line.answer->kind) {
      case AckKind::Accepted:
        break;
      case AckKind::QuantityChanged:
      case AckKind::PriceChanged:
      case AckKind::DateChanged:
      case AckKind::ItemChanged:
        ++facts.lines_changed;
        break;
      case AckKind::Backordered:
      case AckKind::Rejected:
        ++facts.lines_rejected;
        break;
    }
  }
}

/// When answers came, as recorded here.
void take_answers(const History& history, const core::PoState& po, PurchaseFacts& facts) {
  std::set<std::int64_t> open;
  for (const auto& line : po.lines) open.insert(line.asked.line);
  for (const auto& [row, event] : history.events) {
    const auto* answer = event.as<PurchaseOrderAcknowledged>();
    const auto* reply = event.as<PurchaseOrderReplied>();
    if (answer && answer->po == po.po) {
      for (const auto& line : answer->answers) open.erase(line.line);
    } else if (reply && reply->po == po.po && reply->reply == PoReply::Refused) {
      open.clear();
    } else {
      if (const auto* paid = event.as<SupplierPaymentRecorded>(); paid && paid->po == po.po) {
        facts.payment = paid->state;
        facts.paid = paid->amount;
      }
      continue;
    }
    if (!facts.first_answer_at) facts.first_answer_at = row.at;
    if (open.empty() && !facts.answered_at) facts.answered_at = row.at;
  }
}

struct Measured {
  std::int64_t hits = 0;
  std::int64_t sample = 0;
  std::int64_t left_out = 0;

  void add(bool hit) {
    ++sample;
    hits += hit ? 1 : 0;
  }
};

Json measure_json(const char* name, const char* unit, std::int64_t value, std::int64_t sample,
                  std::int64_t left_out, const char* definition) {
  Json json;
  json.set("measure", name);
  json.set("unit", unit);
  json.set("value", sample == 0 ? Json() : Json(value));
  json.set("sample", sample);
  json.set("left_out", left_out);
  json.set("definition", definition);
  return json;
}

Json share_json(const char* name, const Measured& of, const char* definition) {
  const auto value = of.sample == 0 ? 0 : (of.hits * 1000 + of.sample / 2) / of.sample;
  return measure_json(name, "permille", value, of.sample, of.left_out, definition);
}

/// The smallest value that at least `permille` of them do not exceed.
std::int64_t nearest_rank(const std::vector<std::int64_t>& sorted, std::int64_t permille) {
  if (sorted.empty()) return 0;
  const auto rank = (std::ssize(sorted) * permille + 999) / 1000;
  return sorted[static_cast<std::size_t>(std::max<std::int64_t>(1, rank) - 1)];
}

/// A thing with a due moment: in time, too late, or not to be judged yet.
void judge(Measured& measured, Instant due, Instant done, bool spared, Instant now) {
  if (!due || (!done && (spared || now <= due))) {
    ++measured.left_out;
    return;
  }
  measured.add(done && done <= due);
}

}  // namespace

std::vector<PurchaseFacts> purchase_facts(const Setup& setup, const History& history,
                                          const std::string& supplier) {
  std::vector<PurchaseFacts> found;
  const auto known = setup.profiles.find(supplier);
  if (known == setup.profiles.end()) return found;
  const auto& profile = known->second;
  for (const auto& po : history.state.pos) {
    if (po.supplier != supplier || !po.released_at) continue;
    PurchaseFacts facts;
    facts.po = po.po;
    facts.channel = history.state.channel;
    facts.released_at = po.released_at;
    take_answers(history, po, facts);
    facts.answer_due = answer_due_of(setup, profile, po.released_at);
    count_lines(po, facts);
    facts.ship_due = ship_due_of(history.state, po, profile.calendar.zone);
    facts.shipped_at = shipped_at(history.state, po);
    facts.taken_back = po.live() == 0;
    found.push_back(std::move(facts));
  }
  return found;
}

Json measures_json(const std::vector<const PurchaseFacts*>& facts, Instant now) {
  Measured answered, changed, rejected, shipped;
  std::vector<std::int64_t> waits;
  for (const auto* po : facts) {
    judge(answered, po->answer_due, po->answered_at, po->taken_back, now);
    judge(shipped, po->ship_due, po->shipped_at, po->taken_back, now);
    if (po->first_answer_at) waits.push_back((po->first_answer_at - po->released_at).ms / 60'000);
    for (std::int64_t line = 0; line < po->lines; ++line) {
      if (line >= po->lines_answered) {
        ++changed.left_out;
        ++rejected.left_out;
        continue;
      }
      changed.add(line < po->lines_changed);
      rejected.add(line < po->lines_rejected);
    }
  }
  std::ranges::sort(waits);
  const auto heard = std::ssize(waits), silent = std::ssize(facts) - heard;
  Json list{Json::Array{}};
  list.push(share_json("answered_on_time", answered,
                       "Purchase orders with an answer for every line before the tier's first "
                       "reminder was due, in the supplier's working time. Left out: not due yet, "
                       "taken back unanswered, or a tier without such a span."));
  list.push(measure_json("answer_median", "minutes", nearest_rank(waits, 500), heard, silent,
                         "From the release of a purchase order to the first answer recorded, by "
                         "the clock; half of them took no longer. Left out: not answered."));
  list.push(measure_json("answer_p90", "minutes", nearest_rank(waits, 900), heard, silent,
                         "From the release of a purchase order to the first answer recorded, by "
                         "the clock; nine of ten took no longer. Left out: not answered."));
  list.push(share_json("lines_changed", changed,
                       "Answered lines whose newest answer changed quantity, price, date or item. "
                       "Left out: lines without an answer."));
  list.push(share_json("lines_rejected", rejected,
                       "Answered lines that were rejected or backordered. Left out: lines without "
                       "an answer."));
  list.push(share_json("shipped_on_time", shipped,
                       "Purchase orders whose pieces a carrier proved to have by the end of the "
                       "day the supplier named, else by the order's promise to ship. Left out: "
                       "not due yet, nothing wanted any more, or no day known."));
  return list;
}

Json payables_json(const std::vector<const PurchaseFacts*>& facts) {
  struct Sum {
    std::int64_t count = 0;
    Money amount;
  };
  std::map<std::pair<PayablesState, Currency>, Sum> sums;
  for (const auto* po : facts) {
    if (!po->payment) continue;
    auto& sum = sums[{*po->payment, po->paid.currency}];
    ++sum.count;
    if (const auto more = add(sum.amount, po->paid)) sum.amount = *more;
  }
  Json list{Json::Array{}};
  for (const auto& [key, sum] : sums) {
    Json json;
    json.set("state", name_of(key.first));
    json.set("purchase_orders", sum.count);
    json.set("amount", amount_json(sum.amount));
    list.push(std::move(json));
  }
  return list;
}

}  // namespace holdfast::engine
