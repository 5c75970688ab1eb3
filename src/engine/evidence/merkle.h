#pragma once
// Merkle: one hash for many leaves, and the short proof that a leaf is among them (RFC 6962
// section 2.1). It must never mix up leaves and nodes: their hashes begin with different bytes.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace holdfast::engine {

/// The hash of one leaf: SHA-256 over a 0 byte and its text.
Digest merkle_leaf(std::string_view text);

/// The root over leaf hashes in their order; SHA-256 of nothing when there is none.
Digest merkle_root(const std::vector<Digest>& leaves);

/// The siblings from a leaf up to the root; `index` must be within the leaves.
std::vector<Digest> merkle_path(const std::vector<Digest>& leaves, std::size_t index);

/// The root a leaf and its path lead to (RFC 9162 section 2.1.3.2); nothing when the path's length
/// does not fit a tree of `count` leaves.
std::optional<Digest> merkle_climb(const Digest& leaf, std::size_t index, std::size_t count,
                                   const std::vector<Digest>& path);

}  // namespace holdfast::engine
