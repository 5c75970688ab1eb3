#include "engine/views/case_supplier.h"

#include <charconv>
#include <string_view>

namespace holdfast::engine {
namespace {

/// Whether a text such as "gate@HF-7" or "HF-7 line 2" names this purchase order and no longer one.
bool names(std::string_view about, std::string_view po) {
  const auto at = about.find(po);
  if (po.empty() || at == std::string_view::npos) return false;
  const auto end = at + po.size();
  const bool begins = at == 0 || about[at - 1] == ' ' || about[at - 1] == '@';
  return begins && (end == about.size() || about[end] == ' ');
}

/// The supplier in a cause or a subject of automation: "supplier:ID" or "mapping:SKU@ID".
std::string_view supplier_in(std::string_view text) {
  constexpr std::string_view incident = "incident ", supplier = "supplier:", mapping = "mapping:";
  if (text.starts_with(incident)) text.remove_prefix(incident.size());
  if (text.starts_with(supplier)) return text.substr(supplier.size());
  const auto at = text.rfind('@');
  const bool mapped = text.starts_with(mapping) && at != std::string_view::npos;
  return mapped ? text.substr(at + 1) : std::string_view();
}

}  // namespace

const core::ParcelState* parcel_of(const core::OrderState& state, std::string_view about) {
  constexpr std::string_view word = "parcel ";
  const auto at = about.find(word);
  if (at == std::string_view::npos) return nullptr;
  const auto digits = about.substr(at + word.size());
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return state.parcel(number);
}

const core::PoState* po_of(const core::OrderState& state, std::string_view about) {
  for (const auto& po : state.pos) {
    if (names(about, po.po)) return &po;
  }
  const auto* parcel = parcel_of(state, about);
  return parcel ? state.po(parcel->po) : nullptr;
}

std::string supplier_of(const core::OrderState& state, const core::ExceptionState& known) {
  if (const auto* po = po_of(state, known.about)) return po->supplier;
  const auto cause = supplier_in(known.cause);
  return std::string(cause.empty() ? supplier_in(known.about) : cause);
}

}  // namespace holdfast::engine
