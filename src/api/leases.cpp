#include "api/leases.h"

namespace holdfast::api {
namespace {

constexpr std::size_t swept_from = 1000;

}  // namespace

std::optional<Lease> Leases::take(const ports::StreamKey& stream, std::int64_t number,
                                  const std::string& holder, Instant now) {
  const std::lock_guard lock(mutex_);
  if (held_.size() >= swept_from) {
    std::erase_if(held_, [&](const auto& entry) { return entry.second.until <= now; });
  }
  auto& lease = held_[{stream, number}];
  if (lease.until > now && lease.holder != holder) return lease;
  lease = {holder, now + lasts()};
  return std::nullopt;
}

bool Leases::give_back(const ports::StreamKey& stream, std::int64_t number,
                       const std::string& holder) {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find({stream, number});
  if (found == held_.end() || found->second.holder != holder) return false;
  held_.erase(found);
  return true;
}

std::optional<Lease> Leases::of(const ports::StreamKey& stream, std::int64_t number,
                                Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find({stream, number});
  if (found == held_.end() || found->second.until <= now) return std::nullopt;
  return found->second;
}

}  // namespace holdfast::api
