#include "engine/gather.h"

#include <algorithm>

namespace holdfast::engine {
namespace {

// Digits and capitals without those that look alike: 0/O, 1/I/L and U.
constexpr std::string_view signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t base = signs.size();
constexpr std::size_t digits_at_least = 5;

char check_sign(std::string_view text) {
  std::size_t sum = 7;
  for (char c : text) sum = (sum * 31 + static_cast<unsigned char>(c)) % base;
  return signs[sum];
}

}  // namespace

std::string po_number(std::string_view prefix, std::int64_t counter) {
  std::string digits;
  for (auto rest = static_cast<std::uint64_t>(counter); rest > 0; rest /= base) {
    digits.push_back(signs[rest % base]);
  }
  while (digits.size() < digits_at_least) digits.push_back(signs[0]);
  std::reverse(digits.begin(), digits.end());
  std::string number = std::string(prefix) + "-" + digits;
  number.push_back(check_sign(number));
  return number;
}

bool po_number_fits(std::string_view number) {
  if (number.size() < 4 || number.size() > 30) return false;
  return check_sign(number.substr(0, number.size() - 1)) == number.back();
}

Catalogue::Catalogue(std::vector<Offer> offers) {
  for (auto& offer : offers) put(std::move(offer));
}

const std::vector<std::shared_ptr<const Offer>>& Catalogue::offers(const std::string& sku) const {
  static const std::vector<std::shared_ptr<const Offer>> none;
  const auto found = by_sku_.find(sku);
  return found == by_sku_.end() ? none : found->second;
}

void Catalogue::put(Offer offer) {
  auto& offers = by_sku_[offer.sku];
  auto stated = std::make_shared<const Offer>(std::move(offer));
  for (auto& known : offers) {
    if (known->supplier == stated->supplier) {
      known = std::move(stated);
      return;
    }
  }
  offers.push_back(std::move(stated));
}

}  // namespace holdfast::engine
