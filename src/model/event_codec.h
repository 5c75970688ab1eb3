#pragma once
// Per-step halves of the event codec, so that no file instantiates all kinds at once.
// Only event.cpp and the codec files include it.

#include <optional>
#include <string>
#include <string_view>

#include "model/event.h"

namespace holdfast::event_codec {

/// Stable name of the kind held.
std::string_view kind(const IntakeEvent& group);
/// Stored bytes of the kind held.
std::string encode_group(const IntakeEvent& group);
/// The event called `name` from its members; nothing when the name is another step's.
std::optional<Result<IntakeEvent>> decode_intake(std::string_view name, const Json& json);

/// Stable name of the kind held.
std::string_view kind(const GatesEvent& group);
/// Stored bytes of the kind held.
std::string encode_group(const GatesEvent& group);
/// The event called `name` from its members; nothing when the name is another step's.
std::optional<Result<GatesEvent>> decode_gates(std::string_view name, const Json& json);

/// Stable name of the kind held.
std::string_view kind(const SourcingEvent& group);
/// Stored bytes of the kind held.
std::string encode_group(const SourcingEvent& group);
/// The event called `name` from its members; nothing when the name is another step's.
std::optional<Result<SourcingEvent>> decode_sourcing(std::string_view name, const Json& json);

/// Stable name of the kind held.
std::string_view kind(const PurchaseEvent& group);
/// Stored bytes of the kind held.
std::string encode_group(const PurchaseEvent& group);
/// The event called `name` from its members; nothing when the name is another step's.
std::optional<Result<PurchaseEvent>> decode_purchase(std::string_view name, const Json& json);

/// Stable name of the kind held.
std::string_view kind(const PhysicalEvent& group);
/// Stored bytes of the kind held.
std::string encode_group(const PhysicalEvent& group);
/// The event called `name` from its members; nothing when the name is another step's.
std::optional<Result<PhysicalEvent>> decode_physical(std::string_view name, const Json& json);

/// Stable name of the kind held.
std::string_view kind(const TransitEvent& group);
/// Stored bytes of the kind held.
std::string encode_group(const TransitEvent& group);
/// The event called `name` from its members; nothing when the name is another step's.
std::optional<Result<TransitEvent>> decode_transit(std::string_view name, const Json& json);

/// Stable name of the kind held.
std::string_view kind(const TellingEvent& group);
/// Stored bytes of the kind held.
std::string encode_group(const TellingEvent& group);
/// The event called `name` from its members; nothing when the name is another step's.
std::optional<Result<TellingEvent>> decode_telling(std::string_view name, const Json& json);

/// Stable name of the kind held.
std::string_view kind(const ExceptionsEvent& group);
/// Stored bytes of the kind held.
std::string encode_group(const ExceptionsEvent& group);
/// The event called `name` from its members; nothing when the name is another step's.
std::optional<Result<ExceptionsEvent>> decode_exceptions(std::string_view name, const Json& json);

}  // namespace holdfast::event_codec
