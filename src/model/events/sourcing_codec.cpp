#include "model/event_codec_impl.h"

namespace holdfast::event_codec {

std::string_view kind(const SourcingEvent& group) { return kind_of(group); }

std::string encode_group(const SourcingEvent& group) { return encode_any(group); }

std::optional<Result<SourcingEvent>> decode_sourcing(std::string_view name, const Json& json) {
  return decode_any<SourcingEvent>(name, json);
}

}  // namespace holdfast::event_codec
