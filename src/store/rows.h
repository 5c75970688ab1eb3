#pragma once
// Small questions about rows that every store answers in the same way.
// Nothing here knows a rule of the house: only what the port's comments say.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "ports/store.h"

namespace holdfast::store {

/// Longest page of a list (ports/store.h): the API's longest, and one row more that says whether
/// another page follows.
constexpr std::size_t longest_page = 251;

/// The length of a page a query asks for, within the bound.
inline std::size_t page_length(std::size_t limit) { return std::min(limit, longest_page); }

/// Whether an effect's outcome is still open: unsent, on its way, or unknown.
inline bool is_unsettled(EffectState state) {
  switch (state) {
    case EffectState::Unsent:
    case EffectState::Sending:
    case EffectState::Unknown:
      return true;
    case EffectState::Done:
    case EffectState::Refused:
    case EffectState::Withdrawn:
    case EffectState::Dead:
      return false;
  }
  return false;
}

/// Whether a row is what a query asks for, wherever the query's page begins.
inline bool is_asked_for(const ports::ExceptionQuery& query, const ports::ExceptionRow& row) {
  const auto any = [](const auto& wanted, const auto& value) {
    return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
  };
  return row.stream.tenant == query.tenant && static_cast<bool>(row.resolved_at) != query.open &&
         (query.owner.empty() || row.owner == query.owner) &&
         (!query.reason || row.reason == *query.reason) &&
         (query.channel.empty() || row.channel == query.channel) &&
         (query.supplier.empty() || row.supplier == query.supplier) &&
         (!query.due_before || row.review_by < query.due_before) && any(query.owners, row.owner) &&
         any(query.channels, row.channel) && any(query.reasons, row.reason);
}

/// A search word: its text, and whether it matches every token that begins with it.
struct SearchWord {
  std::string_view text;
  bool prefix = false;
};

/// Reads "mari*" as the prefix "mari" and anything else as a whole token.
inline SearchWord search_word(std::string_view token) {
  if (token.empty() || token.back() != '*') return {token, false};
  token.remove_suffix(1);
  return {token, true};
}

/// Most words of one search.
constexpr std::size_t most_search_words = 16;

/// The failure for a search of more words than that.
inline tl::unexpected<Error> too_many_words(std::size_t count) {
  return fail(ErrorCode::TooLarge, "the search has too many words", std::to_string(count),
              "search for up to 16 words");
}

}  // namespace holdfast::store
