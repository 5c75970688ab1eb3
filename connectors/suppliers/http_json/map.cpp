#include "connectors/suppliers/http_json/map.h"

namespace holdfast::connectors::http_json {
namespace {

Command wrap(SupplierCommand command) { return command; }

PoReply reply_at(Stage stage, PoReply otherwise) {
  switch (stage) {
    case Stage::Read:
      return PoReply::Read;
    case Stage::Rejected:
      return PoReply::Refused;
    case Stage::Received:
    case Stage::Accepted:
    case Stage::Confirmed:
    case Stage::Shipped:
    case Stage::Cancelled:
    case Stage::Other:
      return otherwise;
  }
  return otherwise;
}

void add_acknowledgment(const Order& order, const std::string& actor,
                        std::vector<Command>& commands) {
  const bool agreed = order.stage == Stage::Accepted || order.stage == Stage::Confirmed;
  if (order.answers.empty() && !agreed) return;
  AcknowledgePurchaseOrder ack;
  ack.po = order.po;
  ack.answers = order.answers;
  ack.strength = order.answers.empty() ? Strength::Claimed : Strength::Attested;
  ack.supplier_ref = order.supplier_ref;
  ack.actor = actor;
  commands.push_back(wrap(std::move(ack)));
}

/// A parcel that goes on under another number is the same parcel: its old number is retired.
Command swap_command(const Parcel& parcel, const std::string& actor, Instant told_at) {
  TrackingRecord record;
  record.key = parcel.replaces + " > " + parcel.tracking;
  record.status = TrackingStatus::LabelCreated;
  record.proof = Proof::Electronic;
  record.carrier_time = parcel.announced_at ? parcel.announced_at : told_at;
  record.seen_at = told_at;
  record.raw = "the sender names " + parcel.tracking + " instead of " + parcel.replaces;
  record.source = actor;
  record.replaces = parcel.replaces;
  return EngineCommand(RecordTracking{parcel.tracking, parcel.carrier, {std::move(record)}});
}

Command parcel_command(const std::string& po, const Parcel& parcel, const std::string& actor,
                       Instant told_at) {
  if (!parcel.replaces.empty()) return swap_command(parcel, actor, told_at);
  AnnounceParcel announce;
  announce.po = po;
  announce.carrier = parcel.carrier;
  announce.tracking = parcel.tracking;
  announce.lines = parcel.lines;
  announce.announced_at = parcel.announced_at ? parcel.announced_at : told_at;
  announce.source = actor;
  announce.strength = parcel.lines.empty() ? Strength::Claimed : Strength::Attested;
  return wrap(std::move(announce));
}

}  // namespace

std::vector<Command> commands_of(const Order& order, PoReply reply, const std::string& actor,
                                 Instant told_at) {
  std::vector<Command> commands;
  // A rejection told per line is an answer; one told as a whole is a refusal.
  const auto stage = order.answers.empty() ? order.stage : Stage::Other;
  commands.push_back(reply_of(order.po, reply_at(stage, reply), order.supplier_ref, order.detail));
  add_acknowledgment(order, actor, commands);
  for (const auto& made : order.checks) {
    commands.push_back(wrap(AttestCheck{made.kind, order.po, made.statement, made.photo, actor}));
  }
  for (const auto& parcel : order.parcels) {
    commands.push_back(parcel_command(order.po, parcel, actor, told_at));
  }
  auto cancel = order.cancel;
  if (!cancel && order.stage == Stage::Cancelled) {
    cancel = Cancel{CancelReply::Accepted, {}, order.detail};
  }
  if (cancel) {
    for (auto& command : commands_of(order.po, *cancel, actor)) {
      commands.push_back(std::move(command));
    }
  }
  return commands;
}

std::vector<Command> commands_of(const std::string& po, const Cancel& cancel,
                                 const std::string& actor) {
  if (!cancel.reply) return {};
  return {wrap(AnswerSupplyCancel{po, *cancel.reply, cancel.lines, actor, cancel.detail})};
}

Command reply_of(const std::string& po, PoReply reply, const std::string& supplier_ref,
                 const std::string& detail) {
  return wrap(RecordPurchaseOrderReply{po, reply, supplier_ref, detail});
}

}  // namespace holdfast::connectors::http_json
