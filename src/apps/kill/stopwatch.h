#pragma once
// Stopwatch: how long something took, and how long the programs concerned were at least ready to
// run meanwhile and got no processor, so that a limit holds for what they do on a busy machine too.
// It must never measure speed.

#include <cstdint>
#include <map>
#include <string>

#include <sys/types.h>

namespace holdfast::apps {

/// Milliseconds since a stopwatch was started.
struct Lap {
  std::int64_t took_ms = 0;
  std::int64_t starved_ms = 0;  // of them: one thread waiting for a processor

  std::int64_t own_ms() const { return took_ms > starved_ms ? took_ms - starved_ms : 0; }
};

/// "1672 ms", and how much of it was spent waiting for a processor where that is a tenth.
std::string to_text(const Lap& lap);

class Stopwatch {
 public:
  /// Starts it, for this process, those it started, and PostgreSQL.
  Stopwatch();

  /// Since it was started. Where the system does not say who waits (schedstat in proc(5)), nobody
  /// waited.
  Lap lap() const;

 private:
  std::int64_t began_ms_;
  std::map<pid_t, std::int64_t> waited_ns_;  // by thread
};

}  // namespace holdfast::apps
