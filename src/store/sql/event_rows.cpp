#include "store/sql/event_rows.h"

#include <algorithm>

namespace holdfast::store {
namespace {

using namespace ports;

constexpr std::size_t most_events = 12;
constexpr std::size_t most_bytes = 2'400;  // before they are packed

bool follows(const EventRow& next, const EventRow& before) {
  return next.stream == before.stream && next.seq == before.seq + 1 &&
         next.version == before.version + 1 && next.previous == before.seq &&
         next.at == before.at && next.actor == before.actor;
}

auto damaged(std::int64_t seq) {
  return fail(ErrorCode::Internal, "a stored row of events is damaged",
              "event " + std::to_string(seq), "restore from a backup");
}

/// A length as a LEB128 number: seven bits a byte, the lowest first.
void append_length(std::string& out, std::size_t length) {
  for (; length >= 0x80; length >>= 7) out += static_cast<char>(0x80 | (length & 0x7f));
  out += static_cast<char>(length);
}

/// Takes a length from the front; more than there can be when it is damaged.
std::size_t take_length(std::string_view& from) {
  std::size_t length = 0;
  for (unsigned shift = 0; !from.empty() && shift < 35; shift += 7) {
    const auto byte = static_cast<unsigned char>(from.front());
    from.remove_prefix(1);
    length |= static_cast<std::size_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return length;
  }
  return std::string_view::npos;
}

}  // namespace

std::size_t shared_row(std::span<const EventRow> events) {
  std::size_t count = 0;
  std::size_t bytes = 0;
  while (count < std::min(events.size(), most_events)) {
    bytes += events[count].bytes.size();
    if (count > 0 && (bytes > most_bytes || !follows(events[count], events[count - 1]))) break;
    ++count;
  }
  return count;
}

std::string row_bytes(std::span<const EventRow> events, Packer& packer) {
  std::string content;
  for (const auto& event : events) append_length(content, event.bytes.size());
  for (const auto& event : events) content += event.bytes;
  return packer.pack_known(content);
}

std::string row_hashes(std::span<const EventRow> events) {
  std::string hashes;
  for (const auto& event : events) hashes += bytes_of(event.hash);
  return hashes;
}

Result<std::vector<EventRow>> events_of(const StoredEvents& row) {
  const auto& last = row.last;
  auto hashes = row.hashes;
  const auto stored = row.count;
  const auto count = static_cast<std::size_t>(std::max<std::int64_t>(1, stored));
  if (count > most_events || hashes.size() != count * sizeof(Digest)) return damaged(last.seq);
  // A row from before schema step 3 holds one event as it is.
  auto content = stored == 0 ? Result<std::string>(std::string(row.bytes)) : unpack(row.bytes);
  if (!content) return fail(within(content.error(), "event " + std::to_string(last.seq)));
  std::string_view rest = *content;
  std::vector<std::size_t> lengths;
  for (std::int64_t i = 0; i < stored; ++i) lengths.push_back(take_length(rest));
  if (stored == 0) lengths.push_back(rest.size());
  std::vector<EventRow> events(count, last);
  for (std::size_t i = 0; i < count; ++i) {
    auto& event = events[i];
    const auto back = static_cast<std::int64_t>(count - 1 - i);
    event.seq = last.seq - back;
    event.version = last.version - back;
    event.previous = i == 0 ? row.previous : event.seq - 1;
    if (lengths[i] > rest.size()) return damaged(event.seq);
    event.bytes = rest.substr(0, lengths[i]);
    rest.remove_prefix(lengths[i]);
    std::copy_n(hashes.begin(), sizeof(Digest), event.hash.begin());
    hashes.remove_prefix(sizeof(Digest));
  }
  if (!rest.empty()) return damaged(last.seq);
  return events;
}

}  // namespace holdfast::store
