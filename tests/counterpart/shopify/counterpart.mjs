// Puts one counterpart together: shop, Admin API, webhooks, control plane.
import { Access } from './access.mjs';
import { Admin } from './admin.mjs';
import { Books } from './books.mjs';
import { Control } from './control.mjs';
import { Bucket } from './cost.mjs';
import { listen } from './http.mjs';
import { Misbehaviour } from './misbehave.mjs';
import { Proxy } from './proxy.mjs';
import { Schemas } from './schema.mjs';
import { fulfil } from './state/fulfillments.mjs';
import { part_gid } from './state/routing.mjs';
import { Shop } from './state/shop.mjs';
import { Webhooks, enum_topic } from './webhooks.mjs';

const tick_ms = 50;

/** Topics subscribed at start when a target address is given. */
const target_topics = [
  'orders/create', 'orders/paid', 'orders/updated', 'orders/edited', 'orders/cancelled',
  'orders/delete', 'orders/risk_assessment_changed', 'refunds/create', 'fulfillments/create',
  'fulfillments/update', 'fulfillment_orders/order_routing_complete',
  'fulfillment_orders/placed_on_hold', 'fulfillment_orders/hold_released',
  'fulfillment_orders/moved', 'fulfillment_orders/split', 'fulfillment_orders/merged',
  'fulfillment_orders/cancelled', 'fulfillment_orders/cancellation_request_submitted',
  'fulfillment_orders/scheduled_fulfillment_order_ready', 'fulfillment_holds/added',
  'fulfillment_holds/released', 'app/uninstalled',
];

function subscribe_all(shop, uri, version) {
  for (const topic of target_topics) {
    const id = shop.world.id();
    const now = shop.world.now();
    shop.subscriptions.set(id, {
      id, topic: enum_topic(topic), uri, via: 'api', api_version: version, failures: 0,
      format: 'JSON', name: null, filter: null, include_fields: [], created_at: now,
      updated_at: now,
    });
  }
}

/** Gift cards need no shipping: once paid, a real shop fulfils them by itself. */
function ship_gift_cards(shop, order) {
  if (!shop.settings.gift_cards_auto_fulfill) return;
  const ready = shop.parts_of(order).filter((p) => p.status === 'OPEN'
    && p.lines.length > 0 && p.lines.every((l) => l.line.gift_card));
  for (const part of ready) {
    const groups = [{ fulfillmentOrderId: part_gid(part), fulfillmentOrderLineItems: [] }];
    const sent = fulfil(shop, { lineItemsByFulfillmentOrder: groups }, 'gift_card');
    sent.service = 'gift_card';
  }
}

/**
 * Starts a counterpart: options {schemas: [file], port, control_port, client_secret, client_id,
 * token, webhook_target, upstream, seed, domain, retry_scale}. Resolves to
 * {port, control_port, shop, books, webhooks, access, faults, bucket, close()}.
 */
export async function start(options) {
  const schemas = options.loaded ?? new Schemas(options.schemas);
  const shop = new Shop({ seed: options.seed ?? 1, domain: options.domain });
  shop.ship_gift_cards = (order) => ship_gift_cards(shop, order);
  const books = new Books();
  const secret = options.client_secret ?? 'counterpart-secret';
  const access = new Access({
    world: shop.world, token: options.token, client_id: options.client_id, client_secret: secret,
  });
  const bucket = new Bucket(() => shop.world.now_ms());
  const faults = new Misbehaviour();
  const version = schemas.newest();
  const webhooks = new Webhooks({
    shop, secret, target: options.webhook_target, version,
    retry_scale: options.retry_scale ?? 0.001,
  });
  const proxy = options.upstream ? new Proxy(options.upstream, books) : null;
  if (options.webhook_target) subscribe_all(shop, options.webhook_target, version);
  const parts = { shop, schemas, access, books, bucket, faults, webhooks, proxy };
  const admin = new Admin(parts);
  const control = new Control(parts);
  const front = await listen(options.port ?? 0, (q, r) => admin.handle(q, r));
  const back = await listen(options.control_port ?? 0, (q, r) => control.handle(q, r));
  const ticker = setInterval(() => shop.tick(), tick_ms);
  const close = () => {
    clearInterval(ticker);
    webhooks.stop();
    for (const { server } of [front, back]) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { ...parts, port: front.port, control_port: back.port, close };
}
