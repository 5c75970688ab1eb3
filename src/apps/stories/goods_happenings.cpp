// What happens to goods: checks at the bench, labels, and what carriers report.
#include <algorithm>

#include "apps/stories/phrase.h"
#include "apps/stories/world.h"
#include "base/hash.h"
#include "base/text.h"

namespace holdfast::stories {
namespace {

/// "in DE 101", "2h ago", "flag delayed", "give or take 60 minutes", "as event E1", "instead of X".
Status describe_scan(TrackingRecord& record, std::string_view part) {
  const auto words = split(part, ' ');
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view(); };
  if (word(0) == "in") {
    record.country = word(1);
    record.postcode_prefix = word(2);
  } else if (word(1) == "ago") {
    const auto span = parse_duration(word(0));
    if (!span) return fail(span.error());
    record.carrier_time = record.seen_at - *span;
  } else if (word(0) == "flag") {
    const auto flag = from_name<TrackingFlag>(word(1));
    if (!flag) return fail(flag.error());
    record.flag = *flag;
  } else if (part.starts_with("give or take ")) {
    const auto span = parse_duration(word(3));
    if (!span) return fail(span.error());
    record.uncertainty_minutes = span->ms / 60'000;
  } else if (part.starts_with("as event ")) {
    record.key = word(2);
  } else if (part.starts_with("instead of ")) {
    record.replaces = word(2);
  } else {
    return fail(ErrorCode::Invalid, "a scan has no part \"" + std::string(part) + "\"", {},
                "parts: in COUNTRY [POSTCODE]; SPAN ago; flag FLAG; give or take SPAN; as event "
                "KEY; instead of NUMBER");
  }
  return {};
}

Status scan(World& w, const std::string& tracking, const Gaps& g, std::string_view parts) {
  TrackingRecord record;
  record.status = g.name<TrackingStatus>(1);
  record.proof = g.name<Proof>(2);
  record.seen_at = w.now;
  record.carrier_time = w.now;
  record.source = "provider";
  record.mapping = "1";
  record.key = "event " + std::to_string(w.events.size());
  while (!parts.empty()) {
    const auto comma = parts.find(", ");
    if (auto status = describe_scan(record, trim(parts.substr(0, comma))); !status) return status;
    parts = comma == std::string_view::npos ? std::string_view() : parts.substr(comma + 2);
  }
  return w.ask(EngineCommand(RecordTracking{tracking, "next-carrier", {std::move(record)}}));
}

/// The items of the order's procedure for this check, all with one verdict.
std::vector<CheckItem> items_of(const World& w, CheckKind kind, CheckVerdict verdict) {
  std::vector<CheckItem> items;
  for (const auto& procedure : w.policy.procedures) {
    if (procedure.procedure != w.state.procedure) continue;
    for (const auto& asked : procedure.checklist(kind)) {
      const auto photo = asked.needs == CheckNeed::Photo ? hex(sha256(asked.name)) : "";
      items.push_back({asked.name, verdict, asked.needs == CheckNeed::Text ? "noted" : "", photo});
    }
  }
  if (items.empty()) items.push_back({"goods", verdict, "", ""});
  return items;
}

Status record(World& w, const Gaps& g, Strength strength, CheckVerdict last,
              const std::string& note) {
  RecordCheck c;
  c.check = g.name<CheckKind>(1);
  c.po = po_name(g[2]);
  c.actor = g[0];
  c.strength = strength;
  c.items = items_of(w, c.check, CheckVerdict::Pass);
  c.items.back().verdict = last;
  if (!note.empty()) c.items.back().note = note;
  return w.ask(PeopleCommand(std::move(c)));
}

}  // namespace

Phrases goods_happenings() {
  return {
      {"<tracking> is scanned <status> with <proof> proof, <text>",
       [](World& w, const Gaps& g) { return scan(w, g[0], g, g[3]); }},
      {"<tracking> is scanned <status> with <proof> proof",
       [](World& w, const Gaps& g) { return scan(w, g[0], g, ""); }},
      {"the provider <provider> watches parcel <n>",
       [](World& w, const Gaps& g) {
         return w.ask(EngineCommand(RecordTrackingRegistered{g.number(1), g[0]}));
       }},
      {"<who> passes <check> of purchase order <po>",
       [](World& w, const Gaps& g) {
         return record(w, g, Strength::Verified, CheckVerdict::Pass, "");
       }},
      {"<who> passes <check> of purchase order <po> with <strength> evidence",
       [](World& w, const Gaps& g) {
         return record(w, g, g.name<Strength>(3), CheckVerdict::Pass, "");
       }},
      {"<who> passes <check> of purchase order <po> on word alone",
       [](World& w, const Gaps& g) {
         RecordCheck c;
         c.check = g.name<CheckKind>(1);
         c.po = po_name(g[2]);
         c.actor = g[0];
         c.strength = Strength::Verified;
         c.items = items_of(w, c.check, CheckVerdict::Pass);
         for (auto& item : c.items) item.note = item.photo = "";
         return w.ask(PeopleCommand(std::move(c)));
       }},
      {"<who> fails <check> of purchase order <po>: <text>",
       [](World& w, const Gaps& g) {
         return record(w, g, Strength::Verified, CheckVerdict::Fail, g[3]);
       }},
      {"<who> cannot judge <check> of purchase order <po>: <text>",
       [](World& w, const Gaps& g) {
         return record(w, g, Strength::Verified, CheckVerdict::Unclear, g[3]);
       }},
      {"<who> records <check> of purchase order <po> without its checklist",
       [](World& w, const Gaps& g) {
         return w.ask(PeopleCommand(
             RecordCheck{g.name<CheckKind>(1), po_name(g[2]), {}, {}, Strength::Verified, g[0]}));
       }},
      {"<who> scans order <number> with label <tracking> on parcel <n>",
       [](World& w, const Gaps& g) {
         return w.ask(PeopleCommand(MatchLabel{g.number(3), g[1], g[2], g[0]}));
       }},
  };
}

}  // namespace holdfast::stories
