#include "apps/sim/coverage.h"

#include "apps/sim/office.h"
#include "model/event.h"
#include "model/names.h"
#include "peers/faults.h"

namespace holdfast::sim {
namespace {

template <class... Kinds>
void add_kinds(Counts& counts, const std::variant<Kinds...>&) {
  (counts.emplace("event " + std::string(Kinds::name), 0), ...);
}

template <class... Groups>
void add_groups(Counts& counts, const std::variant<Groups...>&) {
  (add_kinds(counts, Groups()), ...);
}

template <class E>
void add_names(Counts& counts, const std::string& prefix) {
  for (const auto& [value, name] : Names<E>::table) counts.emplace(prefix + std::string(name), 0);
}

}  // namespace

Counts all_transitions() {
  Counts counts;
  add_groups(counts, Event::Step());
  add_names<ReasonCode>(counts, "case opened ");
  // The program says so of itself when a step of its own broke: that breaks I21, and the run fails.
  counts.erase("case opened step_failed");
  add_names<TimerKind>(counts, "timer ");
  return counts;
}

Counts all_order_faults() {
  Counts counts;
  for (const auto fault : peers::all_faults()) {
    if (fault != peers::Fault::None) counts["order." + std::string(peers::name_of(fault))] = 0;
  }
  for (const auto& name : office_faults()) counts[name] = 0;
  return counts;
}

Counts thin(const Counts& counts, std::int64_t wanted) {
  Counts few;
  for (const auto& [name, count] : counts) {
    if (count < wanted) few.emplace(name, count);
  }
  return few;
}

}  // namespace holdfast::sim
