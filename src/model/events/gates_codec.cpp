#include "model/event_codec_impl.h"

namespace holdfast::event_codec {

std::string_view kind(const GatesEvent& group) { return kind_of(group); }

std::string encode_group(const GatesEvent& group) { return encode_any(group); }

std::optional<Result<GatesEvent>> decode_gates(std::string_view name, const Json& json) {
  return decode_any<GatesEvent>(name, json);
}

}  // namespace holdfast::event_codec
