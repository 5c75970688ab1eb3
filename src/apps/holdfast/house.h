#pragma once
// House: the whole program put together from its parts, for `serve`, `demo` and commands without a
// running server. Wiring only: nothing is decided here.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/api.h"
#include "engine/engine.h"
#include "engine/runner.h"
#include "engine/settings/config.h"
#include "net/server.h"
#include "ports/clock.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"

namespace holdfast::apps {

/// What may differ between `serve` and `demo`.
struct HouseOptions {
  std::shared_ptr<ports::Clock> clock;
  std::vector<std::string> hosts;               // that may be reached beside the configured ones
  std::vector<std::string> excluded_countries;  // added to every channel's
  std::shared_ptr<ports::Clock> people_clock;   // where people live by another time than `clock`
  std::string version;
  /// Whether to stop instead of waiting on for a tenant that another process works for; waits a
  /// moment before it answers. Needed with a store that several processes share.
  std::function<bool()> stopped;
  /// Called once, from any thread, when another process has taken the tenant: this one must end.
  std::function<void()> lost;
};

class Tenancy;

class House {
 public:
  /// Opens store, engine and server; listens when it returns. Where another process works for the
  /// tenant it waits for its turn, taking messages in meanwhile; nothing when it was stopped before
  /// that. Errors name the setting to change.
  static Result<std::unique_ptr<House>> open(const engine::Config& config, HouseOptions options);
  ~House();
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  int port() const;
  engine::Engine& engine() { return *engine_; }
  /// The store where it is a file, else null.
  store::SqliteStore* file_store() { return sqlite_; }
  api::Api& api() { return *api_; }
  /// The administrator's password when this start made the account.
  const std::optional<std::string>& first_password() const { return first_password_; }

  /// Stops listening, finishes the commit under way and closes the store.
  void stop();

 private:
  House() = default;
  Status open_store(const engine::Config& config);
  Result<bool> wait_for_turn(const engine::Config& config);
  Result<net::ServerOptions> server_options(const engine::Config& config) const;
  Status open_engine(const engine::Config& config);
  api::ApiOptions api_options(const engine::Config& config);
  Status open_server(const engine::Config& config);

  HouseOptions options_;
  std::shared_ptr<ports::Clock> clock_;
  std::unique_ptr<ports::Entropy> entropy_;
  std::unique_ptr<ports::Store> store_;
  store::SqliteStore* sqlite_ = nullptr;      // store_, when it is a file
  store::PostgresStore* postgres_ = nullptr;  // store_, when it is shared
  std::unique_ptr<ports::Transport> transport_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<api::Api> api_;
  std::unique_ptr<engine::Runner> runner_;
  std::unique_ptr<Tenancy> tenancy_;
  std::unique_ptr<net::Server> server_;
  std::optional<std::string> first_password_;
};

/// The master key from the configuration, or the data folder's own key file, made on first start
/// with mode 0600. Unavailable when it can be neither read nor written.
Result<std::string> master_key(const engine::Config& config, ports::Entropy& entropy);

/// The store at a postgres:// address, as [store] and [server] describe it. Errors:
/// open_postgres_store's.
Result<std::unique_ptr<store::PostgresStore>> open_shared_store(const engine::Config& config);

/// Hosts an operator's configuration names, which may lie in private ranges: "host:port".
std::vector<std::string> configured_hosts(const engine::Config& config);

}  // namespace holdfast::apps
