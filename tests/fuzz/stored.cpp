// What comes back from the disk and through the control socket: perhaps damaged, perhaps newer.
#include "cli/control.h"
#include "engine/evidence/checkpoint.h"
#include "engine/retention/retention.h"
#include "model/effect.h"
#include "model/event.h"
#include "store/packed.h"
#include "tests/fuzz/targets.h"

namespace holdfast::fuzz {
namespace {

void event(std::string_view bytes) {
  const auto json = parse_json(bytes);
  if (!json) return;
  const auto read = decode_event(*json);
  if (!read) return;
  const auto text = encode_event(*read);
  const auto again = parse_json(text).and_then(decode_event);
  expect(again.has_value() && encode_event(*again) == text, "an event reads back as written");
}

void effect(std::string_view bytes) {
  const auto json = parse_json(bytes);
  if (!json) return;
  const auto read = decode_effect(*json);
  if (!read) return;
  const auto text = encode_effect(*read);
  const auto again = parse_json(text).and_then(decode_effect);
  expect(again.has_value() && encode_effect(*again) == text, "an effect reads back as written");
}

void packed(std::string_view bytes) {
  (void)store::unpack(bytes);
  (void)store::unpack_json(bytes);
  thread_local store::Packer packer;
  expect(store::unpack(packer.pack(bytes)) == std::string(bytes), "packed bytes come back");
  expect(store::unpack(packer.pack_known(bytes)) == std::string(bytes), "known ones, too");
}

void ledgers(std::string_view bytes) {
  if (const auto read = engine::decode_checkpoint(bytes)) {
    (void)engine::signature_fits(*read);
    const auto again = engine::decode_checkpoint(engine::encode_checkpoint(*read));
    expect(again && again->text == read->text, "a checkpoint reads back");
  }
  if (const auto read = engine::read_erasure(bytes)) {
    expect(engine::read_erasure(engine::erasure_line(*read)).has_value(), "an erasure reads back");
  }
}

void control(std::string_view bytes) {
  if (const auto read = cli::decode_request(bytes)) {
    expect(cli::decode_request(cli::encode_request(*read)).has_value(), "a request reads back");
  }
  if (const auto json = parse_json(bytes)) (void)cli::decode_answer(*json);
}

constexpr Target group[] = {
    {"event", "stored events", event,
     [] {
       std::vector<std::string> texts;
       const auto encode = [](auto group) { return encode_event(Event(std::move(group))); };
       add_kinds<IntakeEvent>(texts, encode);
       add_kinds<GatesEvent>(texts, encode);
       add_kinds<SourcingEvent>(texts, encode);
       add_kinds<PurchaseEvent>(texts, encode);
       add_kinds<PhysicalEvent>(texts, encode);
       add_kinds<TransitEvent>(texts, encode);
       add_kinds<TellingEvent>(texts, encode);
       add_kinds<ExceptionsEvent>(texts, encode);
       return texts;
     }},
    {"effect", "stored effects", effect,
     [] {
       std::vector<std::string> texts;
       add_kinds<Effect>(texts, encode_effect);
       return texts;
     }},
    {"packed", "compressed rows", packed,
     [] {
       store::Packer packer;
       return std::vector<std::string>{packer.pack("text text text text"),
                                       packer.pack_known(R"({"name":"CheckRecorded","v":1})")};
     }},
    {"ledgers", "checkpoints and erasures by line", ledgers,
     [] {
       return std::vector<std::string>{
           R"({"checkpoint":"{}","signature":"AA==","key":"AA=="})",
           R"({"stream":"order:1","at":"2026-11-02T08:00:00Z","actor":"owner"})"};
     }},
    {"control", "the control socket's lines", control,
     [] {
       return std::vector<std::string>{
           R"({"command":["order","show"],"with":{"order":"1001"},"actor":"cli:owner"})",
           R"({"error":{"code":"not_found","what":"x","where":"","todo":""}})"};
     }},
};

}  // namespace

std::span<const Target> stored_targets() { return group; }

}  // namespace holdfast::fuzz
