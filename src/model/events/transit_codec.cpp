#include "model/event_codec_impl.h"

namespace holdfast::event_codec {

std::string_view kind(const TransitEvent& group) { return kind_of(group); }

std::string encode_group(const TransitEvent& group) { return encode_any(group); }

std::optional<Result<TransitEvent>> decode_transit(std::string_view name, const Json& json) {
  return decode_any<TransitEvent>(name, json);
}

}  // namespace holdfast::event_codec
