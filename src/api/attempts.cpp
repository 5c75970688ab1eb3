#include "api/attempts.h"

#include <algorithm>

#include "base/text.h"
#include "net/address.h"

namespace holdfast::api {
namespace {

constexpr Duration longest_wait = minutes(15);
constexpr std::int64_t free_tries = 5;
constexpr std::size_t most_kept = 10'000;

/// Whom an address stands for: itself, or the network of an IPv6 address.
std::string network_of(const std::string& address) {
  auto ip = net::parse_ip(address);
  if (!ip) return address;
  auto text = net::to_text(*ip);
  if (text.find(':') == std::string::npos) return text;
  std::fill(ip->bytes.begin() + 8, ip->bytes.end(), std::uint8_t{0});
  return net::to_text(*ip);
}

std::string trial_key(const std::string& name, const std::string& address) {
  return lower(name) + "\n" + network_of(address);
}

}  // namespace

std::optional<Duration> Attempts::must_wait(const std::string& name, const std::string& address,
                                            Instant now) {
  const std::lock_guard lock(mutex_);
  const auto known = tries_.find(trial_key(name, address));
  if (known != tries_.end() && now < known->second.not_before) {
    return known->second.not_before - now;
  }
  const auto of_address = addresses_.take(network_of(address), now);
  if (!of_address.allowed) return of_address.retry_after;
  const auto of_name = names_.take(lower(name), now);
  if (!of_name.allowed) return of_name.retry_after;
  return std::nullopt;
}

std::optional<Duration> Attempts::must_wait(const std::string& address, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto of_address = addresses_.take(network_of(address), now);
  if (of_address.allowed) return std::nullopt;
  return of_address.retry_after;
}

void Attempts::tried(const std::string& name, const std::string& address, bool good, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto key = trial_key(name, address);
  if (good) {
    tries_.erase(key);
    return;
  }
  if (tries_.size() >= most_kept) {
    std::erase_if(tries_, [&](const auto& entry) { return entry.second.not_before < now; });
  }
  if (tries_.size() >= most_kept) tries_.erase(tries_.begin());
  auto& tries = tries_[key];
  if (++tries.failed < free_tries) return;
  const auto doublings = std::min<std::int64_t>(tries.failed - free_tries, 20);
  tries.not_before = now + std::min(longest_wait, seconds(2) * (std::int64_t{1} << doublings));
}

bool Attempts::first_use(const std::string& user, std::int64_t step) {
  const std::lock_guard lock(mutex_);
  auto& newest = used_[user];
  if (step <= newest) return false;
  newest = step;
  return true;
}

}  // namespace holdfast::api
