#include "apps/stories/phrase.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "model/enums.h"

namespace holdfast::stories {
namespace {

bool is_word(std::string_view text) { return text.find(' ') == std::string_view::npos; }

bool is_count(std::string_view text) {
  return text.size() < 10 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

template <Named E>
bool names(std::string_view text) {
  return from_name<E>(text).has_value();
}

template <class T, Result<T> (*parse)(std::string_view)>
bool parses(std::string_view text) {
  return parse(text).has_value();
}

using Test = bool (*)(std::string_view);

Test test_of(std::string_view gap) {
  static const std::map<std::string_view, Test> tests = {
      {"n", is_count},
      {"money", parses<Money, parse_money>},
      {"price", parses<UnitPrice, parse_unit_price>},
      {"span", parses<Duration, parse_duration>},
      {"instant", parses<Instant, parse_instant>},
      {"text", [](std::string_view) { return true; }},
      {"who", [](std::string_view) { return true; }},
      {"ack", names<AckKind>},
      {"check", names<CheckKind>},
      {"effect state", names<EffectState>},
      {"flag", names<TrackingFlag>},
      {"gate result", names<GateResult>},
      {"ladder step", names<LadderStep>},
      {"mode", names<Mode>},
      {"moment", names<Moment>},
      {"payment", names<PaymentState>},
      {"payment rule", names<PaymentRule>},
      {"promise", names<PromiseKind>},
      {"proof", names<Proof>},
      {"reason", names<ReasonCode>},
      {"risk", names<RiskLevel>},
      {"root cause", names<RootCause>},
      {"ship model", names<ShipModel>},
      {"status", names<TrackingStatus>},
      {"strength", names<Strength>},
      {"timer", names<TimerKind>},
  };
  const auto found = tests.find(gap);
  return found == tests.end() ? is_word : found->second;
}

/// Matches from here on; the shortest text that fits goes into each gap.
bool matches(std::string_view pattern, std::string_view text, std::vector<std::string>& gaps) {
  const auto open = pattern.find('<');
  const auto literal = pattern.substr(0, open);
  if (!text.starts_with(literal)) return false;
  text.remove_prefix(literal.size());
  if (open == std::string_view::npos) return text.empty();
  const auto close = pattern.find('>', open);
  const auto test = test_of(pattern.substr(open + 1, close - open - 1));
  const auto rest = pattern.substr(close + 1);
  const auto next = rest.substr(0, rest.find('<'));
  for (std::size_t end = 1; end <= text.size(); ++end) {
    const bool possible =
        next.empty() ? !rest.empty() || end == text.size() : text.substr(end).starts_with(next);
    if (!possible || !test(text.substr(0, end))) continue;
    gaps.emplace_back(text.substr(0, end));
    if (matches(rest, text.substr(end), gaps)) return true;
    gaps.pop_back();
  }
  return false;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const auto word : split(text, ' ')) words.emplace_back(word);
  return words;
}

/// The phrase that shares most words with the sentence, most of all its first ones.
std::string nearest_phrase(std::string_view sentence, const Phrases& phrases) {
  const auto said = words_of(sentence);
  std::string best;
  double best_share = 0;
  for (const auto& phrase : phrases) {
    const auto known = words_of(phrase.pattern);
    double shared = 0;
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (i < said.size() && said[i] == known[i])
        shared += 1.5;
      else if (std::ranges::find(said, known[i]) != said.end())
        shared += 1;
    }
    const auto share = shared / static_cast<double>(std::max(known.size(), said.size()));
    if (share > best_share) {
      best_share = share;
      best = phrase.pattern;
    }
  }
  return best;
}

}  // namespace

Result<Bound> find_phrase(std::string_view sentence, const Phrases& phrases) {
  for (const auto& phrase : phrases) {
    std::vector<std::string> gaps;
    if (matches(phrase.pattern, sentence, gaps)) return Bound{&phrase, Gaps(std::move(gaps))};
  }
  const auto near = nearest_phrase(sentence, phrases);
  return fail(ErrorCode::Invalid, "no phrase says \"" + std::string(sentence) + "\"", {},
              near.empty() ? "" : "the nearest is: " + near);
}

}  // namespace holdfast::stories
