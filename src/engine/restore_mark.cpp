#include "engine/restore_mark.h"

#include "base/json.h"

namespace holdfast::engine {
namespace {

constexpr const char* kind = "setting";
constexpr const char* key = "reconcile_first";
// More than any tenant can have given away between a backup and its restore.
constexpr std::int64_t gap = 1'000'000;

}  // namespace

Result<RestoreMark> make_restore_mark(ports::Store& store, TenantId tenant, Instant since,
                                      Instant now) {
  auto heads = store.heads(tenant);
  if (!heads) return fail(heads.error());
  auto counter = store.record({tenant, "counter", "po"});
  if (!counter) return fail(counter.error());
  // A store that was restored before goes on above its own numbers.
  auto earlier = read_restore_mark(store, tenant);
  if (!earlier) return fail(earlier.error());
  const auto known = earlier->value_or(RestoreMark{});
  const auto pos = *counter ? std::atoll((*counter)->bytes.c_str()) : 0;
  return RestoreMark{since,
                     now,
                     std::max<std::int64_t>(heads->order_id, known.orders_from) + gap,
                     std::max<std::int64_t>(pos, known.pos_from) + gap,
                     {}};
}

Result<std::optional<RestoreMark>> read_restore_mark(ports::Store& store, TenantId tenant) {
  auto row = store.record({tenant, kind, key});
  if (!row) return fail(row.error());
  if (!*row) return std::nullopt;
  auto json = parse_json((*row)->bytes);
  if (!json) return fail(json.error());
  const auto instant = [&](const char* name) {
    const auto read = parse_instant((*json)[name].string());
    return read ? *read : Instant{};
  };
  RestoreMark mark{instant("since"), instant("restored_at"), (*json)["orders_from"].integer(),
                   (*json)["pos_from"].integer(), instant("done_at")};
  if (!mark.restored_at) return fail(ErrorCode::Invalid, "the mark of a restore has no time", key);
  return mark;
}

ports::RecordRow to_row(TenantId tenant, const RestoreMark& mark) {
  Json json;
  json.set("since", to_text(mark.since));
  json.set("restored_at", to_text(mark.restored_at));
  json.set("orders_from", mark.orders_from);
  json.set("pos_from", mark.pos_from);
  if (mark.done_at) json.set("done_at", to_text(mark.done_at));
  return {tenant, kind, key, to_text(json), {}};
}

}  // namespace holdfast::engine
