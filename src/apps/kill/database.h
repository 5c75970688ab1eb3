#pragma once
// Database: the PostgreSQL server under what is tested, ended as a machine would end it and started
// again. It must only ever be a server of the tests' own (tools/x.d/postgres.sh).

#include <chrono>
#include <functional>

namespace holdfast::apps {

/// How the server ends: both leave it no time to write anything out.
enum class End {
  AtOnce,  // SIGQUIT: its sessions are told
  Killed,  // SIGKILL: nobody is told
};

/// Ends the server that HOLDFAST_TEST_POSTGRES_PID names; false when none runs.
bool end_database(End end);

/// Starts it with HOLDFAST_TEST_POSTGRES_START and waits until `answers`; how long that took.
/// Negative when it does not come up within a minute.
std::chrono::milliseconds start_database(const std::function<bool()>& answers);

}  // namespace holdfast::apps
