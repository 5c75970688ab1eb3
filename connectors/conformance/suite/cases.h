#pragma once
// The cases of a folder as values: accounts, jobs, recorded exchanges, inbound messages.
// It must never change a recorded byte; what is garbled is garbled on a copy.

#include <string>
#include <vector>

#include "connectors/conformance/suite/folders.h"

namespace holdfast::conformance {

struct Case {
  std::string file;
  Json json;
  ports::Account account;
};

/// The cases of a folder, by file name; Invalid when a file is no JSON or has no ability.
Result<std::vector<Case>> cases_of(const Folder& folder);

/// One [[setting]] of an account.toml.
struct StatedSetting {
  std::string key;
  std::string meaning;
  bool required = false;
  bool secret = false;
  std::string standard;
  bool address = false;
  bool operator==(const StatedSetting&) const = default;
};

/// The folder's account.toml as settings, in order; Invalid when a line is not understood.
Result<std::vector<StatedSetting>> stated_settings(const Folder& folder);

/// The recorded answer of an exchange.
ports::Response response_of(const Json& exchange);

/// The inbound message of a case, signed as it says. `body` takes the recorded body's place when it
/// is not null; `sign_again` decides whether the signature is made over that body or the recorded.
ports::Inbound inbound_of(const Case& one, const std::string* body, bool sign_again);

/// The body a case records for an inbound message.
std::string body_of(const Json& message);

/// A request as JSON, in the form the expected one has.
Json json_of(const ports::Request& request, const Json& expected);
/// An outcome as JSON.
Json json_of(const ports::Outcome& outcome);
/// A delivery as JSON.
Json json_of(const ports::Delivery& delivery);
/// Commands as JSON.
Json json_of(const std::vector<Command>& commands);

}  // namespace holdfast::conformance
