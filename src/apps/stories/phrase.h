#pragma once
// Phrase: one sentence a story may use, with typed gaps, and what it does to a world.
// It must never grow variables, loops or conditions: a story stays prose.

#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/money.h"
#include "model/names.h"

namespace holdfast::stories {

class World;

/// What stood in the gaps of a sentence. Typed access is safe, because a sentence whose gap does
/// not read as its type is not matched at all.
class Gaps {
 public:
  explicit Gaps(std::vector<std::string> texts = {}) : texts_(std::move(texts)) {}

  const std::string& operator[](std::size_t i) const { return texts_.at(i); }
  std::int64_t number(std::size_t i) const { return std::stoll(texts_.at(i)); }
  Money money(std::size_t i) const { return *parse_money(texts_.at(i)); }
  UnitPrice price(std::size_t i) const { return *parse_unit_price(texts_.at(i)); }
  Duration span(std::size_t i) const { return *parse_duration(texts_.at(i)); }
  Instant instant(std::size_t i) const { return *parse_instant(texts_.at(i)); }
  template <Named E>
  E name(std::size_t i) const {
    return *from_name<E>(texts_.at(i));
  }

 private:
  std::vector<std::string> texts_;
};

/// A sentence such as `gate <gate> of parcel <n> is <result>`. The words between angle brackets are
/// gap types: README.md in tests/stories lists them.
struct Phrase {
  std::string pattern;
  Status (*act)(World& world, const Gaps& gaps);
};

using Phrases = std::vector<Phrase>;

/// A phrase and what stands in its gaps.
struct Bound {
  const Phrase* phrase = nullptr;
  Gaps gaps;
};

/// The first phrase that fits a sentence; Invalid, naming the nearest phrase, when none does.
Result<Bound> find_phrase(std::string_view sentence, const Phrases& phrases);

/// What may be given; also what may become true later, with "from now on".
const Phrases& given_phrases();
/// What may happen.
const Phrases& when_phrases();
/// What may be expected.
const Phrases& then_phrases();
/// The parts, between commas, of what a shop says about its order.
const Phrases& order_phrases();

/// Tables of when_phrases, by who acts.
Phrases channel_happenings();
Phrases supplier_happenings();
Phrases goods_happenings();
Phrases people_happenings();
Phrases automation_happenings();

/// The part of given_phrases about automation, batches and incidents.
Phrases automation_givens();

/// Tables of then_phrases, by what is looked at.
Phrases record_expectations();
Phrases state_expectations();

}  // namespace holdfast::stories
