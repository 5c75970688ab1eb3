#include "store/sqlite/lately.h"

#include <algorithm>

#include "store/sqlite/database.h"

namespace holdfast::store {
namespace {

constexpr std::size_t most_views = 20'000;
constexpr std::size_t most_open = 50'000;

}  // namespace

const ports::OrderRow* Lately::view(const ports::StreamKey& stream) const {
  const auto found = views_.find(stream);
  return found == views_.end() ? nullptr : &found->second;
}

void Lately::wrote_view(const ports::OrderRow& row) {
  if (views_.size() >= most_views) views_.clear();
  views_[row.stream] = row;
}

Lately::Open* Lately::open_effect(const EffectKey& key) {
  const auto found = open_.find(key);
  return found == open_.end() ? nullptr : &found->second;
}

Result<bool> Lately::is_new(Database& database, const EffectKey& key) {
  auto known = newest_.find(key.tenant);
  if (known == newest_.end()) {
    auto read = database.query(
        "select max(coalesce((select max(seq) from outbox_open where tenant_id = ?1), 0),"
        " coalesce((select max(seq) from outbox_settled where tenant_id = ?1), 0))");
    const auto row = read.with(key.tenant.value).next();
    if (!row) return fail(row.error());
    // Whatever number its effects have, they are behind this.
    const auto seq = *row ? read.integer() : 0;
    known = newest_.emplace(key.tenant, Newest{seq, INT64_MAX}).first;
  }
  const Newest asked{key.seq, key.number};
  if (asked <= known->second) return false;
  known->second = asked;
  return true;
}

void Lately::opened(const EffectKey& key, Open row) {
  if (open_.size() >= most_open) open_.clear();
  open_[key] = std::move(row);
}

void Lately::closed(const EffectKey& key) { open_.erase(key); }

void Lately::forget() {
  views_.clear();
  open_.clear();
  newest_.clear();
}

}  // namespace holdfast::store
