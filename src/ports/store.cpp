#include "ports/store.h"

namespace holdfast::ports {

std::string_view name_of(InboxState state) {
  switch (state) {
    case InboxState::Waiting:
      return "waiting";
    case InboxState::Done:
      return "done";
    case InboxState::Kept:
      return "kept";
    case InboxState::SetAside:
      return "set_aside";
  }
  return "kept";
}

bool Batch::empty() const {
  return add_events.empty() && put_orders.empty() && put_exceptions.empty() && put_outbox.empty() &&
         put_timers.empty() && drop_timers.empty() && add_inbox.empty() && put_inbox.empty() &&
         put_references.empty() && put_sealed.empty() && drop_sealed.empty() &&
         drop_sealed_rows.empty() && drop_inbox_bodies.empty() && put_values.empty() &&
         put_records.empty() && drop_records.empty() && add_search.empty() && drop_search.empty();
}

}  // namespace holdfast::ports
