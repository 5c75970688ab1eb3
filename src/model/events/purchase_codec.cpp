#include "model/event_codec_impl.h"

namespace holdfast::event_codec {

std::string_view kind(const PurchaseEvent& group) { return kind_of(group); }

std::string encode_group(const PurchaseEvent& group) { return encode_any(group); }

std::optional<Result<PurchaseEvent>> decode_purchase(std::string_view name, const Json& json) {
  return decode_any<PurchaseEvent>(name, json);
}

}  // namespace holdfast::event_codec
