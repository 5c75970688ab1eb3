#pragma once
// Raw messages: what a program costs that only writes to PostgreSQL. It takes down what this
// process sends on the connection that commits, and sends it again with nothing else in the way.
// Part of the benchmark alone: the linker puts it around libpq's calls.

#include <memory>
#include <string>

#include "base/result.h"

namespace holdfast::bench {

/// What one thread sends on its writing connections, from `begin` to `end`; one such span at a
/// time.
class RawMessages {
 public:
  RawMessages();
  ~RawMessages();
  RawMessages(const RawMessages&) = delete;
  RawMessages& operator=(const RawMessages&) = delete;

  /// Takes down what the calling thread sends from here on, up to `most_bytes` of values.
  void begin(std::size_t most_bytes);
  /// Ends it; false when the bound was met and some are missing.
  bool end();

  /// Sends it to the database at `url`, which is as the other was at `begin`: the seconds it took.
  /// Errors are the server's.
  Result<double> again(const std::string& url) const;

  struct Kept;

 private:
  std::unique_ptr<Kept> kept_;
};

}  // namespace holdfast::bench
