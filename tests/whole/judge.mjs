// Compares what each side of a rehearsal wrote into its own books. Every function gives a list of
// sentences, one per difference; an empty list means that the books agree.

const by = (items, key) => new Map(items.map((item) => [key(item), item]));
const sum = (items, of) => items.reduce((total, item) => total + of(item), 0);

/** All cases of each order by its number at the store; '' for those about no order. */
function cases_of(got) {
  const all = new Map();
  for (const one of got.cases) all.set(one.store_number, [...all.get(one.store_number) ?? [], one]);
  return all;
}

/** Each order has exactly the cases its entry of the list names; the others have none. */
export function wrong_cases(got) {
  const wrong = [];
  const open = cases_of(got);
  const numbers = [...got.books.shop.orders.map((o) => o.order), ''];
  for (const number of numbers) {
    const wanted = [...got.planted.get(number)?.cases ?? []].sort().join(' ');
    const seen = open.get(number) ?? [];
    const had = seen.map((c) => c.reason).sort().join(' ');
    if (had !== wanted) {
      const words = seen.map((c) => `${c.reason} (${c.about}: ${c.detail})`).join('; ');
      wrong.push(`${number} ${JSON.stringify(got.planted.get(number) ?? {})}: had [${words}]`);
    }
  }
  for (const one of got.cases) {
    if (!one.owner || !one.next_action || !one.review_by) {
      wrong.push(`${one.store_number} ${one.reason}: owner, next action or deadline is missing`);
    }
  }
  return wrong;
}

/** The shop's orders are ours, and those that were left alone are delivered. */
export function wrong_stages(got) {
  const ours = by(got.orders, (o) => o.store_number);
  const wrong = [];
  for (const { order } of got.books.shop.orders) {
    const own = ours.get(order);
    if (!own) wrong.push(`${order}: the program does not know it`);
    else if (!got.planted.has(order) && (own.stage !== 'delivered' || own.live)) {
      wrong.push(`${order}: left alone and ${own.stage}${own.live ? ', still live' : ''}`);
    }
  }
  if (ours.size !== got.orders.length) wrong.push('an order of the store is twice in our book');
  return wrong;
}

/** What stands of a purchase order's line in the supplier's book. */
function standing(line) {
  if (line.answer === 'rejected' || line.answer === 'backordered') return 0;
  const left = line.quantity - line.cancelled;
  return line.answer === null ? left : Math.min(line.accepted, left);
}

const line_words = (line, said, left) => `${line.supplier_sku} ${line.quantity} ${said} ${left}`;

/** One purchase order against the supplier's entry for it. */
function wrong_lines(po, booked) {
  const wrong = [];
  if (booked.times_received !== 1) wrong.push(`received ${booked.times_received} times`);
  const lines = by(booked.lines, (l) => l.line);
  for (const line of po.lines) {
    const other = lines.get(line.line);
    lines.delete(line.line);
    const ours = line_words(line, line.answer?.kind ?? null, line.live);
    const theirs = other && line_words(other, other.answer, standing(other));
    if (ours !== theirs) wrong.push(`line ${line.line}: ours ${ours}, theirs ${theirs}`);
  }
  if (lines.size > 0) wrong.push('the supplier has lines that we have not');
  return wrong;
}

/** Suppliers' books against ours, line by line, in both directions. */
export function wrong_purchases(got) {
  const wrong = [];
  const theirs = by(got.books.suppliers, (po) => `${po.supplier} ${po.po}`);
  for (const order of got.orders) {
    const placed = order.purchase_orders.filter((p) => p.released_at && p.supplier !== 'manual');
    for (const po of placed) {
      const key = `${po.supplier} ${po.po}`;
      const booked = theirs.get(key);
      theirs.delete(key);
      const found = booked ? wrong_lines(po, booked) : ['not in the supplier\'s book'];
      if (booked || !po.refused) {
        wrong.push(...found.map((words) => `${order.store_number} ${key}: ${words}`));
      }
    }
  }
  for (const key of theirs.keys()) wrong.push(`${key}: in the supplier's book alone`);
  return wrong;
}

/** First moment at which a carrier had the parcel in its hands; undefined while it had not. */
function taken_at(carried, number) {
  const parcel = carried.get(number);
  return (parcel.replaces ? taken_at(carried, parcel.replaces) : undefined)
    ?? parcel.scans.find((s) => s.code !== 'InfoReceived')?.at;
}

/** By order: [{number, line, quantity}], what the suppliers' parcels hold. */
function pieces_sent(got) {
  const sent = new Map();
  for (const po of got.books.suppliers) {
    const pieces = sent.get(po.order) ?? [];
    for (const parcel of po.parcels) {
      for (const piece of parcel.lines) pieces.push({ number: parcel.number, ...piece });
    }
    sent.set(po.order, pieces);
  }
  return sent;
}

/** One fulfillment of a line at the shop against the parcels that were carried with it. */
function wrong_fulfillment(one, due, carried) {
  const parcel = due.find((p) => p.number === one.tracking);
  if (!parcel) return `fulfilled with ${one.tracking}, which was not carried`;
  if (one.at < taken_at(carried, parcel.number)) return `fulfilled at ${one.at}, before the scan`;
  return one.quantity === parcel.quantity ? '' : `${one.quantity} told of ${parcel.quantity}`;
}

/** Each line in a parcel that moved is fulfilled once, with that number, after the scan. */
export function wrong_fulfillments(got) {
  const wrong = [];
  const carried = by(got.books.carriers, (p) => p.number);
  const sent = pieces_sent(got);
  const ours = by(got.orders, (o) => o.store_number);
  for (const { order, lines } of got.books.shop.orders) {
    const { untold, keeps_old_number } = got.planted.get(order) ?? {};
    const told = !untold;
    for (const line of lines) {
      const number = ours.get(order)?.lines.find((l) => l.channel_line === line.line)?.line;
      const done = line.fulfillments.filter((f) => f.by_app && f.status === 'SUCCESS');
      const moved = (sent.get(order) ?? []).filter((p) => p.line === number
        && taken_at(carried, p.number));
      // A store that refused the second courier's number still shows the first one's.
      const due = keeps_old_number
        ? moved.map((p) => ({ ...p, number: carried.get(p.number).replaces })) : moved;
      const words = done.map((one) => wrong_fulfillment(one, due, carried)).filter(Boolean);
      const wanted = told ? due.length : 0;
      if (done.length !== wanted) words.push(`${done.length} times for ${wanted} parcels`);
      if (new Set(done.map((f) => f.tracking)).size !== done.length) words.push('twice');
      if (sum(done, (f) => f.quantity) > line.ordered) words.push('too many pieces');
      wrong.push(...words.map((w) => `${order} ${line.sku}: ${w}`));
    }
  }
  return wrong;
}

const moments = [
  ['carrier_pickup', (code) => code !== 'InfoReceived'],
  ['out_for_delivery', (code) => code.startsWith('OutForDelivery')],
  ['delivered', (code) => code.startsWith('Delivered')],
];

/** Every mailbox holds exactly the messages of the moments passed. */
export function wrong_mailboxes(got) {
  const wrong = [];
  const wanted = new Map();  // mailbox → {moment: count}
  const box_of = new Map();
  for (const { order, buyer } of got.books.shop.orders) {
    const entry = got.planted.get(order) ?? {};
    box_of.set(order, buyer);
    wanted.set(buyer, { order_confirmed: 1, ...entry.mail });
  }
  for (const parcel of got.books.carriers) {
    const box = wanted.get(box_of.get(parcel.order));
    if (got.planted.get(parcel.order)?.no_mail) continue;
    for (const [moment, passed] of moments) {
      if (moment === 'carrier_pickup' && parcel.replaces) continue;
      if (parcel.scans.some((s) => passed(s.code))) box[moment] = (box[moment] ?? 0) + 1;
    }
  }
  const names = new Map([...box_of].map(([order, box]) => [box, order]));
  for (const [box, counts] of wanted) {
    const mails = got.books.mailboxes[box] ?? [];
    const had = {};
    for (const mail of mails) had[mail.moment] = (had[mail.moment] ?? 0) + 1;
    const text = (o) => Object.entries(o).filter(([, n]) => n > 0).sort().join(' ');
    if (text(had) !== text(counts)) {
      const planted = JSON.stringify(got.planted.get(names.get(box)) ?? {});
      wrong.push(`${names.get(box)} ${planted}: had ${text(had)}, wanted ${text(counts)}`);
    }
    const ids = mails.filter((m) => !m.by_store).map((m) => m.message_id);
    if (new Set(ids).size !== ids.length) wrong.push(`${names.get(box)}: one letter came twice`);
  }
  return wrong;
}

/** Every way in which Shopify refuses a request. */
const refusals = ['undefinedField', 'missingRequiredArguments', 'argumentLiteralsIncompatible',
  'argumentNotAccepted', 'INVALID_VARIABLE', 'access_denied', 'RESOURCE_NOT_FOUND',
  'MAX_INPUT_SIZE_EXCEEDED', 'MAX_COST_EXCEEDED', 'throttle', 'internal', 'user_errors', '401',
  '402', '403', '404', '423', '429', '430', '502', '503'];

/** What the counterpart before the shop found: invalid, deprecated, unsent, unfit, unstruck. */
export function wrong_requests(got, files) {
  const wrong = [];
  const { invalid, deprecated, upstream_faults, documents, left, struck } = got.shop_api;
  if (invalid > 0) wrong.push(`${invalid} invalid requests`);
  if (deprecated > 0) wrong.push(`${deprecated} deprecated uses`);
  for (const fault of upstream_faults) wrong.push(`unfit answer: ${JSON.stringify(fault)}`);
  const sent = new Set(documents.map((d) => d.text));
  for (const [name, text] of files) if (!sent.has(text)) wrong.push(`${name} was never sent`);
  for (const rule of left) wrong.push(`never struck: ${JSON.stringify(rule)}`);
  const met = new Set(struck.map((s) => s.code ?? String(s.status ?? s.kind)));
  for (const kind of refusals) if (!met.has(kind)) wrong.push(`${kind} was never refused`);
  const [hit, all] = [struck.length, got.rules.length];
  if (hit !== all) wrong.push(`${hit} of ${all} refusals struck`);
  return wrong;
}

/** Nothing is on its way any more. */
export function wrong_rest({ health }) {
  const counts = { 'inbox waiting': health.inbox.waiting, 'inbox not understood':
    health.inbox.not_understood, 'outbox unsent': health.outbox.unsent, 'outbox sending':
    health.outbox.sending, 'outbox unknown': health.outbox.unknown, 'outbox dead':
    health.outbox.dead, 'timers overdue': health.timers.overdue };
  return Object.entries(counts).filter(([, n]) => n > 0).map(([what, n]) => `${what}: ${n}`);
}
