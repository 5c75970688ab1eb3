#pragma once
// House: the whole program put together from its parts, for `serve`, `demo` and commands without a
// running server: one store and one server, and a suite for each tenant. Wiring only: nothing is
// decided here.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/api.h"
#include "engine/engine.h"
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
  bool demo = false;  // the partners are made up, and the console says so
  /// Whether to stop instead of waiting on for a tenant that another process works for; waits a
  /// moment before it answers. Needed with a store that several processes share.
  std::function<bool()> stopped;
  /// Called once, from any thread, when another process has taken the tenant: this one must end.
  std::function<void()> lost;
};

class Suite;

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
  /// The suite of a tenant, by its id; the first for "". Null when there is none.
  Suite* suite(const std::string& tenant);
  /// The first tenant's engine, for those who know that nobody begins it again.
  engine::Engine& engine();
  /// The store where it is a file, else null.
  store::SqliteStore* file_store() { return sqlite_; }
  /// The first tenant's administrator's password when this start made the account.
  const std::optional<std::string>& first_password() const;
  const std::vector<std::unique_ptr<Suite>>& suites() const { return suites_; }

  /// Stops listening, finishes the commits under way and closes the store.
  void stop();

 private:
  House(engine::Config config, HouseOptions options);
  Status open_store();
  Result<net::ServerOptions> server_options() const;
  Result<bool> open_suites(const net::ServerOptions& server);
  Status open_server(const net::ServerOptions& server);
  Suite& suite_for(const net::ServerRequest& request);

  const engine::Config config_;
  const HouseOptions options_;
  std::unique_ptr<ports::Entropy> entropy_;
  std::unique_ptr<ports::Store> store_;
  store::SqliteStore* sqlite_ = nullptr;      // store_, when it is a file
  store::PostgresStore* postgres_ = nullptr;  // store_, when it is shared
  std::vector<std::unique_ptr<Suite>> suites_;
  std::map<std::string, Suite*, std::less<>> by_host_;
  std::unique_ptr<net::Server> server_;
};

/// The master key from the configuration, or the data folder's own key file, made on first start
/// with mode 0600. Unavailable when it can be neither read nor written.
Result<std::string> master_key(const engine::Config& config, ports::Entropy& entropy);

/// The store at a postgres:// address, as [store] and [server] describe it. Errors:
/// open_postgres_store's.
Result<std::unique_ptr<store::PostgresStore>> open_shared_store(const engine::Config& config);

/// Hosts that the configuration's accounts of a tenant name, which may lie in private ranges:
/// "host:port".
std::vector<std::string> hosts_of(const engine::Config& config, const std::string& tenant);

}  // namespace holdfast::apps
