// Fulfillment orders: how lines are spread over places, what may be done with each part, and
// holds. Refuses what a real shop refuses, in its words, and protects from nothing else.
import { Refusal } from './refusal.mjs';

const max_holds_per_app = 10;
const closed_states = new Set(['CLOSED', 'CANCELLED', 'INCOMPLETE']);

export const is_live = (part) => !closed_states.has(part.status);
const left_in = (part) => part.lines.reduce((sum, l) => sum + l.remaining, 0);
const wire = (status) => status.toLowerCase();
export const part_gid = (part) => `gid://shopify/FulfillmentOrder/${part.id}`;
export const brief = (part) => ({ id: part_gid(part), status: wire(part.status) });

/** A new part of `order`; `lines` are [{line, quantity}]. */
export function add_part(shop, order, location, lines, options = {}) {
  const now = shop.world.now();
  const part = {
    id: shop.world.id(), order, location,
    status: 'OPEN', request_status: 'UNSUBMITTED',
    fulfill_at: options.fulfill_at ?? now,
    fulfill_by: options.fulfill_by ?? null,
    method: options.method ?? 'SHIPPING',
    method_id: shop.world.id(),
    lines: lines.map(({ line, quantity }) => (
      { id: shop.world.id(), line, total: quantity, remaining: quantity })),
    holds: [], requests: [], created_at: now, updated_at: now,
  };
  shop.fulfillment_orders.set(part.id, part);
  open_or_schedule(shop, part);
  return part;
}

function open_or_schedule(shop, part) {
  const wait_ms = Date.parse(part.fulfill_at) - shop.world.now_ms();
  part.status = wait_ms > 0 ? 'SCHEDULED' : 'OPEN';
  if (wait_ms <= 0) return;
  shop.later(wait_ms, () => {
    if (part.status !== 'SCHEDULED') return;
    part.status = 'OPEN';
    changed(shop, part);
    announce(shop, part, 'scheduled_fulfillment_order_ready');
  });
}

export function changed(shop, part) {
  part.updated_at = shop.world.now();
  shop.touch(part.order);
}

export const announce = (shop, part, event, more = {}) =>
  shop.emit(`fulfillment_orders/${event}`, { fulfillment_order: brief(part), ...more });

/** Spreads the order's lines over places and says so; gift cards fulfil themselves once paid. */
export function route(shop, order) {
  const groups = new Map();
  for (const line of order.lines.filter((l) => !l.tip && l.current > 0)) {
    const method = line.requires_shipping ? 'SHIPPING' : 'NONE';
    const key = [line.location.id, method, line.fulfill_at, line.gift_card].join('/');
    const group = groups.get(key) ?? { ...line, method, lines: [] };
    group.lines.push({ line, quantity: line.current });
    groups.set(key, group);
  }
  order.routed = true;
  const parts = [...groups.values()].map((g) => add_part(shop, order, g.location, g.lines, {
    method: g.method,
    fulfill_at: g.fulfill_at ?? undefined,
    fulfill_by: g.fulfill_by ?? undefined,
  }));
  shop.touch(order);
  for (const part of parts) announce(shop, part, 'order_routing_complete');
  return parts;
}

/** Names of the actions a real shop offers on the part now. */
export function supported_actions(shop, part) {
  const actions = [];
  const pieces = left_in(part);
  switch (part.status) {
    case 'OPEN':
      actions.push('CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'MOVE', 'HOLD');
      if (pieces > 1) actions.push('SPLIT');
      if (part.location.service) actions.push('REQUEST_FULFILLMENT');
      if (mergeable(shop, part)) actions.push('MERGE');
      break;
    case 'IN_PROGRESS':
      actions.push('CREATE_FULFILLMENT');
      if (part.request_status === 'ACCEPTED') actions.push('REQUEST_CANCELLATION');
      if (part.request_status === 'UNSUBMITTED') actions.push('MOVE', 'HOLD', 'MARK_AS_OPEN');
      break;
    case 'ON_HOLD':
      actions.push('RELEASE_HOLD', 'HOLD', 'MOVE');
      break;
    case 'SCHEDULED':
      actions.push('MARK_AS_OPEN');
      break;
    default:
      break;
  }
  return actions;
}

const mergeable = (shop, part) => shop.parts_of(part.order).some((other) => other !== part
  && other.status === 'OPEN' && other.location === part.location && other.method === part.method);

/** Takes `wanted` [{id, quantity}] out of `part` into a new part at `location`. */
function carve(shop, part, wanted, location) {
  const taken = [];
  for (const { own, quantity } of wanted) {
    own.remaining -= quantity;
    own.total -= quantity;
    taken.push({ line: own.line, quantity });
  }
  part.lines = part.lines.filter((l) => l.total > 0);
  return add_part(shop, part.order, location, taken, part);
}

/** The asked lines as [{own, quantity}]; empty or absent means everything left. */
function chosen(part, asked, refuse) {
  if (!asked || asked.length === 0) {
    return part.lines.filter((l) => l.remaining > 0)
      .map((own) => ({ own, quantity: own.remaining }));
  }
  const seen = new Set();
  return asked.map(({ id, quantity }) => {
    const own = part.lines.find((l) => id === `gid://shopify/FulfillmentOrderLineItem/${l.id}`);
    if (seen.has(id)) refuse.duplicate();
    seen.add(id);
    if (quantity <= 0) refuse.not_positive();
    if (!own || quantity > own.remaining) refuse.quantity();
    return { own, quantity };
  });
}

/** The pieces of `part` that `taken` leaves behind. */
function rest_of(part, taken) {
  return part.lines.map((own) => {
    const gone = taken.find((t) => t.own === own)?.quantity ?? 0;
    return { own, quantity: own.remaining - gone };
  }).filter((r) => r.quantity > 0);
}

const hold_field = ['fulfillmentHold', 'fulfillmentOrderLineItems'];
const hold_refusals = {
  duplicate() {
    throw new Refusal('The fulfillment order line items are not unique.', hold_field,
      'DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS');
  },
  not_positive() {
    throw new Refusal('Quantity must be greater than 0', hold_field, 'GREATER_THAN_ZERO');
  },
  quantity() {
    throw new Refusal('Invalid fulfillment order line item quantity requested.', hold_field,
      'INVALID_LINE_ITEM_QUANTITY');
  },
};

function check_hold(part, input, app) {
  const mine = part.holds.filter((h) => h.app === app);
  const handle = input.handle ?? '';
  if (!['OPEN', 'ON_HOLD', 'SCHEDULED', 'IN_PROGRESS'].includes(part.status)) {
    throw new Refusal('The fulfillment order is not in a state that can be held.', ['id'], 'TAKEN');
  }
  if (mine.some((h) => h.handle === handle)) {
    throw new Refusal('The handle provided for the fulfillment hold is already in use by this app '
      + 'for another hold on this fulfillment order.', ['fulfillmentHold', 'handle'],
    'DUPLICATE_FULFILLMENT_HOLD_HANDLE');
  }
  if (mine.length >= max_holds_per_app) {
    throw new Refusal('The maximum number of fulfillment holds for this fulfillment order has been '
      + 'reached for this app. An app can only have up to 10 holds on a single fulfillment order '
      + 'at any one time.', ['id'], 'FULFILLMENT_ORDER_HOLD_LIMIT_REACHED');
  }
}

export const hold_view = (hold) => ({
  handle: hold.handle,
  held_by_app: { id: `gid://shopify/App/${hold.app_id}` },
  held_by_requesting_app: hold.app === 'self',
  id: `gid://shopify/FulfillmentHold/${hold.id}`,
  reason: wire(hold.reason),
  reason_notes: hold.notes,
});

/** Puts a hold of `app` on the part; a part of its lines splits the rest off. */
export function hold(shop, part, input, app = 'self') {
  check_hold(part, input, app);
  const taken = chosen(part, input.fulfillmentOrderLineItems, hold_refusals);
  const rest = rest_of(part, taken);
  if (rest.length > 0 && part.status === 'ON_HOLD') {
    throw new Refusal('The fulfillment order is not in a splittable state.', hold_field,
      'FULFILLMENT_ORDER_NOT_SPLITTABLE');
  }
  const remaining = rest.length > 0 ? carve(shop, part, rest, part.location) : null;
  const first = part.holds.length === 0;
  const added = {
    id: shop.world.id(), app, handle: input.handle ?? '', external_id: input.externalId ?? null,
    reason: input.reason, notes: input.reasonNotes ?? null, locked: Boolean(input.locked),
    app_id: app === 'self' ? shop.app.id : shop.app.id + 1n,
  };
  part.holds.push(added);
  part.status = 'ON_HOLD';
  changed(shop, part);
  const view = hold_view(added);
  shop.emit('fulfillment_holds/added', {
    fulfillment_hold: view, fulfillment_order: { id: part_gid(part) },
  });
  if (first) {
    const held = taken.map(({ own, quantity }) => (
      { id: `gid://shopify/FulfillmentOrderLineItem/${own.id}`, quantity }));
    shop.emit('fulfillment_orders/placed_on_hold', {
      fulfillment_order: { ...brief(part), fulfillment_holds: [view] },
      created_fulfillment_hold: view,
      held_fulfillment_order_line_items: held,
      remaining_fulfillment_order: remaining ? brief(remaining) : null,
    });
  }
  return { hold: added, remaining };
}

/** Takes the named holds off; without names every hold goes that is not locked by its app. */
export function release(shop, part, hold_ids, external_id = null) {
  const name = (h) => `gid://shopify/FulfillmentHold/${h.id}`;
  let leaving;
  if (hold_ids && hold_ids.length > 0) {
    leaving = hold_ids.map((id) => part.holds.find((h) => name(h) === id));
    if (leaving.some((h) => !h || h.locked)) {
      throw new Refusal("The app doesn't have access to release the fulfillment hold.",
        ['holdIds'], 'INVALID_ACCESS');
    }
  } else {
    leaving = part.holds.filter((h) => !h.locked);
    if (external_id) leaving = leaving.filter((h) => h.external_id === external_id);
    if (leaving.length === 0 && part.holds.length > 0) {
      throw new Refusal("The app doesn't have access to release the fulfillment hold.",
        ['id'], 'INVALID_ACCESS');
    }
  }
  if (leaving.length === 0) return;
  part.holds = part.holds.filter((h) => !leaving.includes(h));
  if (part.holds.length === 0) open_or_schedule(shop, part);
  changed(shop, part);
  for (const gone of leaving) {
    shop.emit('fulfillment_holds/released', {
      fulfillment_hold: hold_view(gone), fulfillment_order: { id: part_gid(part) },
    });
  }
  if (part.holds.length === 0) announce(shop, part, 'hold_released');
}

const plain_refusals = (field) => ({
  duplicate() {
    throw new Refusal('The fulfillment order line items are not unique.', field);
  },
  not_positive() {
    throw new Refusal('Quantity must be greater than 0', field, 'GREATER_THAN');
  },
  quantity() {
    throw new Refusal('Invalid fulfillment order line item quantity requested.', field,
      'INVALID_LINE_ITEM_QUANTITY');
  },
});

/** Moves lines (all by default) to `location`: {moved, original, remaining}. */
export function move(shop, part, location, asked) {
  if (!location) throw new Refusal('Location does not exist.', ['newLocationId']);
  if (!['OPEN', 'ON_HOLD', 'IN_PROGRESS'].includes(part.status)
      || part.request_status === 'ACCEPTED') {
    throw new Refusal('The fulfillment order is not in a movable state.', ['id']);
  }
  if (part.location === location) {
    throw new Refusal('The fulfillment order is already assigned to the location.',
      ['newLocationId']);
  }
  const from = part.location;
  const taken = chosen(part, asked, plain_refusals(['fulfillmentOrderLineItems']));
  const whole = rest_of(part, taken).length === 0;
  const moved = carve(shop, part, taken, location);
  moved.holds = whole ? part.holds : [];
  if (moved.holds.length > 0) moved.status = 'ON_HOLD';
  if (whole) {
    part.status = 'CLOSED';
    part.holds = [];
  }
  changed(shop, part);
  const placed = (p) => ({
    ...brief(p), assigned_location_id: `gid://shopify/Location/${p.location.id}`,
  });
  shop.emit('fulfillment_orders/moved', {
    moved_fulfillment_order: placed(moved),
    original_fulfillment_order: placed(part),
    source_location: { id: `gid://shopify/Location/${from.id}` },
    destination_location_id: `gid://shopify/Location/${location.id}`,
    fulfillment_order_line_items_requested: (asked ?? []).map(({ id, quantity }) => (
      { id, quantity })),
  });
  return { moved, original: part, remaining: whole ? null : part };
}

/** Keeps the named lines in the part and puts the rest into a new one. */
export function split(shop, part, asked) {
  const field = ['fulfillmentOrderSplits', '0', 'fulfillmentOrderLineItems'];
  if (!asked || asked.length === 0) {
    throw new Refusal('There are no line items provided to split.', field,
      'NO_LINE_ITEMS_PROVIDED_TO_SPLIT');
  }
  const kept = chosen(part, asked, plain_refusals(field));
  const rest = rest_of(part, kept);
  if (rest.length === 0 || part.status !== 'OPEN') {
    throw new Refusal('The fulfillment order cannot be split.', field, 'GREATER_THAN');
  }
  const remaining = carve(shop, part, rest, part.location);
  changed(shop, part);
  announce(shop, part, 'split', {
    remaining_fulfillment_order: brief(remaining),
    replacement_fulfillment_order: null,
    split_line_items: asked.map(({ id, quantity }) => ({ id, quantity })),
  });
  return { part, remaining };
}

/** Merges open parts of one order and place into the first of them. */
export function merge(shop, parts) {
  const [into, ...rest] = parts;
  for (const part of rest) {
    for (const own of part.lines.filter((l) => l.remaining > 0)) {
      const same = into.lines.find((l) => l.line === own.line);
      if (same) {
        same.total += own.remaining;
        same.remaining += own.remaining;
      } else {
        into.lines.push({ id: shop.world.id(), line: own.line, total: own.remaining,
          remaining: own.remaining });
      }
      own.remaining = 0;
    }
    part.status = 'CLOSED';
    changed(shop, part);
  }
  changed(shop, into);
  shop.emit('fulfillment_orders/merged', {
    fulfillment_order_merges: { fulfillment_order: brief(into) },
    merge_intents: parts.map((p) => ({ fulfillment_order_id: p.id,
      fulfillment_order_line_items: p.lines.map((l) => ({ id: l.id, quantity: l.total })) })),
  });
  return into;
}

/** Cancels a part; what it held comes back in a replacement, as in a real shop. */
export function cancel_part(shop, part) {
  const lines = part.lines.filter((l) => l.remaining > 0)
    .map((l) => ({ line: l.line, quantity: l.remaining }));
  for (const own of part.lines) own.remaining = 0;
  part.status = 'CANCELLED';
  changed(shop, part);
  const replacement = add_part(shop, part.order, part.location, lines, part);
  announce(shop, part, 'cancelled', { replacement_fulfillment_order: brief(replacement) });
  return replacement;
}

/** Gives a part another date; a later one makes it SCHEDULED again. */
export function reschedule(shop, part, fulfill_at) {
  part.fulfill_at = fulfill_at;
  if (part.status === 'OPEN' || part.status === 'SCHEDULED') open_or_schedule(shop, part);
  changed(shop, part);
  shop.emit('fulfillment_orders/rescheduled', {
    fulfillment_order: { ...brief(part), fulfill_at },
  });
}

const transitions = {
  submit_fulfillment: ['OPEN', 'SUBMITTED', 'fulfillment_request_submitted'],
  accept_fulfillment: ['IN_PROGRESS', 'ACCEPTED', 'fulfillment_request_accepted'],
  reject_fulfillment: ['OPEN', 'REJECTED', 'fulfillment_request_rejected'],
  submit_cancellation: ['IN_PROGRESS', 'CANCELLATION_REQUESTED', 'cancellation_request_submitted'],
  accept_cancellation: ['CLOSED', 'CANCELLATION_ACCEPTED', 'cancellation_request_accepted'],
  reject_cancellation: ['IN_PROGRESS', 'CANCELLATION_REJECTED', 'cancellation_request_rejected'],
};
const needed_request = {
  accept_fulfillment: 'SUBMITTED', reject_fulfillment: 'SUBMITTED',
  accept_cancellation: 'CANCELLATION_REQUESTED', reject_cancellation: 'CANCELLATION_REQUESTED',
};

/** One step of the request protocol between merchant and fulfillment service. */
export function request_step(shop, part, step, message = null) {
  const needed = needed_request[step];
  if (needed && part.request_status !== needed) {
    throw new Refusal('The fulfillment order is not in a state that allows this action.', ['id']);
  }
  if (!part.location.service) {
    throw new Refusal("The fulfillment order's assigned fulfillment service must be of api type",
      ['id']);
  }
  const [status, request_status, event] = transitions[step];
  part.status = status;
  part.request_status = request_status;
  if (step === 'accept_cancellation') {
    for (const own of part.lines) {
      own.remaining = 0;
      own.total = 0;
    }
  }
  changed(shop, part);
  const state = { ...brief(part), request_status: wire(request_status) };
  const id = `gid://shopify/FulfillmentOrderMerchantRequest/${shop.world.id()}`;
  const request = { id, message };
  const asking = step.startsWith('submit');
  if (step === 'submit_fulfillment') {
    shop.emit(`fulfillment_orders/${event}`, { original_fulfillment_order: state,
      submitted_fulfillment_order: state, fulfillment_order_merchant_request: request });
  } else {
    shop.emit(`fulfillment_orders/${event}`, { fulfillment_order: state,
      ...(asking ? { fulfillment_order_merchant_request: request } : { message }) });
  }
}
