// What a forger can do who knows the format and can recompute every hash, but has no key.

#include <random>

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"
#include "engine/evidence/document.h"
#include "engine/evidence/merkle.h"
#include "engine/evidence/pack_names.h"
#include "tests/evidence/sample.h"

namespace holdfast::engine {
namespace {

using sample::World;

/// A pack taken apart, its events as JSON.
struct Forged {
  Files files;
  std::vector<Json> events;
};

Forged taken_apart(const std::string& pack) {
  Forged forged{*read_zip(pack), {}};
  for (const auto line : split(trim(forged.files.at(pack_names::events)), '\n')) {
    forged.events.push_back(*parse_json(line));
  }
  return forged;
}

/// How much the forger is taken to have besides the pack.
enum class Reach {
  Nothing,       // the old signatures stay where they are
  OwnKey,        // signs manifest and checkpoint with a key of their own
  ManifestOnly,  // somehow has the manifest signed by the true key, but no checkpoint
};

/// Recomputes the chain; gives its last hash.
Digest chain_again(Forged& forged, const ports::StreamKey& stream) {
  Digest previous{};
  std::int64_t version = 0;
  std::string lines;
  for (auto& event : forged.events) {
    ports::EventRow row;
    row.stream = stream;
    row.version = ++version;
    row.at = *parse_instant(event["at"].string());
    row.actor = event["actor"].string();
    row.bytes = event["event"].string();
    previous = chained(previous, row, content_of(*from_hex(event["salt"].string()), row));
    event.set("version", version);
    event.set("hash", hex(previous));
    lines += to_text(event) + "\n";
  }
  forged.files[pack_names::events] = lines;
  return previous;
}

void derive_again(Forged& forged) {
  std::vector<std::string> bytes;
  for (const auto& event : forged.events) bytes.push_back(event["event"].string());
  const auto seen = replayed(bytes);
  if (!seen) return;
  auto order = order_document(seen->state);
  order.set("coverage", coverage_document(coverage_of(seen->state, seen->events)));
  forged.files[pack_names::order] = to_text(order);
}

void own_checkpoint(Forged& forged, const Leaf& leaf, const Vault& forger, const Json& manifest) {
  auto json = *parse_json(forged.files[pack_names::checkpoint]);
  auto checkpoint = *decode_checkpoint(json["checkpoint"].string());
  auto text = *parse_json(checkpoint.text);
  text.set("count", 1);
  text.set("number", 1);
  text.set("at", manifest["exported_at"]);
  text.set("root", hex(hash_of(leaf)));
  text.set("previous", hex(Digest{}));
  checkpoint.text = to_text(text);
  checkpoint.signature = forger.sign("checkpoint 1", checkpoint.text);
  checkpoint.public_key = forger.public_key();
  json.set("checkpoint", encode_checkpoint(checkpoint));
  json.set("index", 0);
  json.set("path", Json{Json::Array{}});
  json.set("earlier", Json{Json::Array{}});
  forged.files[pack_names::checkpoint] = to_text(json);
}

std::string put_together(Forged forged, const World& world, Reach reach) {
  const auto head = chain_again(forged, world.packed());
  derive_again(forged);
  auto manifest = *parse_json(forged.files[pack_names::manifest]);
  const auto forger = sample::vault(std::string(32, 'f'));
  if (reach == Reach::OwnKey) {
    const Leaf leaf{world.packed(), static_cast<std::int64_t>(forged.events.size()), head};
    own_checkpoint(forged, leaf, forger, manifest);
    manifest.set("public_key", hex(forger.public_key()));
  }
  Json list{Json::Array{}};
  for (const auto& [name, bytes] : forged.files) {
    if (name == pack_names::manifest || name == pack_names::signature) continue;
    Json& file = list.push(Json{Json::Object{}});
    file.set("name", name);
    file.set("bytes", static_cast<std::int64_t>(bytes.size()));
    file.set("sha256", hex(sha256(bytes)));
  }
  manifest.set("events", static_cast<std::int64_t>(forged.events.size()));
  manifest.set("files", std::move(list));
  const auto text = to_text(manifest);
  forged.files[pack_names::manifest] = text;
  const auto signature = reach == Reach::OwnKey ? forger.sign(pack_names::purpose, text)
                                                : world.keys.sign(pack_names::purpose, text);
  if (reach != Reach::Nothing) forged.files[pack_names::signature] = hex(signature) + "\n";
  return *write_zip(forged.files);
}

void replace_in_event(Json& event, std::string_view from, std::string_view to) {
  auto bytes = event["event"].string();
  const auto at = bytes.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  event.set("event", bytes.replace(at, from.size(), to));
}

std::size_t find_event(const Forged& forged, std::string_view words) {
  for (std::size_t i = 0; i < forged.events.size(); ++i) {
    if (forged.events[i]["event"].string().find(words) != std::string::npos) return i;
  }
  ADD_FAILURE() << "no event says " << words;
  return 0;
}

void exchange_photo(Forged& forged, std::uint64_t chance) {
  const std::string other = "another photo " + std::to_string(chance);
  const auto before = hex(sha256(sample::photo));
  replace_in_event(forged.events[find_event(forged, before)], before, hex(sha256(other)));
  forged.files.erase(pack_names::photos + before);
  forged.files[pack_names::photos + hex(sha256(other))] = other;
}

constexpr int ways = 8;

/// One of the ways to forge a pack, varied by chance.
void forge(Forged& forged, int way, std::mt19937_64& chance) {
  auto& events = forged.events;
  const auto at = chance() % (events.size() - 1);
  const auto place = events.begin() + static_cast<std::ptrdiff_t>(at);
  const auto later = sample::noon + minutes(1'000 + static_cast<std::int64_t>(chance() % 9'000));
  switch (way) {
    case 0:
      events.erase(place);
      return;
    case 1:
      std::swap(events[at], events[at + 1]);
      return;
    case 2:
      events[at].set("at", to_text(later));
      return;
    case 3:
      replace_in_event(events[find_event(forged, "CheckRecorded")], "\"quantity\":2",
                       "\"quantity\":" + std::to_string(3 + chance() % 90));
      return;
    case 4: {
      auto& resolved = events[find_event(forged, "ExceptionResolved")];
      const auto name = "forger-" + std::to_string(chance() % 1'000);
      replace_in_event(resolved, "\"operations\"", "\"" + name + "\"");
      resolved.set("actor", "user:" + name);
      return;
    }
    case 5:
      events.resize(1 + at);
      return;
    case 6:
      exchange_photo(forged, chance());
      return;
    case 7:
      events.insert(place, events[at]);
      return;
    default:
      FAIL() << "no way " << way;
  }
}

bool names_the_chain(const PackReport& report) {
  for (const auto& problem : report.problems) {
    if (problem.find("events end elsewhere") != std::string::npos) return true;
  }
  return false;
}

TEST(EvidenceForgery, is_found_although_every_hash_was_recomputed) {
  World world;
  const auto pack = world.pack(Profile::Merchant);
  const auto whole = taken_apart(pack);
  // The forger's tools are sound: without a change they give the same pack.
  ASSERT_EQ(put_together(whole, world, Reach::ManifestOnly), pack);
  std::mt19937_64 chance(7);
  int found = 0;
  for (int i = 0; i < 300; ++i) {
    const auto reach = static_cast<Reach>(i / ways % 3);
    auto forged = whole;
    forge(forged, i % ways, chance);
    const auto report = verify_pack(put_together(forged, world, reach), world.fingerprint());
    found += report.ok() ? 0 : 1;
    EXPECT_FALSE(report.ok()) << "forgery " << i;
    if (reach == Reach::ManifestOnly) EXPECT_TRUE(names_the_chain(report)) << "forgery " << i;
  }
  EXPECT_EQ(found, 300);
}

TEST(EvidenceForgery, any_changed_byte_of_a_pack_is_found) {
  World world;
  std::mt19937_64 chance(11);
  for (const auto profile : {Profile::Merchant, Profile::Public}) {
    const auto pack = world.pack(profile);
    ASSERT_TRUE(verify_pack(pack, world.fingerprint()).ok());
    for (int i = 0; i < 250; ++i) {
      auto changed = pack;
      auto& byte = changed[chance() % changed.size()];
      byte = static_cast<char>(byte ^ static_cast<char>(1 + chance() % 255));
      EXPECT_FALSE(verify_pack(changed, world.fingerprint()).ok()) << "change " << i;
    }
  }
}

TEST(EvidenceForgery, any_changed_byte_of_a_file_packed_again_is_found) {
  World world;
  std::mt19937_64 chance(13);
  for (const auto profile : {Profile::Merchant, Profile::Supplier}) {
    const auto files = *read_zip(world.pack(profile));
    for (int i = 0; i < 250; ++i) {
      auto changed = files;
      auto file = std::next(changed.begin(), static_cast<std::ptrdiff_t>(chance() % files.size()));
      auto& byte = file->second[chance() % file->second.size()];
      byte = static_cast<char>(byte ^ static_cast<char>(1 + chance() % 255));
      EXPECT_FALSE(verify_pack(*write_zip(changed), world.fingerprint()).ok())
          << file->first << ", change " << i;
    }
  }
}

TEST(EvidenceForgery, an_added_or_missing_file_is_found) {
  World world;
  const auto files = *read_zip(world.pack(Profile::Merchant));
  auto more = files;
  more["files/more"] = "x";
  EXPECT_FALSE(verify_pack(*write_zip(more), world.fingerprint()).ok());
  for (const auto& [name, bytes] : files) {
    auto fewer = files;
    fewer.erase(name);
    EXPECT_FALSE(verify_pack(*write_zip(fewer), world.fingerprint()).ok()) << name;
  }
}

TEST(EvidenceForgery, another_buyer_is_found) {
  World world;
  auto forged = taken_apart(world.pack(Profile::Merchant));
  auto buyer = sample::address();
  buyer.name = "Somebody Else";
  forged.files[pack_names::buyer] =
      "{\"address\":" + codec::encode(buyer) + ",\"salt\":\"" + sample::salt + "\"}";
  const auto report =
      verify_pack(put_together(forged, world, Reach::ManifestOnly), world.fingerprint());
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_NE(report.problems[0].find("buyer.json"), std::string::npos);
}

TEST(EvidenceZip, refuses_what_it_did_not_write) {
  EXPECT_FALSE(read_zip("").has_value());
  EXPECT_FALSE(read_zip(std::string(1'000, 'x')).has_value());
  for (const auto* name : {"../up", "/root", "a//b", "a/./b", "", "a/", "a\\b", "c:d"}) {
    EXPECT_FALSE(write_zip({{name, "x"}}).has_value()) << name;
  }
  const auto archive = *write_zip({{"a", "1"}, {"b/c", std::string(1'000, '2')}});
  EXPECT_EQ(read_zip(archive)->at("b/c").size(), 1'000U);
  EXPECT_EQ(read_zip(archive, {.files = 1}).error().code, ErrorCode::TooLarge);
  EXPECT_EQ(read_zip(archive, {.file_bytes = 999}).error().code, ErrorCode::TooLarge);
  EXPECT_EQ(read_zip(archive, {.archive_bytes = 100}).error().code, ErrorCode::TooLarge);
  EXPECT_FALSE(verify_pack(archive + "x", "SHA256:x").ok());
}

}  // namespace
}  // namespace holdfast::engine
