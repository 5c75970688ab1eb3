#pragma once
// Event: one fact of an order, a two-level variant (step, then kind).
// It never changes once made, so its copies share it.

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/json.h"
#include "model/events/exceptions.h"
#include "model/events/gates.h"
#include "model/events/intake.h"
#include "model/events/physical.h"
#include "model/events/purchase.h"
#include "model/events/sourcing.h"
#include "model/events/telling.h"
#include "model/events/transit.h"

namespace holdfast {

class Event {
 public:
  using Step = std::variant<IntakeEvent, GatesEvent, SourcingEvent, PurchaseEvent, PhysicalEvent,
                            TransitEvent, TellingEvent, ExceptionsEvent>;

  Event();
  Event(IntakeEvent event);
  Event(GatesEvent event);
  Event(SourcingEvent event);
  Event(PurchaseEvent event);
  Event(PhysicalEvent event);
  Event(TransitEvent event);
  Event(TellingEvent event);
  Event(ExceptionsEvent event);

  const Step& step() const;
  bool operator==(const Event& other) const;

  /// The event as a `T`, or nullptr when it is another kind.
  template <class T>
  const T* as() const;

 private:
  std::shared_ptr<const Step> step_;
};

/// The kind's stable name, for example "GateEvaluated".
std::string_view name_of(const Event& event);

/// Stored form: {"event": name, "v": version, fields…} with a fixed order of keys.
std::string encode_event(const Event& event);

/// Reads any released version, lifting older ones. Invalid for an unknown name or a field of the
/// wrong kind; fields it does not know are ignored here and stay in the stored bytes.
Result<Event> decode_event(const Json& json);

/// Whether a step's variant has the kind `T`.
template <class T, class Group>
constexpr bool group_holds = false;
template <class T, class... Kinds>
constexpr bool group_holds<T, std::variant<Kinds...>> = (std::is_same_v<T, Kinds> || ...);

template <class T>
const T* Event::as() const {
  const T* found = nullptr;
  std::visit(
      [&](const auto& group) {
        using Group = std::decay_t<decltype(group)>;
        if constexpr (group_holds<T, Group>) found = std::get_if<T>(&group);
      },
      step());
  return found;
}

}  // namespace holdfast
