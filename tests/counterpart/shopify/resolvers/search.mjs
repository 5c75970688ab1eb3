// The search syntax of `query:` arguments, as far as order and fulfillment order lists use it:
// terms joined by spaces or AND. Terms it does not know are reported, never silently obeyed.

const term = /(?:(\w+):)?(>=|<=|>|<|)(?:'([^']*)'|"([^"]*)"|([^\s()]+))/g;

/** Terms of a search text: [{field, op, value}]; `field` is null for a bare word. */
export function parse_search(text) {
  const terms = [];
  for (const match of String(text ?? '').matchAll(term)) {
    const [whole, field = null, op, single, double, bare] = match;
    if (whole === 'AND') continue;
    terms.push({ field, op: op || '=', value: single ?? double ?? bare });
  }
  return terms;
}

function compare_time(op, actual, wanted) {
  const a = Date.parse(actual);
  const b = Date.parse(wanted);
  switch (op) {
    case '>=': return a >= b;
    case '<=': return a <= b;
    case '>': return a > b;
    case '<': return a < b;
    default: return a === b;
  }
}

/**
 * Whether a record passes every term. `read` maps a field to {time} or {text: [..]}; a field it
 * does not have is added to `unknown` and passes, as a real shop ignores it.
 */
export function passes(terms, read, unknown) {
  return terms.every(({ field, op, value }) => {
    const source = read[field ?? 'default'];
    if (!source) {
      unknown.add(field ?? value);
      return true;
    }
    const actual = source();
    if ('time' in actual) return actual.time !== null && compare_time(op, actual.time, value);
    return actual.text.some((t) => String(t).toLowerCase() === value.toLowerCase());
  });
}
