#include "engine/gather.h"

#include <algorithm>

namespace holdfast::engine {
namespace {

// Digits and capitals without those that look alike: 0/O, 1/I/L and U.
constexpr std::string_view signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t base = signs.size();
constexpr std::size_t digits_at_least = 5;

const std::string all_together;  // the name of no supplier

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

void Meter::Window::change(const Entry& entry, std::int64_t by) {
  for (const auto* name : {&all_together, &entry.supplier}) {
    auto& sum = sums[*name];
    sum.orders += by;
    sum.minor[entry.amount.currency] += by * entry.amount.minor;
  }
}

void Meter::Window::add(const Entry& entry) {
  forget_before(entry.at);
  entries.push_back(entry);
  change(entry, 1);
}

void Meter::Window::forget_before(Instant now) {
  while (!entries.empty() && entries.front().at + span < now) {
    change(entries.front(), -1);
    entries.pop_front();
  }
}

bool Meter::Window::exceeds(const std::string& supplier, std::int64_t most,
                            Money most_money) const {
  const auto found = sums.find(supplier);
  if (found == sums.end()) return false;
  if (most > 0 && found->second.orders >= most) return true;
  if (!most_money.currency.known() || most_money.minor <= 0) return false;
  const auto spent = found->second.minor.find(most_money.currency);
  return spent != found->second.minor.end() && spent->second >= most_money.minor;
}

void Meter::count(const std::string& supplier, Instant at, Money amount) {
  for (auto* window : {&hour_, &day_}) window->add({supplier, at, amount});
}

std::vector<std::string> Meter::tripped(const Policy& policy, Instant now) {
  for (auto* window : {&hour_, &day_}) window->forget_before(now);
  std::vector<std::string> names;
  for (const auto& limit : policy.limits) {
    const bool hour = hour_.exceeds(limit.supplier, limit.orders_an_hour, limit.money_an_hour);
    const bool day = day_.exceeds(limit.supplier, limit.orders_a_day, limit.money_a_day);
    if (hour || day) names.push_back(limit.supplier.empty() ? "*" : limit.supplier);
  }
  return names;
}

Catalogue::Catalogue(std::vector<Offer> offers) {
  for (auto& offer : offers) put(std::move(offer));
}

const std::vector<Offer>& Catalogue::offers(const std::string& sku) const {
  static const std::vector<Offer> none;
  const auto found = by_sku_.find(sku);
  return found == by_sku_.end() ? none : found->second;
}

void Catalogue::put(Offer offer) {
  auto& offers = by_sku_[offer.sku];
  for (auto& known : offers) {
    if (known.supplier == offer.supplier) {
      known = std::move(offer);
      return;
    }
  }
  offers.push_back(std::move(offer));
}

}  // namespace holdfast::engine
