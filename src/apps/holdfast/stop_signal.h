#pragma once
// Waiting to be asked to stop: SIGINT and SIGTERM, delivered to one waiting thread.
// It must be prepared before any other thread starts, because threads inherit what is blocked.

#include "base/instant.h"

namespace holdfast::apps {

/// Blocks the stop signals for this thread and all threads started later.
void prepare_stop_signal();

/// Returns when a stop signal came, or after `limit` of real time (0 waits for ever); true for a
/// signal.
bool wait_for_stop_signal(Duration limit);

}  // namespace holdfast::apps
