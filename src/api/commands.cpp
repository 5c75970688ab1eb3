#include "api/commands.h"

#include <algorithm>
#include <array>

#include "api/operations.h"
#include "base/check.h"
#include "engine/acts.h"

namespace holdfast::api {
namespace {

/// How the body of a command is filled up. What it asks for stands in the contract.
struct Kind {
  std::string_view name;
  bool has_actor = true;
  /// The most, and the default, that a strength may be; nothing where the command has none.
  std::optional<Strength> strength;
};

constexpr std::array kinds{
    Kind{"ReleasePurchaseOrder", true, {}},
    Kind{"DecideSupplyChange", true, {}},
    Kind{"ApproveDoubleBuy", true, {}},
    Kind{"OverrideGate", true, {}},
    Kind{"PlaceHold", true, {}},
    Kind{"ReleaseHold", true, {}},
    Kind{"RequestCancellation", true, {}},
    Kind{"RecordCheck", true, Strength::Verified},
    Kind{"MatchLabel", true, {}},
    Kind{"AddNote", true, {}},
    Kind{"Reroute", true, {}},
    Kind{"SendReminder", true, {}},
    Kind{"CorrectTracking", true, {}},
    Kind{"RaiseException", true, {}},
    Kind{"RecordPurchaseOrderReply", false, {}},
    Kind{"AcknowledgePurchaseOrder", true, Strength::Recorded},
    Kind{"AnswerSupplyCancel", true, {}},
    Kind{"AttestCheck", true, {}},
    Kind{"AnnounceParcel", false, Strength::Recorded},
    Kind{"RecordSupplierPayment", true, {}},
    Kind{"AnswerBuyerQuestion", false, {}},
};

Result<OrderCommand> command_of(const Json& body) {
  const auto& name = body["command"].string();
  std::vector<std::string> known;
  for (const auto& command : order_commands()) {
    if (command.name == name) return command;
    known.emplace_back(command.name);
  }
  const auto near = nearest(name, known);
  return fail(ErrorCode::Invalid, "There is no such command.", "command",
              near.empty() ? "" : "did you mean " + near + "?");
}

const Kind& kind_of(const OrderCommand& command) {
  const auto* const found = std::ranges::find(kinds, command.name, &Kind::name);
  check(found != kinds.end(), "every command of the contract has its kind");
  return *found;
}

Status fill_strength(Json& body, Strength most) {
  const auto* given = body.find("strength");
  if (!given || given->is_null()) {
    body.set("strength", name_of(most));
    return {};
  }
  auto strength = from_name<Strength>(given->string());
  if (!strength) return fail(within(strength.error(), "strength"));
  if (*strength <= most) return {};
  return fail(ErrorCode::Invalid,
              "Nobody here can claim more than " + std::string(name_of(most)) + ".", "strength");
}

/// A gate is overridden by who holds its releaser's role, or by the owner.
Status may_override(const Desk& desk, const Call& call) {
  auto releaser = engine::releaser_of(desk.setup(), call.body["gate"].string());
  if (!releaser) return fail(ErrorCode::Invalid, "The policy has no such gate.", "gate");
  if (desk.reader(call.who).may_release(*releaser)) return {};
  return fail(ErrorCode::Forbidden, "This gate is released by the role " + *releaser + ".", "gate");
}

}  // namespace

Result<Command> read_command(const Desk& desk, const Call& call, const engine::History& history) {
  if (!call.body.is_object()) {
    return fail(ErrorCode::Invalid, "The body must be a JSON object.");
  }
  auto asked = command_of(call.body);
  if (!asked) return fail(asked.error());
  if (!call.who.may(asked->right)) {
    return fail(ErrorCode::Forbidden,
                "This needs the right \"" + std::string(name_of(asked->right)) + "\".", "",
                "ask an owner for a role that has it");
  }
  const auto& kind = kind_of(*asked);
  if (call.body.find("actor")) {
    return fail(ErrorCode::Invalid, "Who acts is the session's user; a body never says so.",
                "actor");
  }
  if (call.body.find("by_default")) {
    return fail(ErrorCode::Invalid, "Only the clock answers by default.", "by_default");
  }
  Json body = call.body;
  if (kind.strength) {
    if (auto status = fill_strength(body, *kind.strength); !status) return fail(status.error());
  }
  if (kind.name == "OverrideGate") {
    if (auto status = may_override(desk, call); !status) return fail(status.error());
  }
  if (const auto act = engine::act_of(desk.setup().policy, history, body)) {
    const auto allowed = engine::may_take(desk.setup().policy, call.who.roles, *act);
    if (!allowed) return fail(allowed.error());
  }
  if (kind.name == "AnnounceParcel") {
    if (body["announced_at"].is_null()) body.set("announced_at", to_text(desk.now()));
    if (body["source"].string().empty()) body.set("source", call.who.by_token ? "api" : "console");
  }
  if (kind.has_actor) body.set("actor", call.who.name);
  return decode_command(body);
}

}  // namespace holdfast::api
