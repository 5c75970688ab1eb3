#pragma once
// Evidence of an order from a running engine: coverage and packs, for API and command line.
// The checkpoint of a pack is durable and has left before the pack is handed out.

#include <string>

#include "engine/engine.h"

namespace holdfast::apps {

/// The contract's EvidenceCoverage. NotFound when there is no such order, else the store's errors.
Result<Json> evidence_coverage(engine::Engine& engine, const ports::StreamKey& order);

/// An order's pack as a ZIP. Never to be called on the pumping thread. Invalid for an unknown
/// profile, NotFound for an unknown order, Timeout when the engine does not commit within 30 s.
Result<std::string> evidence_pack(engine::Engine& engine, const ports::StreamKey& order,
                                  const std::string& profile, const std::string& supplier);

}  // namespace holdfast::apps
