#pragma once
// Search words: how text becomes tokens. Latin words are folded to lower case; runs of Chinese,
// Japanese and Korean signs become pairs of neighbours, since they have no spaces.

#include <string>
#include <string_view>
#include <vector>

#include "model/channel_order.h"

namespace holdfast::engine {

/// Distinct tokens of a text, at most 40.
std::vector<std::string> words_of(std::string_view text);

/// Distinct tokens of a buyer's name, e-mail and phone.
std::vector<std::string> words_of(const Address& address);

}  // namespace holdfast::engine
