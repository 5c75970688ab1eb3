#include "base/money.h"

#include <array>
#include <utility>

namespace holdfast {
namespace {

using Wide = __int128;

// ISO 4217 list one, entries whose minor unit is not 2.
constexpr std::array<std::pair<std::string_view, int>, 24> exponents{{
    {"BHD", 3}, {"BIF", 0}, {"CLP", 0}, {"DJF", 0}, {"GNF", 0}, {"IQD", 3}, {"ISK", 0}, {"JOD", 3},
    {"JPY", 0}, {"KMF", 0}, {"KRW", 0}, {"KWD", 3}, {"LYD", 3}, {"OMR", 3}, {"PYG", 0}, {"RWF", 0},
    {"TND", 3}, {"UGX", 0}, {"UYI", 0}, {"VND", 0}, {"VUV", 0}, {"XAF", 0}, {"XOF", 0}, {"XPF", 0},
}};

std::int64_t power_of_ten(int n) {
  std::int64_t value = 1;
  for (int i = 0; i < n; ++i) value *= 10;
  return value;
}

Result<std::int64_t> narrow(Wide value) {
  if (value > INT64_MAX || value < INT64_MIN) {
    return fail(ErrorCode::Invalid, "amount leaves the range of 64 bits");
  }
  return static_cast<std::int64_t>(value);
}

/// Decimal text to an integer scaled by 10^places; digits beyond must be zero.
Result<std::int64_t> scaled(std::string_view text, int places) {
  const auto bad = [&](const char* why) {
    return fail(ErrorCode::Invalid, why, std::string(text.substr(0, 40)),
                "write digits with a point, for example 12.50");
  };
  std::string_view rest = text;
  const bool negative = !rest.empty() && rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  if (rest.empty() || rest.size() > 32) return bad("not a decimal number");
  Wide value = 0;
  int seen = -1;
  bool any = false;
  for (char c : rest) {
    if (c == '.' && seen < 0) {
      seen = 0;
      continue;
    }
    if (c < '0' || c > '9') return bad("not a decimal number");
    any = true;
    if (seen >= places) {
      if (c != '0') return bad("more decimal places than the currency has");
      continue;
    }
    value = value * 10 + (c - '0');
    if (seen >= 0) ++seen;
    if (value > Wide(INT64_MAX)) return bad("amount leaves the range of 64 bits");
  }
  if (!any) return bad("not a decimal number");
  for (int i = seen < 0 ? 0 : seen; i < places; ++i) value *= 10;
  return narrow(negative ? -value : value);
}

std::string decimal(std::int64_t value, int places, int least_places) {
  const bool negative = value < 0;
  const auto magnitude = static_cast<std::uint64_t>(value);
  auto digits = std::to_string(negative ? 0 - magnitude : magnitude);
  while (digits.size() <= static_cast<std::size_t>(places)) digits.insert(digits.begin(), '0');
  if (places > 0) {
    digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
    int keep = places;
    while (keep > least_places && digits.back() == '0') {
      digits.pop_back();
      --keep;
    }
    if (digits.back() == '.') digits.pop_back();
  }
  return (negative ? "-" : "") + digits;
}

Result<std::pair<std::string_view, Currency>> amount_and_currency(std::string_view text) {
  const auto space = text.rfind(' ');
  if (space == std::string_view::npos) {
    return fail(ErrorCode::Invalid, "not an amount", std::string(text.substr(0, 40)),
                "write it as 12.50 EUR");
  }
  auto currency = parse_currency(text.substr(space + 1));
  if (!currency) return fail(currency.error());
  return std::pair{text.substr(0, space), *currency};
}

}  // namespace

Result<Currency> parse_currency(std::string_view text) {
  Currency currency;
  bool good = text.size() == 3;
  for (std::size_t i = 0; good && i < 3; ++i) {
    good = text[i] >= 'A' && text[i] <= 'Z';
    currency.code[i] = text[i];
  }
  if (!good) {
    return fail(ErrorCode::Invalid, "not a currency", std::string(text.substr(0, 12)),
                "use an ISO 4217 code such as EUR");
  }
  return currency;
}

int exponent_of(Currency currency) {
  for (const auto& [code, exponent] : exponents) {
    if (code == currency.text()) return exponent;
  }
  return 2;
}

Result<Money> add(Money a, Money b) {
  if (!a.currency.known() && a.minor == 0) return b;
  if (!b.currency.known() && b.minor == 0) return a;
  if (a.currency != b.currency) {
    return fail(ErrorCode::Invalid, "amounts in different currencies cannot be added",
                to_text(a) + " and " + to_text(b));
  }
  auto sum = narrow(Wide(a.minor) + b.minor);
  if (!sum) return fail(sum.error());
  return Money{*sum, a.currency};
}

Result<Money> subtract(Money a, Money b) { return add(a, Money{-b.minor, b.currency}); }

Result<Money> price_of(UnitPrice price, std::int64_t quantity) {
  const Wide micros = Wide(price.micros) * quantity;
  const Wide unit = power_of_ten(6 - exponent_of(price.currency));
  const Wide half = unit / 2;
  auto minor = narrow(micros >= 0 ? (micros + half) / unit : -((-micros + half) / unit));
  if (!minor) return fail(minor.error());
  return Money{*minor, price.currency};
}

std::string decimal_text(Money money) {
  const int places = exponent_of(money.currency);
  return decimal(money.minor, places, places);
}

std::string to_text(Money money) {
  return decimal_text(money) + " " + std::string(money.currency.text());
}

std::string to_text(UnitPrice price) {
  return decimal(price.micros, 6, exponent_of(price.currency)) + " " +
         std::string(price.currency.text());
}

Result<Money> money_from_decimal(std::string_view text, Currency currency) {
  auto minor = scaled(text, exponent_of(currency));
  if (!minor) return fail(minor.error());
  return Money{*minor, currency};
}

Result<UnitPrice> unit_price_from_decimal(std::string_view text, Currency currency) {
  auto micros = scaled(text, 6);
  if (!micros) return fail(micros.error());
  return UnitPrice{*micros, currency};
}

Result<Money> parse_money(std::string_view text) {
  auto parts = amount_and_currency(text);
  if (!parts) return fail(parts.error());
  return money_from_decimal(parts->first, parts->second);
}

Result<UnitPrice> parse_unit_price(std::string_view text) {
  auto parts = amount_and_currency(text);
  if (!parts) return fail(parts.error());
  return unit_price_from_decimal(parts->first, parts->second);
}

}  // namespace holdfast
