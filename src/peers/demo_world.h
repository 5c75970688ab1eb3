#pragma once
// The world alive: its faces on loopback ports, its time driven by a clock, its requests sent
// through the production transport. It must never touch the program under test but through the
// wire.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model/supplier.h"
#include "peers/world.h"
#include "ports/clock.h"
#include "ports/connector.h"

namespace holdfast::peers {

struct DemoOptions {
  std::uint64_t seed = 1;
  std::int64_t orders = 0;            // placed by themselves, the first at once
  Duration order_every = minutes(5);  // of the world's time
  std::int64_t hurry = 1;             // waits of the actors are divided by it
  std::vector<PlannedFault> faults;
  std::string program_url;  // "http://127.0.0.1:8080": hooks and pages are below it
  /// The world's present; the program should have the same one. Without it real time is used.
  std::shared_ptr<ports::Clock> clock;
  Duration hang = seconds(20);  // real time an answer that never comes keeps its connection
  bool static_token = true;     // false: the shop's token comes by client credentials only
  Mode mode = Mode::Auto;       // of suppliers and mappings
  std::int64_t shop_points_a_second = 100;  // of the shop's API
  /// Told of every webhook, callback and push: how long its answer took, and whether it was 2xx.
  std::function<void(double ms, bool taken)> posted;
};

/// An account of the program's configuration: `section` is channel, supplier, tracking or notifier.
struct DemoAccount {
  std::string section;
  ports::Account account;
};

/// What the program has to be configured with.
struct DemoSettings {
  std::vector<DemoAccount> accounts;
  std::vector<SupplierProfile> suppliers;
  std::vector<Offer> offers;
  std::vector<std::string> excluded_countries;
  /// Hosts with ports the program must be allowed to reach: "127.0.0.1:40001".
  std::vector<std::string> hosts;
  std::string shop_url;  // the shop's API, for a proxy to stand before
};

class DemoWorld {
 public:
  /// Starts faces and driver. Unavailable when a port cannot be had, Invalid for a bad fault list.
  static Result<std::unique_ptr<DemoWorld>> start(DemoOptions options);

  const DemoSettings& settings() const;

  /// Points webhooks, callbacks and pushes at another program: base URL without a slash at its end.
  void set_program(const std::string& url);

  /// Runs `act` on the world while nothing else does.
  void with(const std::function<void(World&)>& act);

  /// The books of all actors.
  Json books();

  ~DemoWorld();
  DemoWorld(const DemoWorld&) = delete;
  DemoWorld& operator=(const DemoWorld&) = delete;

 private:
  struct Inside;
  explicit DemoWorld(std::shared_ptr<Inside> inside);
  std::shared_ptr<Inside> inside_;
};

/// A clock that begins at `start` now and runs `speed` times as fast as real time.
std::shared_ptr<ports::Clock> scaled_clock(Instant start, std::int64_t speed);

}  // namespace holdfast::peers
