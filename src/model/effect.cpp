#include "model/effect.h"

#include <optional>

#include "model/codec.h"

namespace holdfast {
namespace {

template <std::size_t I = 0>
std::optional<Result<Effect>> decode_any(std::string_view name, const Json& json) {
  if constexpr (I == std::variant_size_v<Effect>) {
    return std::nullopt;
  } else {
    using T = std::variant_alternative_t<I, Effect>;
    if (name != T::name) return decode_any<I + 1>(name, json);
    T effect;
    if (auto status = codec::read(json, effect); !status) {
      return Result<Effect>(fail(within(status.error(), name)));
    }
    return Result<Effect>(Effect(std::move(effect)));
  }
}

}  // namespace

std::string_view name_of(const Effect& effect) {
  return std::visit([](const auto& value) { return std::string_view(value.name); }, effect);
}

std::string encode_effect(const Effect& effect) {
  std::string out = "{\"effect\":\"";
  out += name_of(effect);
  out += '"';
  codec::Writer writer{out, false};
  std::visit([&](const auto& value) { std::decay_t<decltype(value)>::each(value, writer); },
             effect);
  out.push_back('}');
  return out;
}

Result<Effect> decode_effect(const Json& json) {
  auto found = decode_any(json["effect"].string(), json);
  if (found) return std::move(*found);
  return fail(ErrorCode::Invalid, "unknown effect", json["effect"].string());
}

std::string lane_of(const Effect& effect) {
  return std::visit(
      [](const auto& value) -> std::string {
        if constexpr (requires { value.supplier; })
          return "supplier:" + value.supplier;
        else if constexpr (requires { value.channel; })
          return "channel:" + value.channel;
        else if constexpr (requires { value.moment; })
          return "buyer";
        else
          return "tracking";
      },
      effect);
}

}  // namespace holdfast
