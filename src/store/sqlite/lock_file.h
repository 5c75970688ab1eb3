#pragma once
// LockFile: one process, and one opener in it, per data file.
// It must never be taken for correctness between machines; it guards one local file.

#include <string>

#include "base/result.h"

namespace holdfast::store {

class LockFile {
 public:
  /// Takes `path` and writes this process's id into it. Unavailable, naming the process that
  /// holds it, when another one does. The lock ends with this object or with the process, however
  /// it dies (fcntl(2), open file description locks).
  static Result<LockFile> take(const std::string& path);

  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;
  ~LockFile();

 private:
  explicit LockFile(int file) : file_(file) {}

  int file_ = -1;
};

}  // namespace holdfast::store
