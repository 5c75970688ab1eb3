#pragma once
// Suite: one tenant's rooms in the house: its engine, its API and the thread that runs them, over
// the house's store. It can begin its engine again, with other settings, without a request being
// refused. Wiring only: nothing is decided here.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <thread>

#include "api/api.h"
#include "apps/holdfast/house.h"
#include "engine/engine.h"
#include "engine/runner.h"
#include "engine/settings/overlay.h"
#include "net/server.h"

namespace holdfast::apps {

class Tenancy;

/// What the suites of a house share; everything outlives them.
struct SuiteParts {
  const engine::Config* config = nullptr;
  const HouseOptions* options = nullptr;
  ports::Entropy* entropy = nullptr;
  ports::Store* store = nullptr;
  store::PostgresStore* postgres = nullptr;  // `store`, when it is shared
};

class Suite {
 public:
  /// Opens a tenant's engine and API. Where another process works for the tenant it waits for its
  /// turn, taking messages in meanwhile at `server`; nothing when it was stopped before that.
  /// Errors name the setting to change.
  static Result<std::unique_ptr<Suite>> open(SuiteParts parts, const engine::TenantConfig& tenant,
                                             const net::ServerOptions& server);
  ~Suite();
  Suite(const Suite&) = delete;
  Suite& operator=(const Suite&) = delete;

  const engine::TenantConfig& tenant() const { return tenant_; }
  /// The engine; only while nobody can begin it again.
  engine::Engine& engine() { return *engine_; }
  /// Runs something with the engine, which is not begun again meanwhile.
  void with_engine(const std::function<void(engine::Engine&)>& work);
  /// The administrator's password when this start made the account.
  const std::optional<std::string>& first_password() const { return first_password_; }

  /// Answers a request; one that comes while the engine begins again waits until it has.
  void handle(net::ServerRequest request, net::Responder respond);

  /// Finishes the commit under way. Requests are answered no more.
  void stop();

 private:
  struct Waiter {
    net::ServerRequest request;
    net::Responder respond;
  };

  Suite(SuiteParts parts, const engine::TenantConfig& tenant);
  Result<bool> wait_for_turn(const net::ServerOptions& server);
  Result<engine::Vault> vault() const;
  void fit_policy(Policy& policy) const;
  Result<engine::Setup> setup_with(const engine::Overlay& overlay) const;
  Result<engine::Setup> setup_now() const;
  Status open_engine(engine::Setup setup);
  api::ApiOptions api_options();
  Status open_api();
  void pass(net::ServerRequest request, net::Responder respond);
  void reopen(std::function<void(const Status&)> done);
  void begin_again(engine::Setup setup);
  void come_to_rest();

  const SuiteParts parts_;
  const engine::TenantConfig tenant_;
  std::unique_ptr<ports::Transport> transport_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<api::Api> api_;
  std::unique_ptr<engine::Runner> runner_;
  std::unique_ptr<Tenancy> tenancy_;
  std::optional<std::string> first_password_;

  std::shared_mutex engine_use_;  // held shared by whoever works with the engine from outside
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiter> waiting_;
  std::size_t under_way_ = 0;  // requests that the API has not answered
  bool shut_ = false;          // requests wait
  bool beginning_ = false;     // somebody asked for it, and it is not over
  bool stopped_ = false;
  std::atomic<bool> draining_ = false;  // no new call to a partner
  std::thread again_;
};

}  // namespace holdfast::apps
