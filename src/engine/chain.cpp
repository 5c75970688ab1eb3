#include "engine/chain.h"

namespace holdfast::engine {
namespace {

void field(std::string& out, std::string_view value) {
  out += std::to_string(value.size());
  out += ':';
  out += value;
}

}  // namespace

Digest chained(const Digest& previous, const ports::EventRow& row) {
  std::string text;
  text.reserve(row.bytes.size() + row.actor.size() + 128);
  field(text, bytes_of(previous));
  field(text, std::to_string(row.stream.tenant.value));
  field(text, std::to_string(int(row.stream.kind)));
  field(text, std::to_string(row.stream.id));
  field(text, std::to_string(row.version));
  field(text, std::to_string(row.at.ms));
  field(text, row.actor);
  field(text, row.bytes);
  return sha256(text);
}

}  // namespace holdfast::engine
