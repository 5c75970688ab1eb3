#include "model/event_codec_impl.h"

namespace holdfast::event_codec {

std::string_view kind(const PhysicalEvent& group) { return kind_of(group); }

std::string encode_group(const PhysicalEvent& group) { return encode_any(group); }

std::optional<Result<PhysicalEvent>> decode_physical(std::string_view name, const Json& json) {
  return decode_any<PhysicalEvent>(name, json);
}

}  // namespace holdfast::event_codec
