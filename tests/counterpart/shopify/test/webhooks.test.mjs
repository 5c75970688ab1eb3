import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counterpart, receiver } from '../kit.mjs';

const subscribe = `mutation W($topic: WebhookSubscriptionTopic!, $w: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $w) {
    webhookSubscription { id uri topic } userErrors { message } } }`;

async function pair(options, status) {
  const inbox = await receiver(status);
  const shop = await counterpart({ webhook_target: inbox.url, ...options });
  return { inbox, shop, close: () => { shop.close(); inbox.close(); } };
}

test('a placed order is announced, signed, with exact ids', async () => {
  const { inbox, shop, close } = await pair();
  const order = await shop.control('/orders', {});
  await shop.control('/idle', {});
  const topics = inbox.got.map((d) => d.topic);
  const routing = 'fulfillment_orders/order_routing_complete';
  for (const topic of ['orders/create', 'orders/paid', routing]) {
    assert.ok(topics.includes(topic), topic);
  }
  assert.ok(inbox.got.every((d) => d.signed));
  const created = inbox.got.find((d) => d.topic === 'orders/create');
  assert.equal(created.body.id, order.id);
  assert.match(created.text, new RegExp(`"id":${order.id},`));
  const routed = inbox.got.find((d) => d.topic.endsWith('order_routing_complete'));
  assert.deepEqual(Object.keys(routed.body), ['fulfillment_order']);
  assert.deepEqual(Object.keys(routed.body.fulfillment_order), ['id', 'status']);
  close();
});

test('a refund line carries a float, the order a string', async () => {
  const { inbox, shop, close } = await pair();
  const order = await shop.control('/orders', {});
  await shop.control(`/orders/${order.id}/refund`,
    { lines: [{ line: 'SKU-1', quantity: 1, restockType: 'CANCEL' }] });
  await shop.control('/idle', {});
  const refund = inbox.got.find((d) => d.topic === 'refunds/create');
  assert.match(refund.text, /"subtotal":10\.0,/);
  const updated = inbox.got.findLast((d) => d.topic === 'orders/updated');
  assert.equal(updated.body.total_price, '10.00');
  assert.equal(updated.body.financial_status, 'refunded');
  close();
});

test('two subscriptions share the event id and differ in the webhook id', async () => {
  const { inbox, shop, close } = await pair();
  const second = await receiver();
  await shop.gql(subscribe, { topic: 'ORDERS_CREATE', w: { uri: second.url } });
  const again = await shop.gql(subscribe, { topic: 'ORDERS_CREATE', w: { uri: second.url } });
  assert.equal(again.data.webhookSubscriptionCreate.userErrors[0].message,
    'Address for this topic has already been taken');
  await shop.control('/orders', {});
  await shop.control('/idle', {});
  const one = inbox.got.find((d) => d.topic === 'orders/create').headers;
  const two = second.got[0].headers;
  assert.equal(one['x-shopify-event-id'], two['x-shopify-event-id']);
  assert.notEqual(one['x-shopify-webhook-id'], two['x-shopify-webhook-id']);
  second.close();
  close();
});

test('a failed delivery comes again under the same webhook id', async () => {
  const { inbox, shop, close } = await pair({ retry_scale: 0.0001 },
    (n) => (n <= 2 ? 503 : 200));
  await shop.control('/subscriptions/drop', {});
  await shop.gql(subscribe, { topic: 'ORDERS_CREATE', w: { uri: inbox.url } });
  await shop.control('/orders', {});
  await shop.control('/idle', {});
  assert.equal(inbox.got.length, 3);
  assert.equal(new Set(inbox.got.map((d) => d.headers['x-shopify-webhook-id'])).size, 1);
  close();
});

test('after eight retries the subscription is gone', async () => {
  const { inbox, shop, close } = await pair({ retry_scale: 0.000001 }, () => 500);
  await shop.control('/subscriptions/drop', {});
  await shop.gql(subscribe, { topic: 'ORDERS_CREATE', w: { uri: inbox.url } });
  await shop.control('/orders', {});
  await shop.control('/idle', {});
  assert.equal(inbox.got.length, 9);
  assert.deepEqual(await shop.read('/subscriptions'), []);
  close();
});

test('duplicates, drops, reordering, forgeries, resends', async () => {
  const { inbox, shop, close } = await pair();
  await shop.control('/webhooks/misbehave', { kind: 'duplicate', topic: 'orders/create' });
  await shop.control('/webhooks/misbehave', { kind: 'drop', topic: 'orders/paid' });
  await shop.control('/webhooks/misbehave', { kind: 'reorder',
    topic: 'fulfillment_orders/order_routing_complete', count: 1 });
  await shop.control('/orders', {});
  await shop.control('/idle', {});
  const count = (topic) => inbox.got.filter((d) => d.topic === topic).length;
  assert.equal(count('orders/create'), 2);
  assert.equal(count('orders/paid'), 0);
  await shop.control('/webhooks/send', { topic: 'orders/create', body: { id: 1 }, secret: 'no' });
  assert.equal(inbox.got.at(-1).signed, false);
  const { webhook_id } = (await shop.read('/books/deliveries?topic=orders/create'))[0];
  await shop.control('/webhooks/resend', { webhook_id });
  assert.equal(inbox.got.at(-1).headers['x-shopify-webhook-id'], webhook_id);
  close();
});

test('first hold placed_on_hold once, each hold added; redact and uninstall', async () => {
  const { inbox, shop, close } = await pair();
  const order = await shop.control('/orders', {});
  const { id } = order.fulfillment_orders[0];
  await shop.control(`/fulfillment_orders/${id}/hold`, { handle: 'a' });
  await shop.control(`/fulfillment_orders/${id}/hold`, { handle: 'b' });
  await shop.control(`/orders/${order.id}/redact`, {});
  await shop.control('/app/uninstall', {});
  await shop.control('/idle', {});
  const count = (topic) => inbox.got.filter((d) => d.topic === topic).length;
  assert.equal(count('fulfillment_orders/placed_on_hold'), 1);
  assert.equal(count('fulfillment_holds/added'), 2);
  assert.equal(count('customers/redact'), 1);
  assert.equal(count('app/uninstalled'), 1);
  assert.equal((await shop.post('{ shop { id } }', {})).status, 401);
  close();
});
