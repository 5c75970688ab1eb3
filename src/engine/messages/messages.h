#pragma once
// Messages: what the buyer is told at each moment, from templates, in the buyer's language.
// A message may claim only what the order's recorded facts prove.

#include <string>
#include <string_view>

#include "core/state.h"
#include "ports/connector.h"

namespace holdfast::engine {

/// The language a buyer is written to, "en" or "de": the order's, or `locale` when the order names
/// none; English when that language has no templates.
std::string_view message_language(const core::OrderState& state, std::string_view locale);

/// The message of one moment; `parcel` is 0 for moments of the whole order. Its message id is left
/// to the caller. In the language that message_language gives.
ports::NotifyJob buyer_message(const core::OrderState& state, Moment moment, std::int64_t parcel,
                               const std::string& page_url, const Address& buyer,
                               std::string_view locale);

}  // namespace holdfast::engine
