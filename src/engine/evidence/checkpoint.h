#pragma once
// Checkpoint: one signed line over where every changed stream of a tenant stands. Each names the
// one before it, and each leaves the machine, so that a cut tail cannot be hidden by new hashes.
// It must never be signed over anything but what the store holds.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/vault.h"
#include "ports/store.h"

namespace holdfast::engine {

/// Where one stream stood.
struct Leaf {
  ports::StreamKey stream;
  std::int64_t version = 0;
  Digest head{};

  auto operator<=>(const Leaf&) const = default;
};

/// A leaf's hash in the tree: over kind, id, version and head hash as text.
Digest hash_of(const Leaf& leaf);

struct Checkpoint {
  TenantId tenant;
  std::int64_t number = 0;  // from 1
  Instant at;
  std::int64_t upto = 0;  // every event with a seq up to this one is covered, here or before
  std::int64_t count = 0;
  Digest root{};
  Digest previous{};       // hash of the checkpoint before; zeroes for the first
  std::string text;        // what was signed
  std::string signature;   // 64 bytes
  std::string public_key;  // 32 bytes; worth only what a fingerprint known beforehand says
};

/// SHA-256 of the signed text: what the next checkpoint names.
Digest hash_of(const Checkpoint& checkpoint);

/// How people compare a public key: "SHA256:" and the key's hash in base64url.
std::string fingerprint_of(std::string_view public_key);

/// One line of JSON, as stored and as written to checkpoints.jsonl.
std::string encode_checkpoint(const Checkpoint& checkpoint);

/// Reads such a line; Invalid when it is none. The signature is not checked here.
Result<Checkpoint> decode_checkpoint(std::string_view line);

/// Whether the checkpoint's own signature fits its text and key.
bool signature_fits(const Checkpoint& checkpoint);

struct NewCheckpoint {
  Checkpoint checkpoint;
  std::vector<Leaf> leaves;            // sorted
  std::vector<ports::RecordRow> rows;  // to be committed together
  bool more = false;                   // there are events it does not cover yet
};

/// The next checkpoint over everything that changed since the last one, at most `events` events,
/// and over the leaves in `also`. Nothing when nothing changed. Only one may be in the making at a
/// time: call it where commits are made. Errors are the store's; Internal when what it holds does
/// not read.
Result<std::optional<NewCheckpoint>> make_checkpoint(ports::Store& store, const Vault& vault,
                                                     TenantId tenant, Instant now,
                                                     const std::vector<Leaf>& also = {},
                                                     std::size_t events = 20'000);

/// The last `count` stored checkpoints up to number `upto`, oldest first. Errors are the store's;
/// Invalid when a stored one does not read.
Result<std::vector<Checkpoint>> stored_checkpoints(ports::Store& store, TenantId tenant,
                                                   std::int64_t upto, std::int64_t count);

/// The leaves a stored checkpoint was made over; NotFound when it is not stored.
Result<std::vector<Leaf>> stored_leaves(ports::Store& store, TenantId tenant, std::int64_t number);

/// Appends one line to a file and syncs it: checkpoints.jsonl and erasures.jsonl, which backups of
/// the store do not hold. Unavailable when the disk refuses.
Status append_line(const std::string& path, std::string_view line);

}  // namespace holdfast::engine
