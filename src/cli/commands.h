#pragma once
// Commands: every command that works on a store, one function each, and how its data reads as text.
// Reading commands change nothing; --json prints exactly the data, text is made of nothing else.

#include <string>
#include <vector>

#include "cli/desk.h"

namespace holdfast::cli {

/// What a command needs of the store.
enum class Needs {
  Read,    // the running server's, or its own
  Change,  // the same; it writes through the desk
  Alone,   // the store to itself: refused while a server runs
};

struct CommandEntry {
  const char* name;  // words with a blank between
  Needs needs;
  Answer (*run)(Desk&, const Request&);
  std::string (*text)(const Json&);
};

/// All of them.
const std::vector<CommandEntry>& command_entries();

/// The entry of a command, or nullptr.
const CommandEntry* find_command(const std::vector<std::string>& words);

/// Orders.
Answer order_show(Desk& desk, const Request& request);
Answer order_explain(Desk& desk, const Request& request);
Answer order_list(Desk& desk, const Request& request);
/// Exceptions.
Answer exception_list(Desk& desk, const Request& request);
Answer exception_resolve(Desk& desk, const Request& request);
/// Policy.
Answer policy_try(Desk& desk, const Request& request);
/// Evidence.
Answer evidence_export(Desk& desk, const Request& request);
/// Store.
Answer store_check(Desk& desk, const Request& request);
Answer store_rebuild(Desk& desk, const Request& request);
Answer store_fill(Desk& desk, const Request& request);
/// Backup.
Answer backup(Desk& desk, const Request& request);
/// Doctor.
Answer doctor(Desk& desk, const Request& request);
/// Import.
Answer import_offers(Desk& desk, const Request& request);
Answer import_tracking(Desk& desk, const Request& request);
/// The ledger of erasures, one JSON object each.
Answer export_erasures(Desk& desk, const Request& request);
/// Users.
Answer user_add(Desk& desk, const Request& request);
Answer user_list(Desk& desk, const Request& request);
Answer user_remove(Desk& desk, const Request& request);
Answer user_password(Desk& desk, const Request& request);

/// How each reads for a person; the argument is what the command gave.
std::string order_show_text(const Json& data);
std::string order_explain_text(const Json& data);
std::string order_list_text(const Json& data);
std::string exception_list_text(const Json& data);
std::string policy_try_text(const Json& data);
std::string checks_text(const Json& data);
std::string user_list_text(const Json& data);
/// The member "said", a sentence or two; for commands that have no more to show.
std::string said_text(const Json& data);

}  // namespace holdfast::cli
