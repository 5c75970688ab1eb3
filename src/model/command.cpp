#include "model/command.h"

#include <optional>

#include "model/codec.h"

namespace holdfast {
namespace {

template <class Group, std::size_t I = 0>
std::optional<Result<Command>> decode_group(std::string_view name, const Json& json) {
  if constexpr (I == std::variant_size_v<Group>) {
    return std::nullopt;
  } else {
    using T = std::variant_alternative_t<I, Group>;
    if (name != T::name) return decode_group<Group, I + 1>(name, json);
    T command;
    if (auto status = codec::read_strict(json, command); !status) {
      return Result<Command>(fail(within(status.error(), name)));
    }
    return Result<Command>(Command(Group(std::move(command))));
  }
}

}  // namespace

std::string_view name_of(const Command& command) {
  const auto kind = [](const auto& value) { return std::string_view(value.name); };
  return std::visit([&](const auto& group) { return std::visit(kind, group); }, command);
}

std::string encode_command(const Command& command) {
  std::string out = "{\"command\":\"";
  out += name_of(command);
  out += '"';
  codec::Writer writer{out, false};
  const auto fields = [&](const auto& value) {
    std::decay_t<decltype(value)>::each(value, writer);
  };
  std::visit([&](const auto& group) { std::visit(fields, group); }, command);
  out.push_back('}');
  return out;
}

Result<Command> decode_command(const Json& json) {
  const auto name = json["command"].string();
  Json fields = json;
  fields.erase("command");
  auto found = decode_group<ChannelCommand>(name, fields);
  if (!found) found = decode_group<SupplierCommand>(name, fields);
  if (!found) found = decode_group<PeopleCommand>(name, fields);
  if (!found) found = decode_group<CasesCommand>(name, fields);
  if (!found) found = decode_group<EngineCommand>(name, fields);
  if (found) return std::move(*found);
  return fail(ErrorCode::Invalid, "unknown command", name);
}

}  // namespace holdfast
