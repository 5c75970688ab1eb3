#pragma once
// Learned: the cases people decided lately and what they said about the cause, gathered so that a
// rule can follow from them. Kept for a short time for all readers. It must never hold the words of
// a decision: those may name a buyer and stay sealed beside the order.

#include <string>
#include <tuple>
#include <vector>

#include "api/desk.h"
#include "api/lately.h"

namespace holdfast::api {

/// One case that a person decided. Rows from before causes were kept say no actor, an unknown cause
/// and no wish for another rule.
struct DecidedCase {
  ports::StreamKey stream;
  std::int64_t number = 0;
  ReasonCode reason{};
  std::string about;
  std::string store_number;
  std::string channel;
  std::string supplier;
  Instant opened_at;
  Instant decided_at;
  std::string verb;
  std::string actor;
  RootCause root_cause = RootCause::Unknown;
  bool rule_change = false;
};

/// The place of a decided case in the list, which begins with the greatest.
using DecidedPlace = std::tuple<Instant, ports::StreamKey, std::int64_t>;
DecidedPlace place_of(const DecidedCase& decided);

/// What was decided in the last 90 days, at most 10 s old, newest first. Of all closed cases the
/// 5,000 with the latest deadline are looked at.
struct Learned {
  Instant read_at;
  Instant as_of;
  Instant complete_from;  // everything decided since then is here
  std::vector<DecidedCase> cases;
};

/// What was read lately; kept in the desk.
struct LearnedBook {
  Lately<Learned> lately;
};

/// Errors are the store's.
Result<std::shared_ptr<const Learned>> learned(Desk& desk);

}  // namespace holdfast::api
