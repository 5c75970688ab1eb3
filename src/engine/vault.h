#pragma once
// Vault: personal data at rest. Each order has its own data key, sealed by the tenant's key; what
// is sealed names where it belongs, so that bytes moved to another row do not open. It must never
// log, and never hand out a key.

#include <string>
#include <string_view>

#include "base/hmac_key.h"
#include "ports/clock.h"
#include "ports/store.h"

namespace holdfast::engine {

class Vault {
 public:
  /// `master` is at least 32 bytes from the operator's key file or environment; so is `signing`,
  /// which signs checkpoints, unless it is empty: then one is derived from `master`. Invalid when
  /// either is shorter.
  static Result<Vault> open(std::string_view master, TenantId tenant,
                            std::string_view signing = {});

  /// A new data key, sealed for storing beside the stream.
  std::string new_key(const ports::StreamKey& stream, ports::Entropy& entropy) const;

  /// Seals bytes under a stream's sealed data key. `place` names table, row and column. Invalid
  /// when the key does not open.
  Result<std::string> seal(const ports::StreamKey& stream, std::string_view sealed_key,
                           std::string_view place, std::string_view bytes,
                           ports::Entropy& entropy) const;

  /// Opens what seal made; Invalid when key, place or a single bit differs.
  Result<std::string> unseal(const ports::StreamKey& stream, std::string_view sealed_key,
                             std::string_view place, std::string_view sealed) const;

  /// What ties a stream's free text to its references: 32 bytes that go with the data key. Invalid
  /// when the key does not open.
  Result<std::string> word_key(const ports::StreamKey& stream, std::string_view sealed_key) const;

  /// Seals under the tenant's own key, for rows that belong to no order (inbox bodies).
  std::string seal_tenant(std::string_view place, std::string_view bytes,
                          ports::Entropy& entropy) const;
  /// Opens what seal_tenant made; Invalid when it does not fit.
  Result<std::string> unseal_tenant(std::string_view place, std::string_view sealed) const;

  /// A keyed hash for search tokens over personal data.
  std::string search_token(std::string_view word) const;

  /// The unguessable part of a link about `subject`: 128 bits, the same for the same subject and
  /// generation, so that a repeated message carries the same link. In front of them stand 24 bits
  /// that are the same for the links of `stream` and its neighbours, so that their rows lie
  /// together; they tell nobody which stream it is.
  std::string link_token(const ports::StreamKey& stream, std::string_view subject,
                         std::int64_t generation) const;

  /// What hides an event's words in the chain until a pack shows them: 32 bytes, the same for the
  /// same event.
  std::string event_salt(const ports::StreamKey& stream, std::int64_t version) const;

  /// The tenant's Ed25519 public key (RFC 8032), 32 bytes; the same for the same master.
  std::string public_key() const;
  /// An Ed25519 signature over `text`, 64 bytes. `purpose` keeps one kind of text from passing for
  /// another.
  std::string sign(std::string_view purpose, std::string_view text) const;

 private:
  std::string tenant_key_, link_key_, signing_seed_;
  HmacKey search_key_, salt_key_;
  TenantId tenant_;
};

/// Whether an Ed25519 signature fits text, purpose and public key; never true for keys or
/// signatures of another length.
bool signature_fits(std::string_view public_key, std::string_view purpose, std::string_view text,
                    std::string_view signature);

}  // namespace holdfast::engine
