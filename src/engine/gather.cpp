#include "engine/gather.h"

#include <algorithm>

namespace holdfast::engine {
namespace {

// Digits and capitals without those that look alike: 0/O, 1/I/L and U.
constexpr std::string_view signs = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t base = signs.size();
constexpr std::size_t digits_at_least = 5;
constexpr std::size_t most_judged = 20'000;
// Walking all that was judged is not for every step; a gate that stops one more is counted at once.
constexpr Duration shares_counted_every = seconds(10);

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

void Meter::judged(const std::string& name, const std::string& supplier, Instant at) {
  while (!judged_in_order_.empty()) {
    const auto oldest = judged_.find(judged_in_order_.front());
    const bool keep = judged_.size() < most_judged && oldest->second.at + days(1) >= at;
    if (keep) break;
    judged_.erase(oldest);
    judged_in_order_.pop_front();
  }
  if (judged_.emplace(name, Judged{supplier, at, {}}).second) judged_in_order_.push_back(name);
}

void Meter::stopped(const std::string& name, const std::string& gate) {
  const auto found = judged_.find(name);
  if (found == judged_.end() || !found->second.gates.insert(gate).second) return;
  shares_until_ = {};
}

/// The gate that stopped too large a share of what was judged in the window; "" for none.
std::string Meter::too_many_stopped(const LimitPolicy& limit, Instant now) const {
  if (limit.share_failing_permille <= 0) return {};
  std::int64_t all = 0;
  std::map<std::string, std::int64_t> by_gate;
  for (const auto& [name, judged] : judged_) {
    if (judged.supplier != limit.supplier || judged.at + limit.share_window < now) continue;
    ++all;
    for (const auto& gate : judged.gates) ++by_gate[gate];
  }
  if (all < std::max<std::int64_t>(1, limit.share_from_orders)) return {};
  for (const auto& [gate, count] : by_gate) {
    if (count * 1000 <= all * limit.share_failing_permille) continue;
    return "gate " + gate + " stopped " + std::to_string(count) + " of " + std::to_string(all) +
           " orders within " + to_text(limit.share_window);
  }
  return {};
}

std::map<std::string, std::string> Meter::tripped(const Policy& policy, Instant now) {
  for (auto* window : {&hour_, &day_}) window->forget_before(now);
  if (now >= shares_until_) {
    for (const auto& limit : policy.limits) shares_[limit.supplier] = too_many_stopped(limit, now);
    shares_until_ = now + shares_counted_every;
  }
  std::map<std::string, std::string> names;
  for (const auto& limit : policy.limits) {
    const bool hour = hour_.exceeds(limit.supplier, limit.orders_an_hour, limit.money_an_hour);
    const bool day = day_.exceeds(limit.supplier, limit.orders_a_day, limit.money_a_day);
    const auto& gate = shares_[limit.supplier];
    if (!hour && !day && gate.empty()) continue;
    const std::string words = hour  ? "the limit of one hour is reached"
                              : day ? "the limit of one day is reached"
                                    : gate;
    names[limit.supplier.empty() ? "*" : limit.supplier] = words;
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
