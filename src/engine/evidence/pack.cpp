#include "engine/evidence/pack.h"

#include <algorithm>

#include "base/json.h"
#include "engine/chain.h"
#include "engine/evidence/document.h"
#include "engine/evidence/merkle.h"
#include "engine/evidence/pack_names.h"
#include "engine/evidence/zip.h"

namespace holdfast::engine {
namespace {

constexpr std::int64_t earlier_kept = 8;

std::vector<std::string> bytes_of_all(const std::vector<ports::EventRow>& rows) {
  std::vector<std::string> bytes;
  for (const auto& row : rows) bytes.push_back(row.bytes);
  return bytes;
}

Reader reader_for(const PackInput& input, Profile profile, const core::OrderState& state) {
  Reader reader;
  reader.profile = profile;
  reader.supplier = input.supplier;
  reader.erased = state.erased;
  for (const auto& po : state.pos) reader.supplier_of_po[po.po] = po.supplier;
  for (const auto& parcel : state.parcels) reader.po_of_parcel[parcel.parcel] = parcel.po;
  return reader;
}

/// One line of events.jsonl: whole with its salt, or in part with the hash of its content.
Json event_line(const ports::EventRow& row, const Shown& shown, const Vault& vault) {
  const auto salt = vault.event_salt(row.stream, row.version);
  Json json;
  json.set("version", row.version);
  json.set("at", to_text(row.at));
  json.set("actor", shown.actor);
  json.set("event", shown.bytes);
  if (shown.left_out.empty()) {
    json.set("salt", hex(salt));
  } else {
    Json left_out{Json::Array{}};
    for (const auto& name : shown.left_out) left_out.push(name);
    json.set("left_out", std::move(left_out));
    json.set("content", hex(content_of(salt, row)));
  }
  json.set("hash", hex(row.hash));
  return json;
}

Result<std::string> checkpoint_json(const PackInput& input) {
  const auto& head = input.rows.back();
  const Leaf leaf{input.stream, head.version, head.hash};
  const auto found = std::ranges::find(input.leaves, leaf);
  if (found == input.leaves.end()) {
    return fail(ErrorCode::Invalid, "the checkpoint does not hold the order's last event", "pack",
                "make a new checkpoint and export again");
  }
  std::vector<Digest> hashes;
  for (const auto& one : input.leaves) hashes.push_back(hash_of(one));
  const auto index = static_cast<std::size_t>(found - input.leaves.begin());
  Json json, path{Json::Array{}}, earlier{Json::Array{}};
  for (const auto& sibling : merkle_path(hashes, index)) path.push(hex(sibling));
  for (const auto& one : input.earlier) earlier.push(encode_checkpoint(one));
  json.set("checkpoint", encode_checkpoint(input.checkpoint));
  json.set("index", static_cast<std::int64_t>(index));
  json.set("path", std::move(path));
  json.set("earlier", std::move(earlier));
  return to_text(json);
}

void collect_photos(const Json& value, std::vector<std::string>& out) {
  for (const auto& item : value.items()) collect_photos(item, out);
  for (const auto& [name, member] : value.members()) {
    if (name == "photo" && !member.string().empty()) out.push_back(member.string());
    collect_photos(member, out);
  }
}

/// Adds the photos that are there; gives the names of those that are not.
Result<Json> add_photos(const PackInput& input, Files& files) {
  auto wanted = photos_of(input.rows);
  if (!wanted) return fail(wanted.error());
  for (const auto& photo : input.photos) {
    const auto name = hex(sha256(photo));
    if (std::ranges::find(*wanted, name) != wanted->end()) {
      files[pack_names::photos + name] = photo;
    }
  }
  Json absent{Json::Array{}};
  for (const auto& name : *wanted) {
    if (!files.contains(pack_names::photos + name)) absent.push(name);
  }
  return absent;
}

Json erasure_of(const PackInput& input, const Replayed& whole) {
  for (std::size_t i = 0; i < whole.events.size(); ++i) {
    const auto* erased = whole.events[i].as<PersonalDataErased>();
    if (!erased) continue;
    Json json, what{Json::Array{}};
    for (const auto* one :
         {"buyer record", "search words", "typed text", "places below country", "photos"}) {
      what.push(one);
    }
    json.set("at", to_text(input.rows[i].at));
    json.set("event", input.rows[i].version);
    json.set("what", std::move(what));
    return json;
  }
  return {};
}

std::string manifest_json(const PackInput& input, Profile profile, const Files& files,
                          const Json& about) {
  Json json, stream, list{Json::Array{}};
  stream.set("kind", int(input.stream.kind));
  stream.set("id", input.stream.id);
  for (const auto& [name, bytes] : files) {
    Json& file = list.push(Json{Json::Object{}});
    file.set("name", name);
    file.set("bytes", static_cast<std::int64_t>(bytes.size()));
    file.set("sha256", hex(sha256(bytes)));
  }
  json.set("format", 1);
  json.set("tenant", input.stream.tenant.value);
  json.set("stream", std::move(stream));
  json.set("profile", name_of(profile));
  json.set("exported_at", to_text(input.checkpoint.at));
  json.set("public_key", hex(input.checkpoint.public_key));
  json.set("events", static_cast<std::int64_t>(input.rows.size()));
  for (const auto& [name, value] : about.members()) json.set(name, value);
  json.set("files", std::move(list));
  return to_text(json);
}

std::vector<std::pair<std::string, std::string>> headline(const PackInput& input, Profile profile,
                                                          const Json& order, const Json& about) {
  const auto& coverage = order["coverage"];
  std::string missing;
  for (const auto& what : coverage["missing"].items()) {
    missing += (missing.empty() ? "" : "; ") + what.string();
  }
  const auto parts = about["shown_in_part"].integer();
  return {{"Order", order["store_number"].string()},
          {"Stage", order["stage"].string()},
          {"For", std::string(name_of(profile))},
          {"Exported", to_text(input.checkpoint.at)},
          {"Signed by", fingerprint_of(input.checkpoint.public_key)},
          {"Coverage", std::to_string(coverage["permille"].integer()) + " of 1000"},
          {"Not proven", missing.empty() ? "nothing" : missing},
          {"Shown in part", std::to_string(parts) + " of " + std::to_string(input.rows.size()) +
                                " events; what is left out is fixed by its hash"},
          {"Erased", about["erased"].is_null()
                         ? "nothing"
                         : "the buyer's data, at " + about["erased"]["at"].string()},
          {"Check it",
           "holdfast evidence verify FILE --key FINGERPRINT, with the fingerprint "
           "taken from the merchant and not from here"}};
}

/// The events as this reader may see them.
struct Told {
  std::vector<std::string> bytes;  // with their words
  Json words;                      // those words by reference, each with its salt
  std::vector<TimelineRow> timeline;
  std::string lines;
  std::int64_t in_part = 0;
};

/// The words that shown bytes refer to; those of what was left out stay out too.
void add_words(const Words& words, std::string_view shown, Json& into) {
  for (const auto& [reference, word] : words) {
    if (shown.find(reference) == std::string_view::npos) continue;
    Json json;
    json.set("text", word.text);
    json.set("salt", hex(word.salt));
    into.set(reference, std::move(json));
  }
}

Result<Told> tell(const PackInput& input, const Reader& reader, const Vault& vault) {
  Told told;
  for (const auto& row : input.rows) {
    auto shown = shown_to(reader, row);
    if (!shown) return fail(within(shown.error(), "event " + std::to_string(row.version)));
    auto json = parse_json(row.bytes);
    const bool whole = shown->left_out.empty();
    told.in_part += whole ? 0 : 1;
    told.lines += to_text(event_line(row, *shown, vault)) + "\n";
    add_words(input.words, shown->bytes, told.words);
    auto bytes = opened_json(shown->bytes, input.words);
    told.timeline.push_back(
        {row.version, row.at, (*json)["event"].string(), shown->actor, bytes, whole});
    told.bytes.push_back(std::move(bytes));
  }
  return told;
}

Json about_pack(const PackInput& input, Profile profile, const Told& told, Json erased,
                Json photos_absent) {
  Json about;
  about.set("shown_in_part", told.in_part);
  about.set("erased", std::move(erased));
  about.set("photos_absent", std::move(photos_absent));
  if (profile == Profile::Supplier) about.set("supplier", input.supplier);
  return about;
}

Status fits(const PackInput& input, Profile profile) {
  if (input.rows.empty()) return fail(ErrorCode::NotFound, "the order has no events", "pack");
  if (profile == Profile::Supplier && input.supplier.empty()) {
    return fail(ErrorCode::Invalid, "a supplier's pack needs to know for which supplier", "pack",
                "name the supplier");
  }
  return {};
}

}  // namespace

bool shows_buyer(Profile profile) {
  return profile == Profile::Merchant || profile == Profile::Dispute;
}

Result<std::vector<std::string>> photos_of(const std::vector<ports::EventRow>& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) {
    auto json = parse_json(row.bytes);
    if (!json) return fail(json.error());
    collect_photos(*json, names);
  }
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

Result<GatheredPack> gather_pack(ports::Store& store, const Vault& vault,
                                 const ports::StreamKey& stream, Instant now) {
  GatheredPack gathered;
  auto& input = gathered.input;
  input.stream = stream;
  auto rows = store.events(stream);
  if (!rows) return fail(rows.error());
  if (rows->empty()) return fail(ErrorCode::NotFound, "the order has no events", "pack");
  input.rows = std::move(*rows);
  auto sealed = store.sealed(stream);
  if (!sealed) return fail(sealed.error());
  std::string key, buyer;
  for (const auto& row : *sealed) {
    if (row.kind == "key") key = row.bytes;
    if (row.kind == "buyer") buyer = row.bytes;
  }
  if (!key.empty() && !buyer.empty()) {
    auto opened = vault.unseal(stream, key, "buyer", buyer);
    if (!opened) return fail(opened.error());
    input.buyer = std::move(*opened);
  }
  auto book = read_words(store, &vault, stream);
  if (!book) return fail(book.error());
  input.words = std::move(book->words);
  const Leaf head{stream, input.rows.back().version, input.rows.back().hash};
  auto made = make_checkpoint(store, vault, stream.tenant, now, {head});
  if (!made) return fail(made.error());
  auto& checkpoint = **made;
  auto earlier =
      stored_checkpoints(store, stream.tenant, checkpoint.checkpoint.number - 1, earlier_kept);
  if (!earlier) return fail(earlier.error());
  input.checkpoint = std::move(checkpoint.checkpoint);
  input.leaves = std::move(checkpoint.leaves);
  input.earlier = std::move(*earlier);
  gathered.rows = std::move(checkpoint.rows);
  return gathered;
}

Result<std::string> export_pack(const PackInput& input, Profile profile, const Vault& vault) {
  if (auto status = fits(input, profile); !status) return fail(status.error());
  auto whole = replayed(bytes_of_all(input.rows));
  if (!whole) return fail(whole.error());
  const auto reader = reader_for(input, profile, whole->state);
  auto told = tell(input, reader, vault);
  if (!told) return fail(told.error());
  auto seen = replayed(told->bytes);
  if (!seen) return fail(seen.error());
  auto checkpoint = checkpoint_json(input);
  if (!checkpoint) return fail(checkpoint.error());
  Files files;
  Json photos_absent{Json::Array{}};
  if (shows_buyer(profile) && !whole->state.erased) {
    auto absent = add_photos(input, files);
    if (!absent) return fail(absent.error());
    photos_absent = std::move(*absent);
    if (!input.buyer.empty()) files[pack_names::buyer] = input.buyer;
  }
  const auto about =
      about_pack(input, profile, *told, erasure_of(input, *whole), std::move(photos_absent));
  auto order = order_document(seen->state);
  // What is proven does not depend on who reads it, so it is counted over all events.
  order.set("coverage", coverage_document(coverage_of(whole->state, whole->events)));
  files[pack_names::events] = told->lines;
  if (!told->words.is_null()) files[pack_names::words] = to_text(told->words);
  files[pack_names::order] = to_text(order);
  files[pack_names::checkpoint] = *checkpoint;
  files[pack_names::page] =
      page_document(order, headline(input, profile, order, about), told->timeline);
  const auto manifest = manifest_json(input, profile, files, about);
  files[pack_names::signature] = hex(vault.sign(pack_names::purpose, manifest)) + "\n";
  files[pack_names::manifest] = manifest;
  return write_zip(files);
}

}  // namespace holdfast::engine
