#pragma once
// Lately: what the writing connection knows of rows it wrote, so that it neither reads nor packs
// them again. Whoever keeps one must forget it when a commit fails: it then knows too much.

#include <compare>
#include <map>
#include <string>
#include <unordered_map>

#include "ports/store.h"

namespace holdfast::store {

class Database;

class Lately {
 public:
  /// An effect in `outbox_open`, with the columns that never change while it is there.
  struct Open {
    std::string lane;
    std::string bytes;
    std::string packed;
  };
  struct EffectKey {
    TenantId tenant;
    std::int64_t seq = 0;
    std::int64_t number = 0;
    auto operator<=>(const EffectKey&) const = default;
  };

  /// What was last written of a stream's view, or nullptr when that is not known.
  const ports::OrderRow* view(const ports::StreamKey& stream) const;
  void wrote_view(const ports::OrderRow& row);

  /// The effect as it stands in `outbox_open`, or nullptr when it may not be there.
  Open* open_effect(const EffectKey& key);
  /// Whether the effect is in neither table, since no number as high was ever written.
  Result<bool> is_new(Database& database, const EffectKey& key);
  void opened(const EffectKey& key, Open row);
  void closed(const EffectKey& key);

  void forget();

 private:
  struct StreamHash {
    std::size_t operator()(const ports::StreamKey& stream) const {
      return std::hash<std::int64_t>{}(stream.id * 31 + stream.tenant.value * 7 +
                                       static_cast<std::int64_t>(stream.kind));
    }
  };
  struct Newest {
    std::int64_t seq = 0;
    std::int64_t number = 0;
    auto operator<=>(const Newest&) const = default;
  };

  std::unordered_map<ports::StreamKey, ports::OrderRow, StreamHash> views_;
  std::map<EffectKey, Open> open_;
  std::map<TenantId, Newest> newest_;
};

}  // namespace holdfast::store
