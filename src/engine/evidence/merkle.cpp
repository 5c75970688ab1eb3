#include "engine/evidence/merkle.h"

#include <bit>

#include "base/check.h"

namespace holdfast::engine {
namespace {

Digest node(const Digest& left, const Digest& right) {
  std::string text("\1", 1);
  text += bytes_of(left);
  text += bytes_of(right);
  return sha256(text);
}

Digest root_of(const std::vector<Digest>& leaves, std::size_t from, std::size_t count) {
  if (count == 1) return leaves[from];
  const auto left = std::bit_floor(count - 1);  // the largest power of two below count
  return node(root_of(leaves, from, left), root_of(leaves, from + left, count - left));
}

void climb(const std::vector<Digest>& leaves, std::size_t from, std::size_t count,
           std::size_t index, std::vector<Digest>& path) {
  if (count == 1) return;
  const auto left = std::bit_floor(count - 1);
  if (index < left) {
    climb(leaves, from, left, index, path);
    path.push_back(root_of(leaves, from + left, count - left));
  } else {
    climb(leaves, from + left, count - left, index - left, path);
    path.push_back(root_of(leaves, from, left));
  }
}

}  // namespace

Digest merkle_leaf(std::string_view text) {
  std::string bytes("\0", 1);
  bytes += text;
  return sha256(bytes);
}

Digest merkle_root(const std::vector<Digest>& leaves) {
  if (leaves.empty()) return sha256("");
  return root_of(leaves, 0, leaves.size());
}

std::vector<Digest> merkle_path(const std::vector<Digest>& leaves, std::size_t index) {
  check(index < leaves.size(), "a path begins at one of the leaves");
  std::vector<Digest> path;
  climb(leaves, 0, leaves.size(), index, path);
  return path;
}

std::optional<Digest> merkle_climb(const Digest& leaf, std::size_t index, std::size_t count,
                                   const std::vector<Digest>& path) {
  if (index >= count) return std::nullopt;
  auto place = index, last = count - 1;
  auto hash = leaf;
  for (const auto& sibling : path) {
    if (last == 0) return std::nullopt;
    if (place % 2 == 1 || place == last) {
      hash = node(sibling, hash);
      while (place % 2 == 0 && place != 0) {
        place >>= 1;
        last >>= 1;
      }
    } else {
      hash = node(hash, sibling);
    }
    place >>= 1;
    last >>= 1;
  }
  if (last != 0) return std::nullopt;
  return hash;
}

}  // namespace holdfast::engine
