#pragma once
// Verify: whether a pack proves what it says, offline, knowing nothing but the fingerprint of the
// merchant's key. It trusts nothing inside the pack and must never touch a store or the network.

#include <string>
#include <string_view>
#include <vector>

namespace holdfast::engine {

struct PackReport {
  std::vector<std::string> problems;  // empty: the pack is what it was when it was signed
  std::vector<std::string> checked;   // what was found good, for people
  std::vector<std::string> notes;     // what is left out or was erased, as the pack says

  bool ok() const { return problems.empty(); }
};

/// Checks a pack's bytes against a key's fingerprint ("SHA256:…"): the archive's form and bounds,
/// the signed manifest and every file's hash, the chain of events from the first without a gap,
/// the checkpoint that fixes where it ends, order.json derived again, and the buyer's record
/// against the commitment in the chain.
PackReport verify_pack(std::string_view bytes, std::string_view fingerprint);

}  // namespace holdfast::engine
