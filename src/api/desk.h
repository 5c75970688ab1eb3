#pragma once
// Desk: what every route works with, and one request on its way to its answer.
// Private to this room; it must never be kept beyond the Api that owns it.

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/answers.h"
#include "api/api.h"
#include "api/leases.h"
#include "api/live.h"
#include "api/people.h"
#include "api/workers.h"
#include "engine/views/order_view.h"
#include "engine/views/station_view.h"
#include "net/url.h"

namespace holdfast::api {

/// One request. Routes answer it once, from any thread.
struct Call {
  net::ServerRequest request;
  std::vector<std::string> segments;  // of the whole path, decoded
  net::Pairs query;
  Who who;
  Json body;
  std::function<void(net::ServerResponse)> answer;

  /// The segment at `i`, or "".
  const std::string& segment(std::size_t i) const;
  /// A query parameter, or "".
  std::string parameter(std::string_view name) const;
  /// `limit` of the query: 1 to 250, 50 when it is not given. Invalid otherwise.
  Result<std::size_t> limit() const;
  /// A request's header, or "".
  std::string_view header(std::string_view name) const;

  void refuse(const Error& error) const { answer(problem(error)); }
  void refuse(const Trouble& trouble) const { answer(problem(trouble)); }
};

using CallPtr = std::shared_ptr<Call>;

/// Whether a desk is still there, for those who come back from outside.
struct Alive {
  std::mutex mutex;
  bool yes = true;
  std::atomic<int> trials = 0;  // of connections, under way
};

/// Cases decided lately, kept for some seconds; see learned.h.
struct LearnedBook;

class PolicyTrial;  // past orders under a draft of the policy; see policy_trial.h
struct Figures;     // counts that take a while, kept for some seconds; see health.cpp
struct GoodsBook;   // lists of goods, likewise; see goods.h

struct Desk {
  explicit Desk(ApiOptions given);
  ~Desk();

  ApiOptions options;
  engine::Engine& engine;
  People people;
  engine::StationBook station;
  Instant started_at;
  net::RateLimiter visitors;  // of the pages behind links
  std::mutex visitors_mutex;
  net::RateLimiter callers;  // of /api/v1
  std::mutex callers_mutex;
  std::mutex keys_mutex;
  std::set<std::string> keys_in_flight;  // idempotency keys being worked on
  std::mutex figures_mutex;
  std::shared_ptr<const Figures> figures;
  std::shared_ptr<GoodsBook> goods;
  std::shared_ptr<LearnedBook> learned;
  std::atomic<std::uint32_t> deeds = 0;       // recorded since the start; see audit.cpp
  std::atomic<bool> policy_changing = false;  // one publication at a time
  std::mutex trial_mutex;
  std::shared_ptr<PolicyTrial> trial;  // the last one begun
  std::shared_ptr<std::atomic<int>> exports = std::make_shared<std::atomic<int>>(0);  // under way
  Leases leases;
  std::shared_ptr<Alive> alive = std::make_shared<Alive>();
  Live live;
  Workers workers;
  Workers slow;  // passwords: two threads, so at most two hashes at a time
  Workers wide;  // what reads many rows, so that no list of the queue waits behind it

  const engine::Setup& setup() const { return engine.setup(); }
  ports::Store& store() const { return engine.store(); }
  TenantId tenant() const { return engine.setup().tenant; }
  Instant now() const { return engine.clock().now(); }
  /// The time that people in front of the screen live by.
  Instant real_now() const { return people.now(); }
  engine::PageReader reader(const Who& who) const;
};

/// What does the work of one operation of the contract.
struct Route {
  std::string_view operation;  // its operationId
  void (*run)(Desk& desk, const CallPtr& call);
  bool slow = false;  // hashes a password
  bool wide = false;  // reads many rows at times
};

/// The routes of each file.
std::vector<Route> session_routes();
std::vector<Route> browser_routes();
std::vector<Route> second_factor_routes();
std::vector<Route> people_routes();
std::vector<Route> token_routes();
std::vector<Route> audit_routes();
std::vector<Route> order_routes();
std::vector<Route> order_export_routes();
std::vector<Route> mention_routes();
std::vector<Route> case_routes();
std::vector<Route> decide_routes();
std::vector<Route> learned_routes();
std::vector<Route> station_routes();
std::vector<Route> supplier_routes();
std::vector<Route> product_routes();
std::vector<Route> health_routes();
std::vector<Route> policy_routes();
std::vector<Route> import_routes();
std::vector<Route> purchase_document_routes();
std::vector<Route> inbox_routes();
std::vector<Route> told_routes();
std::vector<Route> received_routes();
std::vector<Route> offer_routes();
std::vector<Route> promise_routes();
std::vector<Route> policy_text_routes();
std::vector<Route> policy_publish_routes();
std::vector<Route> policy_trial_routes();
std::vector<Route> connection_routes();
std::vector<Route> connection_change_routes();
std::vector<Route> connection_test_routes();
std::vector<Route> setup_routes();

/// Operations of the contract that no route does, and routes of none: both must be empty.
std::vector<std::string> unmatched_routes();

/// Runs a /api/v1 request through its route: who, what they may, CSRF, idempotency, body.
void run_api(Desk& desk, const CallPtr& call);

/// Other addresses.
void run_hook(Desk& desk, const CallPtr& call);
void run_probe(Desk& desk, const CallPtr& call);
void run_metrics(Desk& desk, const CallPtr& call);
void run_buyer_page(Desk& desk, const CallPtr& call);
void run_supplier_page(Desk& desk, const CallPtr& call);
void run_console(Desk& desk, const CallPtr& call);

/// Answers with what a command did, once it is durable.
void submit(Desk& desk, const CallPtr& call, const ports::StreamKey& stream, Command command);

/// The contract's CommandResult.
Json result_json(const engine::Stepped& stepped);

/// The contract's ExceptionCounts of some stores (none means all); `mine` counts for a reader's
/// name. Errors are the store's.
Result<Json> counts_json(Desk& desk, const std::set<std::string>& stores, const std::string& mine,
                         const std::string& supplier);

}  // namespace holdfast::api
