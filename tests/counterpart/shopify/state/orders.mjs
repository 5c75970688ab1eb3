// Orders: placing, paying, editing, refunding, cancelling. Money is BigInt minor units of the
// shop's currency; presentment amounts are converted when shown.
import { convert, minor } from '../money.mjs';
import { order_payload, refund_payload } from '../payloads.mjs';
import { Refusal } from './refusal.mjs';
import { add_part, is_live, route } from './routing.mjs';

const week_ms = 7 * 24 * 3600 * 1000;

function person_address(given) {
  if (!given) return null;
  const base = {
    firstName: 'Buyer', lastName: 'One', company: null, address1: null, address2: null,
    city: null, province: null, provinceCode: null, zip: null, country: null, countryCode: null,
    phone: null, latitude: null, longitude: null,
  };
  return { ...base, ...given };
}

const default_address = {
  address1: '12 Example Street', city: 'Springfield', province: 'Illinois', provinceCode: 'IL',
  zip: '62701', country: 'United States', countryCode: 'US', phone: '+12175550123',
};

function location_of(shop, text) {
  if (!text) return shop.primary;
  const found = [...shop.locations.values()].find((l) => l.name === text
    || String(l.id) === String(text) || `gid://shopify/Location/${l.id}` === text);
  if (!found) throw new RangeError(`no location ${text}`);
  return found;
}

function make_line(shop, order, given) {
  const price = minor(given.price ?? '10.00', order.currency);
  const quantity = given.quantity ?? 1;
  const gift_card = Boolean(given.giftCard);
  const tip = Boolean(given.tip);
  const title = given.title ?? (tip ? 'Tip' : gift_card ? 'Gift card' : `Article ${given.sku}`);
  const custom = tip || given.custom;
  const found = custom ? null : shop.variant_for({
    sku: given.sku ?? null, title, vendor: given.vendor ?? shop.name, price,
    grams: given.grams ?? 0, variantTitle: given.variantTitle ?? null,
  });
  return {
    id: shop.world.id(), title, tip, gift_card, price, quantity, current: quantity,
    sku: given.sku ?? null, variant: found?.variant ?? null, product: found?.product ?? null,
    variant_title: given.variantTitle ?? null, vendor: given.vendor ?? shop.name,
    requires_shipping: given.requiresShipping ?? !(tip || gift_card),
    discount: minor(given.discount ?? '0', order.currency),
    grams: given.grams ?? 0, attributes: given.attributes ?? [],
    location: location_of(shop, given.location),
    fulfill_at: given.fulfillAt ?? order.fulfill_at,
    fulfill_by: given.fulfillBy ?? order.fulfill_by,
  };
}

export const line_total = (line, quantity = line.quantity) =>
  line.price * BigInt(quantity) - line.discount * BigInt(quantity) / BigInt(line.quantity || 1);

/** Sums of the order in minor units: {items, total, current, received, refunded, net, ...}. */
export function totals(order) {
  const items = order.lines.reduce((sum, l) => sum + line_total(l), 0n);
  const standing = order.lines.reduce((sum, l) => sum + line_total(l, l.current), 0n);
  const done = order.transactions.filter((t) => t.status === 'SUCCESS');
  const sum_of = (...kinds) => done.filter((t) => kinds.includes(t.kind))
    .reduce((sum, t) => sum + t.amount, 0n);
  const received = sum_of('SALE', 'CAPTURE');
  const refunded = sum_of('REFUND');
  const voided = done.some((t) => t.kind === 'VOID');
  const authorized = voided ? 0n : sum_of('AUTHORIZATION') - sum_of('CAPTURE');
  const shipping = order.shipping_line?.price ?? 0n;
  return {
    items, shipping, total: items + shipping, current: standing + shipping,
    received, refunded, net: received - refunded,
    capturable: authorized > 0n ? authorized : 0n, voided,
    discounts: order.lines.reduce((sum, l) => sum + l.discount, 0n),
    tips: order.lines.filter((l) => l.tip).reduce((sum, l) => sum + line_total(l), 0n),
  };
}

/** OrderDisplayFinancialStatus as the transactions give it. */
export function financial_status(shop, order) {
  const sums = totals(order);
  if (sums.refunded > 0n) {
    return sums.refunded >= sums.received ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  }
  if (sums.received >= sums.total && (sums.received > 0n || sums.total === 0n)) return 'PAID';
  if (sums.received > 0n) return 'PARTIALLY_PAID';
  if (sums.voided) return 'VOIDED';
  if (sums.capturable > 0n) {
    const open = order.transactions.find((t) => t.kind === 'AUTHORIZATION');
    const lapsed = open.expires_at && Date.parse(open.expires_at) <= shop.world.now_ms();
    return lapsed ? 'EXPIRED' : 'AUTHORIZED';
  }
  return 'PENDING';
}

export const quantity_shipped = (shop, line) => shop.shipments_of(line.order)
  .filter((f) => f.status === 'SUCCESS').flatMap((f) => f.lines)
  .filter((l) => l.line === line).reduce((sum, l) => sum + l.quantity, 0);

export const quantity_open = (shop, line) => shop.parts_of(line.order).filter(is_live)
  .flatMap((p) => p.lines).filter((l) => l.line === line).reduce((sum, l) => sum + l.remaining, 0);

/** OrderDisplayFulfillmentStatus as the parts and shipments give it. */
export function fulfillment_status(shop, order, names_not_required = true) {
  const parts = shop.parts_of(order);
  const open = order.lines.reduce((sum, l) => sum + quantity_open(shop, l), 0);
  const shipped = order.lines.reduce((sum, l) => sum + quantity_shipped(shop, l), 0);
  if (shipped > 0) return open > 0 ? 'PARTIALLY_FULFILLED' : 'FULFILLED';
  if (parts.some((p) => p.status === 'ON_HOLD')) return 'ON_HOLD';
  if (parts.some((p) => p.status === 'SCHEDULED')) return 'SCHEDULED';
  if (parts.some((p) => p.status === 'IN_PROGRESS')) return 'IN_PROGRESS';
  const nothing = order.lines.every((l) => l.tip) && names_not_required;
  return nothing ? 'FULFILLMENT_NOT_REQUIRED' : 'UNFULFILLED';
}

function transaction(shop, order, kind, amount, more = {}) {
  const record = {
    id: shop.world.id(), order, kind, amount, status: 'SUCCESS', gateway: order.gateway,
    created_at: shop.world.now(), expires_at: null, parent: null, ...more,
  };
  order.transactions.push(record);
  return record;
}

/** Marks the order changed, lets `tell` announce its own topic, then says orders/updated. */
export function order_changed(shop, order, tell = () => {}) {
  shop.touch(order);
  tell();
  shop.emit('orders/updated', order_payload(shop, order));
}

function new_order(shop, given) {
  shop.number += 1;
  const now = shop.world.now();
  const currency = given.currency ?? shop.currency;
  const id = shop.world.id();
  return {
    id, number: shop.number, name: given.name ?? `#${shop.number}`, currency,
    presentment: given.presentmentCurrency ?? currency,
    rate: given.presentmentRate ?? '1', token: shop.world.token(),
    created_at: now, processed_at: given.processedAt ?? now, updated_at: now,
    cancelled_at: null, cancel_reason: null, closed_at: null, edited: false,
    test: Boolean(given.test), note: given.note ?? null, tags: given.tags ?? [],
    attributes: given.attributes ?? [],
    email: given.email === undefined ? 'buyer@example.com' : given.email,
    phone: given.phone ?? null, locale: given.locale ?? 'en',
    customer: { id: shop.world.id(), ...(given.customer ?? {}) },
    gateway: given.gateway ?? 'bogus', source_name: given.sourceName ?? 'web',
    shipping_address: person_address(
      given.shippingAddress === undefined ? default_address : given.shippingAddress),
    billing_address: person_address(given.billingAddress ?? default_address),
    address_id: shop.world.id(),
    fulfill_at: given.fulfillAt ?? null, fulfill_by: given.fulfillBy ?? null,
    transactions: [], refunds: [], lines: [], mails: [], touches: [], routed: false,
    risk: { recommendation: 'NONE', assessments: [] },
  };
}

function make_shipping_line(shop, order, given) {
  if (given === null) return null;
  const line = { title: 'Standard', code: 'Standard', source: 'shopify', price: '0.00', ...given };
  return { ...line, id: shop.world.id(), price: minor(line.price, order.currency) };
}

function take_payment(shop, order, given) {
  const { total } = totals(order);
  if (total === 0n) return;
  switch (given.financial ?? 'paid') {
    case 'paid':
      transaction(shop, order, 'SALE', total);
      break;
    case 'authorized': {
      const lapse = shop.at(shop.world.now_ms() + week_ms);
      transaction(shop, order, 'AUTHORIZATION', total,
        { expires_at: given.authorizationExpiresAt ?? lapse });
      break;
    }
    case 'partially_paid':
      transaction(shop, order, 'SALE', minor(given.paidAmount ?? '1.00', order.currency));
      break;
    case 'pending':
      break;
    default:
      throw new RangeError(`unknown financial state ${given.financial}`);
  }
}

/** Places an order (see README for the options) and announces it as a real shop does. */
export function place(shop, given = {}) {
  const order = new_order(shop, given);
  const lines = given.lines ?? [{ sku: 'SKU-1', quantity: 1, price: '10.00' }];
  order.lines = lines.map((l) => ({ ...make_line(shop, order, l), order }));
  order.shipping_line = make_shipping_line(shop, order, given.shippingLine);
  take_payment(shop, order, given);
  shop.orders.set(order.id, order);
  shop.touch(order);
  if (given.risk) assess(shop, order, given.risk, false);
  const paid = financial_status(shop, order) === 'PAID';
  shop.emit('orders/create', order_payload(shop, order));
  if (paid) shop.emit('orders/paid', order_payload(shop, order));
  shop.later(given.routingDelayMs ?? shop.settings.routing_delay_ms, () => {
    route(shop, order);
    if (financial_status(shop, order) === 'PAID') shop.ship_gift_cards?.(order);
  });
  return order;
}

/** Takes the money: captures an authorization, else records a sale of what is owed. */
export function pay(shop, order, amount_text = null) {
  const sums = totals(order);
  const authorization = order.transactions.find((t) => t.kind === 'AUTHORIZATION');
  const owed = sums.total - sums.received;
  const amount = amount_text ? minor(amount_text, order.currency) : owed;
  const kind = authorization ? 'CAPTURE' : 'SALE';
  const done = transaction(shop, order, kind, amount, { parent: authorization ?? null });
  order_changed(shop, order, () => {
    if (financial_status(shop, order) === 'PAID') {
      shop.emit('orders/paid', order_payload(shop, order));
      if (order.routed) shop.ship_gift_cards?.(order);
    }
  });
  return done;
}

/** Voids an authorization. */
export function void_authorization(shop, order) {
  const authorization = order.transactions.find((t) => t.kind === 'AUTHORIZATION');
  if (!authorization) throw new RangeError('nothing is authorized');
  transaction(shop, order, 'VOID', totals(order).capturable, { parent: authorization });
  order_changed(shop, order);
}

/** Records a fraud assessment: {recommendation, level}. */
export function assess(shop, order, { recommendation = 'ACCEPT', level = 'LOW' }, tell = true) {
  order.risk = { recommendation, assessments: [{ level, at: shop.world.now() }] };
  if (!tell) return;
  shop.touch(order);
  shop.emit('orders/risk_assessment_changed', {
    admin_graphql_api_order_id: `gid://shopify/Order/${order.id}`,
    created_at: shop.world.now(), order_id: String(order.id), provider_id: null,
    provider_title: 'Shopify', risk_level: level,
  });
}

function lower_parts(shop, line, quantity) {
  let left = quantity;
  for (const part of shop.parts_of(line.order).filter(is_live)) {
    for (const own of part.lines.filter((l) => l.line === line)) {
      const taken = Math.min(left, own.remaining);
      own.remaining -= taken;
      own.total -= taken;
      left -= taken;
    }
    if (part.lines.every((l) => l.remaining === 0)) part.status = 'CLOSED';
    part.updated_at = shop.world.now();
  }
}

/**
 * Refunds: {lines: [{line, quantity, restockType}], amount?, note?}. CANCEL takes the pieces out
 * of the fulfillment orders, NO_RESTOCK and RETURN leave what is to be shipped unchanged.
 */
export function refund(shop, order, { lines = [], amount = null, note = null }) {
  for (const { line, quantity } of lines) {
    if (!line || quantity <= 0 || quantity > line.current) {
      throw new Refusal('Refund cannot remove more items than were purchased', ['refundLineItems']);
    }
  }
  const now = shop.world.now();
  const value = amount === null
    ? lines.reduce((sum, l) => sum + line_total(l.line, l.quantity), 0n)
    : minor(amount, order.currency);
  const record = {
    id: shop.world.id(), order, note, created_at: now, processed_at: now, updated_at: now,
    amount: value, transactions: [],
    lines: lines.map(({ line, quantity, restockType = 'NO_RESTOCK' }) => ({
      id: shop.world.id(), line, quantity, restock: restockType,
      subtotal: line_total(line, quantity),
    })),
  };
  for (const { line, quantity, restock } of record.lines) {
    line.current -= quantity;
    if (restock === 'CANCEL') lower_parts(shop, line, quantity);
  }
  const { net } = totals(order);
  const paid_back = value < net ? value : net;
  if (paid_back > 0n) record.transactions.push(transaction(shop, order, 'REFUND', paid_back));
  order.refunds.push(record);
  order_changed(shop, order, () => shop.emit('refunds/create', refund_payload(shop, record)));
  return record;
}

/** Cancels as a finished orderCancel job does: refund, restock, parts closed, announced. */
export function cancel(shop, order, options = {}) {
  const { reason = 'CUSTOMER', restock = true, give_back = true } = options;
  if (order.cancelled_at) return;
  if (give_back && totals(order).net > 0n) {
    const lines = order.lines.filter((l) => l.current > 0).map((line) => (
      { line, quantity: line.current, restockType: restock ? 'CANCEL' : 'NO_RESTOCK' }));
    refund(shop, order, { lines });
  }
  const now = shop.world.now();
  order.cancelled_at = now;
  order.closed_at = now;
  order.cancel_reason = reason;
  for (const part of shop.parts_of(order).filter(is_live)) {
    for (const own of part.lines) own.remaining = 0;
    part.status = 'CLOSED';
    part.holds = [];
    part.updated_at = now;
  }
  order_changed(shop, order, () => shop.emit('orders/cancelled', order_payload(shop, order)));
}

function raise_part(shop, order, line, delta) {
  const own = shop.parts_of(order).filter(is_live).flatMap((p) => p.lines)
    .find((l) => l.line === line);
  if (own) {
    own.total += delta;
    own.remaining += delta;
  } else {
    add_part(shop, order, line.location, [{ line, quantity: delta }]);
  }
}

/** Edits: {add: [line], change: [{line, quantity}]} changes ordered quantities. */
export function edit(shop, order, { add = [], change = [] }) {
  const additions = [];
  const removals = [];
  for (const { line, quantity } of change) {
    const delta = quantity - line.current;
    if (delta > 0) {
      line.quantity += delta;
      additions.push({ id: line.id, delta });
      raise_part(shop, order, line, delta);
    } else if (delta < 0) {
      removals.push({ id: line.id, delta: -delta });
      lower_parts(shop, line, -delta);
    }
    line.current = quantity;
  }
  const fresh = add.map((l) => ({ ...make_line(shop, order, l), order }));
  additions.push(...fresh.map((l) => ({ id: l.id, delta: l.quantity })));
  order.lines.push(...fresh);
  order.edited = true;
  if (fresh.length > 0) route_fresh(shop, order, fresh);
  const now = shop.world.now();
  order_changed(shop, order, () => shop.emit('orders/edited', {
    order_edit: {
      app_id: null, committed_at: now, created_at: now, id: shop.world.id(), order_id: order.id,
      notify_customer: false, staff_note: '', user_id: null,
      discounts: { line_item: { additions: [], removals: [] } },
      line_items: { additions, removals }, shipping_lines: { additions: [], removals: [] },
    },
  }));
}

function route_fresh(shop, order, fresh) {
  const routed = { ...order, lines: fresh };
  const parts = route(shop, routed);
  for (const part of parts) part.order = order;
}

/** Erases what identifies the buyer and announces customers/redact. */
export function redact(shop, order) {
  const told = {
    shop_id: shop.id, shop_domain: shop.domain,
    customer: { id: order.customer.id, email: order.email, phone: order.phone },
    orders_to_redact: [order.id],
  };
  order.email = null;
  order.phone = null;
  order.shipping_address = null;
  order.billing_address = null;
  order.note = null;
  shop.touch(order);
  shop.emit('customers/redact', told);
}

/** Deletes the order for good. */
export function remove(shop, order) {
  for (const part of shop.parts_of(order)) shop.fulfillment_orders.delete(part.id);
  for (const sent of shop.shipments_of(order)) shop.fulfillments.delete(sent.id);
  shop.orders.delete(order.id);
  shop.emit('orders/delete', { id: order.id });
}

export const presented = (order, amount) =>
  convert(amount, order.currency, order.presentment, order.rate);
