import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { counterpart, create, secret, token } from '../kit.mjs';

let shop;
before(async () => { shop = await counterpart(); });
after(() => shop.close());

const first = async (query, variables) => (await shop.gql(query, variables)).errors[0];

test('a wrong token is 401 with the recorded body', async () => {
  const answer = await shop.post('{ shop { id } }', {}, '2026-10', 'wrong');
  assert.equal(answer.status, 401);
  assert.match(answer.body.errors, /^\[API\] Invalid API key or access token/);
});

test('versions: served, fallen forward, unknown', async () => {
  const served = await shop.post('{ shop { id } }', {});
  assert.equal(served.headers.get('x-shopify-api-version'), '2026-10');
  const old = await shop.post('{ shop { id } }', {}, '2024-01');
  assert.equal(old.headers.get('x-shopify-api-version'), '2026-07');
  assert.equal((await shop.post('{ shop { id } }', {}, '2031-01')).status, 404);
});

test('undefinedField', async () => {
  const error = await first('query Q { shop { colour } }');
  assert.equal(error.message, "Field 'colour' doesn't exist on type 'Shop'");
  assert.deepEqual(error.path, ['query Q', 'shop', 'colour']);
  assert.deepEqual(error.extensions,
    { code: 'undefinedField', typeName: 'Shop', fieldName: 'colour' });
});

test('missingRequiredArguments', async () => {
  const error = await first('{ order { id } }');
  assert.equal(error.message, "Field 'order' is missing required arguments: id");
  assert.equal(error.extensions.code, 'missingRequiredArguments');
  assert.equal(error.extensions.arguments, 'id');
});

test('argumentLiteralsIncompatible', async () => {
  const error = await first('{ orders(first: "x") { nodes { id } } }');
  assert.equal(error.extensions.code, 'argumentLiteralsIncompatible');
  assert.equal(error.extensions.argumentName, 'first');
  assert.deepEqual(error.path, ['query', 'orders', 'first']);
});

test('argumentNotAccepted', async () => {
  const error = await first('{ orders(first: 1, colour: 2) { nodes { id } } }');
  assert.equal(error.message, "Field 'orders' doesn't accept argument 'colour'");
  assert.equal(error.extensions.code, 'argumentNotAccepted');
});

test('INVALID_VARIABLE names each problem', async () => {
  const error = await first(create, { fulfillment: { lineItemsByFulfillmentOrder: [
    { fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/1', colour: 1 },
    { fulfillmentOrderLineItems: [] }] } });
  assert.equal(error.extensions.code, 'INVALID_VARIABLE');
  assert.deepEqual(error.extensions.problems, [
    { path: ['lineItemsByFulfillmentOrder', 0, 'colour'],
      explanation: 'Field is not defined on FulfillmentOrderLineItemsInput' },
    { path: ['lineItemsByFulfillmentOrder', 1, 'fulfillmentOrderId'],
      explanation: 'Expected value to not be null' }]);
});

test('a bare number is no global id', async () => {
  const error = await first('query Q($id: ID!) { order(id: $id) { id } }', { id: '42' });
  assert.equal(error.extensions.problems[0].explanation, "Invalid global id '42'");
});

test('RESOURCE_NOT_FOUND for id 0', async () => {
  const answer = await shop.gql(create, { fulfillment: { lineItemsByFulfillmentOrder: [
    { fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/0' }] } });
  assert.equal(answer.errors[0].message, 'invalid id');
  assert.equal(answer.errors[0].extensions.code, 'RESOURCE_NOT_FOUND');
  assert.equal(answer.data.fulfillmentCreate, null);
});

test('MAX_INPUT_SIZE_EXCEEDED above 250', async () => {
  const many = Array.from({ length: 251 }, () =>
    ({ fulfillmentOrderId: 'gid://shopify/FulfillmentOrder/1' }));
  const error = await first(create, { fulfillment: { lineItemsByFulfillmentOrder: many } });
  assert.equal(error.extensions.code, 'MAX_INPUT_SIZE_EXCEEDED');
});

test('MAX_COST_EXCEEDED and a page without a size', async () => {
  const deep = `{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { id variant { id }
    taxLines(first: 200) { title } } } fulfillmentOrders(first: 250) { nodes { lineItems(first: 250)
    { nodes { lineItem { id } } } } } } } }`;
  const error = await first(deep);
  assert.equal(error.extensions.code, 'MAX_COST_EXCEEDED');
  assert.equal(error.extensions.maxCost, 1000);
  assert.equal((await first('{ orders { nodes { id } } }')).extensions.code, 'BAD_REQUEST');
});

test('ACCESS_DENIED without the scope', async () => {
  await shop.control('/settings', { scopes: ['read_products'] });
  const error = await first('{ orders(first: 1) { nodes { id } } }');
  assert.equal(error.extensions.code, 'ACCESS_DENIED');
  assert.match(error.extensions.requiredAccess, /read_orders/);
  await shop.control('/settings', { scopes: [...new Set(['read_orders'])] });
  assert.equal((await shop.gql('{ orders(first: 1) { nodes { id } } }')).errors, undefined);
});

test('deprecated use is counted and named in a header', async () => {
  const query = 'mutation M($w: WebhookSubscriptionInput!) { webhookSubscriptionCreate('
    + 'topic: ORDERS_CREATE, webhookSubscription: $w) { webhookSubscription { callbackUrl }'
    + ' userErrors { message } } }';
  const answer = await shop.post(query, { w: { callbackUrl: 'https://example.com/a' } });
  assert.ok(answer.headers.get('x-shopify-api-deprecated-reason'));
  const { deprecated_uses } = await shop.read('/books');
  assert.equal(deprecated_uses['WebhookSubscriptionInput.callbackUrl'], 1);
  assert.equal(deprecated_uses['WebhookSubscription.callbackUrl'], 1);
});

test('client credentials: granted, used, refused, lapsed', async () => {
  const url = `http://127.0.0.1:${shop.port}/admin/oauth/access_token`;
  const body = { client_id: 'counterpart-app', client_secret: secret,
    grant_type: 'client_credentials' };
  const ask = async () => {
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' } });
    return { status: answer.status, ...(await answer.json()) };
  };
  const granted = await ask();
  assert.equal(granted.expires_in, 86_399);
  const use = () => shop.post('{ shop { id } }', {}, '2026-10', granted.access_token);
  assert.equal((await use()).status, 200);
  await shop.control('/oauth', { refuse: 'invalid_grant' });
  assert.equal((await ask()).status, 400);
  await shop.control('/clock', { advance_ms: 86_400_000 });
  assert.equal((await use()).status, 401);
  assert.equal((await shop.post('{ shop { id } }', {}, '2026-10', token)).status, 200);
});
