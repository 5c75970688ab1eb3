#pragma once
// ConnectionDraft: what somebody typed for a connection, read and checked key by key. It must never
// let a secret that was given for one address be sent to another.

#include <optional>

#include "api/connection_rows.h"
#include "api/fields.h"

namespace holdfast::api {

/// What is to be saved or tried: a row without its secrets, and those.
struct ConnectionDraft {
  ConnectionRow row;
  Texts secrets;
};

/// The texts of a member, at most 60 of at most 4,000 bytes each without control characters;
/// nothing when it is left out. Invalid with the key below the member as its place.
Result<std::optional<Texts>> texts_of(const Json& body, const char* member);

/// Lays what was typed over what is there (`before` and its secrets; nothing for a new one) and
/// dates the secrets. Invalid, with the key as its place, when a kept secret would go to another
/// address, a secret stands among the settings, or the settings do not make an account; the nearest
/// key is named for an unknown one.
Result<ConnectionDraft> drafted(ConnectionRow row, const ConnectionRow* before,
                                const Texts& kept_secrets, const std::optional<Texts>& settings,
                                const std::optional<Texts>& secrets, Instant now);

}  // namespace holdfast::api
