#include <algorithm>
#include <map>

#include "store/postgres/write.h"

namespace holdfast::store::pg {
namespace {

using namespace ports;

template <class Row>
TenantId tenant_of(const Row& row) {
  if constexpr (requires { row.stream; }) {
    return row.stream.tenant;
  } else {
    return row.tenant;
  }
}

// Every list of a batch, each visited with the list of the same name in another one.
void each_list(auto& from, auto& to, const auto& visit) {
  visit(from.add_events, to.add_events);
  visit(from.put_orders, to.put_orders);
  visit(from.put_exceptions, to.put_exceptions);
  visit(from.put_outbox, to.put_outbox);
  visit(from.put_timers, to.put_timers);
  visit(from.drop_timers, to.drop_timers);
  visit(from.add_inbox, to.add_inbox);
  visit(from.put_inbox, to.put_inbox);
  visit(from.drop_inbox_bodies, to.drop_inbox_bodies);
  visit(from.put_references, to.put_references);
  visit(from.put_sealed, to.put_sealed);
  visit(from.drop_sealed, to.drop_sealed);
  visit(from.drop_sealed_rows, to.drop_sealed_rows);
  visit(from.put_values, to.put_values);
  visit(from.put_records, to.put_records);
  visit(from.drop_records, to.drop_records);
  visit(from.add_search, to.add_search);
  visit(from.drop_search, to.drop_search);
}

}  // namespace

std::optional<TenantId> only_tenant(const Batch& batch) {
  std::optional<TenantId> tenant;
  bool one = true;
  each_list(batch, batch, [&](const auto& rows, const auto&) {
    for (const auto& row : rows) {
      if (!tenant) tenant = tenant_of(row);
      one = one && *tenant == tenant_of(row);
    }
  });
  return one ? tenant : std::nullopt;
}

std::vector<std::pair<TenantId, Batch>> by_tenant(const Batch& batch) {
  std::map<TenantId, Batch> parts;
  each_list(batch, batch, [&](const auto& rows, const auto&) {
    for (const auto& row : rows) parts.try_emplace(tenant_of(row));
  });
  for (auto& [tenant, part] : parts) {
    each_list(batch, part, [&](const auto& from, auto& to) {
      std::ranges::copy_if(from, std::back_inserter(to),
                           [&](const auto& row) { return tenant_of(row) == tenant; });
    });
  }
  return {std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end())};
}

}  // namespace holdfast::store::pg
