#pragma once
// Mentions: who a note calls by @name, and the record each of them finds it by. A record only says
// where the note stands: its text stays in the order, where it can be erased. It must never call
// somebody who may not see the order.

#include <string>
#include <string_view>
#include <vector>

#include "api/desk.h"

namespace holdfast::api {

/// Whether somebody may read orders and shares a store with who asks.
bool is_colleague(const Desk& desk, const Who& who, const User& user);

/// Whether somebody may read a store's orders.
bool reads_store(const Desk& desk, const User& user, const std::string& store);

/// Those of `users` whom a text names behind an @, each once, in the order of the text, at most 20.
/// Of names that begin alike the longest counts; case does not.
std::vector<User> named_in(std::string_view text, const std::vector<User>& users);

/// Who is called by a note about an order of a store. Errors are the store's.
Result<std::vector<User>> called_by(Desk& desk, const Who& who, std::string_view text,
                                    const std::string& store);

/// Writes a note and, in the same commit, a record for each of those it calls; then they are told.
void submit_note(Desk& desk, const CallPtr& call, const ports::StreamKey& stream, Command command,
                 const std::vector<User>& called);

}  // namespace holdfast::api
