#pragma once
// Pack: everything one order can prove, as one archive that stands on its own.
// What a reader may not see is left out of the words, never out of the chain, and a pack never
// holds anything that was erased.

#include <string>
#include <vector>

#include "engine/evidence/checkpoint.h"
#include "engine/evidence/redact.h"
#include "engine/words.h"

namespace holdfast::engine {

/// What a pack is made of.
struct PackInput {
  ports::StreamKey stream;
  std::vector<ports::EventRow> rows;  // the whole stream, in order of version
  Checkpoint checkpoint;              // made at export, holding the stream's head
  std::vector<Leaf> leaves;           // what it was made over
  std::vector<Checkpoint> earlier;    // the ones before it, oldest first
  std::string buyer;                  // the opened buyer record, JSON; "" when there is none
  Words words;                        // what events refer to, as far as it was not erased
  std::vector<std::string> photos;    // bytes; those no event refers to are left out
  std::string supplier;               // whose rows the supplier profile shows with their terms
};

/// An input ready to be packed, and the rows of its checkpoint, which must be committed before the
/// pack is handed out and be published as every checkpoint is.
struct GatheredPack {
  PackInput input;
  std::vector<ports::RecordRow> rows;
};

/// Reads an order and makes its checkpoint. Call it where commits are made, as make_checkpoint.
/// NotFound when the stream has no events; otherwise the store's and the vault's errors.
Result<GatheredPack> gather_pack(ports::Store& store, const Vault& vault,
                                 const ports::StreamKey& stream, Instant now);

/// Names of the photos the events refer to: SHA-256 in hexadecimal, as files are stored by. Invalid
/// when an event's bytes do not read.
Result<std::vector<std::string>> photos_of(const std::vector<ports::EventRow>& rows);

/// Whether packs of a profile tell who bought.
bool shows_buyer(Profile profile);

/// The archive (a canonical ZIP): manifest.json and its signature, events.jsonl, order.json,
/// checkpoint.json, index.html; words.json with the free text of the events shown, unless it was
/// erased; buyer.json and files/ only for merchant and dispute. Invalid when
/// the input does not fit together or the supplier profile names no supplier.
Result<std::string> export_pack(const PackInput& input, Profile profile, const Vault& vault);

}  // namespace holdfast::engine
