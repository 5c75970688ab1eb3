#include "model/event_codec_impl.h"

namespace holdfast::event_codec {

std::string_view kind(const TellingEvent& group) { return kind_of(group); }

std::string encode_group(const TellingEvent& group) { return encode_any(group); }

std::optional<Result<TellingEvent>> decode_telling(std::string_view name, const Json& json) {
  return decode_any<TellingEvent>(name, json);
}

}  // namespace holdfast::event_codec
