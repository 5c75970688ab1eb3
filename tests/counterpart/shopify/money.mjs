// Money as BigInt minor units of a currency; decimal strings at the edges, never a float.

const exponents = {
  JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, BHD: 3, KWD: 3, OMR: 3, TND: 3, JOD: 3,
};

/** Number of minor digits of an ISO 4217 currency. */
export const exponent = (currency) => exponents[currency] ?? 2;

const power = (n) => 10n ** BigInt(n);

/** Rounds a / b half away from zero; b > 0. */
function divide(a, b) {
  const half = a < 0n ? -b : b;
  return (2n * a + half) / (2n * b);
}

/** Minor units of the decimal `text` in `currency`; throws RangeError on anything else. */
export function minor(text, currency) {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text));
  if (!match) throw new RangeError(`not a decimal amount: ${text}`);
  const [, sign, whole, fraction = ''] = match;
  const scaled = BigInt(whole + fraction) * power(exponent(currency));
  const value = divide(scaled, power(fraction.length));
  return sign ? -value : value;
}

/** Decimal text with the currency's own digits, as REST-shaped payloads write it ("10.00"). */
export function decimal(amount, currency) {
  const digits = exponent(currency);
  const sign = amount < 0n ? '-' : '';
  const text = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0');
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Decimal text as GraphQL answers write it: at least one digit, no further zeros ("10.0"). */
export function graphql_decimal(amount, currency) {
  const text = decimal(amount, currency);
  if (!text.includes('.')) return `${text}.0`;
  return text.replace(/0+$/, '').replace(/\.$/, '.0');
}

/** `amount` of `from` turned into minor units of `to` at the decimal text `rate`. */
export function convert(amount, from, to, rate) {
  const [whole, fraction = ''] = String(rate).split('.');
  const scaled = amount * BigInt(whole + fraction) * power(exponent(to));
  return divide(scaled, power(fraction.length) * power(exponent(from)));
}
