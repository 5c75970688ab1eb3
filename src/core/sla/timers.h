#pragma once
// Timers: what a due moment means, and which due moments a purchase order or parcel has.
// A timer never changes a fact; it opens a case, takes a ladder step, or only wakes the order.

#include <string>
#include <vector>

#include "core/run.h"

namespace holdfast::core {

/// What a buyer who is asked about a delay may answer: wait, change, cancel_and_refund.
const std::vector<std::string>& buyer_answers();

/// Stands in the place of a buyer's answer when everything left, or nothing is wanted any more,
/// before there was one.
inline constexpr const char* question_lapsed = "lapsed";

/// Acts on a due moment that was just recorded as fired.
void on_timer(Run& run, TimerKind timer, const std::string& about);

/// Sets the ladder for a purchase order that just left: remind, contact, re-route, tell the buyer.
void start_ladder(Run& run, const std::string& po);

/// Drops the ladder of a purchase order that needs no reminding any more.
void stop_ladder(Run& run, const std::string& po);

/// Moves the parcel's next question to the tracker: something was just heard of it.
void news_heard(Run& run, std::int64_t parcel);

/// The parcel a timer is about, from its words "parcel 2".
std::int64_t parcel_in(std::string_view about);

/// Sets or drops the timers of hand-over gap, stall and silence as the parcel's events ask.
void watch_parcel(Run& run, std::int64_t parcel);

}  // namespace holdfast::core
