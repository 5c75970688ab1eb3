#pragma once
// DueList: keys by the instant they fall due, one instant each. The next one is found without
// walking the others; it must never hold a key twice.

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/instant.h"

namespace holdfast::engine {

template <class Key>
class DueList {
 public:
  /// Sets a key's instant, in place of an earlier one.
  void set(const Key& key, Instant due_at) {
    drop(key);
    order_.insert({due_at, key});
    due_.insert({key, due_at});
  }

  /// Forgets a key; nothing happens when it is not there.
  void drop(const Key& key) {
    const auto found = due_.find(key);
    if (found == due_.end()) return;
    order_.erase({found->second, key});
    due_.erase(found);
  }

  bool contains(const Key& key) const { return due_.contains(key); }
  std::size_t size() const { return due_.size(); }

  /// The earliest instant, or the end of time when the list is empty.
  Instant next() const { return order_.empty() ? Instant{INT64_MAX} : order_.begin()->first; }

  /// Takes the earliest key that is due at `now`, or nothing.
  std::optional<Key> take(Instant now) {
    if (order_.empty() || order_.begin()->first > now) return std::nullopt;
    auto key = order_.begin()->second;
    drop(key);
    return key;
  }

 private:
  std::set<std::pair<Instant, Key>> order_;
  std::map<Key, Instant> due_;
};

}  // namespace holdfast::engine
