#pragma once
// The template halves of the event codec; included by exactly the events/*_codec.cpp files.
// It must never be reached from another room.

#include "model/codec.h"
#include "model/event_codec.h"

namespace holdfast::event_codec {

/// Bumped per kind when a field changes its meaning; the kind then names `version`
/// and lifts older members in `static Json lift(Json)`.
template <class T>
constexpr std::int64_t version_of() {
  if constexpr (requires { T::version; })
    return T::version;
  else
    return 1;
}

template <class Group>
std::string_view kind_of(const Group& group) {
  return std::visit([](const auto& event) { return std::string_view(event.name); }, group);
}

template <class Group>
std::string encode_any(const Group& group) {
  return std::visit(
      [](const auto& event) {
        using T = std::decay_t<decltype(event)>;
        std::string out = "{\"event\":\"";
        out += T::name;
        out += "\",\"v\":";
        out += std::to_string(version_of<T>());
        codec::Writer writer{out, false};
        T::each(event, writer);
        out.push_back('}');
        return out;
      },
      group);
}

template <class T>
Result<T> decode_kind(const Json& json) {
  T event;
  Status status;
  if constexpr (requires { T::lift(json); })
    status = codec::read(T::lift(json), event);
  else
    status = codec::read(json, event);
  if (!status) return fail(status.error());
  return event;
}

template <class Group, std::size_t I = 0>
std::optional<Result<Group>> decode_any(std::string_view name, const Json& json) {
  if constexpr (I == std::variant_size_v<Group>) {
    return std::nullopt;
  } else {
    using T = std::variant_alternative_t<I, Group>;
    if (name != T::name) return decode_any<Group, I + 1>(name, json);
    auto event = decode_kind<T>(json);
    if (!event) return Result<Group>(fail(event.error()));
    return Result<Group>(Group(std::move(*event)));
  }
}

}  // namespace holdfast::event_codec
