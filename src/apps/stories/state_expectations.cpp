// What a story may expect to be so now: gates, cases, purchases, parcels, promises, stages.
#include <algorithm>

#include "apps/stories/phrase.h"
#include "apps/stories/world.h"
#include "base/text.h"
#include "core/summary.h"

namespace holdfast::stories {
namespace {

Status same_text(const std::string& what, std::string_view wanted, std::string_view found) {
  if (wanted == found) return {};
  return expected(what + " is " + std::string(wanted),
                  found.empty() ? "nothing" : std::string(found));
}

Status gate_is(const World& w, const std::string& key, const std::string& wanted) {
  const auto found = w.state.gates.find(key);
  if (found == w.state.gates.end())
    return expected("gate " + key + " is " + wanted, "never judged");
  const auto& gate = found->second;
  if (name_of(gate.result) == wanted) return {};
  return expected("gate " + key + " is " + wanted,
                  std::string(name_of(gate.result)) + " (" + gate.detail + ")");
}

Status gate_says(const World& w, const std::string& key, const std::string& wanted) {
  const auto found = w.state.gates.find(key);
  const auto detail =
      found == w.state.gates.end() ? std::string("never judged") : found->second.detail;
  if (detail.find(wanted) != std::string::npos) return {};
  return expected("gate " + key + " says " + wanted, detail);
}

/// "the customer desk" is the owner "customer desk".
std::string owner_name(std::string_view who) {
  if (who.starts_with("the ")) who.remove_prefix(4);
  return std::string(who);
}

std::string open_cases(const World& w) {
  std::string text;
  for (const auto& open : w.state.exceptions) {
    if (!open.open) continue;
    text += "\n      " + std::string(name_of(open.reason)) + " about \"" + open.about + "\" for " +
            open.owner + ", review by " + to_text(open.review_by) + ": " + open.detail;
  }
  return text.empty() ? "no open exception" : text;
}

/// An open case of the reason that fits the rest.
Status case_open(const World& w, const std::string& reason, auto fits, const std::string& words) {
  for (const auto& open : w.state.exceptions) {
    if (open.open && name_of(open.reason) == reason && fits(open)) return {};
  }
  return expected("an open exception " + reason + words, open_cases(w));
}

using Case = core::ExceptionState;

Status resolved(World& w, const Gaps& g) {
  bool any = false;
  for (const auto& known : w.state.exceptions) {
    if (name_of(known.reason) != g[0]) continue;
    any = true;
    if (known.open) return expected(g[0] + " is resolved", open_cases(w));
  }
  return any ? Status{} : expected(g[0] + " is resolved", "it never was");
}

Phrases of_gates() {
  return {
      {"gate <gate> of purchase order <po> is <gate result>",
       [](World& w, const Gaps& g) { return gate_is(w, g[0] + "@" + po_name(g[1]), g[2]); }},
      {"gate <gate> of parcel <n> is <gate result>",
       [](World& w, const Gaps& g) { return gate_is(w, g[0] + "@parcel " + g[1], g[2]); }},
      {"gate <gate> is <gate result>",
       [](World& w, const Gaps& g) { return gate_is(w, g[0], g[1]); }},
      {"gate <gate> of purchase order <po> says <text>",
       [](World& w, const Gaps& g) { return gate_says(w, g[0] + "@" + po_name(g[1]), g[2]); }},
      {"gate <gate> of parcel <n> says <text>",
       [](World& w, const Gaps& g) { return gate_says(w, g[0] + "@parcel " + g[1], g[2]); }},
      {"gate <gate> says <text>", [](World& w, const Gaps& g) { return gate_says(w, g[0], g[1]); }},
  };
}

Phrases of_cases() {
  return {
      {"an exception <reason> is open for <who>, due in <span>",
       [](World& w, const Gaps& g) {
         return case_open(
             w, g[0],
             [&](const Case& c) {
               return c.owner == owner_name(g[1]) && c.review_by == w.now + g.span(2);
             },
             " for " + owner_name(g[1]) + ", review by " + to_text(w.now + g.span(2)));
       }},
      {"an exception <reason> is open for <who>",
       [](World& w, const Gaps& g) {
         return case_open(
             w, g[0], [&](const Case& c) { return c.owner == owner_name(g[1]); },
             " for " + owner_name(g[1]));
       }},
      {"an exception <reason> about \"<text>\" is open",
       [](World& w, const Gaps& g) {
         return case_open(
             w, g[0], [&](const Case& c) { return c.about == g[1]; }, " about " + g[1]);
       }},
      {"an exception <reason> offers <verb>",
       [](World& w, const Gaps& g) {
         return case_open(
             w, g[0],
             [&](const Case& c) {
               return std::ranges::find(c.options, g[1], &Option::verb) != c.options.end();
             },
             " that offers " + g[1]);
       }},
      {"an exception <reason> says <text>",
       [](World& w, const Gaps& g) {
         return case_open(
             w, g[0], [&](const Case& c) { return c.detail.find(g[1]) != std::string::npos; },
             " that says " + g[1]);
       }},
      {"an exception <reason> is open",
       [](World& w, const Gaps& g) {
         return case_open(w, g[0], [](const Case&) { return true; }, "");
       }},
      {"the exception <reason> is resolved", resolved},
      {"no exception <reason> is open",
       [](World& w, const Gaps& g) -> Status {
         for (const auto& open : w.state.exceptions) {
           if (open.open && name_of(open.reason) == g[0]) {
             return expected("no open exception " + g[0], open_cases(w));
           }
         }
         return {};
       }},
      {"no exception is open",
       [](World& w, const Gaps&) -> Status {
         const auto found = open_cases(w);
         return found == "no open exception" ? Status{} : expected("no open exception", found);
       }},
      {"<n> exceptions are open",
       [](World& w, const Gaps& g) -> Status {
         const auto open = std::ranges::count_if(w.state.exceptions, &Case::open);
         return open == g.number(0) ? Status{} : expected(g[0] + " open exceptions", open_cases(w));
       }},
  };
}

Status po_says(const World& w, const std::string& number, const std::string& what,
               std::string_view wanted, auto found_in) {
  const auto* po = w.state.po(po_name(number));
  if (!po) return expected("purchase order " + number + " has " + what, "no such purchase order");
  return same_text(what + " of purchase order " + number, wanted, found_in(*po));
}

Phrases of_purchases() {
  return {
      {"there are <n> purchase orders",
       [](World& w, const Gaps& g) {
         return same_text("the number of purchase orders", g[0],
                          std::to_string(w.state.pos.size()));
       }},
      {"there is <n> purchase order",
       [](World& w, const Gaps& g) {
         return same_text("the number of purchase orders", g[0],
                          std::to_string(w.state.pos.size()));
       }},
      {"purchase order <po> is drafted for <supplier>",
       [](World& w, const Gaps& g) {
         return po_says(w, g[0], "the supplier", g[1],
                        [](const core::PoState& po) { return po.supplier; });
       }},
      {"purchase order <po> waits on <mode>",
       [](World& w, const Gaps& g) {
         return po_says(w, g[0], "the mode", g[1], [](const core::PoState& po) {
           return po.released_event ? std::string("released") : std::string(name_of(po.mode));
         });
       }},
      {"purchase order <po> has <n> pieces live",
       [](World& w, const Gaps& g) {
         return po_says(w, g[0], "live pieces", g[1],
                        [](const core::PoState& po) { return std::to_string(po.live()); });
       }},
      {"the supplier calls purchase order <po> <reference>",
       [](World& w, const Gaps& g) {
         return po_says(w, g[0], "the supplier's number", g[1],
                        [](const core::PoState& po) { return po.supplier_ref; });
       }},
      {"line <n> wants <n> pieces",
       [](World& w, const Gaps& g) {
         const auto* line = w.state.line(g.number(0));
         return same_text("wanted of line " + g[0], g[1],
                          std::to_string(line ? line->wanted() : -1));
       }},
      {"line <n> has <n> pieces on order",
       [](World& w, const Gaps& g) {
         return same_text("on order of line " + g[0], g[1],
                          std::to_string(w.state.on_order(g.number(0))));
       }},
  };
}

Phrases of_the_whole() {
  return {
      {"the order runs under procedure <procedure>",
       [](World& w, const Gaps& g) { return same_text("the procedure", g[0], w.state.procedure); }},
      {"the stage is <stage>",
       [](World& w, const Gaps& g) {
         return same_text("the stage", g[0], core::name_of(core::stage_of(w.state)));
       }},
      {"the order is held",
       [](World& w, const Gaps&) {
         return same_text("held", "yes", core::is_held(w.state) ? "yes" : "no");
       }},
      {"the order is not held",
       [](World& w, const Gaps&) {
         return same_text("held", "no", core::is_held(w.state) ? "yes" : "no");
       }},
      {"the order is over",
       [](World& w, const Gaps&) {
         return same_text("over", "yes", core::is_over(w.state) ? "yes" : "no");
       }},
      {"the order is not over",
       [](World& w, const Gaps&) {
         return same_text("over", "no", core::is_over(w.state) ? "yes" : "no");
       }},
      {"the promise <promise> is <instant>",
       [](World& w, const Gaps& g) {
         const auto* promise = w.state.promise(g.name<PromiseKind>(0));
         return same_text("the promise " + g[0], g[1], promise ? to_text(promise->due_at) : "");
       }},
      {"the promise <promise> says <text>",
       [](World& w, const Gaps& g) -> Status {
         const auto* promise = w.state.promise(g.name<PromiseKind>(0));
         const auto source = promise ? promise->source : std::string();
         return source.find(g[1]) != std::string::npos ? Status{}
                                                       : expected("a promise by " + g[1], source);
       }},
      {"timer <timer> about <text> is set for <instant>",
       [](World& w, const Gaps& g) {
         for (const auto& set : w.state.timers) {
           if (name_of(set.timer) == g[0] && set.about == g[1]) {
             return same_text("timer " + g[0], g[2], to_text(set.due_at));
           }
         }
         return same_text("timer " + g[0], g[2], "");
       }},
      {"no timer <timer> is set",
       [](World& w, const Gaps& g) -> Status {
         for (const auto& set : w.state.timers) {
           if (name_of(set.timer) == g[0]) {
             return expected("no timer " + g[0], set.about + " at " + to_text(set.due_at));
           }
         }
         return {};
       }},
      {"the next promise is due at <instant>",
       [](World& w, const Gaps& g) {
         return same_text("the next due moment", g[0], to_text(core::next_due(w.state)));
       }},
      {"the list shows <text>",
       [](World& w, const Gaps& g) -> Status {
         const auto summary = core::summary_json(w.state);
         return summary.find(g[0]) != std::string::npos ? Status{}
                                                        : expected("a list with " + g[0], summary);
       }},
  };
}

/// What the outbox says of the effects of a name whose turn comes only now: why each is withdrawn,
/// "" for those that would be sent.
std::vector<std::string> late_effects(const World& w, const std::string& name) {
  std::vector<std::string> reasons;
  for (const auto& effect : w.outbox) {
    if (name_of(effect) == name) reasons.push_back(core::no_longer_wanted(w.state, effect));
  }
  return reasons;
}

Status withdrawn(World& w, const Gaps& g) {
  const auto reasons = late_effects(w, g[0]);
  for (const auto& reason : reasons) {
    if (!reason.empty() && reason.find(g[1]) != std::string::npos) return {};
  }
  return expected(g[0] + " is withdrawn: " + g[1],
                  reasons.empty() ? "none was asked for" : "\"" + join(reasons, "\", \"") + "\"");
}

Status still_wanted(World& w, const Gaps& g) {
  const auto reasons = late_effects(w, g[0]);
  if (!reasons.empty() && reasons.back().empty()) return {};
  return expected(g[0] + " is still wanted",
                  reasons.empty() ? "none was asked for" : reasons.back());
}

Status removed_by(World& w, const Gaps& g) {
  std::string found;
  const auto look = [&](const std::vector<Candidate>& candidates) {
    for (const auto& candidate : candidates) {
      if (candidate.supplier == g[0]) found = candidate.removed_by;
    }
  };
  for (const auto& event : w.events) {
    if (const auto* decided = event.as<RoutingDecided>()) look(decided->candidates);
    if (const auto* failed = event.as<RoutingFailed>()) look(failed->candidates);
  }
  return same_text("the filter that removed " + g[0], g[1], found);
}

Phrases of_later() {
  return {
      {"the waiting <effect> is withdrawn: <text>", withdrawn},
      {"the waiting <effect> is still wanted", still_wanted},
      {"<supplier> was left out by the filter <filter>", removed_by},
      {"parcel <n> shows <anomaly>",
       [](World& w, const Gaps& g) {
         const auto* parcel = w.state.parcel(g.number(0));
         const bool seen =
             parcel && std::ranges::find(parcel->anomalies, g[1]) != parcel->anomalies.end();
         return same_text("anomaly " + g[1], "seen", seen ? "seen" : "not seen");
       }},
      {"parcel <n> shows nothing odd",
       [](World& w, const Gaps& g) {
         const auto* parcel = w.state.parcel(g.number(0));
         return same_text("anomalies", "",
                          parcel && !parcel->anomalies.empty() ? parcel->anomalies.front() : "");
       }},
      {"parcel <n> has number <tracking>",
       [](World& w, const Gaps& g) {
         const auto* parcel = w.state.parcel(g.number(0));
         return same_text("number of parcel " + g[0], g[1], parcel ? parcel->tracking : "");
       }},
      {"there are <n> parcels",
       [](World& w, const Gaps& g) {
         return same_text("the number of parcels", g[0], std::to_string(w.state.parcels.size()));
       }},
  };
}

}  // namespace

Phrases state_expectations() {
  Phrases all;
  for (auto table : {of_gates(), of_cases(), of_purchases(), of_the_whole(), of_later()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  return all;
}

}  // namespace holdfast::stories
