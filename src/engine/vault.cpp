#include "engine/vault.h"

#include <sodium.h>

namespace holdfast::engine {
namespace {

constexpr std::int64_t neighbours = 64;  // streams whose links' rows lie together
constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

unsigned char* data(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* data(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// nonce ‖ ciphertext ‖ tag
std::string encrypt(std::string_view key, std::string_view place, std::string_view bytes,
                    ports::Entropy& entropy) {
  const std::string nonce = entropy.bytes(nonce_bytes);
  std::string out = nonce;
  out.resize(nonce_bytes + bytes.size() + tag_bytes);
  unsigned long long length = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(data(out) + nonce_bytes, &length, data(bytes),
                                             bytes.size(), data(place), place.size(), nullptr,
                                             data(std::string_view(nonce)), data(key));
  return out;
}

Result<std::string> decrypt(std::string_view key, std::string_view place, std::string_view sealed) {
  const auto broken = fail(ErrorCode::Invalid, "sealed data does not open", std::string(place),
                           "the key file is another one, or the bytes were changed");
  if (sealed.size() < nonce_bytes + tag_bytes) return broken;
  std::string out(sealed.size() - nonce_bytes - tag_bytes, '\0');
  unsigned long long length = 0;
  const int code = crypto_aead_xchacha20poly1305_ietf_decrypt(
      data(out), &length, nullptr, data(sealed.substr(nonce_bytes)), sealed.size() - nonce_bytes,
      data(place), place.size(), data(sealed.substr(0, nonce_bytes)), data(key));
  if (code != 0) return broken;
  return out;
}

std::string derived(std::string_view master, std::string_view purpose, TenantId tenant) {
  const auto digest =
      hmac_sha256(master, std::string(purpose) + ":" + std::to_string(tenant.value));
  return std::string(bytes_of(digest));
}

std::string place_of(const ports::StreamKey& stream, std::string_view place) {
  return std::to_string(stream.tenant.value) + "/" + std::to_string(int(stream.kind)) + "/" +
         std::to_string(stream.id) + "/" + std::string(place);
}

struct KeyPair {
  std::string public_key = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_key = std::string(crypto_sign_SECRETKEYBYTES, '\0');
};

KeyPair key_pair(std::string_view seed) {
  KeyPair pair;
  crypto_sign_seed_keypair(data(pair.public_key), data(pair.secret_key), data(seed));
  return pair;
}

std::string signed_text(std::string_view purpose, std::string_view text) {
  return "holdfast " + std::string(purpose) + "\n" + std::string(text);
}

}  // namespace

Result<Vault> Vault::open(std::string_view master, TenantId tenant, std::string_view signing) {
  if (master.size() < key_bytes) {
    return fail(ErrorCode::Invalid, "the master key is too short", "secrets.master_key_file",
                "use at least 32 random bytes");
  }
  if (!signing.empty() && signing.size() < key_bytes) {
    return fail(ErrorCode::Invalid, "the signing key is too short", "secrets.signing_key_file",
                "use at least 32 random bytes");
  }
  Vault vault;
  vault.tenant_ = tenant;
  vault.tenant_key_ = derived(master, "tenant", tenant);
  vault.link_key_ = derived(master, "link", tenant);
  vault.search_key_ = HmacKey(derived(master, "search", tenant));
  vault.salt_key_ = HmacKey(derived(master, "event", tenant));
  vault.signing_seed_ = derived(signing.empty() ? master : signing, "signing", tenant);
  return vault;
}

std::string Vault::new_key(const ports::StreamKey& stream, ports::Entropy& entropy) const {
  return encrypt(tenant_key_, place_of(stream, "key"), entropy.bytes(key_bytes), entropy);
}

Result<std::string> Vault::seal(const ports::StreamKey& stream, std::string_view sealed_key,
                                std::string_view place, std::string_view bytes,
                                ports::Entropy& entropy) const {
  auto key = decrypt(tenant_key_, place_of(stream, "key"), sealed_key);
  if (!key) return key;
  return encrypt(*key, place_of(stream, place), bytes, entropy);
}

Result<std::string> Vault::unseal(const ports::StreamKey& stream, std::string_view sealed_key,
                                  std::string_view place, std::string_view sealed) const {
  auto key = decrypt(tenant_key_, place_of(stream, "key"), sealed_key);
  if (!key) return key;
  return decrypt(*key, place_of(stream, place), sealed);
}

Result<std::string> Vault::word_key(const ports::StreamKey& stream,
                                    std::string_view sealed_key) const {
  auto key = decrypt(tenant_key_, place_of(stream, "key"), sealed_key);
  if (!key) return key;
  return std::string(bytes_of(hmac_sha256(*key, "words")));
}

std::string Vault::seal_tenant(std::string_view place, std::string_view bytes,
                               ports::Entropy& entropy) const {
  return encrypt(tenant_key_, place, bytes, entropy);
}

Result<std::string> Vault::unseal_tenant(std::string_view place, std::string_view sealed) const {
  return decrypt(tenant_key_, place, sealed);
}

std::string Vault::search_token(std::string_view word) const {
  return "p:" + base64url(bytes_of(search_key_.of(word)).substr(0, 12));
}

std::string Vault::link_token(const ports::StreamKey& stream, std::string_view subject,
                              std::int64_t generation) const {
  const auto near = hmac_sha256(link_key_, "near " + std::to_string(stream.id / neighbours));
  const auto digest =
      hmac_sha256(link_key_, std::string(subject) + "#" + std::to_string(generation));
  return base64url(std::string(bytes_of(near).substr(0, 3)) +
                   std::string(bytes_of(digest).substr(0, 16)));
}

std::string Vault::event_salt(const ports::StreamKey& stream, std::int64_t version) const {
  const auto digest = salt_key_.of(place_of(stream, std::to_string(version)));
  return std::string(bytes_of(digest));
}

std::string Vault::public_key() const { return key_pair(signing_seed_).public_key; }

std::string Vault::sign(std::string_view purpose, std::string_view text) const {
  auto pair = key_pair(signing_seed_);
  const auto message = signed_text(purpose, text);
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(data(signature), nullptr, data(std::string_view(message)), message.size(),
                       data(std::string_view(pair.secret_key)));
  sodium_memzero(pair.secret_key.data(), pair.secret_key.size());
  return signature;
}

bool signature_fits(std::string_view public_key, std::string_view purpose, std::string_view text,
                    std::string_view signature) {
  if (public_key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES) {
    return false;
  }
  const auto message = signed_text(purpose, text);
  return crypto_sign_verify_detached(data(signature), data(std::string_view(message)),
                                     message.size(), data(public_key)) == 0;
}

}  // namespace holdfast::engine
