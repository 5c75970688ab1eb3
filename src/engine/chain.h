#pragma once
// Chain: the hash that ties an event to the one before it in its stream.
// It is taken over the stored columns exactly as they stand, so that anyone can verify it offline.
// What an event says enters by a salted hash of its own: a pack may leave the words out and still
// verify, and nobody can guess a hidden price from the hash. It must never depend on a view.

#include <string_view>

#include "ports/store.h"

namespace holdfast::engine {

/// HMAC-SHA-256 under the event's salt over actor and bytes, each preceded by its length and a
/// colon.
Digest content_of(std::string_view salt, const ports::EventRow& row);

/// SHA-256 over previous hash, tenant, stream kind and id, version, time in ms and the content in
/// hexadecimal; numbers as decimal text, each field preceded by its length and a colon.
Digest chained(const Digest& previous, const ports::EventRow& row, const Digest& content);

}  // namespace holdfast::engine
