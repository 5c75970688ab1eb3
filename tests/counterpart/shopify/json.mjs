// JSON with exact 64-bit integers: BigInt values are written as bare numbers, and integers
// beyond 2^53 are read back as BigInt. Nothing here may round an id.

/** Text of `value`; a BigInt becomes a bare JSON number with every digit. */
export function stringify(value, indent) {
  const exact = (_key, v) => (typeof v === 'bigint' ? JSON.rawJSON(v.toString()) : v);
  return JSON.stringify(value, exact, indent);
}

/** Value of `text`; an integer that a double cannot hold becomes a BigInt. Throws SyntaxError. */
export function parse(text) {
  return JSON.parse(text, (_key, v, context) => {
    if (typeof v !== 'number' || Number.isSafeInteger(v)) return v;
    return /^-?\d+$/.test(context?.source ?? '') ? BigInt(context.source) : v;
  });
}
