#include "model/event.h"

#include "model/event_codec.h"

namespace holdfast {

Event::Event() : step_(std::make_shared<const Step>()) {}
Event::Event(IntakeEvent event) : step_(std::make_shared<const Step>(std::move(event))) {}
Event::Event(GatesEvent event) : step_(std::make_shared<const Step>(std::move(event))) {}
Event::Event(SourcingEvent event) : step_(std::make_shared<const Step>(std::move(event))) {}
Event::Event(PurchaseEvent event) : step_(std::make_shared<const Step>(std::move(event))) {}
Event::Event(PhysicalEvent event) : step_(std::make_shared<const Step>(std::move(event))) {}
Event::Event(TransitEvent event) : step_(std::make_shared<const Step>(std::move(event))) {}
Event::Event(TellingEvent event) : step_(std::make_shared<const Step>(std::move(event))) {}
Event::Event(ExceptionsEvent event) : step_(std::make_shared<const Step>(std::move(event))) {}

const Event::Step& Event::step() const { return *step_; }

bool Event::operator==(const Event& other) const {
  return step_ == other.step_ || *step_ == *other.step_;
}

std::string_view name_of(const Event& event) {
  return std::visit([](const auto& group) { return event_codec::kind(group); }, event.step());
}

std::string encode_event(const Event& event) {
  return std::visit([](const auto& group) { return event_codec::encode_group(group); },
                    event.step());
}

Result<Event> decode_event(const Json& json) {
  const auto& name = json["event"].string();
  std::optional<Result<Event>> found;
  const auto attempt = [&](auto decoded) {
    if (!decoded) return;
    if (*decoded)
      found = Event(std::move(**decoded));
    else
      found = fail(within(decoded->error(), name));
  };
  attempt(event_codec::decode_intake(name, json));
  if (!found) attempt(event_codec::decode_gates(name, json));
  if (!found) attempt(event_codec::decode_sourcing(name, json));
  if (!found) attempt(event_codec::decode_purchase(name, json));
  if (!found) attempt(event_codec::decode_physical(name, json));
  if (!found) attempt(event_codec::decode_transit(name, json));
  if (!found) attempt(event_codec::decode_telling(name, json));
  if (!found) attempt(event_codec::decode_exceptions(name, json));
  if (found) return std::move(*found);
  return fail(ErrorCode::Invalid, "unknown event", name, "a newer release wrote it: upgrade first");
}

}  // namespace holdfast
