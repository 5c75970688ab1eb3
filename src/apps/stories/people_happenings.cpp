// What people decide: releases, overrides, holds, cancellations, cases.
#include <algorithm>

#include "apps/stories/phrase.h"
#include "apps/stories/world.h"

namespace holdfast::stories {
namespace {

/// "nobody" is the missing name that a decision must not have.
std::string actor(const std::string& who) { return who == "nobody" ? "" : who; }

Status decide_change(World& w, const Gaps& g, bool approved) {
  return w.ask(
      PeopleCommand(DecideSupplyChange{po_name(g[2]), g.number(1), approved, actor(g[0]), g[3]}));
}

Status override_gate(World& w, const std::string& who, const std::string& key,
                     const std::string& reason) {
  return w.ask(PeopleCommand(OverrideGate{key, actor(who), reason}));
}

/// The number of the open case of a reason, the newest first; 0 when there is none.
std::int64_t open_case(const World& w, ReasonCode reason) {
  for (auto it = w.state.exceptions.rbegin(); it != w.state.exceptions.rend(); ++it) {
    if (it->open && it->reason == reason) return it->number;
  }
  return 0;
}

/// The newest case of a reason, open or not.
std::int64_t newest_case(const World& w, ReasonCode reason) {
  std::int64_t number = 0;
  for (const auto& known : w.state.exceptions) {
    if (known.reason == reason) number = known.number;
  }
  return number;
}

Status resolve(World& w, const Gaps& g, RootCause cause, bool rule_change) {
  return w.ask(CasesCommand(ResolveException{open_case(w, g.name<ReasonCode>(1)), g[2], actor(g[0]),
                                             g[3], cause, rule_change}));
}

Phrases orders() {
  return {
      {"<who> releases purchase order <po>",
       [](World& w, const Gaps& g) {
         return w.ask(PeopleCommand(ReleasePurchaseOrder{po_name(g[1]), actor(g[0])}));
       }},
      {"<who> approves the change of line <n> of purchase order <po>: <text>",
       [](World& w, const Gaps& g) { return decide_change(w, g, true); }},
      {"<who> rejects the change of line <n> of purchase order <po>: <text>",
       [](World& w, const Gaps& g) { return decide_change(w, g, false); }},
      {"<who> buys purchase order <po> again for <money>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(
             PeopleCommand(ApproveDoubleBuy{po_name(g[1]), actor(g[0]), g.money(2), g[3]}));
       }},
      {"<who> reroutes purchase order <po>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(PeopleCommand(Reroute{po_name(g[1]), actor(g[0]), g[2]}));
       }},
      {"<who> has the supplier of purchase order <po> written to again: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(PeopleCommand(SendReminder{po_name(g[1]), actor(g[0]), g[2]}));
       }},
      {"<who> corrects the number of parcel <n> to <tracking> by <carrier>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(PeopleCommand(CorrectTracking{g.number(1), g[3], g[2], actor(g[0]), g[4]}));
       }},
      {"<who> cancels the order: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(PeopleCommand(RequestCancellation{{}, actor(g[0]), g[1]}));
       }},
      {"<who> cancels <n> of line <n>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(
             PeopleCommand(RequestCancellation{{{g.number(2), g.number(1)}}, actor(g[0]), g[3]}));
       }},
  };
}

Phrases gates_and_holds() {
  return {
      {"<who> overrides gate <gate> of purchase order <po>: <text>",
       [](World& w, const Gaps& g) {
         return override_gate(w, g[0], g[1] + "@" + po_name(g[2]), g[3]);
       }},
      {"<who> overrides gate <gate> of parcel <n>: <text>",
       [](World& w, const Gaps& g) {
         return override_gate(w, g[0], g[1] + "@parcel " + g[2], g[3]);
       }},
      {"<who> overrides gate <gate>: <text>",
       [](World& w, const Gaps& g) { return override_gate(w, g[0], g[1], g[2]); }},
      {"<who> places the hold <hold>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(PeopleCommand(PlaceHold{g[1], actor(g[0]), g[2]}));
       }},
      {"<who> lifts the hold <hold>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(PeopleCommand(ReleaseHold{g[1], actor(g[0]), g[2]}));
       }},
      {"<who> notes: <text>",
       [](World& w, const Gaps& g) { return w.ask(PeopleCommand(AddNote{actor(g[0]), g[1]})); }},
  };
}

Phrases cases() {
  return {
      {"<who> decides <reason> with <verb>: <text>; root cause <root cause>, the rule should "
       "change",
       [](World& w, const Gaps& g) { return resolve(w, g, g.name<RootCause>(4), true); }},
      {"<who> decides <reason> with <verb>: <text>; root cause <root cause>",
       [](World& w, const Gaps& g) { return resolve(w, g, g.name<RootCause>(4), false); }},
      {"<who> decides <reason> with <verb>: <text>",
       [](World& w, const Gaps& g) { return resolve(w, g, RootCause::Unknown, false); }},
      {"<who> decides the closed <reason> with <verb>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(CasesCommand(ResolveException{
             newest_case(w, g.name<ReasonCode>(1)), g[2], actor(g[0]), g[3], {}, false}));
       }},
      {"<who> gives <reason> to <who>",
       [](World& w, const Gaps& g) {
         return w.ask(
             CasesCommand(AssignException{open_case(w, g.name<ReasonCode>(1)), actor(g[2]), g[0]}));
       }},
      {"<who> puts <reason> off for <span>: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(CasesCommand(SnoozeException{open_case(w, g.name<ReasonCode>(1)),
                                                   w.now + g.span(2), actor(g[0]), g[3]}));
       }},
      {"<who> puts <reason> off into the past: <text>",
       [](World& w, const Gaps& g) {
         return w.ask(CasesCommand(SnoozeException{open_case(w, g.name<ReasonCode>(1)),
                                                   w.now - hours(1), actor(g[0]), g[2]}));
       }},
      {"<who> raises <reason> about \"<text>\": <text>",
       [](World& w, const Gaps& g) {
         return w.ask(CasesCommand(RaiseException{g.name<ReasonCode>(1), g[2], g[3], g[0]}));
       }},
      {"<who> raises <reason> without a word",
       [](World& w, const Gaps& g) {
         return w.ask(CasesCommand(RaiseException{g.name<ReasonCode>(1), "", "", g[0]}));
       }},
  };
}

}  // namespace

Phrases people_happenings() {
  Phrases all;
  for (auto table : {orders(), gates_and_holds(), cases()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  return all;
}

const Phrases& when_phrases() {
  static const Phrases all = [] {
    Phrases phrases;
    for (auto table : {channel_happenings(), supplier_happenings(), goods_happenings(),
                       people_happenings(), automation_happenings()}) {
      phrases.insert(phrases.end(), table.begin(), table.end());
    }
    return phrases;
  }();
  return all;
}

}  // namespace holdfast::stories
