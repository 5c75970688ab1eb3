// The control plane: JSON over loopback HTTP, by which a test plays merchant, buyer, other apps
// and bad luck, and reads the books. See README.md for every path.
import { read_body, reply_to } from './http.mjs';
import { parse } from './json.mjs';
import {
  assess, cancel, edit, order_changed, pay, place, redact, refund, remove, void_authorization,
} from './state/orders.mjs';
import {
  cancel_part, hold, merge, move, part_gid, release, request_step, reschedule, split,
} from './state/routing.mjs';
import { add_event, cancel_fulfillment, fulfil, replace_tracking } from './state/fulfillments.mjs';
import { Refusal } from './state/refusal.mjs';
import { order_book, order_view, part_view } from './views.mjs';
import { shop_payload } from './payloads.mjs';
import { gid, parse_gid } from './world.mjs';
import { enum_topic } from './webhooks.mjs';

function line_of(order, text) {
  const line = order.lines.find((l) => String(l.id) === String(text)
    || gid('LineItem', l.id) === text || l.sku === text);
  if (!line) throw new RangeError(`no line ${text} in ${order.name}`);
  return line;
}

function part_of(shop, text) {
  const parsed = parse_gid(text);
  const part = shop.fulfillment_orders.get(parsed ? parsed[1] : BigInt(text));
  if (!part) throw new RangeError(`no fulfillment order ${text}`);
  return part;
}

/** Lines by sku or line id as a FulfillmentOrder's own line inputs. */
const part_lines = (part, lines) => lines?.map(({ line, quantity }) => {
  const wanted = line_of(part.order, line);
  const own = part.lines.find((l) => l.line === wanted);
  return { id: gid('FulfillmentOrderLineItem', own?.id ?? 0n), quantity };
});

const order_actions = {
  pay: (shop, order, body) => pay(shop, order, body.amount ?? null),
  void: (shop, order) => void_authorization(shop, order),
  edit: (shop, order, body) => edit(shop, order, {
    add: body.add ?? [],
    change: (body.change ?? []).map((c) => ({ ...c, line: line_of(order, c.line) })),
  }),
  refund: (shop, order, body) => refund(shop, order, {
    ...body, lines: (body.lines ?? []).map((l) => ({ ...l, line: line_of(order, l.line) })),
  }),
  cancel: (shop, order, body) => cancel(shop, order, {
    reason: body.reason, restock: body.restock, give_back: body.refund ?? true,
  }),
  risk: (shop, order, body) => assess(shop, order, body),
  address: (shop, order, body) => {
    order.shipping_address = body.address === null ? null
      : { ...order.shipping_address, ...body.address };
    order_changed(shop, order);
  },
  note: (shop, order, body) => {
    order.note = body.note ?? order.note;
    order.tags = body.tags ?? order.tags;
    order_changed(shop, order);
  },
  touch: (shop, order) => order_changed(shop, order),
  fulfil: (shop, order, body) => {
    const parts = body.fulfillmentOrder ? [part_of(shop, body.fulfillmentOrder)]
      : shop.parts_of(order).filter((p) => ['OPEN', 'IN_PROGRESS'].includes(p.status)).slice(0, 1);
    const groups = parts.map((part) => ({
      fulfillmentOrderId: part_gid(part),
      fulfillmentOrderLineItems: part_lines(part, body.lines) ?? [],
    }));
    const input = { lineItemsByFulfillmentOrder: groups, trackingInfo: body.trackingInfo,
      notifyCustomer: body.notifyCustomer };
    return fulfil(shop, input, body.by ?? 'merchant');
  },
  redact: (shop, order) => redact(shop, order),
  data_request: (shop, order) => shop.emit('customers/data_request', {
    shop_id: shop.id, shop_domain: shop.domain, orders_requested: [order.id],
    customer: { id: order.customer.id, email: order.email, phone: order.phone },
    data_request: { id: shop.world.id() },
  }),
  delete: (shop, order) => remove(shop, order),
};

const part_actions = {
  hold: (shop, part, body) => hold(shop, part, {
    reason: 'OTHER', ...body, fulfillmentOrderLineItems: part_lines(part, body.lines),
  }, body.app ?? 'Fraud screener'),
  release: (shop, part, body) => release(shop, part, body.holdIds ?? part.holds.map((h) => {
    h.locked = false;
    return gid('FulfillmentHold', h.id);
  })),
  move: (shop, part, body) => {
    const location = [...shop.locations.values()].find((l) => l.name === body.location
      || String(l.id) === String(body.location) || gid('Location', l.id) === body.location);
    return move(shop, part, location, part_lines(part, body.lines));
  },
  split: (shop, part, body) => split(shop, part, part_lines(part, body.lines)),
  merge: (shop, part, body) => merge(shop, [part, ...body.with.map((t) => part_of(shop, t))]),
  cancel: (shop, part) => cancel_part(shop, part),
  reschedule: (shop, part, body) => reschedule(shop, part, body.fulfillAt),
  request: (shop, part, body) => request_step(shop, part, body.step, body.message ?? null),
};

const fulfillment_actions = {
  event: (shop, id, body) => add_event(shop, { ...body, fulfillmentId: id }),
  tracking: (shop, id, body) => replace_tracking(shop, id, body, false),
  cancel: (shop, id) => cancel_fulfillment(shop, id),
};

export class Control {
  /** `parts`: {shop, access, books, bucket, faults, webhooks}. */
  constructor(parts) {
    Object.assign(this, parts);
  }

  async handle(request, response) {
    const raw = await read_body(request);
    const body = raw.length > 0 ? parse(raw.toString('utf8')) : {};
    const url = new URL(request.url, 'http://localhost');
    const path = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
    const reply = reply_to(response);
    try {
      const answer = await this.#route(request.method, path, body, url.searchParams);
      if (answer === undefined) reply.send(404, { error: `no such path: ${url.pathname}` });
      else reply.send(200, answer);
    } catch (error) {
      if (error instanceof Refusal) reply.send(409, { error: error.message, code: error.code });
      else throw error;
    }
  }

  async #route(method, [first, second, third], body, query) {
    if (method === 'GET') return this.#read(first, second, query);
    if (method === 'DELETE' && first === 'books') return this.#done(this.books.clear());
    if (method === 'DELETE' && first === 'misbehave') {
      this.webhooks.rules = [];
      this.webhooks.flush();
      return this.#done(this.faults.clear());
    }
    if (method !== 'POST') return undefined;
    const things = {
      orders: () => this.#orders(second, third, body),
      fulfillment_orders: () => this.#parts(second, third, body),
      fulfillments: () => this.#fulfillments(second, third, body),
      locations: () => ({ id: this.shop.add_location(body).id }),
      app: () => this.#app(second),
      shop: () => this.#shop(second),
      subscriptions: () => this.#subscriptions(second, body),
      misbehave: () => this.#done(this.faults.add(body)),
      webhooks: () => this.#webhooks(second, body),
      clock: () => this.#clock(body),
      settings: () => this.#settings(body),
      oauth: () => this.#oauth(body),
      idle: async () => ({ idle: await this.webhooks.idle(body.limit_ms) }),
    };
    return things[first]?.();
  }

  #done(_nothing) {
    return { ok: true };
  }

  #read(first, second, query) {
    const { shop } = this;
    if (first === 'books') {
      switch (second) {
        case undefined:
          return { ...this.books.summary(), struck: this.faults.struck };
        case 'documents':
          return this.books.sent_documents();
        case 'requests': {
          const name = query.get('operation');
          return this.books.requests.filter((r) => !name || r.name === name || r.root === name);
        }
        case 'deliveries': {
          const topic = query.get('topic');
          return this.webhooks.log.filter((d) => !topic || d.topic === topic);
        }
        case 'orders':
          return [...shop.orders.values()].map((o) => order_book(shop, o));
        default:
          return undefined;
      }
    }
    if (first === 'orders' && second) return order_view(shop, shop.order(second));
    if (first === 'orders') return [...shop.orders.values()].map((o) => order_view(shop, o));
    if (first === 'subscriptions') return [...shop.subscriptions.values()];
    if (first === 'locations') return [...shop.locations.values()];
    if (first === 'clock') return { now: new Date(shop.world.now_ms()).toISOString() };
    if (first === 'health') return { ok: true };
    return undefined;
  }

  #orders(id, action, body) {
    const { shop } = this;
    if (!id) {
      const many = Array.isArray(body) ? body.map((b) => place(shop, b)) : place(shop, body);
      return Array.isArray(many) ? many.map((o) => order_view(shop, o)) : order_view(shop, many);
    }
    const order = shop.order(id);
    const act = order_actions[action];
    if (!act) return undefined;
    act(shop, order, body);
    return order_view(shop, order);
  }

  #parts(id, action, body) {
    const act = part_actions[action];
    if (!id || !act) return undefined;
    const part = part_of(this.shop, id);
    act(this.shop, part, body);
    return { ...part_view(part), order: order_view(this.shop, part.order) };
  }

  #fulfillments(id, action, body) {
    const act = fulfillment_actions[action];
    if (!id || !act) return undefined;
    const name = parse_gid(id) ? id : gid('Fulfillment', id);
    act(this.shop, name, body);
    return this.#done();
  }

  #app(action) {
    const { shop } = this;
    if (action === 'uninstall') {
      shop.emit('app/uninstalled', shop_payload(shop));
      shop.app.installed = false;
      shop.subscriptions.clear();
      this.access.revoke();
      return this.#done();
    }
    if (action !== 'install') return undefined;
    shop.app.installed = true;
    return this.#done();
  }

  #shop(action) {
    const { shop } = this;
    if (action !== 'redact') return undefined;
    shop.emit('shop/redact', { shop_id: shop.id, shop_domain: shop.domain });
    return this.#done();
  }

  #subscriptions(action, body) {
    const { shop } = this;
    if (action !== 'drop') return undefined;
    const dropped = [...shop.subscriptions.values()]
      .filter((w) => !body.topic || w.topic === enum_topic(body.topic));
    for (const { id } of dropped) shop.subscriptions.delete(id);
    return { dropped: dropped.length };
  }

  async #webhooks(action, body) {
    const { webhooks } = this;
    switch (action) {
      case 'misbehave':
        return this.#done(webhooks.misbehave(body));
      case 'flush':
        return this.#done(webhooks.flush());
      case 'send':
        await webhooks.forge(body);
        return webhooks.log.at(-1);
      case 'resend':
        await webhooks.resend(body.webhook_id);
        return webhooks.log.at(-1);
      case 'settings':
        Object.assign(webhooks, pick(body, ['retry_scale', 'secret', 'target']));
        return this.#done();
      default:
        return undefined;
    }
  }

  #clock(body) {
    const { world } = this.shop;
    if (body.now) world.set(Date.parse(body.now));
    if (body.advance_ms) world.advance(body.advance_ms);
    if (body.real) world.run();
    this.shop.tick();
    return { now: new Date(world.now_ms()).toISOString() };
  }

  #settings(body) {
    const { shop, access, bucket } = this;
    const own = ['search_delay_ms', 'routing_delay_ms', 'job_delay_ms', 'gift_cards_auto_fulfill'];
    Object.assign(shop.settings, pick(body, own));
    if (body.scopes) access.scopes = new Set(body.scopes);
    if (body.bucket) {
      const { maximum, restore_rate, available } = body.bucket;
      bucket.maximum = maximum ?? bucket.maximum;
      bucket.restore_rate = restore_rate ?? bucket.restore_rate;
      bucket.available = available ?? Math.min(bucket.available, bucket.maximum);
      bucket.seen_ms = bucket.now_ms();
    }
    return { ...shop.settings, scopes: [...access.scopes], bucket: bucket.status() };
  }

  #oauth(body) {
    const { access } = this;
    if ('refuse' in body) access.refuse_oauth = body.refuse || null;
    if (body.revoke) access.revoke();
    if ('static_token' in body) access.static_token = body.static_token;
    if (body.client_secret) access.client_secret = body.client_secret;
    if (body.life_s) access.life_s = body.life_s;
    return this.#done();
  }
}

const pick = (from, names) => Object.fromEntries(
  names.filter((n) => n in from).map((n) => [n, from[n]]));
