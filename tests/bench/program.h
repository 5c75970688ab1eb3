#pragma once
// Program: the real `holdfast` as a child process over a folder of its own. It must never be the
// code under test linked in, and never outlive the benchmark.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

#include "base/result.h"
#include "tests/bench/load.h"

namespace holdfast::bench {

/// A folder with the program's configuration and its data.
struct Folder {
  std::string path;
  std::map<std::string, std::string> environment;  // secrets of the accounts

  std::string config() const { return path + "/holdfast.toml"; }
  std::string data() const { return path + "/data"; }
  std::string log() const { return path + "/output.txt"; }
};

/// Runs one command of the program to its end; its words go to the terminal's other stream.
/// Unavailable when it does not end with 0.
Status run_command(const std::string& program, const Folder& folder,
                   const std::vector<std::string>& words);

/// What the program has used so far, by the kernel's books.
struct Usage {
  double cpu_seconds = 0;  // of all its threads
  double resident_mb = 0;  // memory it holds now
};

class Program {
 public:
  /// Starts `serve` on a free loopback port, or on `port`, and waits until it is ready.
  /// Unavailable, with the end of its output, when it ends or is not ready after two minutes.
  static Result<std::unique_ptr<Program>> start(const std::string& program, const Folder& folder,
                                                int port = 0);

  int port() const { return port_; }

  /// Signs in as the administrator with the password of the folder's first start; what every later
  /// request sends as its Cookie.
  Result<std::string> sign_in() const;

  /// One figure of /metrics, named as there with its labels.
  Result<std::int64_t> metric(const std::string& name) const;

  /// Unavailable when it has ended.
  Result<Usage> usage() const;

  /// Waits until the counter has not changed for a second; false after `seconds`.
  bool quiet(const std::string& counter, int seconds) const;

  /// Asks it to stop and waits; kills it when it takes more than 30 s.
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

 private:
  Program(Folder folder, pid_t child, int port)
      : folder_(std::move(folder)), child_(child), port_(port) {}
  Status wait_until_ready();
  Result<std::string> password() const;

  Folder folder_;
  pid_t child_;
  int port_;
};

}  // namespace holdfast::bench
