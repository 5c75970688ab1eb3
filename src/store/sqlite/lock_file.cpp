#include "store/sqlite/lock_file.h"

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "base/text.h"

namespace holdfast::store {
namespace {

std::string holder_of(int file) {
  std::array<char, 32> bytes{};
  const auto size = ::pread(file, bytes.data(), bytes.size(), 0);
  if (size <= 0) return "another process";
  const std::string_view said(bytes.data(), static_cast<std::size_t>(size));
  return "process " + std::string(trim(said));
}

}  // namespace

Result<LockFile> LockFile::take(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return fail(ErrorCode::Unavailable, "the lock file cannot be opened", path,
                "check the path and the rights of the data folder");
  }
  LockFile lock(file);
  struct flock whole{};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (::fcntl(file, F_OFD_SETLK, &whole) != 0) {
    if (errno != EAGAIN && errno != EACCES) {
      return fail(ErrorCode::Unavailable, "the lock file cannot be locked", path,
                  "put the data folder on a local disk");
    }
    return fail(ErrorCode::Unavailable, "the data file is in use by " + holder_of(file), path,
                "stop that process, or let it do the work");
  }
  const auto pid = std::to_string(::getpid()) + "\n";
  const bool said = ::ftruncate(file, 0) == 0 &&
                    ::pwrite(file, pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
  // A full disk must not keep the program from starting: the lock holds without its text.
  static_cast<void>(said);
  return lock;
}

LockFile::LockFile(LockFile&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

LockFile::~LockFile() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace holdfast::store
