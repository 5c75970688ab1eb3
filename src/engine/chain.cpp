#include "engine/chain.h"

namespace holdfast::engine {
namespace {

void field(std::string& out, std::string_view value) {
  out += std::to_string(value.size());
  out += ':';
  out += value;
}

}  // namespace

Digest content_of(std::string_view salt, const ports::EventRow& row) {
  std::string text;
  text.reserve(row.bytes.size() + row.actor.size() + 16);
  field(text, row.actor);
  field(text, row.bytes);
  return hmac_sha256(salt, text);
}

Digest chained(const Digest& previous, const ports::EventRow& row, const Digest& content) {
  std::string text;
  text.reserve(224);
  field(text, bytes_of(previous));
  field(text, std::to_string(row.stream.tenant.value));
  field(text, std::to_string(int(row.stream.kind)));
  field(text, std::to_string(row.stream.id));
  field(text, std::to_string(row.version));
  field(text, std::to_string(row.at.ms));
  field(text, hex(content));
  return sha256(text);
}

}  // namespace holdfast::engine
