#include "engine/views/case_pieces.h"

#include <algorithm>
#include <charconv>

#include "engine/views/case_supplier.h"

namespace holdfast::engine {
namespace {

/// A sum that is unknown as soon as one part of it is.
class Sum {
 public:
  void add_up(const Result<Money>& part) {
    if (!part || !part->currency.known()) {
      known_ = false;
      return;
    }
    const auto sum = add(sum_, *part);
    known_ = known_ && sum.has_value();
    if (sum) sum_ = *sum;
  }
  std::optional<Money> value() const {
    return known_ && sum_.currency.known() ? std::optional(sum_) : std::nullopt;
  }

 private:
  Money sum_;
  bool known_ = true;
};

/// What pieces of this part cost as they are offered now.
UnitPrice cost_now(const core::PoLine& part) {
  const bool answered = part.answer && part.answer->cost.currency.known();
  return answered ? part.answer->cost : part.asked.cost;
}

void take(std::vector<CasePiece>& pieces, const core::PoState& po, const core::PoLine& part,
          std::int64_t quantity) {
  if (quantity <= 0) return;
  pieces.push_back({part.asked.line, quantity, po.supplier, cost_now(part)});
}

std::vector<CasePiece> live_pieces(const core::PoState& po, std::int64_t line = 0) {
  std::vector<CasePiece> pieces;
  if (po.refused) return pieces;
  for (const auto& part : po.lines) {
    if (line == 0 || part.asked.line == line) take(pieces, po, part, part.live());
  }
  return pieces;
}

std::vector<CasePiece> unstopped_pieces(const core::PoState& po) {
  std::vector<CasePiece> pieces;
  for (const auto& part : po.lines) take(pieces, po, part, part.cancelling + part.kept);
  return pieces;
}

std::vector<CasePiece> parcel_pieces(const core::PoState& po, const core::ParcelState& parcel) {
  std::vector<CasePiece> pieces;
  for (const auto& packed : parcel.lines) {
    const auto* part = po.line(packed.line);
    if (!part) return {};
    take(pieces, po, *part, packed.quantity);
  }
  return pieces;
}

std::int64_t line_in(std::string_view about) {
  constexpr std::string_view word = " line ";
  const auto at = about.find(word);
  if (at == std::string_view::npos) return 0;
  std::int64_t line = 0;
  std::from_chars(about.data() + at + word.size(), about.data() + about.size(), line);
  return line;
}

}  // namespace

std::vector<CasePiece> named_pieces(const core::OrderState& state, std::string_view about) {
  const auto* po = po_of(state, about);
  if (!po) return {};
  if (const auto* parcel = parcel_of(state, about)) return parcel_pieces(*po, *parcel);
  return about.starts_with("cancel ") ? unstopped_pieces(*po) : live_pieces(*po, line_in(about));
}

std::vector<CasePiece> all_pieces(const core::OrderState& state) {
  for (const auto& line : state.lines) {
    if (state.on_order(line.line.line) < line.wanted()) return {};
  }
  std::vector<CasePiece> pieces;
  for (const auto& po : state.pos) std::ranges::copy(live_pieces(po), std::back_inserter(pieces));
  return pieces;
}

std::vector<CasePiece> moved_pieces(const core::OrderState& state, std::string_view about) {
  if (const auto* po = po_of(state, about)) return live_pieces(*po, line_in(about));
  if (about.find('@') != about.npos) return {};
  std::vector<CasePiece> drafts, live;
  for (const auto& po : state.pos) {
    const auto pieces = live_pieces(po);
    std::ranges::copy(pieces, std::back_inserter(live));
    if (po.released_event == 0) std::ranges::copy(pieces, std::back_inserter(drafts));
  }
  return drafts.empty() ? live : drafts;
}

std::optional<Money> cost_of(const std::vector<CasePiece>& pieces) {
  Sum sum;
  for (const auto& piece : pieces) sum.add_up(holdfast::price_of(piece.cost, piece.quantity));
  return sum.value();
}

std::optional<Money> price_of(const core::OrderState& state, const std::vector<CasePiece>& pieces) {
  Sum sum;
  for (const auto& piece : pieces) {
    const auto* line = state.line(piece.line);
    if (!line) return std::nullopt;
    sum.add_up(holdfast::price_of(line->line.price, piece.quantity));
  }
  return sum.value();
}

std::optional<Money> left_of(const std::optional<Money>& from, const std::optional<Money>& what) {
  if (!from || !what) return std::nullopt;
  const auto rest = subtract(*from, *what);
  return rest ? std::optional(*rest) : std::nullopt;
}

}  // namespace holdfast::engine
