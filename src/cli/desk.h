#pragma once
// Desk: where a command works: one tenant's store and setup, and the way to change something, which
// is the running server's engine or, without a server, single steps on the store itself.
// A command never writes past these functions.

#include <functional>
#include <string>
#include <vector>

#include "cli/cli.h"
#include "engine/engine.h"
#include "engine/orders.h"

namespace holdfast::cli {

/// Tells a person how far a long command is.
using Progress = std::function<void(const std::string& line)>;

/// A command as it goes over the socket: its words, its arguments by name, and who asks.
struct Request {
  std::vector<std::string> command;  // for example {"order", "show"}
  Json with = Json::Object{};
  std::string actor;  // "cli:NAME"

  const std::string& text(const char* name) const { return with[name].string(); }
  /// A whole number, or `standard` when it was not given.
  std::int64_t number(const char* name, std::int64_t standard) const;
  bool flag(const char* name) const { return with[name].boolean(); }
};

/// What a command gives: its data. An object whose "ok" is false means Exit::Refused.
using Answer = Result<Json>;

struct Desk {
  ports::Store* store = nullptr;
  const engine::Setup* setup = nullptr;
  const engine::Config* config = nullptr;
  ports::Clock* clock = nullptr;
  const Outside* outside = nullptr;
  std::string data;
  bool served = false;  // a server answers; false when the command opened the store itself
  /// Runs one command of the model on one stream and waits until it is durable.
  std::function<Result<engine::Stepped>(const ports::StreamKey&, Command, const std::string& actor)>
      submit;
  /// Writes and drops small records, durably.
  std::function<Status(std::vector<ports::RecordRow>, std::vector<ports::RecordKey>)> put_records;
  /// The same, as long as records read before are as they were; else Conflict.
  std::function<Status(engine::RecordChange)> put_if;
  /// States offers, durably; a server routes by them at once.
  std::function<Status(std::vector<Offer>)> state_offers;
  std::function<Status(const std::string& path)> backup_to;  // empty when the store cannot
  std::function<Status()> integrity;                         // empty when the store cannot
  const engine::Vault* vault = nullptr;                      // null when no master key is at hand
  /// An order's evidence as one archive for "merchant", "supplier", "dispute" or "public", its
  /// checkpoint durable and published before it returns. `supplier` is for that profile only.
  std::function<Result<std::string>(const ports::StreamKey&, const std::string& profile,
                                    const std::string& supplier)>
      export_pack;
  Progress progress = [](const std::string&) {};

  TenantId tenant() const { return setup->tenant; }
};

/// Does what a request says. Invalid for a command there is none of, else the command's own errors.
Answer answer(Desk& desk, const Request& request);

/// The stream an order is named by: its number in the store (with or without #), its id ("ord_…"),
/// one of its purchase orders or tracking numbers. NotFound when nothing fits.
Result<ports::StreamKey> find_order(Desk& desk, const std::string& name);

/// What a Desk needs of a running engine: commands and records go through its queue and are waited
/// for, so this must not be called on the pumping thread. Unavailable when it does not answer
/// within a minute. `backup_to`, `integrity` and `export_pack` stay empty. All arguments outlive
/// the desk.
Desk desk_of(engine::Engine& engine, const engine::Config& config, const Outside& outside,
             std::string data);

}  // namespace holdfast::cli
