// Signed webhooks: at least once, in no promised order, retried and in the end given up with the
// subscription. Times between tries are Shopify's, scaled down by `retry_scale`.
import { createHmac } from 'node:crypto';
import { request as http_request } from 'node:http';
import { request as https_request } from 'node:https';
import { stringify } from './json.mjs';

const retry_s = [60, 120, 300, 600, 1200, 2400, 4200, 5520];
const answer_ms = 5000;
const max_log = 20_000;
const roots = [
  'FULFILLMENT_ORDERS', 'FULFILLMENT_HOLDS', 'FULFILLMENT_EVENTS', 'ORDER_TRANSACTIONS',
  'BULK_OPERATIONS', 'INVENTORY_LEVELS', 'INVENTORY_ITEMS', 'DRAFT_ORDERS',
];

/** Topic as the header writes it ("orders/create") for a WebhookSubscriptionTopic. */
export function header_topic(topic) {
  const root = roots.find((r) => topic.startsWith(`${r}_`)) ?? topic.split('_')[0];
  return `${root}/${topic.slice(root.length + 1)}`.toLowerCase();
}

/** WebhookSubscriptionTopic for a header topic. */
export const enum_topic = (topic) => topic.replace('/', '_').toUpperCase();

/** Topics that go to the app's own address and need no subscription. */
const app_topics = new Set(['customers/data_request', 'customers/redact', 'shop/redact']);

/** Base64 HMAC-SHA256 over the raw bytes. */
export const sign = (secret, raw) => createHmac('sha256', secret).update(raw).digest('base64');

function post(uri, headers, raw) {
  return new Promise((resolve) => {
    const url = new URL(uri);
    const make = url.protocol === 'https:' ? https_request : http_request;
    const call = make(url, { method: 'POST', headers, timeout: answer_ms }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve({ status: answer.statusCode }));
      answer.on('error', (error) => resolve({ error: error.message }));
    });
    const deadline = setTimeout(() => call.destroy(new Error('timeout')), answer_ms);
    call.on('close', () => clearTimeout(deadline));
    call.on('timeout', () => call.destroy(new Error('timeout')));
    call.on('error', (error) => resolve({ error: error.message }));
    call.end(raw);
  });
}

export class Webhooks {
  constructor({ shop, secret, target = null, retry_scale = 0.001, version }) {
    Object.assign(this, { shop, secret, target, retry_scale, version });
    this.world = shop.world;
    this.log = [];
    this.rules = [];
    this.held = [];
    this.pending = new Set();
    this.timers = new Set();
    this.stopped = false;
    shop.listeners.push((topic, body) => this.announce(topic, body));
  }

  /** Sends one happening to every subscription of its topic. */
  announce(topic, body) {
    if (!this.shop.app.installed && topic !== 'shop/redact') return;
    const wanted = enum_topic(topic);
    const to = [...this.shop.subscriptions.values()].filter((w) => w.topic === wanted);
    if (app_topics.has(topic) && this.target) {
      to.push({ uri: this.target, via: 'app', api_version: this.version, include_fields: [] });
    }
    const event = { event_id: this.world.uuid(), triggered_at: this.#precise_now() };
    for (const subscription of to) this.#enqueue(this.#delivery(topic, body, subscription, event));
  }

  #precise_now() {
    const ms = new Date(this.world.now_ms()).toISOString();
    return ms.replace('Z', '000000Z');
  }

  #delivery(topic, body, subscription, event) {
    const fields = subscription.include_fields;
    const shown = fields.length === 0 ? body
      : Object.fromEntries(Object.entries(body).filter(([k]) => fields.includes(k)));
    return {
      topic, subscription, uri: subscription.uri, raw: Buffer.from(stringify(shown)),
      webhook_id: this.world.uuid(), event_id: event.event_id, triggered_at: event.triggered_at,
      api_version: subscription.api_version, tries: 0, secret: this.secret,
    };
  }

  headers(delivery) {
    return {
      'Content-Type': 'application/json',
      'Content-Length': delivery.raw.length,
      'User-Agent': 'Shopify-Captain-Hook',
      'X-Shopify-Topic': delivery.topic,
      'X-Shopify-Hmac-Sha256': sign(delivery.secret, delivery.raw),
      'X-Shopify-Shop-Domain': this.shop.domain,
      'X-Shopify-API-Version': delivery.api_version,
      'X-Shopify-Webhook-Id': delivery.webhook_id,
      'X-Shopify-Event-Id': delivery.event_id,
      'X-Shopify-Triggered-At': delivery.triggered_at,
      ...(delivery.subscription.name ? { 'X-Shopify-Name': delivery.subscription.name } : {}),
      ...delivery.headers,
    };
  }

  /** Adds a misbehaviour: {kind: drop|duplicate|delay|reorder, topic?, count, delay_ms?, size?}. */
  misbehave(rule) {
    if (!['drop', 'duplicate', 'delay', 'reorder'].includes(rule.kind)) {
      throw new RangeError(`unknown webhook misbehaviour ${rule.kind}`);
    }
    this.rules.push({ count: 1, ...rule });
  }

  #enqueue(delivery) {
    const rule = this.rules.find((r) => r.count > 0 && (!r.topic || r.topic === delivery.topic));
    if (rule) rule.count -= 1;
    switch (rule?.kind) {
      case 'drop':
        this.#note(delivery, { dropped: true });
        break;
      case 'duplicate':
        for (let i = 0; i < (rule.copies ?? 2); i += 1) this.#send({ ...delivery });
        break;
      case 'delay':
        this.#after(rule.delay_ms ?? 1000, () => this.#send(delivery));
        break;
      case 'reorder':
        this.held.push(delivery);
        if (rule.count === 0) this.flush();
        break;
      default:
        this.#send(delivery);
    }
  }

  /** Sends what a reorder rule holds back, last first. */
  flush() {
    const held = this.held.reverse();
    this.held = [];
    for (const delivery of held) this.#send(delivery);
  }

  #after(ms, act) {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, ms);
    this.timers.add(timer);
  }

  #note(delivery, result) {
    this.log.push({
      at: this.world.now(), topic: delivery.topic, uri: delivery.uri, try: delivery.tries,
      webhook_id: delivery.webhook_id, event_id: delivery.event_id, ...result,
      body: delivery.raw.toString('utf8'),
    });
    if (this.log.length > max_log) this.log.shift();
  }

  async #send(delivery) {
    if (this.stopped) return;
    const job = this.#try(delivery);
    this.pending.add(job);
    await job;
    this.pending.delete(job);
  }

  async #try(delivery) {
    const result = await post(delivery.uri, this.headers(delivery), delivery.raw);
    const accepted = result.status >= 200 && result.status < 300;
    this.#note(delivery, { ...result, accepted });
    if (accepted || this.stopped) return;
    if (delivery.tries >= retry_s.length) {
      const { subscription } = delivery;
      if (subscription.via === 'api') this.shop.subscriptions.delete(subscription.id);
      return;
    }
    const wait_ms = retry_s[delivery.tries] * 1000 * this.retry_scale;
    delivery.tries += 1;
    this.#after(wait_ms, () => this.#send(delivery));
  }

  /** Sends a body of the caller's making: {topic, body | raw, uri?, secret?, headers?}. */
  forge({ topic, body, raw, uri, secret, headers = {}, webhook_id, event_id }) {
    const subscription = { uri: uri ?? this.target, via: 'forged', include_fields: [] };
    const event = { event_id: event_id ?? this.world.uuid(), triggered_at: this.#precise_now() };
    const delivery = this.#delivery(topic, body ?? {}, subscription, event);
    if (raw !== undefined) delivery.raw = Buffer.from(raw);
    Object.assign(delivery, {
      headers, secret: secret ?? this.secret, api_version: this.version, tries: retry_s.length,
      webhook_id: webhook_id ?? delivery.webhook_id,
    });
    return this.#send(delivery);
  }

  /** Sends a logged delivery again with the same webhook id; throws RangeError when unknown. */
  resend(webhook_id) {
    const old = this.log.find((entry) => entry.webhook_id === webhook_id);
    if (!old) throw new RangeError(`no delivery ${webhook_id}`);
    return this.forge({ topic: old.topic, raw: old.body, uri: old.uri, webhook_id,
      event_id: old.event_id });
  }

  /** Resolves when no delivery is under way, retried or held; false after `limit_ms`. */
  async idle(limit_ms = 10_000) {
    const end = performance.now() + limit_ms;
    while (performance.now() < end) {
      if (this.pending.size + this.timers.size + this.held.length === 0) return true;
      await new Promise((resolve) => { setTimeout(resolve, 5); });
    }
    return false;
  }

  stop() {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
