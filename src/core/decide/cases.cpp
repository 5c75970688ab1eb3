#include <algorithm>
#include <charconv>

#include "core/automation.h"
#include "core/decide/handlers.h"
#include "core/tracking/proof.h"

namespace holdfast::core::deciding {
namespace {

/// "HF-1 line 2" → the purchase order and the line.
std::pair<std::string, std::int64_t> po_and_line(const std::string& about) {
  const auto at = about.find(" line ");
  if (at == std::string::npos) return {about, 0};
  std::int64_t line = 0;
  const auto* digits = about.data() + at + 6;
  std::from_chars(digits, about.data() + about.size(), line);
  return {about.substr(0, at), line};
}

std::string without(std::string_view text, std::string_view prefix) {
  return std::string(text.starts_with(prefix) ? text.substr(prefix.size()) : text);
}

std::int64_t parcel_number(std::string_view about) {
  std::int64_t number = 0;
  const auto digits = about.substr(about.rfind(' ') + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

/// The purchase orders a case is about: the one it names, its parcel's, or else those that have not
/// left, or else all that are live.
std::vector<std::string> purchases_of(const Run& run, const std::string& about) {
  const auto& state = run.state();
  const auto named = about.substr(about.find('@') + 1);
  if (state.po(named)) return {named};
  if (named.starts_with("parcel ")) {
    const auto* parcel = state.parcel(parcel_number(named));
    return parcel ? std::vector{parcel->po} : std::vector<std::string>{};
  }
  std::vector<std::string> drafts, live;
  for (const auto& po : state.pos) {
    if (po.live() == 0) continue;
    live.push_back(po.po);
    if (po.released_event == 0) drafts.push_back(po.po);
  }
  return drafts.empty() ? live : drafts;
}

/// Withdraws what a gate's case is about and routes it again.
Status route_elsewhere(Run& run, const std::string& about, const ResolveException& c) {
  const auto purchases = purchases_of(run, about);
  const auto before = run.emitted();
  for (const auto& po : purchases) {
    const auto status = handle(run, PeopleCommand(Reroute{po, c.actor, c.note}));
    if (!status) return status;
  }
  if (run.emitted() == before) {
    return fail(ErrorCode::Conflict, "nothing of it can be bought elsewhere any more", about);
  }
  return {};
}

Status run_command(Run& run, const PeopleCommand& command) { return handle(run, command); }

/// Whether a purchase order whose outcome is unknown may be placed again: while something of it is
/// wanted.
Status still_wanted(const PoState* placed) {
  const bool wanted = !placed || std::ranges::any_of(placed->lines, [](const PoLine& part) {
    return part.live() > part.cancelling + part.kept;
  });
  if (wanted) return {};
  return fail(ErrorCode::Conflict, "nothing of this purchase order is wanted any more", "verb",
              "ask the supplier whether it has it, then confirm or reroute");
}

/// Tells the store of a parcel again.
Status tell_again(Run& run, const std::string& about) {
  const auto number = parcel_number(about);
  const auto* parcel = run.state().parcel(number);
  if (!parcel) return fail(ErrorCode::NotFound, "no such parcel", about);
  const auto* proof = acceptance(*parcel);
  run.emit(TellingEvent(StoreTold{number,
                                  parcel->lines,
                                  proof ? proof->proof : Proof::Electronic,
                                  {proof ? proof->event : parcel->told_event}}));
  return {};
}

/// What "retry" means for this case. Of other reasons it is a decision that is only recorded.
Status try_again(Run& run, const ExceptionState& open) {
  if (open.reason == ReasonCode::UnknownOutcome) return still_wanted(run.state().po(open.about));
  if (open.reason == ReasonCode::StoreRefused) return tell_again(run, open.about);
  return {};
}

/// Does what a verb means for this case. Verbs without a mechanical consequence only record the
/// decision; a gate that is still shut opens its case again.
Status act(Run& run, const ExceptionState& open, const ResolveException& c) {
  if (open.about.starts_with("incident ")) return {};  // each of its orders is told
  if (open.reason == ReasonCode::AutomationOffer) {
    const auto mode = c.verb == "approve" ? Mode::Auto : Mode::Propose;
    run.emit(ExceptionsEvent(AutomationModeSet{open.about, mode, c.actor, c.note}));
    return {};
  }
  const auto [po, line] = po_and_line(without(open.about, "cancel "));
  const bool change =
      open.reason == ReasonCode::Substitution || open.reason == ReasonCode::PriceChange;
  const bool buys = open.reason == ReasonCode::Approval || open.reason == ReasonCode::LimitReached;
  if (c.verb == "approve" && buys) {
    return run_command(run, ReleasePurchaseOrder{po, c.actor});
  }
  if ((c.verb == "approve" || c.verb == "reject") && change) {
    return run_command(run, DecideSupplyChange{po, line, c.verb == "approve", c.actor, c.note});
  }
  if (c.verb == "reject" && open.reason == ReasonCode::Approval) {
    if (const auto* known = run.state().po(po)) note_proposal(run, *known, false);
    return run_command(run, Reroute{po, c.actor, c.note});
  }
  if (c.verb == "cancel" && change) {
    const auto* known = run.state().po(po);
    const auto* part = known ? known->line(line) : nullptr;
    if (part && part->change_open()) {
      const DecideSupplyChange no{po, line, false, c.actor, c.note};
      if (auto status = run_command(run, no); !status) return status;
    }
  }
  if (c.verb == "override") {
    return run_command(run, OverrideGate{open.about, c.actor, c.note});
  }
  if (c.verb == "retry") return try_again(run, open);
  const bool silent = open.reason == ReasonCode::SupplierSilent && run.state().po(open.about);
  if (silent && (c.verb == "reroute" || c.verb == "wait")) {
    note_rule(run, "reroute", c.verb == "reroute", po);
  }
  if (c.verb == "reroute") {
    if (run.state().po(po)) return run_command(run, Reroute{po, c.actor, c.note});
    return run.rule("case.reroute") ? route_elsewhere(run, open.about, c) : Status{};
  }
  if (c.verb == "cancel") return run_command(run, RequestCancellation{{}, c.actor, c.note});
  if (c.verb == "buy_again") {
    const auto* known = run.state().po(po);
    const auto cost = known ? cost_of_unstopped(*known) : Money{};
    return run_command(run, ApproveDoubleBuy{po, c.actor, cost, c.note});
  }
  if (c.verb == "release") return run_command(run, ReleaseHold{open.about, c.actor, c.note});
  if (c.verb == "confirm" && open.reason == ReasonCode::UnknownOutcome && run.state().po(po)) {
    return handle(run, SupplierCommand(RecordPurchaseOrderReply{po, PoReply::Sent, {}, c.note}));
  }
  return {};
}

/// The verbs this case offers.
Status offered(const ExceptionState& open, const std::string& verb) {
  if (open.options.empty()) return {};
  std::vector<std::string> verbs;
  for (const auto& option : open.options) {
    if (option.verb == verb) return {};
    verbs.push_back(option.verb);
  }
  return fail(ErrorCode::Invalid, "this case does not offer \"" + verb + "\"", "verb",
              "one of: " + join(verbs, ", "));
}

struct Handler {
  Run& run;

  Result<ExceptionState> open_one(std::int64_t number) const {
    const auto* found = run.state().exception(number);
    if (!found) return fail(ErrorCode::NotFound, "no such case", std::to_string(number));
    if (!found->open) {
      return fail(ErrorCode::Conflict, "the case was already decided", std::to_string(number));
    }
    return *found;
  }

  Status operator()(const ResolveException& c) {
    auto open = open_one(c.number);
    if (!open) return fail(open.error());
    if (auto status = named(c.actor, c.note); !status) return status;
    if (auto status = offered(*open, c.verb); !status) return status;
    run.emit(ExceptionsEvent(
        ExceptionResolved{c.number, c.verb, c.actor, c.note, c.root_cause, c.rule_change}));
    drop_timer(run, TimerKind::ExceptionReview, "case " + std::to_string(c.number));
    return act(run, *open, c);
  }

  Status operator()(const AssignException& c) {
    auto open = open_one(c.number);
    if (!open) return fail(open.error());
    if (c.owner.empty()) return fail(ErrorCode::Invalid, "a case needs an owner", "owner");
    if (open->owner == c.owner) return {};
    run.emit(ExceptionsEvent(ExceptionAssigned{c.number, c.owner, c.actor}));
    return {};
  }

  Status operator()(const SnoozeException& c) {
    auto open = open_one(c.number);
    if (!open) return fail(open.error());
    if (auto status = named(c.actor, c.reason); !status) return status;
    if (c.review_by <= run.now()) {
      return fail(ErrorCode::Invalid, "a review lies in the future", "review_by");
    }
    run.emit(ExceptionsEvent(ExceptionSnoozed{c.number, c.review_by, c.actor, c.reason}));
    set_timer(run, TimerKind::ExceptionReview, "case " + std::to_string(c.number), c.review_by);
    return {};
  }

  Status operator()(const RaiseException& c) {
    if (c.detail.empty()) return fail(ErrorCode::Invalid, "say what happened", "detail");
    CaseDetail detail;
    detail.about = c.about;
    detail.detail = c.detail;
    open_case(run, c.reason, std::move(detail));
    return {};
  }
};

}  // namespace

Status handle(Run& run, const CasesCommand& command) { return std::visit(Handler{run}, command); }

}  // namespace holdfast::core::deciding
