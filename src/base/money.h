#pragma once
// Money and UnitPrice: integers in a currency's own minor unit; never floating point.
// Sums across currencies are refused, and rounding happens in one function only.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace holdfast {

/// ISO 4217 alphabetic code, upper case; empty means "not known".
struct Currency {
  char code[4] = {};

  auto operator<=>(const Currency&) const = default;
  std::string_view text() const { return code; }
  bool known() const { return code[0] != 0; }
};

/// Reads a three-letter code; Invalid when it is not three letters A–Z.
Result<Currency> parse_currency(std::string_view text);

/// Decimal places of the currency's minor unit by ISO 4217 (JPY 0, EUR 2, KWD 3); 2 when unlisted.
int exponent_of(Currency currency);

/// An amount in minor units of its currency.
struct Money {
  std::int64_t minor = 0;
  Currency currency;

  auto operator<=>(const Money&) const = default;
};

/// A price for one piece, in millionths of the currency's major unit.
struct UnitPrice {
  std::int64_t micros = 0;
  Currency currency;

  auto operator<=>(const UnitPrice&) const = default;
};

/// Sum; Invalid when the currencies differ or the sum leaves 64 bits. An amount of 0 without a
/// currency takes the other's.
Result<Money> add(Money a, Money b);

/// Difference; Invalid as for add.
Result<Money> subtract(Money a, Money b);

/// Price for `quantity` pieces, rounded half away from zero to the minor unit; the only rounding.
/// Invalid when it leaves 64 bits.
Result<Money> price_of(UnitPrice price, std::int64_t quantity);

/// "12.50 EUR", "1200 JPY": for people and stories.
std::string to_text(Money money);
std::string to_text(UnitPrice price);

/// The bare decimal, "12.50", as partners' APIs expect it.
std::string decimal_text(Money money);

/// Reads "12.50 EUR"; Invalid when it is not an amount or has more places than the currency.
Result<Money> parse_money(std::string_view text);
Result<UnitPrice> parse_unit_price(std::string_view text);

/// Reads a bare decimal such as "12.50" in a known currency; extra zeros are fine, more precision
/// than the currency has is Invalid.
Result<Money> money_from_decimal(std::string_view decimal, Currency currency);

/// Reads a bare decimal with up to six places; Invalid when it has more.
Result<UnitPrice> unit_price_from_decimal(std::string_view decimal, Currency currency);

}  // namespace holdfast
