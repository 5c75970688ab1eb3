#pragma once
// Raw writes: what a program costs that only writes. It takes down every writing statement this
// process gives SQLite, with its values and its commits, and gives them to SQLite again with
// nothing else in the way. Part of the benchmark alone: the linker puts it around SQLite's calls.

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"

namespace holdfast::bench {

/// The writes of one thread, from `begin` to `end`; one such span at a time.
class RawWrites {
 public:
  RawWrites();
  ~RawWrites();
  RawWrites(const RawWrites&) = delete;
  RawWrites& operator=(const RawWrites&) = delete;

  /// Takes down what the calling thread writes from here on, up to `most_bytes` of values.
  void begin(std::size_t most_bytes);
  /// Ends it; false when the bound was met and some are missing.
  bool end();

  /// Gives them to the file `path`, which is as the other was at `begin`, with the same settings:
  /// seconds it took. Errors are SQLite's.
  Result<double> again(const std::string& path, std::int64_t checkpoint_pages) const;

  struct Kept;

 private:
  std::unique_ptr<Kept> kept_;
};

}  // namespace holdfast::bench
