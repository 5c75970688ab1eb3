#pragma once
// The demo: a whole small world on loopback ports, reached only through the production connectors
// and their settings. It must never offer the program a way in that a real partner would not have.

#include <cstdint>
#include <string>

#include "base/result.h"

namespace holdfast::apps {

struct DemoArguments {
  std::string listen = "127.0.0.1:8080";
  std::string policy;      // "" looks beside the program and in the working folder
  std::int64_t speed = 1;  // 1: a world's hour passes in a minute
  std::int64_t orders = 60;
  std::uint64_t seed = 7;
  std::string version;
  std::string books;  // a file that gets the world's books as JSON at the end; "" for none
  std::int64_t stop_after = 0;  // seconds of real time; 0 runs until asked to stop
  std::string rehearsal;        // a file that says what to live through; "" for a visitor's demo
};

/// Runs the demo until SIGINT or SIGTERM. Errors are those of opening it.
Status run_demo(const DemoArguments& arguments);

/// The folder of the policy files: `wanted`, or policy/ in the working folder or above the program.
/// NotFound when there is none.
Result<std::string> find_policy(const std::string& wanted);

}  // namespace holdfast::apps
