#pragma once
// Words: what an event says, in one line for people, and the fields pages share as JSON.
// It must never show what is sealed: events hold no personal data, and this adds none.

#include <string>

#include "engine/views/history.h"

namespace holdfast::engine {

/// A few words that say what happened, in English.
std::string summary_of(const Event& event);

/// The step an event belongs to, for example "intake".
std::string_view step_of(const Event& event);

/// "partially_paid" as "partially paid".
std::string spoken(std::string_view name);

/// The moment, or null when it is not known.
Json moment_json(Instant at);

/// The amount as text, or null when its currency is not known.
Json amount_json(Money amount);
Json amount_json(UnitPrice amount);

/// The contract's list of CheckFinding: what was seen of each item of a check.
Json findings_json(const CheckRecorded& check);

/// {event, name, at, actor, summary} of the contract's EvidenceRef; a check's with its items.
Json evidence_json(const Recorded& recorded);

/// The contract's TimelineEvent: an EvidenceRef with step, stored fields and hash.
Json timeline_json(const Recorded& recorded);

/// A list of texts.
Json texts_json(const std::vector<std::string>& texts);

}  // namespace holdfast::engine
