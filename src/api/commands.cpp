#include "api/commands.h"

#include <algorithm>
#include <array>

namespace holdfast::api {
namespace {

/// What the contract lets a client ask for, and how its body is filled up.
struct Kind {
  std::string_view name;
  std::string_view scope;
  bool has_actor = true;
  /// The most, and the default, that a strength may be; nothing where the command has none.
  std::optional<Strength> strength;
};

constexpr std::array kinds{
    Kind{"ReleasePurchaseOrder", "decide", true, {}},
    Kind{"DecideSupplyChange", "decide", true, {}},
    Kind{"ApproveDoubleBuy", "decide", true, {}},
    Kind{"OverrideGate", "decide", true, {}},
    Kind{"PlaceHold", "decide", true, {}},
    Kind{"ReleaseHold", "decide", true, {}},
    Kind{"RequestCancellation", "decide", true, {}},
    Kind{"RecordCheck", "station", true, Strength::Verified},
    Kind{"MatchLabel", "station", true, {}},
    Kind{"AddNote", "station", true, {}},
    Kind{"Reroute", "decide", true, {}},
    Kind{"RaiseException", "station", true, {}},
    Kind{"RecordPurchaseOrderReply", "decide", false, {}},
    Kind{"AcknowledgePurchaseOrder", "decide", true, Strength::Recorded},
    Kind{"AnswerSupplyCancel", "decide", true, {}},
    Kind{"AttestCheck", "decide", true, {}},
    Kind{"AnnounceParcel", "decide", false, Strength::Recorded},
    Kind{"RecordSupplierPayment", "decide", true, {}},
    Kind{"AnswerBuyerQuestion", "decide", false, {}},
};

Result<Kind> kind_of(const Json& body) {
  const auto& name = body["command"].string();
  std::vector<std::string> known;
  for (const auto& kind : kinds) {
    if (kind.name == name) return kind;
    known.emplace_back(kind.name);
  }
  const auto near = nearest(name, known);
  return fail(ErrorCode::Invalid, "There is no such command.", "command",
              near.empty() ? "" : "did you mean " + near + "?");
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

Result<Command> read_command(const Desk& desk, const Call& call) {
  if (!call.body.is_object()) {
    return fail(ErrorCode::Invalid, "The body must be a JSON object.");
  }
  auto kind = kind_of(call.body);
  if (!kind) return fail(kind.error());
  if (!call.who.may(std::string(kind->scope))) {
    return fail(ErrorCode::Forbidden, "This needs the scope " + std::string(kind->scope) + ".");
  }
  if (call.body.find("actor")) {
    return fail(ErrorCode::Invalid, "Who acts is the session's user; a body never says so.",
                "actor");
  }
  if (call.body.find("by_default")) {
    return fail(ErrorCode::Invalid, "Only the clock answers by default.", "by_default");
  }
  Json body = call.body;
  if (kind->strength) {
    if (auto status = fill_strength(body, *kind->strength); !status) return fail(status.error());
  }
  if (kind->name == "OverrideGate") {
    if (auto status = may_override(desk, call); !status) return fail(status.error());
  }
  if (kind->name == "AnnounceParcel") {
    if (body["announced_at"].is_null()) body.set("announced_at", to_text(desk.now()));
    if (body["source"].string().empty()) body.set("source", call.who.by_token ? "api" : "console");
  }
  if (kind->has_actor) body.set("actor", call.who.name);
  return decode_command(body);
}

}  // namespace holdfast::api
