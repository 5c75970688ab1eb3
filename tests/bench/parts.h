#pragma once
// The parts of the benchmark, one function each. They add measures and tell wrong answers; none of
// them decides what a result means.

#include <cstdint>
#include <string>

#include "base/result.h"
#include "tests/bench/report.h"

namespace holdfast::bench {

struct Plan {
  std::string program;              // the binary to measure
  std::string policy = "policy";    // its policy folder
  std::string folder;               // for everything that is written; the filled store stays there
  std::int64_t orders = 1'000'000;  // of the filled store
  double seconds = 60;              // that a rate must hold
  bool quick = false;               // a few seconds in all: shows that it works, not how fast it is

  int repeats() const { return quick ? 1 : 3; }
};

/// Signed webhooks against the program, the peers of a demo world behind it: at 500 a second, then
/// as many as it takes.
Status measure_webhooks(const Plan& plan, Report& report);

/// Whole order lives, paid to delivered, through engine and connectors in this process.
Status measure_lifecycles(const Plan& plan, Report& report);

/// Whole order lives by commands handed to the engine over SQLite, with partners in this process.
Status measure_engine(const Plan& plan, Report& report);

/// The same over PostgreSQL, in the server that the tests use (tools/x.d/postgres.sh).
Status measure_engine_postgres(const Plan& plan, Report& report);

/// Whole order lives over sockets: the program on SQLite, its partners a demo world.
Status measure_http(const Plan& plan, Report& report);

/// The same on PostgreSQL.
Status measure_http_postgres(const Plan& plan, Report& report);

/// Routing decisions for baskets of 12 lines among 8 suppliers, nothing else.
Status measure_routing(const Plan& plan, Report& report);

/// What the program holds in memory while nothing happens.
Status measure_idle(const Plan& plan, Report& report);

/// Filling a store, then its queue, lists, order pages and searches over HTTP.
Status measure_pages(const Plan& plan, Report& report);

}  // namespace holdfast::bench
