#pragma once
// Lately: a value that takes a while to read, kept for a short time for all readers. Who comes
// while it is read again is given the one before; nobody waits but for the very first.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "base/instant.h"
#include "base/result.h"

namespace holdfast::api {

/// T has `Instant read_at`.
template <class T>
class Lately {
 public:
  using Value = std::shared_ptr<const T>;

  /// What is known when it is younger than `kept_for`, else what `read` gives; fails as `read`
  /// does.
  Result<Value> get(Instant now, Duration kept_for, const std::function<Result<T>()>& read) {
    const auto fresh = [&](const Value& value) { return value && now - value->read_at < kept_for; };
    auto known = kept();
    if (fresh(known)) return known;
    std::unique_lock reading(reading_, std::try_to_lock);
    if (!reading.owns_lock()) {
      if (known) return known;
      reading.lock();
    }
    known = kept();  // somebody may have read it meanwhile
    if (fresh(known)) return known;
    const auto begun = forgotten();
    auto value = read();
    if (!value) return fail(value.error());
    known = std::make_shared<const T>(std::move(*value));
    const std::lock_guard lock(mutex_);
    if (begun == forgotten_) known_ = known;
    return known;
  }

  /// What is known, or being read, has changed: the next one reads it anew.
  void forget() {
    const std::lock_guard lock(mutex_);
    known_ = nullptr;
    ++forgotten_;
  }

 private:
  Value kept() {
    const std::lock_guard lock(mutex_);
    return known_;
  }

  std::uint64_t forgotten() {
    const std::lock_guard lock(mutex_);
    return forgotten_;
  }

  std::mutex reading_;  // held while reading
  std::mutex mutex_;    // held for a moment
  Value known_;
  std::uint64_t forgotten_ = 0;  // how often
};

}  // namespace holdfast::api
