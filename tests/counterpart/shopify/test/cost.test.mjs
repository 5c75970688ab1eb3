import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { Bucket, requested_cost } from '../cost.mjs';
import { counterpart, schemas } from '../kit.mjs';

const { schema } = schemas.serve('2026-10');

function cost(query, variables = {}) {
  const document = parse(query);
  return requested_cost(schema, document, document.definitions[0], variables);
}

test('recorded prices: flat pages of 10 and 20, a tracking update', () => {
  assert.equal(cost('{ orders(first: 10) { nodes { id } } }'), 6);
  assert.equal(cost('{ orders(first: 20) { nodes { id } } }'), 7);
  assert.equal(cost('{ orders(first: 20) { edges { node { id } cursor } } }'), 7);
  assert.equal(cost(`mutation { fulfillmentTrackingInfoUpdate(fulfillmentId: "x",
    trackingInfoInput: {}) { fulfillment { id } userErrors { message } } }`), 51);
});

test('objects cost one, scalars nothing, a mutation ten', () => {
  assert.equal(cost('{ shop { name } }'), 1);
  assert.equal(cost('{ order(id: "x") { id shippingAddress { zip } } }'), 2);
  assert.equal(cost('mutation { fulfillmentCancel(id: "x") { userErrors { message } } }'), 10);
});

test('page sizes come from variables and skipped fields are free', () => {
  const query = `query Q($n: Int) { orders(first: $n) { nodes { id } }
    shop @skip(if: true) { id } }`;
  assert.equal(cost(query, { n: 10 }), 6);
});

test('the bucket leaks at its rate and never above its size', () => {
  let now = 0;
  const bucket = new Bucket(() => now, 2000, 100);
  assert.ok(bucket.reserve(1950));
  assert.ok(!bucket.reserve(100));
  now += 500;
  assert.ok(bucket.reserve(100));
  now += 3_600_000;
  assert.equal(bucket.status().currentlyAvailable, 2000);
});

test('an empty bucket answers THROTTLED as 200 and says how full it is', async () => {
  const shop = await counterpart();
  await shop.control('/clock', { now: '2026-11-02T10:00:00Z' });
  await shop.control('/settings', { bucket: { available: 3 } });
  const answer = await shop.post('{ orders(first: 10) { nodes { id } } }', {});
  assert.equal(answer.status, 200);
  assert.equal(answer.body.errors[0].extensions.code, 'THROTTLED');
  assert.deepEqual(answer.body.extensions.cost.throttleStatus,
    { maximumAvailable: 2000, currentlyAvailable: 3, restoreRate: 100 });
  await shop.control('/clock', { advance_ms: 1000 });
  const paid = await shop.gql('{ orders(first: 10) { nodes { id } } }');
  assert.equal(paid.extensions.cost.requestedQueryCost, 6);
  assert.equal(paid.extensions.cost.actualQueryCost, 2);
  shop.close();
});
