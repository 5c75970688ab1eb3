#pragma once
// Load: sends prepared requests and keeps how long each answer took. It must never leave out a slow
// one: an open load counts from the instant a request was meant to be sent.

#include <cstdint>
#include <string>
#include <vector>

namespace holdfast::bench {

/// A request's bytes, and what its answer's body must hold.
struct Ask {
  std::string request;
  std::string expected;
};

struct Load {
  std::vector<double> ms;  // of each answer, wrong ones too
  std::int64_t wrong = 0;  // answers that were not 200, did not hold what they must, or never came
  std::string first_wrong;
  double seconds = 0;  // from the first sending to the last answer
};

/// Sends the asks one every 1/per_second seconds whatever the answers do, over at most 32
/// connections. A request that finds none free waits, and its waiting counts.
Load open_load(int port, const std::vector<Ask>& asks, double per_second);

/// Sends the asks one after the other over one connection, as one reader does.
Load closed_load(int port, const std::vector<Ask>& asks);

}  // namespace holdfast::bench
