#include "engine/settings/kinds.h"

#include "ports/registry.h"

namespace holdfast::engine {
namespace {

template <class Table>
Kind kind_of(const Table& table) {
  return {table.kind, &table.settings(), table.capabilities, false};
}

template <class Tables>
std::vector<Kind> kinds_of(const Tables& tables) {
  std::vector<Kind> kinds;
  for (const auto* table : tables) kinds.push_back(kind_of(*table));
  return kinds;
}

}  // namespace

Kinds linked_kinds() {
  Kinds kinds{kinds_of(ports::channel_connectors()), kinds_of(ports::supplier_connectors()),
              kinds_of(ports::tracking_connectors()), kinds_of(ports::carrier_connectors()),
              kinds_of(ports::notifier_connectors())};
  std::size_t at = 0;
  for (const auto* table : ports::supplier_connectors()) {
    kinds.suppliers[at++].can_remind = table->remind != nullptr;
  }
  return kinds;
}

}  // namespace holdfast::engine
