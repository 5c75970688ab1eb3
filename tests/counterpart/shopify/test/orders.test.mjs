import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { counterpart, schemas } from '../kit.mjs';
import { validate_files } from '../validate.mjs';

// What the connector sends, and what only other apps of a shop send.
const folders = ['../../../../connectors/channels/shopify/graphql/', './documents/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)));
const files = folders.flatMap((folder) => readdirSync(folder)
  .filter((f) => f.endsWith('.graphql')).map((f) => folder + f));
const document = (name) => readFileSync(
  files.find((f) => f.endsWith(`/${name}.graphql`)), 'utf8');

let shop;
before(async () => { shop = await counterpart(); });
after(() => shop.close());

const place = (body = {}) => shop.control('/orders', body);
const fetch_order = async (order) => {
  const answer = await shop.gql(document('order'), { id: order.gid });
  assert.equal(answer.errors, undefined);
  return answer.data.order;
};

test('the connector documents are valid, current and affordable in both versions', () => {
  for (const version of schemas.versions) {
    const { schema } = schemas.serve(version);
    const sums = validate_files(schema, version, files);
    assert.deepEqual([sums.invalid, sums.deprecated, sums.costly], [0, 0, 0], sums.lines.join());
  }
});

test('ids are beyond 2^53 and no double holds them', async () => {
  const order = await place();
  assert.equal(typeof order.id, 'bigint');
  assert.notEqual(BigInt(Number(order.id)), order.id);
});

test('a 250-line order is read in pages', async () => {
  const lines = Array.from({ length: 250 }, (_, i) => ({ sku: `S${i}`, quantity: 2 }));
  const order = await place({ lines });
  const first = await fetch_order(order);
  const seen = [...first.lineItems.nodes];
  let { pageInfo } = first.lineItems;
  while (pageInfo.hasNextPage) {
    const answer = await shop.gql(document('order_lines_page'),
      { id: order.gid, after: pageInfo.endCursor });
    seen.push(...answer.data.order.lineItems.nodes);
    pageInfo = answer.data.order.lineItems.pageInfo;
  }
  assert.equal(new Set(seen.map((l) => l.id)).size, 250);
});

test('gift cards, tips, digital lines and a zero total', async () => {
  const order = await place({ lines: [{ sku: 'G', giftCard: true }, { tip: true, price: '3.00' },
    { sku: 'D', requiresShipping: false }, { sku: 'A' }] });
  const seen = await fetch_order(order);
  const [gift, tip] = seen.lineItems.nodes;
  assert.equal(gift.isGiftCard, true);
  assert.equal(gift.unfulfilledQuantity, 0);
  assert.equal(tip.nonFulfillableQuantity, 1);
  assert.equal(seen.totalTipReceivedSet.shopMoney.amount, '3.0');
  assert.deepEqual(seen.fulfillmentOrders.nodes.map((p) => p.deliveryMethod.methodType),
    ['NONE', 'NONE', 'SHIPPING']);
  const free = await fetch_order(await place({ lines: [{ sku: 'A', price: '0' }] }));
  assert.equal(free.displayFinancialStatus, 'PAID');
  assert.deepEqual(free.transactions, []);
});

test('presentment currency is converted with its own digits', async () => {
  const seen = await fetch_order(await place({ lines: [{ sku: 'A', price: '19.95' }],
    presentmentCurrency: 'JPY', presentmentRate: '150.5' }));
  assert.deepEqual(seen.totalPriceSet, {
    shopMoney: { amount: '19.95', currencyCode: 'USD' },
    presentmentMoney: { amount: '3002.0', currencyCode: 'JPY' } });
});

test('authorized, captured, refunded with and without restock', async () => {
  const order = await place({ lines: [{ sku: 'A', quantity: 3 }], financial: 'authorized' });
  const before_paying = await fetch_order(order);
  assert.equal(before_paying.displayFinancialStatus, 'AUTHORIZED');
  assert.ok(before_paying.transactions[0].authorizationExpiresAt);
  await shop.control(`/orders/${order.id}/pay`, {});
  await shop.control(`/orders/${order.id}/refund`,
    { lines: [{ line: 'A', quantity: 1, restockType: 'CANCEL' }] });
  await shop.control(`/orders/${order.id}/refund`, { lines: [{ line: 'A', quantity: 1 }] });
  const seen = await fetch_order(order);
  assert.equal(seen.displayFinancialStatus, 'PARTIALLY_REFUNDED');
  const [line] = seen.lineItems.nodes;
  assert.deepEqual([line.quantity, line.currentQuantity, line.unfulfilledQuantity], [3, 1, 2]);
  assert.deepEqual(seen.refunds.map((r) => r.refundLineItems.nodes[0].restockType),
    ['CANCEL', 'NO_RESTOCK']);
});

test('a pre-order waits until its day', async () => {
  await shop.control('/clock', { now: '2026-11-02T10:00:00Z' });
  const order = await place({ fulfillAt: '2026-11-09T00:00:00Z' });
  assert.equal((await fetch_order(order)).displayFulfillmentStatus, 'SCHEDULED');
  await shop.control('/clock', { now: '2026-11-09T00:00:01Z' });
  assert.equal((await fetch_order(order)).fulfillmentOrders.nodes[0].status, 'OPEN');
  await shop.control('/clock', { real: true });
});

test('routing may come later than the order', async () => {
  const order = await place({ routingDelayMs: 40 });
  assert.deepEqual((await fetch_order(order)).fulfillmentOrders.nodes, []);
  await shop.control('/clock', { advance_ms: 100 });
  assert.equal((await fetch_order(order)).fulfillmentOrders.nodes.length, 1);
});

test('orderCancel answers with a job that is done later', async () => {
  const order = await place();
  const answer = await shop.gql(document('order_cancel'),
    { orderId: order.gid, reason: 'CUSTOMER', restock: true,
      refundMethod: { originalPaymentMethodsRefund: true } });
  const { job } = answer.data.orderCancel;
  assert.equal(job.done, false);
  await shop.control('/clock', { advance_ms: 10 });
  const later = await shop.gql('query J($id: ID!) { job(id: $id) { done } }', { id: job.id });
  assert.equal(later.data.job.done, true);
  const seen = await fetch_order(order);
  assert.equal(seen.cancelReason, 'CUSTOMER');
  assert.equal(seen.displayFinancialStatus, 'REFUNDED');
});

test('the sweep by updated_at pages, ties by id, and search lags when told', async () => {
  const own = await counterpart({ seed: 2 });
  await own.control('/clock', { now: '2026-11-02T10:00:00Z' });
  await own.control('/orders', Array.from({ length: 230 }, () => ({})));
  const ask = async (after, since = '2026-11-02T09:00:00Z') => {
    const answer = await own.gql(document('orders_updated'),
      { query: `updated_at:>='${since}'`, after });
    return answer.data.orders;
  };
  const ids = [];
  let page = await ask(null);
  for (;;) {
    ids.push(...page.nodes.map((n) => n.id));
    if (!page.pageInfo.hasNextPage) break;
    page = await ask(page.pageInfo.endCursor);
  }
  assert.equal(new Set(ids).size, 230);
  await own.control('/settings', { search_delay_ms: 5000 });
  await own.control('/clock', { advance_ms: 60_000 });
  await own.control('/orders', {});
  assert.equal((await ask(null, '2026-11-02T10:00:30Z')).nodes.length, 0);
  await own.control('/clock', { advance_ms: 5000 });
  assert.equal((await ask(null, '2026-11-02T10:00:30Z')).nodes.length, 1);
  own.close();
});

test('every mutation and subscription document of the connector runs', async () => {
  const order = await place({ lines: [{ sku: 'A', quantity: 2 }] });
  const [part] = order.fulfillment_orders;
  const ask = async (name, variables) => {
    const { data, errors } = await shop.gql(document(name), variables);
    assert.equal(errors, undefined, name);
    const [payload] = Object.values(data);
    assert.deepEqual(payload.userErrors ?? [], [], name);
    return payload;
  };
  const held = await ask('fulfillment_order_hold',
    { id: part.gid, fulfillmentHold: { reason: 'OTHER', handle: 'holdfast' } });
  await ask('fulfillment_order_release_hold',
    { id: part.gid, holdIds: [held.fulfillmentHold.id] });
  const place_b = await shop.control('/locations', { name: 'Supplier D' });
  const moved = await ask('fulfillment_order_move',
    { id: part.gid, newLocationId: `gid://shopify/Location/${place_b.id}` });
  const sent = await ask('fulfillment_create', { fulfillment: {
    lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: moved.movedFulfillmentOrder.id }],
    trackingInfo: { company: 'UPS', number: '1Z' }, notifyCustomer: false } });
  const { id } = sent.fulfillment;
  await ask('fulfillment_event_create',
    { fulfillmentEvent: { fulfillmentId: id, status: 'IN_TRANSIT' } });
  await ask('fulfillment_tracking_info_update',
    { fulfillmentId: id, trackingInfoInput: { numbers: ['1Z', '2Z'], company: 'UPS' } });
  const seen = await fetch_order(order);
  assert.equal(seen.fulfillments[0].displayStatus, 'IN_TRANSIT');
  assert.equal(seen.fulfillments[0].trackingInfo.length, 2);
  await ask('fulfillment_cancel', { id });
  await ask('webhook_subscription_create', { topic: 'ORDERS_CREATE',
    webhookSubscription: { uri: 'http://127.0.0.1:9/hooks/shop', format: 'JSON' } });
  const listed = await ask('webhook_subscriptions', {});
  assert.equal(listed.nodes[0].topic, 'ORDERS_CREATE');
  await shop.control('/subscriptions/drop', {});
});

test('an edit adds, raises and lowers lines in the fulfillment orders', async () => {
  const order = await place({ lines: [{ sku: 'A', quantity: 2 }, { sku: 'B', quantity: 2 }] });
  await shop.control(`/orders/${order.id}/edit`,
    { change: [{ line: 'A', quantity: 3 }, { line: 'B', quantity: 1 }], add: [{ sku: 'C' }] });
  const seen = await fetch_order(order);
  assert.deepEqual(seen.lineItems.nodes.map((l) => [l.currentQuantity, l.unfulfilledQuantity]),
    [[3, 3], [1, 1], [1, 1]]);
  assert.equal(seen.edited, true);
});

test('the remaining connector documents run', async () => {
  assert.ok((await shop.gql(document('shop'))).data.currentAppInstallation.accessScopes.length);
  assert.ok((await shop.gql(document('locations'))).data.locations.nodes.length);
  const order = await place();
  await shop.control(`/orders/${order.id}/fulfil`, { trackingInfo: { number: 'X' } });
  const seen = await shop.gql(document('order_fulfillments'), { id: order.gid });
  assert.equal(seen.data.order.fulfillments[0].trackingInfo[0].number, 'X');
  const part = await shop.gql(document('fulfillment_order_lines_page'),
    { id: order.fulfillment_orders[0].gid });
  assert.equal(part.data.fulfillmentOrder.lineItems.nodes.length, 1);
  const { unkept_fields } = await shop.read('/books');
  assert.deepEqual(unkept_fields, []);
});
