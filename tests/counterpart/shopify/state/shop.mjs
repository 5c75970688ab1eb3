// Everything one shop remembers. Plain maps by id; the rules that change them are in the other
// files of this folder, and each change is announced through `emit`.
import { World, instant, parse_gid } from '../world.mjs';
import { NotFound } from './refusal.mjs';

const primary_address = {
  address1: '1 Depot Road', address2: null, city: 'Columbus', province: 'Ohio',
  provinceCode: 'OH', zip: '43004', country: 'United States', countryCode: 'US', phone: null,
};

export class Shop {
  constructor({ seed = 1, domain = 'counterpart.myshopify.com', world } = {}) {
    this.world = world ?? new World(seed);
    this.domain = domain;
    this.name = 'Counterpart Goods';
    this.email = 'owner@counterpart.example';
    this.currency = 'USD';
    this.id = this.world.id();
    this.app = { id: this.world.id(), title: 'Holdfast', installed: true };
    this.created_at = this.world.now();
    this.settings = {
      search_delay_ms: 0, routing_delay_ms: 0, job_delay_ms: 0, gift_cards_auto_fulfill: true,
    };
    this.orders = new Map();
    this.products = new Map();
    this.locations = new Map();
    this.fulfillment_orders = new Map();
    this.fulfillments = new Map();
    this.subscriptions = new Map();
    this.jobs = new Map();
    this.due = [];
    this.number = 1000;
    this.listeners = [];
    this.primary = this.add_location({ name: 'Main warehouse', address: primary_address });
  }

  /** Adds a place that ships; `service` marks one run by a fulfillment service's app. */
  add_location({ name, address = primary_address, service = false }) {
    const id = this.world.id();
    const at = this.world.now();
    const location = {
      id, name, address, service, active: true, created_at: at, updated_at: at,
    };
    this.locations.set(id, location);
    return location;
  }

  /** The variant with `sku`, made when the shop has none: {product, variant}. */
  variant_for({ sku, title, vendor, price, grams = 0, variantTitle = null }) {
    for (const product of this.products.values()) {
      const variant = product.variants.find((v) => sku && v.sku === sku);
      if (variant) return { product, variant };
    }
    const variant = { id: this.world.id(), sku, title: variantTitle, price, grams };
    const product = { id: this.world.id(), title, vendor, variants: [variant] };
    variant.product = product;
    this.products.set(product.id, product);
    return { product, variant };
  }

  /** Tells the webhook sender (and whoever listens) that something happened. */
  emit(topic, body) {
    for (const listen of this.listeners) listen(topic, body);
  }

  /** Marks the order as changed now, visible to search after the search delay. */
  touch(order) {
    order.updated_at = this.world.now();
    const visible_ms = this.world.now_ms() + this.settings.search_delay_ms;
    order.touches.push({ updated_at: order.updated_at, visible_ms });
    if (order.touches.length > 64) order.touches.shift();
  }

  /** What search knows of the order's last change; null while it knows nothing. */
  indexed_at(order) {
    const now = this.world.now_ms();
    return order.touches.findLast((t) => t.visible_ms <= now)?.updated_at ?? null;
  }

  /** Runs `act` when the clock reaches now + `delay_ms`; at once for 0. */
  later(delay_ms, act) {
    if (delay_ms <= 0) act();
    else this.due.push({ at_ms: this.world.now_ms() + delay_ms, act });
  }

  /** Does what has become due; called by a timer and whenever the clock is moved. */
  tick() {
    const now = this.world.now_ms();
    const ready = this.due.filter((d) => d.at_ms <= now).sort((a, b) => a.at_ms - b.at_ms);
    this.due = this.due.filter((d) => d.at_ms > now);
    for (const { act } of ready) act();
  }

  /** A job that is done after the shop's job delay, when `act` has run. */
  start_job(act) {
    const job = { id: this.world.uuid(), done: false };
    this.jobs.set(job.id, job);
    this.later(Math.max(1, this.settings.job_delay_ms), () => {
      act();
      job.done = true;
    });
    return job;
  }

  /** Record of `map` named by a global id of `type`; null when there is none. */
  find(map, type, text) {
    const parsed = parse_gid(text);
    if (!parsed || parsed[1] === 0n) throw new NotFound('invalid id');
    if (parsed[0] !== type) throw new NotFound('invalid id');
    return map.get(parsed[1]) ?? null;
  }

  /** Order named by a global id, a plain id or its name ("#1001"); throws RangeError. */
  order(text) {
    const parsed = parse_gid(text);
    const id = parsed ? parsed[1] : /^\d+$/.test(String(text)) ? BigInt(text) : null;
    const order = id !== null ? this.orders.get(id)
      : [...this.orders.values()].find((o) => o.name === text);
    if (!order) throw new RangeError(`no order ${text}`);
    return order;
  }

  /** Fulfillment orders of an order, oldest first. */
  parts_of(order) {
    return [...this.fulfillment_orders.values()].filter((f) => f.order === order);
  }

  /** Fulfillments of an order, oldest first. */
  shipments_of(order) {
    return [...this.fulfillments.values()].filter((f) => f.order === order);
  }

  at(ms) {
    return instant(ms);
  }
}
