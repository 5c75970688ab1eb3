// Connections by keyset: a cursor names the last record seen, so pages stay right while records
// are added. Cursors are opaque to clients.

const encode = (cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64');

function decode(text) {
  try {
    const { last_id, last_value } = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return { id: BigInt(last_id), value: last_value };
  } catch {
    const error = new Error('Invalid cursor for current pagination sort.');
    error.extensions = { code: 'BAD_REQUEST' };
    throw error;
  }
}

const order_of = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A page of `records` ([{id: BigInt}]) by `args` {first, last, after, before, reverse}, sorted
 * by `value_of` (text) and then id.
 */
export function page(records, args, value_of = () => '') {
  const sign = args.reverse ? -1 : 1;
  const keyed = records.map((record) => ({ record, id: record.id, value: value_of(record) }));
  const compare = (a, b) => sign * (order_of(a.value, b.value) || order_of(a.id, b.id));
  keyed.sort(compare);
  let rest = keyed;
  if (args.after) {
    const after = decode(args.after);
    rest = rest.filter((k) => compare(k, after) > 0);
  }
  if (args.before) {
    const before = decode(args.before);
    rest = rest.filter((k) => compare(k, before) < 0);
  }
  const from_end = args.first === undefined || args.first === null;
  const size = (from_end ? args.last : args.first) ?? rest.length;
  const shown = from_end ? rest.slice(Math.max(0, rest.length - size)) : rest.slice(0, size);
  const cursor = (k) => encode({ last_id: k.id.toString(), last_value: String(k.value) });
  const more = rest.length > shown.length;
  return {
    nodes: shown.map((k) => k.record),
    edges: shown.map((k) => ({ node: k.record, cursor: cursor(k) })),
    pageInfo: {
      hasNextPage: from_end ? Boolean(args.before) : more,
      hasPreviousPage: from_end ? more : Boolean(args.after),
      startCursor: shown.length > 0 ? cursor(shown[0]) : null,
      endCursor: shown.length > 0 ? cursor(shown.at(-1)) : null,
    },
  };
}
