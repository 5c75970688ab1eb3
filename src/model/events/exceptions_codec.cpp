#include "model/event_codec_impl.h"

namespace holdfast::event_codec {

std::string_view kind(const ExceptionsEvent& group) { return kind_of(group); }

std::string encode_group(const ExceptionsEvent& group) { return encode_any(group); }

std::optional<Result<ExceptionsEvent>> decode_exceptions(std::string_view name, const Json& json) {
  return decode_any<ExceptionsEvent>(name, json);
}

}  // namespace holdfast::event_codec
