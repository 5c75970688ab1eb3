// Fulfillments: what was shipped, its numbers and events. A partial fulfillment repeated ships
// twice, a cancelled one still takes events: so does the real shop, and so must this.
import { NotFound, Refusal } from './refusal.mjs';
import { add_part, announce, is_live } from './routing.mjs';
import { fulfillment_payload, order_payload } from '../payloads.mjs';
import { order_changed } from './orders.mjs';

const track_urls = {
  '4PX': 'https://track.4px.com/#/result/0/',
  'China Post': 'https://parcelsapp.com/en/tracking/',
  'DHL Express': 'https://www.dhl.com/en/express/tracking.html?AWB=',
  FedEx: 'https://www.fedex.com/fedextrack/?trknbr=',
  'Royal Mail': 'https://www.royalmail.com/track-your-item#/tracking-results/',
  UPS: 'https://www.ups.com/track?loc=en_US&tracknum=',
  USPS: 'https://tools.usps.com/go/TrackConfirmAction?tLabels=',
  YunExpress: 'https://www.yuntrack.com/parcelTracking?id=',
};

/** Tracking rows of a FulfillmentTrackingInput; number XOR numbers, url XOR urls. */
export function tracking_rows(input) {
  if (!input) return [];
  const field = ['trackingInfoInput'];
  if (input.number && input.numbers) {
    throw new Refusal('Cannot specify both number and numbers.', field);
  }
  if (input.url && input.urls) throw new Refusal('Cannot specify both url and urls.', field);
  const numbers = input.numbers ?? (input.number ? [input.number] : []);
  const urls = input.urls ?? (input.url ? [input.url] : []);
  const company = input.company ?? null;
  const count = Math.max(numbers.length, urls.length);
  return Array.from({ length: count }, (_, i) => {
    const number = numbers[i] ?? null;
    const built = track_urls[company] && number ? track_urls[company] + number : null;
    return { company, number, url: urls[i] ?? built };
  });
}

function groups_of(shop, asked) {
  return asked.map(({ fulfillmentOrderId, fulfillmentOrderLineItems }) => ({
    part: shop.find(shop.fulfillment_orders, 'FulfillmentOrder', fulfillmentOrderId),
    asked: fulfillmentOrderLineItems ?? [],
  }));
}

/** The recorded refusals of fulfillmentCreate, in their recorded order. */
function check_groups(groups) {
  const field = ['fulfillment'];
  if (groups.some((g) => g.asked.some((l) => l.quantity <= 0))) {
    throw new Refusal('Quantity must be greater than 0', field);
  }
  if (groups.length === 0 || groups.some((g) => !g.part)) {
    throw new Refusal('Fulfillment order does not exist.', field);
  }
  for (const group of groups) {
    group.lines = group.asked.map(({ id, quantity }) => ({
      own: group.part.lines.find((l) => id === `gid://shopify/FulfillmentOrderLineItem/${l.id}`),
      quantity,
    }));
    if (group.lines.some((l) => !l.own)) {
      throw new Refusal('Fulfillment order line item does not exist.', field);
    }
  }
  const orders = [...new Set(groups.map((g) => g.part.order.id))];
  if (orders.length > 1) {
    throw new Refusal('All fulfillment orders must belong to the same order. Multiple orders with '
      + `ids [${orders.join(', ')}] were found.`, field);
  }
  if (new Set(groups.map((g) => g.part.location)).size > 1) {
    throw new Refusal('All fulfillment orders must be assigned to a single location. '
      + 'Multiple locations were found.', field);
  }
  for (const { part } of groups) {
    if (part.status !== 'OPEN' && part.status !== 'IN_PROGRESS') {
      const status = part.status.toLowerCase();
      throw new Refusal(`Fulfillment order ${part.id} has an unfulfillable status= ${status}.`,
        field);
    }
  }
  for (const { lines } of groups) {
    const wanted = new Map();
    for (const { own, quantity } of lines) wanted.set(own, (wanted.get(own) ?? 0) + quantity);
    for (const [own, quantity] of wanted) {
      if (quantity > own.remaining) {
        throw new Refusal('Invalid fulfillment order line item quantity requested.', field);
      }
    }
  }
}

function take(part, lines) {
  const all = lines.length > 0 ? lines
    : part.lines.filter((l) => l.remaining > 0).map((own) => ({ own, quantity: own.remaining }));
  for (const { own, quantity } of all) own.remaining -= quantity;
  part.status = part.lines.some((l) => l.remaining > 0) ? 'IN_PROGRESS' : 'CLOSED';
  const finished = part.status === 'CLOSED' && part.request_status === 'ACCEPTED';
  if (finished) part.request_status = 'CLOSED';
  return all;
}

/** Ships: `input` is a FulfillmentInput. Throws Refusal or NotFound and then changes nothing. */
export function fulfil(shop, input, by = 'self') {
  const groups = groups_of(shop, input.lineItemsByFulfillmentOrder);
  check_groups(groups);
  const tracking = tracking_rows(input.trackingInfo);
  const now = shop.world.now();
  const { order, location } = groups[0].part;
  const pieces = new Map();
  for (const { part, lines } of groups) {
    for (const { own, quantity } of take(part, lines)) {
      pieces.set(own.line, (pieces.get(own.line) ?? 0) + quantity);
    }
    part.updated_at = now;
  }
  const fulfillment = {
    id: shop.world.id(), order, location, by,
    parts: groups.map((g) => g.part),
    name: `${order.name}.${shop.shipments_of(order).length + 1}`,
    status: 'SUCCESS', display: 'FULFILLED', tracking,
    lines: [...pieces].map(([line, quantity]) => ({ id: shop.world.id(), line, quantity })),
    events: [], notify: Boolean(input.notifyCustomer),
    created_at: now, updated_at: now,
    in_transit_at: null, delivered_at: null, estimated_delivery_at: null,
  };
  shop.fulfillments.set(fulfillment.id, fulfillment);
  if (fulfillment.notify) order.mails.push({ moment: 'shipping_confirmation', at: now });
  order_changed(shop, order, () => {
    shop.emit('fulfillments/create', fulfillment_payload(shop, fulfillment));
    const open = shop.parts_of(order).some(is_live);
    const topic = open ? 'orders/partially_fulfilled' : 'orders/fulfilled';
    shop.emit(topic, order_payload(shop, order));
  });
  return fulfillment;
}

function existing(shop, id, field) {
  const fulfillment = shop.find(shop.fulfillments, 'Fulfillment', id);
  if (!fulfillment) throw new Refusal('Fulfillment does not exist.', field);
  return fulfillment;
}

function updated(shop, fulfillment) {
  fulfillment.updated_at = shop.world.now();
  order_changed(shop, fulfillment.order, () => {
    shop.emit('fulfillments/update', fulfillment_payload(shop, fulfillment));
  });
}

/** Replaces the tracking rows, whatever state the fulfillment is in. */
export function replace_tracking(shop, id, input, notify) {
  const fulfillment = existing(shop, id, ['fulfillmentId']);
  fulfillment.tracking = tracking_rows(input);
  if (notify) {
    fulfillment.order.mails.push({ moment: 'shipping_update', at: shop.world.now() });
  }
  updated(shop, fulfillment);
  return fulfillment;
}

/** Adds an event, also the same one twice and also to a cancelled fulfillment. */
export function add_event(shop, input) {
  const fulfillment = shop.find(shop.fulfillments, 'Fulfillment', input.fulfillmentId);
  if (!fulfillment) throw new NotFound('invalid id');
  const now = shop.world.now();
  const { fulfillmentId: _id, ...rest } = input;
  const happenedAt = input.happenedAt ?? now;
  const event = { message: null, ...rest, id: shop.world.id(), createdAt: now, happenedAt };
  fulfillment.events.push(event);
  fulfillment.display = input.status;
  if (input.status === 'IN_TRANSIT') fulfillment.in_transit_at ??= event.happenedAt;
  if (input.status === 'DELIVERED') fulfillment.delivered_at = event.happenedAt;
  if (input.estimatedDeliveryAt) fulfillment.estimated_delivery_at = input.estimatedDeliveryAt;
  shop.emit('fulfillment_events/create', {
    id: event.id, fulfillment_id: fulfillment.id, order_id: fulfillment.order.id, shop_id: shop.id,
    status: event.status.toLowerCase(), happened_at: event.happenedAt, created_at: now,
    updated_at: now, message: event.message ?? null,
    admin_graphql_api_id: `gid://shopify/FulfillmentEvent/${event.id}`,
  });
  updated(shop, fulfillment);
  return event;
}

/** Cancels; repeatable. The first time its pieces come back in a new fulfillment order. */
export function cancel_fulfillment(shop, id) {
  const fulfillment = existing(shop, id, ['id']);
  if (fulfillment.status === 'CANCELLED') return fulfillment;
  fulfillment.status = 'CANCELLED';
  fulfillment.display = 'CANCELED';
  const lines = fulfillment.lines.map(({ line, quantity }) => ({ line, quantity }));
  const [part] = fulfillment.parts;
  const reopened = add_part(shop, fulfillment.order, fulfillment.location, lines,
    { method: part.method });
  updated(shop, fulfillment);
  announce(shop, reopened, 'order_routing_complete');
  return fulfillment;
}
