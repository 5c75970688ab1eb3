// Files that people bring: settings, sheets, evidence packs.
#include "engine/evidence/verify.h"
#include "engine/evidence/zip.h"
#include "engine/settings/offers_csv.h"
#include "engine/settings/policy_files.h"
#include "engine/settings/sheet.h"
#include "engine/settings/toml.h"
#include "engine/tracking_file.h"
#include "tests/fuzz/targets.h"

namespace holdfast::fuzz {
namespace {

void toml(std::string_view bytes) {
  const auto read = engine::parse_toml(bytes, "fuzz.toml");
  if (!read) return;
  (void)to_text(read->value);
  (void)engine::read_policy_part(*read);
}

void sheet(std::string_view bytes) {
  (void)engine::parse_csv(bytes);
  const auto read = engine::read_sheet(std::string(bytes), {"sku", "quantity", "cost"}, {"sku"});
  if (!read) return;
  for (const auto& [line, cells] : read->rows) {
    expect(line > 1 && cells.contains("sku"), "a row has what is needed, below the header");
  }
}

void tracking_file(std::string_view bytes) {
  const auto read = engine::read_tracking_file(std::string(bytes), Instant{days(20'000).ms});
  if (!read) return;
  for (const auto& line : read->lines) {
    for (const auto& command : engine::commands_of(line, "file", Instant{days(20'000).ms})) {
      const auto json = parse_json(encode_command(command));
      expect(json && decode_command(*json), "a line's command reads back");
    }
    expect(!line.tracking.empty(), "a line that is taken names its parcel");
  }
}

void zip(std::string_view bytes) {
  const auto files = engine::read_zip(bytes, {1u << 20, 50, 1u << 20});
  if (!files) return;
  const auto written = engine::write_zip(*files);
  expect(written.has_value(), "what was read can be packed");
  expect(engine::read_zip(*written) == files, "and reads back");
}

void pack(std::string_view bytes) {
  const auto report =
      engine::verify_pack(bytes, "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  expect(!report.ok(), "no pack fits a key that nobody has");
}

std::string small_archive() {
  return *engine::write_zip({{"manifest.json", R"({"files":{}})"}, {"events.jsonl", "{}\n"}});
}

constexpr Target group[] = {
    {"toml", "settings and policy", toml,
     [] {
       return std::vector<std::string>{
           "[[gates]]\nname = \"paid\"\nguards = [\"money\"]\n[limits]\npos_an_hour = 10\n"};
     }},
    {"sheet", "CSV with a header", sheet,
     [] { return std::vector<std::string>{"sku,quantity,cost\nA-1,2,\"3,50\"\n"}; }},
    {"tracking_file", "parcels and scans as CSV", tracking_file,
     [] {
       return std::vector<std::string>{
           "po,carrier,tracking,status,proof,at,place,country\n"
           "HF-000001,DHL,ABC123456,accepted,physical,2026-11-02T08:00:00Z,Bonn,DE\n"};
     }},
    {"zip", "archives", zip,
     [] {
       // The second says that it holds nothing.
       return std::vector<std::string>{small_archive(), "PK\5\6" + std::string(18, '\0')};
     }},
    {"pack", "evidence packs", pack, [] { return std::vector<std::string>{small_archive()}; }},
};

}  // namespace

std::span<const Target> file_targets() { return group; }

}  // namespace holdfast::fuzz
