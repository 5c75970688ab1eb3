#include "engine/evidence/checkpoint.h"

#include <algorithm>
#include <cerrno>
#include <map>

#include <fcntl.h>
#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "engine/evidence/merkle.h"

namespace holdfast::engine {
namespace {

constexpr const char* purpose = "checkpoint 1";
constexpr const char* kind = "checkpoint";
constexpr const char* leaves_kind = "checkpoint_leaves";
constexpr const char* head_kind = "checkpoint_head";

/// Keys sort as their numbers do.
std::string key_of(std::int64_t number) {
  const auto digits = std::to_string(number);
  return std::string(12 - std::min<std::size_t>(12, digits.size()), '0') + digits;
}

std::string text_of(const Leaf& leaf) {
  return std::to_string(int(leaf.stream.kind)) + " " + std::to_string(leaf.stream.id) + " " +
         std::to_string(leaf.version) + " " + hex(leaf.head);
}

Result<Digest> digest_from(const Json& json) {
  auto bytes = from_hex(json.string());
  Digest digest{};
  if (!bytes) return fail(bytes.error());
  if (bytes->size() != digest.size()) return fail(ErrorCode::Invalid, "not a SHA-256 digest");
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

std::string text_of(const Checkpoint& checkpoint) {
  Json json;
  json.set("format", 1);
  json.set("tenant", checkpoint.tenant.value);
  json.set("number", checkpoint.number);
  json.set("at", to_text(checkpoint.at));
  json.set("upto", checkpoint.upto);
  json.set("count", checkpoint.count);
  json.set("root", hex(checkpoint.root));
  json.set("previous", hex(checkpoint.previous));
  return to_text(json);
}

Status read_text(Checkpoint& checkpoint) {
  auto json = parse_json(checkpoint.text);
  if (!json) return fail(json.error());
  auto at = parse_instant((*json)["at"].string());
  auto root = digest_from((*json)["root"]);
  auto previous = digest_from((*json)["previous"]);
  if (!at || !root || !previous || (*json)["format"].integer() != 1) {
    return fail(ErrorCode::Invalid, "not a checkpoint of a known format", "checkpoint");
  }
  checkpoint.tenant = TenantId{(*json)["tenant"].integer()};
  checkpoint.number = (*json)["number"].integer();
  checkpoint.at = *at;
  checkpoint.upto = (*json)["upto"].integer();
  checkpoint.count = (*json)["count"].integer();
  checkpoint.root = *root;
  checkpoint.previous = *previous;
  return {};
}

Result<std::optional<Checkpoint>> last_checkpoint(ports::Store& store, TenantId tenant) {
  auto head = store.record({tenant, head_kind, "last"});
  if (!head) return fail(head.error());
  if (!*head) return std::optional<Checkpoint>();
  auto row = store.record({tenant, kind, (*head)->bytes});
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::Internal, "the last checkpoint is missing", (*head)->bytes);
  auto checkpoint = decode_checkpoint((*row)->bytes);
  if (!checkpoint) return fail(checkpoint.error());
  return std::optional<Checkpoint>(std::move(*checkpoint));
}

std::vector<ports::RecordRow> rows_of(const Checkpoint& checkpoint,
                                      const std::vector<Leaf>& leaves) {
  const auto key = key_of(checkpoint.number);
  std::string lines;
  for (const auto& leaf : leaves) lines += text_of(leaf) + "\n";
  return {{checkpoint.tenant, kind, key, encode_checkpoint(checkpoint), {}},
          {checkpoint.tenant, leaves_kind, key, std::move(lines), {}},
          {checkpoint.tenant, head_kind, "last", key, {}}};
}

}  // namespace

Digest hash_of(const Leaf& leaf) { return merkle_leaf(text_of(leaf)); }

Digest hash_of(const Checkpoint& checkpoint) { return sha256(checkpoint.text); }

std::string fingerprint_of(std::string_view public_key) {
  return "SHA256:" + base64url(bytes_of(sha256(public_key)));
}

std::string encode_checkpoint(const Checkpoint& checkpoint) {
  Json json;
  json.set("checkpoint", checkpoint.text);
  json.set("signature", hex(checkpoint.signature));
  json.set("public_key", hex(checkpoint.public_key));
  return to_text(json);
}

Result<Checkpoint> decode_checkpoint(std::string_view line) {
  auto json = parse_json(line);
  if (!json) return fail(json.error());
  auto signature = from_hex((*json)["signature"].string());
  auto key = from_hex((*json)["public_key"].string());
  if (!signature || !key) return fail(ErrorCode::Invalid, "not a checkpoint", "checkpoint");
  Checkpoint checkpoint;
  checkpoint.text = (*json)["checkpoint"].string();
  checkpoint.signature = std::move(*signature);
  checkpoint.public_key = std::move(*key);
  if (auto status = read_text(checkpoint); !status) return fail(status.error());
  return checkpoint;
}

bool signature_fits(const Checkpoint& checkpoint) {
  return signature_fits(checkpoint.public_key, purpose, checkpoint.text, checkpoint.signature);
}

Result<std::optional<NewCheckpoint>> make_checkpoint(ports::Store& store, const Vault& vault,
                                                     TenantId tenant, Instant now,
                                                     const std::vector<Leaf>& also,
                                                     std::size_t events) {
  auto last = last_checkpoint(store, tenant);
  if (!last) return fail(last.error());
  NewCheckpoint made;
  auto& next = made.checkpoint;
  next.upto = *last ? (*last)->upto : 0;
  auto rows = store.events_after(tenant, next.upto, events);
  if (!rows) return fail(rows.error());
  if (rows->empty() && also.empty()) return std::optional<NewCheckpoint>();
  std::map<ports::StreamKey, Leaf> heads;
  for (const auto& row : *rows) {
    heads[row.stream] = {row.stream, row.version, row.hash};
    next.upto = row.seq;
  }
  made.more = rows->size() == events;
  for (const auto& [stream, leaf] : heads) made.leaves.push_back(leaf);
  // A stream may have moved on since `also` was read; both places are then true and stand here.
  made.leaves.insert(made.leaves.end(), also.begin(), also.end());
  std::ranges::sort(made.leaves);
  const auto repeated = std::ranges::unique(made.leaves);
  made.leaves.erase(repeated.begin(), repeated.end());
  std::vector<Digest> hashes;
  for (const auto& leaf : made.leaves) hashes.push_back(hash_of(leaf));
  next.tenant = tenant;
  next.number = *last ? (*last)->number + 1 : 1;
  next.at = now;
  next.count = static_cast<std::int64_t>(made.leaves.size());
  next.root = merkle_root(hashes);
  if (*last) next.previous = hash_of(**last);
  next.text = text_of(next);
  next.signature = vault.sign(purpose, next.text);
  next.public_key = vault.public_key();
  made.rows = rows_of(next, made.leaves);
  return std::optional<NewCheckpoint>(std::move(made));
}

Result<std::vector<Checkpoint>> stored_checkpoints(ports::Store& store, TenantId tenant,
                                                   std::int64_t upto, std::int64_t count) {
  const auto after = std::max<std::int64_t>(0, upto - count);
  auto rows = store.records(tenant, kind, key_of(after), static_cast<std::size_t>(count));
  if (!rows) return fail(rows.error());
  std::vector<Checkpoint> found;
  for (const auto& row : *rows) {
    auto checkpoint = decode_checkpoint(row.bytes);
    if (!checkpoint) return fail(checkpoint.error());
    if (checkpoint->number <= upto) found.push_back(std::move(*checkpoint));
  }
  return found;
}

Result<std::vector<Leaf>> stored_leaves(ports::Store& store, TenantId tenant, std::int64_t number) {
  auto row = store.record({tenant, leaves_kind, key_of(number)});
  if (!row) return fail(row.error());
  if (!*row) return fail(ErrorCode::NotFound, "no such checkpoint", std::to_string(number));
  std::vector<Leaf> leaves;
  for (const auto line : split(trim((*row)->bytes), '\n')) {
    const auto parts = split(line, ' ');
    if (parts.size() != 4) return fail(ErrorCode::Internal, "a checkpoint's leaf does not read");
    const auto number_of = [&](std::size_t i) { return std::atoll(std::string(parts[i]).c_str()); };
    auto head = digest_from(Json(parts[3]));
    if (!head) return fail(head.error());
    const auto stream_kind = static_cast<ports::StreamKind>(number_of(0));
    leaves.push_back({{tenant, stream_kind, number_of(1)}, number_of(2), *head});
  }
  return leaves;
}

Status append_line(const std::string& path, std::string_view line) {
  const auto refused = [&] {
    return fail(ErrorCode::Unavailable, "a line could not be written", path,
                "look at the disk's space and rights");
  };
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (file < 0) return refused();
  const auto text = std::string(line) + "\n";
  const auto written = ::write(file, text.data(), text.size());
  const bool durable = written == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  const bool closed = ::close(file) == 0;
  if (!durable || !closed) return refused();
  return {};
}

}  // namespace holdfast::engine
