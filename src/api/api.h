#pragma once
// Api: every address this server answers: webhooks, /api/v1, the buyer's and the supplier's page,
// health and the console's files. It turns requests into commands and queries; it must never
// decide anything itself, and it logs no body.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "engine/engine.h"
#include "engine/settings/overlay.h"
#include "net/server.h"

namespace holdfast::api {

/// A file of the console.
struct Asset {
  std::string bytes;
  std::string media_type;
};

/// What the api works with. Everything named here outlives it.
struct ApiOptions {
  engine::Engine* engine = nullptr;
  ports::Entropy* entropy = nullptr;
  /// The console's file at a path such as "/index.html"; nothing where there is none.
  std::function<std::optional<Asset>(std::string_view path)> asset;
  std::string data_folder;  // photos lie in its folder "files"
  /// For sessions, tokens, repeated requests and waits of people; null: the engine's clock. The
  /// demo's world runs faster than the people in front of it.
  ports::Clock* people_clock = nullptr;
  std::int64_t requests_a_minute = 3000;  // of /api/v1 from one address
  std::int64_t visits_a_minute = 120;     // of the pages behind links from one address
  /// Addresses of reverse proxies, whose X-Forwarded-For tells who asks.
  std::vector<std::string> trusted_proxies;
  bool secure_cookies = true;  // off only for plain HTTP on a loopback address
  std::string workspace = "holdfast";
  std::string version;
  bool demo = false;                  // the world behind is made up
  std::string store_kind = "sqlite";  // sqlite, postgres or memory
  /// When the last backup ended; 0 for never. Empty: never.
  std::function<Instant()> backup_at;
  /// The contract's EvidenceCoverage of an order; without it the route is not there.
  std::function<Result<Json>(const ports::StreamKey& order)> evidence_coverage;
  /// A ZIP of an order for a profile, and for a supplier when one is named; without it the route is
  /// not there.
  std::function<Result<std::string>(const ports::StreamKey& order, std::string_view profile,
                                    std::string_view supplier)>
      export_evidence;
  /// Whether the program could begin again with this in place of what the store holds; changes
  /// nothing. Fails with Invalid, naming the place.
  std::function<Status(const engine::Overlay&)> check_overlay;
  /// Whether the configuration file has an account of the setup, which is then changed there;
  /// empty: it has them all.
  std::function<bool(const std::string& id)> in_file;
  /// Begins the engine again with what the store holds now, while the server goes on listening and
  /// requests wait. `done` is called before anything is ended: with the reason, when it will not
  /// be.
  std::function<void(std::function<void(const Status&)> done)> reopen;
  std::string policy_path;  // the configuration's own policy: a folder or a file
  /// What this program adds to every policy it reads, as the demo does; empty: nothing.
  std::function<void(Policy&)> fit_policy;
  int workers = 2;  // threads for reads and pages
  /// Nobody pumps the engine: only GETs of what stands in the store come here, and nothing is noted
  /// of them.
  bool reads_only = false;
};

class Api {
 public:
  /// Starts the worker threads and listens to the engine's changes (Engine::on_change).
  explicit Api(ApiOptions options);
  /// Closes event streams, ends the workers and stops listening. Server and runner have stopped.
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  /// The server's handler; returns at once, answers from any thread.
  void handle(net::ServerRequest request, net::Responder respond);

  /// Bytes a body may have on a path.
  static std::size_t body_limit(std::string_view path);
  /// What is given up first when there is too much to do.
  static net::ShedClass shed_class(std::string_view method, std::string_view path);

 private:
  std::unique_ptr<struct Desk> desk_;
};

/// Makes the first user, with the role owner, when there is no user yet, and gives its password,
/// once; nothing when users exist. The engine must be pumped by another thread meanwhile (Runner).
/// Errors: the store's; Timeout when the engine does not commit within 30 s.
Result<std::optional<std::string>> ensure_admin(engine::Engine& engine, ports::Entropy& entropy,
                                                const std::string& name);

}  // namespace holdfast::api
