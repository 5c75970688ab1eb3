#pragma once
// Chain: the hash that ties an event to the one before it in its stream.
// It is taken over the stored columns exactly as they stand, so that anyone can verify it offline.

#include "ports/store.h"

namespace holdfast::engine {

/// SHA-256 over previous hash, tenant, stream kind and id, version, time in ms, actor and bytes;
/// numbers as decimal text, each field preceded by its length and a colon.
Digest chained(const Digest& previous, const ports::EventRow& row);

}  // namespace holdfast::engine
