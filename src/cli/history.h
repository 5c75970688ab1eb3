#pragma once
// History: a stream read back from its events, and the views they add up to.
// It is how the command line proves and rebuilds views; it must never write.

#include <string>
#include <vector>

#include "engine/orders.h"

namespace holdfast::cli {

struct History {
  std::vector<ports::EventRow> rows;
  std::vector<Event> events;  // one for each row
  core::OrderState state;     // after the last
};

/// All events of a stream. NotFound when there are none, Internal when one cannot be read.
Result<History> read_history(ports::Store& store, const ports::StreamKey& stream);

/// The same with its words opened; "[sealed]" stands where no master key is at hand. Errors too.
Result<History> read_opened(ports::Store& store, const engine::Vault* vault,
                            const ports::StreamKey& stream);

/// The same from rows that were read already. Internal when one cannot be read.
Result<History> history_of(std::vector<ports::EventRow> rows);

/// What the store's small tables must say of a stream.
struct Views {
  ports::OrderRow order;
  std::vector<ports::ExceptionRow> exceptions;  // by number
  std::vector<ports::TimerRow> timers;
  std::vector<ports::ReferenceRow> references;
};

/// Derives the views from events alone.
Views views_of(const History& history);

/// What is wrong with the chain of versions, links and, given the vault that hides what events say
/// in it, hashes; empty when it holds.
std::vector<std::string> chain_problems(const std::vector<ports::EventRow>& rows,
                                        const engine::Vault* vault);

/// Where the stored views differ from the events, in words; empty when they agree. Errors are the
/// store's.
Result<std::vector<std::string>> view_problems(ports::Store& store, const History& history);

/// Whether something stops the order now; a case stream is held while a case is open.
bool history_held(const History& history);

/// Proven status of a parcel, and the event that proves that the carrier has it (or nullptr).
TrackingStatus parcel_status(const core::ParcelState& parcel);
const core::TrackedEvent* parcel_acceptance(const core::ParcelState& parcel);

}  // namespace holdfast::cli
