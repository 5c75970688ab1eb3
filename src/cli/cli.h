#pragma once
// Cli: the program's commands. What lies in rooms this one may not know (stores, the server, the
// demo, evidence, users) comes in through `Outside`, which the program fills.
// It must never take a secret from a flag, nor send anything to a partner.

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/as_read.h"
#include "engine/settings/config.h"
#include "engine/setup.h"

namespace holdfast::cli {

/// What a command's end means to the calling shell; documented in docs/cli.md.
enum class Exit : int {
  Ok = 0,
  Refused = 1,  // the request was refused, or a check found something
  Usage = 2,    // the command line itself was wrong
  NotFound = 3,
  Unavailable = 4,  // the store is locked, the server busy, the disk away
  Internal = 5,
};

/// A store that was opened, with what only durable ones can do.
struct Opened {
  std::unique_ptr<ports::Store> store;
  std::function<Status(const std::string& path)> backup_to;  // empty when it cannot
  std::function<Status()> integrity;                         // empty when it cannot
};

/// How the server, or the demo, was asked to start.
struct ServeWish {
  std::string config_path;  // "" when there is no file
  engine::Config config;    // with --data and --listen already laid over it
  std::string data;
  std::string speed;  // of the demo's world: "1", "4", …; "" is its own choice
  bool open_browser = false;
};

/// Users as the API keeps them; the command line knows neither their record nor the password hash.
struct Users {
  /// Who is to be changed, and who does it ("cli:NAME", for the record of deeds).
  struct Wish {
    TenantId tenant;
    std::string actor;
    std::string name;
    std::string role;      // of a new user
    std::string password;  // of a new user, or the new one
  };
  using Change = std::function<Result<engine::RecordChange>(ports::Store&, const Wish&)>;

  std::string kind = "user";  // of the records
  /// A new user. Invalid for a bad name or password, Conflict for a name that is taken.
  Change add;
  /// Takes a user away, with all that goes with it. NotFound, or Conflict for the last owner.
  Change remove;
  /// Sets another password, takes the second factor away and ends all sessions. NotFound.
  Change password;
  /// What may be shown of one: an object with name, roles and created_at.
  std::function<Json(const ports::RecordRow&)> show;
};

/// Everything from outside this room. Each function must be set, except where said.
struct Outside {
  std::istream* in = nullptr;
  std::ostream* out = nullptr;
  std::ostream* err = nullptr;
  engine::Environment env;
  std::string version;
  ports::Clock* clock = nullptr;
  ports::Entropy* entropy = nullptr;

  /// Opens a store by its address ("sqlite:PATH"); `read_only` when nothing will be written.
  /// Unavailable when another process holds it, NotFound for a file that is not there.
  std::function<Result<Opened>(const std::string& url, bool read_only)> open_store;
  /// Opens the store on a server that the settings name; empty when the program knows files only.
  std::function<Result<Opened>(const engine::Config&)> open_shared_store;
  /// Copies a store's file ("sqlite:PATH") onto a server ("postgres://…") and gives what `store
  /// copy` prints. Errors: the stores'.
  std::function<Result<Json>(const engine::Config&, const std::string& from, const std::string& to,
                             const std::function<void(const std::string&)>& progress)>
      copy_store;
  /// Runs until stopped; gives the exit code.
  std::function<int(const ServeWish&)> serve;
  std::function<int(const ServeWish&)> demo;
  /// The key that seals personal data: the configured one, or the one in the data folder.
  std::function<Result<std::string>(const engine::Config&, const std::string& data)> master_key;
  Users users;
};

/// Parses the command line, does what it says and gives the exit code (see Exit).
int run(int argc, char** argv, Outside& outside);

/// Whether a store's address names a server, which several processes share.
bool is_shared(const std::string& url);

/// The store's address: [store] url, else SQLite as holdfast.db in the data folder.
std::string store_url(const engine::Config& config, const std::string& data);

/// Where photos and other files lie in a data folder, sealed by their order's key.
std::string files_path(const std::string& data);

/// The socket over which commands reach the server of a data folder.
std::string control_path(const std::string& data);

}  // namespace holdfast::cli
