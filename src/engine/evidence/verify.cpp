#include "engine/evidence/verify.h"

#include <algorithm>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "engine/chain.h"
#include "engine/evidence/checkpoint.h"
#include "engine/evidence/document.h"
#include "engine/evidence/merkle.h"
#include "engine/evidence/pack_names.h"
#include "engine/evidence/redact.h"
#include "engine/evidence/zip.h"
#include "engine/words.h"

namespace holdfast::engine {
namespace {

constexpr std::size_t most_path = 64;

std::optional<Digest> digest_of(const Json& json) {
  const auto bytes = from_hex(json.string());
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

class Verifier {
 public:
  Verifier(Files files, std::string_view fingerprint)
      : files_(std::move(files)), fingerprint_(fingerprint) {}

  PackReport run() {
    if (!read_manifest()) return std::move(report_);
    check_key();
    check_files();
    check_words();
    check_events();
    check_checkpoint();
    // What follows reads events as facts; that is worth doing only for the merchant's own words.
    if (report_.ok()) check_derived();
    return std::move(report_);
  }

 private:
  void problem(std::string text) { report_.problems.push_back(std::move(text)); }
  void good(std::string text) { report_.checked.push_back(std::move(text)); }

  const std::string* file(const std::string& name) {
    const auto found = files_.find(name);
    if (found != files_.end()) return &found->second;
    problem(name + " is missing");
    return nullptr;
  }

  bool read_manifest() {
    const auto* text = file(pack_names::manifest);
    if (!text) return false;
    auto json = parse_json(*text);
    if (!json || (*json)["format"].integer() != 1) {
      problem("manifest.json is of no known format");
      return false;
    }
    manifest_ = std::move(*json);
    stream_.tenant = TenantId{manifest_["tenant"].integer()};
    stream_.kind = static_cast<ports::StreamKind>(manifest_["stream"]["kind"].integer());
    stream_.id = manifest_["stream"]["id"].integer();
    return true;
  }

  void check_key() {
    const auto key = from_hex(manifest_["public_key"].string());
    const auto* signature = file(pack_names::signature);
    if (!key || fingerprint_of(*key) != fingerprint_) {
      problem("the pack is signed by another key than the one named");
      return;
    }
    public_key_ = *key;
    if (!signature) return;  // already told
    const auto bytes = from_hex(trim(*signature));
    // One signature has one spelling, or a changed byte of it could pass.
    if (!bytes || hex(*bytes) + "\n" != *signature ||
        !signature_fits(public_key_, pack_names::purpose, files_[pack_names::manifest], *bytes)) {
      problem("the manifest's signature does not fit");
      return;
    }
    good("manifest signed by " + std::string(fingerprint_));
  }

  void check_files() {
    std::size_t listed = 0;
    for (const auto& entry : manifest_["files"].items()) {
      const auto& name = entry["name"].string();
      const auto* bytes = file(name);
      if (!bytes) continue;
      ++listed;
      if (hex(sha256(*bytes)) != entry["sha256"].string()) problem(name + " was changed");
      const bool photo = name.starts_with(pack_names::photos);
      if (photo && hex(sha256(*bytes)) != name.substr(pack_names::photos.size())) {
        problem(name + " is another file than its name says");
      }
    }
    // Manifest and signature cannot list themselves.
    if (listed + 2 != files_.size()) problem("the pack holds files its manifest does not list");
    good(std::to_string(listed) + " files as listed");
  }

  /// Each text must be the one its reference was made of.
  void check_words() {
    const auto found = files_.find(pack_names::words);
    if (found == files_.end()) return;
    const auto json = parse_json(found->second);
    if (!json || !json->is_object()) return problem("words.json does not read");
    for (const auto& [reference, told] : json->members()) {
      const auto salt = from_hex(told["salt"].string());
      Word word{told["text"].string(), salt.value_or("")};
      if (!salt || reference_of(word) != reference) {
        return problem("words.json holds other words than the events refer to");
      }
      words_.emplace(reference, std::move(word));
    }
    good(std::to_string(words_.size()) + " texts are those the events refer to");
  }

  void check_events() {
    const auto* text = file(pack_names::events);
    if (!text) return;
    Digest previous{};
    for (const auto line : split(trim(*text), '\n')) {
      auto json = parse_json(line);
      if (!json) return problem("events.jsonl does not read");
      if (!check_event(*json, previous)) return;
    }
    if (static_cast<std::int64_t>(events_.size()) != manifest_["events"].integer()) {
      problem("events are missing at the end");
    }
    head_ = previous;
    good("chain of " + std::to_string(events_.size()) + " events without a gap");
  }

  bool check_event(const Json& json, Digest& previous) {
    const auto number = std::to_string(events_.size() + 1);
    ports::EventRow row;
    row.stream = stream_;
    row.version = json["version"].integer();
    row.actor = json["actor"].string();
    row.bytes = json["event"].string();
    const auto at = parse_instant(json["at"].string());
    const auto hash = digest_of(json["hash"]);
    if (row.version != static_cast<std::int64_t>(events_.size()) + 1 || !at || !hash) {
      problem("event " + number + " is missing or out of place");
      return false;
    }
    row.at = *at;
    auto content = digest_of(json["content"]);
    if (const auto* salt = json.find("salt")) {
      const auto bytes = from_hex(salt->string());
      if (!bytes) return problem("event " + number + " has no salt"), false;
      content = content_of(*bytes, row);
    } else {
      ++in_part_;
    }
    if (!content || chained(previous, row, *content) != *hash) {
      problem("event " + number + " was changed, or the one before it");
      return false;
    }
    previous = *hash;
    events_.push_back(opened_json(row.bytes, words_));
    return true;
  }

  void check_checkpoint() {
    const auto* text = file(pack_names::checkpoint);
    if (!text || events_.empty()) return;
    auto json = parse_json(*text);
    auto checkpoint = json ? decode_checkpoint((*json)["checkpoint"].string())
                           : Result<Checkpoint>(fail(json.error()));
    if (!checkpoint) return problem("checkpoint.json does not read");
    if (!is_signed(*checkpoint)) return problem("the checkpoint's signature does not fit");
    std::vector<Digest> path;
    for (const auto& step : (*json)["path"].items()) {
      const auto digest = digest_of(step);
      if (!digest || path.size() == most_path) return problem("the inclusion path does not read");
      path.push_back(*digest);
    }
    const Leaf leaf{stream_, static_cast<std::int64_t>(events_.size()), head_};
    const auto index = (*json)["index"].integer();
    const auto root = index < 0 || checkpoint->count < 1
                          ? std::nullopt
                          : merkle_climb(hash_of(leaf), static_cast<std::size_t>(index),
                                         static_cast<std::size_t>(checkpoint->count), path);
    if (!root || *root != checkpoint->root) {
      return problem("the signed checkpoint says that the events end elsewhere");
    }
    if (to_text(checkpoint->at) != manifest_["exported_at"].string()) {
      problem("the checkpoint was not made for this pack");
    }
    good("last event stands in checkpoint " + std::to_string(checkpoint->number) + " of " +
         to_text(checkpoint->at));
    check_earlier((*json)["earlier"], *checkpoint);
  }

  bool is_signed(const Checkpoint& checkpoint) const {
    return checkpoint.public_key == public_key_ && checkpoint.tenant == stream_.tenant &&
           signature_fits(checkpoint);
  }

  void check_earlier(const Json& lines, const Checkpoint& last) {
    const Checkpoint* next = &last;
    std::vector<Checkpoint> earlier;
    for (const auto& line : lines.items()) {
      auto checkpoint = decode_checkpoint(line.string());
      if (!checkpoint || !is_signed(*checkpoint)) {
        return problem("an earlier checkpoint's signature does not fit");
      }
      earlier.push_back(std::move(*checkpoint));
    }
    for (auto at = earlier.rbegin(); at != earlier.rend(); ++at) {
      if (hash_of(*at) != next->previous || at->number + 1 != next->number) {
        return problem("the checkpoints do not follow each other");
      }
      next = &*at;
    }
    if (last.number > 1 && earlier.empty()) problem("the checkpoint before is missing");
    good(std::to_string(earlier.size()) + " earlier checkpoints follow each other");
  }

  void check_derived() {
    auto seen = replayed(events_);
    if (!seen) return problem("events do not read: " + describe(seen.error()));
    auto stated = parse_json(files_[pack_names::order]);
    if (!stated) return problem("order.json does not read");
    auto derived = order_document(seen->state);
    const auto coverage = (*stated)["coverage"];
    if (in_part_ == 0 &&
        to_text(coverage_document(coverage_of(seen->state, seen->events))) != to_text(coverage)) {
      problem("order.json states another coverage than the events show");
    }
    derived.set("coverage", coverage);
    if (to_text(derived) != files_[pack_names::order]) {
      problem("order.json says something else than the events");
    } else {
      good("order.json derived again from the events");
    }
    check_erasure(seen->state);
    check_buyer(*seen);
    note_what_is_left_out();
  }

  void check_erasure(const core::OrderState& state) {
    const bool stated = !manifest_["erased"].is_null();
    if (stated != state.erased) return problem("what the manifest says of erasure is not so");
    if (!stated) return;
    if (files_.contains(pack_names::buyer) || !words_.empty()) {
      problem("erased data is in the pack");
    }
    report_.notes.push_back("the buyer's data was erased at " + manifest_["erased"]["at"].string());
  }

  void check_buyer(const Replayed& seen) {
    const auto found = files_.find(pack_names::buyer);
    if (found == files_.end()) return;
    auto record = parse_json(found->second);
    if (!record) return problem("buyer.json does not read");
    const auto commitment =
        hex(hmac_sha256((*record)["salt"].string(), to_text((*record)["address"])));
    if (seen.state.buyer != commitment) {
      return problem("buyer.json is not the record the order was made with");
    }
    good("buyer's record fits the commitment in the chain");
  }

  void note_what_is_left_out() {
    if (in_part_ > 0) {
      report_.notes.push_back(std::to_string(in_part_) +
                              " events are shown in part; what is left out is fixed by its hash");
    }
    for (const auto& name : manifest_["photos_absent"].items()) {
      report_.notes.push_back("photo " + name.string() + " is not in the pack");
    }
  }

  Files files_;
  const std::string_view fingerprint_;
  PackReport report_;
  Json manifest_;
  ports::StreamKey stream_;
  std::string public_key_;
  Words words_;
  std::vector<std::string> events_;  // with their words
  Digest head_{};
  std::int64_t in_part_ = 0;
};

}  // namespace

PackReport verify_pack(std::string_view bytes, std::string_view fingerprint) {
  PackReport report;
  auto files = read_zip(bytes);
  if (!files) {
    report.problems.push_back(describe(files.error()));
    return report;
  }
  const auto canonical = write_zip(*files);
  if (!canonical || *canonical != bytes) {
    report.problems.push_back("the archive is not as it was written");
    return report;
  }
  return Verifier(std::move(*files), fingerprint).run();
}

}  // namespace holdfast::engine
