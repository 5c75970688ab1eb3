#include "engine/views/history.h"

#include <optional>

#include "core/evolve.h"
#include "engine/words.h"
#include "model/codec.h"

namespace holdfast::engine {
namespace {

using ports::StreamKind;

const char* prefix_of(StreamKind kind) {
  switch (kind) {
    case StreamKind::Order:
      return OrderTag::prefix;
    case StreamKind::Supply:
      return "sup";
    case StreamKind::Exchange:
      return "exc";
    case StreamKind::Case:
      return "cas";
  }
  return "";
}

}  // namespace

const Recorded* History::at(std::int64_t version) const {
  if (version < 1 || version > static_cast<std::int64_t>(events.size())) return nullptr;
  return &events[static_cast<std::size_t>(version - 1)];
}

Result<History> read_history(ports::Store& store, const Vault& vault,
                             const ports::StreamKey& stream) {
  auto rows = store.events(stream);
  if (!rows) return fail(rows.error());
  if (rows->empty()) return fail(ErrorCode::NotFound, "there is no such order");
  History history;
  history.stream = stream;
  history.events.reserve(rows->size());
  std::optional<WordBook> book;
  for (auto& row : *rows) {
    if (has_reference(row.bytes)) {
      if (!book) {
        auto words = read_words(store, &vault, stream);
        if (!words) return fail(words.error());
        book = std::move(*words);
      }
      row.bytes = book->open_json(row.bytes);
    }
    auto json = parse_json(row.bytes);
    if (!json) return fail(json.error());
    auto event = decode_event(*json);
    if (!event) return fail(within(event.error(), "event " + std::to_string(row.seq)));
    core::evolve(history.state, *event);
    history.events.push_back({std::move(row), std::move(*event)});
  }
  return history;
}

Result<std::string> read_key(ports::Store& store, const ports::StreamKey& stream) {
  auto rows = store.sealed(stream);
  if (!rows) return fail(rows.error());
  for (const auto& row : *rows) {
    if (row.kind == "key") return row.bytes;
  }
  return fail(ErrorCode::NotFound, "this order has no data key");
}

Result<Address> read_buyer(ports::Store& store, const Vault& vault,
                           const ports::StreamKey& stream) {
  auto rows = store.sealed(stream);
  if (!rows) return fail(rows.error());
  std::string key, sealed;
  for (const auto& row : *rows) {
    if (row.kind == "key") key = row.bytes;
    if (row.kind == "buyer") sealed = row.bytes;
  }
  if (key.empty() || sealed.empty()) return fail(ErrorCode::NotFound, "no buyer record");
  auto bytes = vault.unseal(stream, key, "buyer", sealed);
  if (!bytes) return fail(bytes.error());
  auto json = parse_json(*bytes);
  if (!json) return fail(json.error());
  Address address;
  if (auto status = codec::read((*json)["address"], address); !status) return fail(status.error());
  return address;
}

std::string stream_text(const ports::StreamKey& stream) {
  return id_text(prefix_of(stream.kind), stream.id);
}

Result<ports::StreamKey> parse_stream(TenantId tenant, std::string_view text) {
  for (const auto kind :
       {StreamKind::Order, StreamKind::Supply, StreamKind::Exchange, StreamKind::Case}) {
    if (auto id = parse_id(prefix_of(kind), text)) return ports::StreamKey{tenant, kind, *id};
  }
  return fail(ErrorCode::Invalid, "this is no stream's id", std::string(text));
}

}  // namespace holdfast::engine
