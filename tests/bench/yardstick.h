#pragma once
// Yardsticks: what this machine does at best, with nothing of the program in the way. Each measure
// stands beside one, measured in the same run, so that noisy machines compare.

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "ports/store.h"

namespace holdfast::bench {

/// Answers every request on loopback with a body of fixed length, a thread for each connection.
class BareServer {
 public:
  /// With a path, each request's bytes are first appended to that file and fsync'd, one after the
  /// other. Unavailable when port or file cannot be had.
  static Result<std::unique_ptr<BareServer>> start(std::size_t answer_bytes,
                                                   const std::string& append_to);
  int port() const { return port_; }

  /// Ends all connections.
  ~BareServer();
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;

 private:
  struct Inside;
  BareServer(int port, std::shared_ptr<Inside> inside, std::thread acceptor);

  int port_;
  std::shared_ptr<Inside> inside_;
  std::thread acceptor_;
};

/// Rows of an order's life, by one insert each into one SQLite table of the file `path`, a durable
/// commit after every `per_commit` of them: rows a second.
Result<double> bare_inserts(const std::string& path, const std::vector<ports::EventRow>& rows,
                            std::size_t per_commit);

/// Hashing (SHA-256) and parsing each row's bytes, rows a second: a processor's yardstick.
double bare_reading(const std::vector<ports::EventRow>& rows);

}  // namespace holdfast::bench
