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
#include <set>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/api.h"
#include "apps/holdfast/house.h"
#include "apps/holdfast/waiting.h"
#include "engine/engine.h"
#include "engine/runner.h"
#include "engine/settings/overlay.h"
#include "net/server.h"

namespace holdfast::apps {

class Letters;
class Suite;
class Tenancy;

/// What the suites of a house share; everything outlives them.
struct SuiteParts {
  const engine::Config* config = nullptr;
  const HouseOptions* options = nullptr;
  ports::Entropy* entropy = nullptr;
  ports::Store* store = nullptr;
  store::PostgresStore* postgres = nullptr;  // `store`, when it is shared
  /// Whether another suite of the house has an account of this id.
  std::function<bool(const std::string& id, const Suite& asking)> taken;
};

/// An engine with the way to its partners.
struct OpenEngine {
  std::unique_ptr<engine::Engine> engine;
  std::unique_ptr<ports::Transport> transport;  // ends before the engine that it answers
};

class Suite {
 public:
  /// Opens a tenant's engine and API. Where another process works for the tenant it waits for its
  /// turn, taking messages in meanwhile at `server`; nothing when it was stopped before that.
  /// Errors name the setting to change.
  static Result<std::unique_ptr<Suite>> open(const SuiteParts& parts,
                                             const engine::TenantConfig& tenant,
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

  /// Whether an account of this id is in force here; from any thread.
  bool has_account(const std::string& id) const;

  /// Answers a request; one that comes while the engine begins again waits until it has.
  void handle(net::ServerRequest request, net::Responder respond);

  /// Finishes the commit under way. Requests are answered no more.
  void stop();

 private:
  using Begun = std::function<void(const Status&)>;
  struct Waiter {
    net::ServerRequest request;
    net::Responder respond;
  };

  Suite(const SuiteParts& parts, const engine::TenantConfig& tenant);
  Result<bool> wait_for_turn(const net::ServerOptions& server);
  Result<bool> wait_reading(const net::ServerOptions& server);
  void hold();
  Result<Reading> open_reader();
  void fit_policy(Policy& policy) const;
  Result<engine::Setup> setup_with(const engine::Overlay& overlay, const std::string& key) const;
  Result<engine::Setup> setup_now() const;
  Status could_begin(const engine::Overlay& overlay) const;
  std::vector<std::string> allowed_hosts() const;
  Result<OpenEngine> open_engine(engine::Setup setup) const;
  api::ApiOptions api_options(engine::Engine& engine);
  Status begin(engine::Setup setup);
  void end_engine();
  void pass(net::ServerRequest request, net::Responder respond);

  // Beginning again; see suite_again.cpp.
  void reopen(Begun done);
  void run_again();
  bool answer_asked();
  bool keep_waiting();
  bool come_to_rest();
  bool shut();
  void open_up();
  void begin_again();

  const SuiteParts parts_;
  const engine::TenantConfig tenant_;

  // Declared before what is counted or answered by them.
  std::shared_timed_mutex engine_use_;  // held shared by whoever works with the engine from outside
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiter> waiting_;
  std::vector<Begun> asked_;        // by whom a beginning was asked for that has not heard yet
  std::set<std::string> accounts_;  // in force
  std::size_t under_way_ = 0;       // requests that the API has not answered
  bool shut_ = false;               // requests wait
  bool stopped_ = false;
  std::atomic<bool> draining_ = false;  // no new call to a partner

  std::unique_ptr<Tenancy> tenancy_;
  std::unique_ptr<ports::Transport> transport_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<api::Api> api_;
  std::unique_ptr<engine::Runner> runner_;
  std::unique_ptr<Letters> letters_;
  std::optional<std::string> first_password_;
  std::thread again_;
};

}  // namespace holdfast::apps
