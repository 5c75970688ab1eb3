#pragma once
// Every connector folder as the suite sees it: its settings and its abilities by name, so that one
// set of checks serves channels, suppliers, trackers and notifiers alike.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ports/connector.h"

namespace holdfast::conformance {

/// Runs one turn of an ability over a case's job; Invalid when the job is malformed.
using Converse = std::function<Result<ports::Turn>(const ports::Account&, const Json& job,
                                                   const ports::Exchanges&)>;
using Receive = Result<ports::Delivery> (*)(const ports::Account&, const ports::Inbound&);
using ReadInbound = Result<std::vector<Command>> (*)(const ports::Account&, const ports::Inbound&);

struct Folder {
  std::string name;  // "channels/shopify"
  const std::vector<ports::Setting>* settings = nullptr;
  std::map<std::string, Converse> conversations;
  std::map<std::string, Receive> receivers;
  std::map<std::string, ReadInbound> readers;
};

/// Every folder of ports/registry.h.
std::vector<Folder> folders();

/// connectors/ of the project, found from the working directory upwards; empty when it is not
/// there.
std::filesystem::path connectors_dir();

}  // namespace holdfast::conformance
