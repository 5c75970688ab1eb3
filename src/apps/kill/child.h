#pragma once
// Child: the program under test as a process of its own, started and ended as an operating system
// would. It must never ask the program to help with its own end.

#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

#include "base/result.h"

namespace holdfast::apps {

struct ChildOptions {
  std::string program;
  std::vector<std::string> arguments;
  std::vector<std::string> variables;  // "NAME=value", beside this process's own
  std::string output;                  // a file that gets what it says, appended
};

class Child {
 public:
  explicit Child(ChildOptions options) : options_(std::move(options)) {}
  ~Child() { kill(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Starts the program with further variables; it dies with this process. Unavailable when it
  /// cannot be started.
  Status start(const std::vector<std::string>& variables);

  /// SIGKILL, and waits until the process is gone.
  void kill();

  /// SIGTERM, and waits; gives the exit code. Timeout when it has not ended after `limit_ms`; it is
  /// then killed.
  Result<int> stop(std::int64_t limit_ms);

  /// Waits for an end without asking for it: the exit code, -1 for a signal.
  Result<int> wait(std::int64_t limit_ms);

  /// Whether it ended by itself.
  bool gone();

  /// SIGSTOP and SIGCONT: it stands still in between and does not notice.
  void stand_still();
  void go_on();

 private:
  ChildOptions options_;
  pid_t pid_ = 0;
  int status_ = 0;
};

/// Whether somebody listens on the port.
bool listens(int port);

/// What a program answers to a GET: the status and the body; 0 when none comes within a second.
std::pair<int, std::string> ask(int port, const std::string& path);

/// Sleeps for real milliseconds.
void pause_ms(std::int64_t ms);

}  // namespace holdfast::apps
