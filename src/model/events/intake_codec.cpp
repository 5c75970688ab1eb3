#include "model/event_codec_impl.h"

namespace holdfast::event_codec {

std::string_view kind(const IntakeEvent& group) { return kind_of(group); }

std::string encode_group(const IntakeEvent& group) { return encode_any(group); }

std::optional<Result<IntakeEvent>> decode_intake(std::string_view name, const Json& json) {
  return decode_any<IntakeEvent>(name, json);
}

}  // namespace holdfast::event_codec
