import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { listen, reply_to } from '../http.mjs';
import { counterpart, create, schema_files, ship } from '../kit.mjs';

const shipped = async (shop, order) => (await shop.read(`/orders/${order.id}`)).lines[0].shipped;

test('faults before and after the effect', async () => {
  const shop = await counterpart();
  const order = await shop.control('/orders', { lines: [{ sku: 'A', quantity: 3 }] });
  const [part] = order.fulfillment_orders;
  const rule = (body) => shop.control('/misbehave', { operation: 'fulfillmentCreate', ...body });
  await rule({ kind: 'status', status: 500 });
  assert.equal((await shop.post(create, ship(part, 1))).status, 500);
  assert.equal(await shipped(shop, order), 0);
  await rule({ kind: 'status', status: 500, after: true });
  assert.equal((await shop.post(create, ship(part, 1))).status, 500);
  assert.equal(await shipped(shop, order), 1);
  await rule({ kind: 'close', after: true });
  await assert.rejects(shop.post(create, ship(part, 1)));
  assert.equal(await shipped(shop, order), 2);
  await rule({ kind: 'internal' });
  const internal = await shop.post(create, ship(part, 1));
  assert.equal(internal.body.errors[0].extensions.code, 'INTERNAL_SERVER_ERROR');
  await rule({ kind: 'user_errors', user_errors: [{ field: null, message: 'No.' }] });
  const refused = await shop.gql(create, ship(part, 1));
  assert.deepEqual(refused.data.fulfillmentCreate,
    { fulfillment: null, userErrors: [{ field: null, message: 'No.' }] });
  for (const status of [401, 402, 403, 423, 429, 430]) {
    await rule({ kind: 'status', status });
    assert.equal((await shop.post(create, ship(part, 1))).status, status);
  }
  await rule({ kind: 'throttle' });
  const throttled = await shop.gql(create, ship(part, 1));
  assert.equal(throttled.extensions.cost.throttleStatus.currentlyAvailable, 0);
  await rule({ kind: 'truncate', after: true });
  await assert.rejects(shop.post(create, ship(part, 1)));
  assert.equal(await shipped(shop, order), 3);
  shop.close();
});

test('a refusal strikes only the request that mentions its words', async () => {
  const shop = await counterpart();
  const query = 'query Q($id: ID!) { order(id: $id) { name } }';
  const [one, other] = [await shop.control('/orders', {}), await shop.control('/orders', {})];
  await shop.control('/misbehave', { kind: 'error', code: 'undefinedField', mention: other.gid });
  assert.equal((await shop.gql(query, { id: one.gid })).data.order.name, one.name);
  const refused = await shop.gql(query, { id: other.gid });
  assert.equal(refused.errors[0].extensions.code, 'undefinedField');
  assert.equal((await shop.gql(query, { id: other.gid })).data.order.name, other.name);
  shop.close();
});

test('the proxy passes what fits and stops what does not', async () => {
  const behind = await counterpart();
  const front = await counterpart({ upstream: `http://127.0.0.1:${behind.port}` });
  const order = await behind.control('/orders', {});
  const query = `query Q($id: ID!) { order(id: $id) { id name
    lineItems(first: 5) { nodes { id } } } }`;
  const passed = await front.post(query, { id: order.gid });
  assert.equal(passed.status, 200);
  assert.equal(passed.body.data.order.name, order.name);
  assert.equal((await front.post(query, { id: order.gid }, '2026-10', 'wrong')).status, 401);
  const invalid = await front.gql('{ shop { colour } }');
  assert.equal(invalid.errors[0].extensions.code, 'undefinedField');
  await behind.control('/misbehave', { kind: 'nonsense' });
  const stopped = await front.post(query, { id: order.gid });
  assert.equal(stopped.status, 502);
  assert.ok(stopped.body.faults.some((f) => f.startsWith('order.name')));
  const { operations, upstream_faults } = await front.read('/books');
  assert.deepEqual([operations.Q.sent, operations.Q.valid], [3, 3]);
  assert.equal(upstream_faults.length, 1);
  behind.close();
  front.close();
});

test('the proxy hands on headers and other paths', async () => {
  const seen = [];
  const upstream = await listen(0, async (request, response) => {
    seen.push(request.url);
    reply_to(response).send(200, { access_token: 'x' }, { 'X-Shopify-API-Version': '2026-10' });
  });
  const front = await counterpart({ upstream: `http://127.0.0.1:${upstream.port}` });
  const url = `http://127.0.0.1:${front.port}/admin/oauth/access_token`;
  const answer = await fetch(url, { method: 'POST', body: 'grant_type=client_credentials' });
  assert.equal((await answer.json()).access_token, 'x');
  assert.deepEqual(seen, ['/admin/oauth/access_token']);
  upstream.server.close();
  front.close();
});

test('the same seed and clock give the same ids', async () => {
  const ids = [];
  for (let i = 0; i < 2; i += 1) {
    const shop = await counterpart({ seed: 9 });
    await shop.control('/clock', { now: '2026-11-02T10:00:00Z' });
    const order = await shop.control('/orders', {});
    ids.push(JSON.stringify([String(order.id), order.fulfillment_orders[0].gid]));
    shop.close();
  }
  assert.equal(ids[0], ids[1]);
});

test('the program prints its ports and ends with its parent or by SIGTERM', async () => {
  const server = fileURLToPath(new URL('../server.mjs', import.meta.url));
  for (const end of ['stdin', 'SIGTERM']) {
    const child = spawn(process.execPath,
      [server, '--schema', schema_files[1], '--die-with-parent'],
      { stdio: ['pipe', 'pipe', 'inherit'] });
    const [chunk] = await once(child.stdout, 'data');
    const ready = JSON.parse(chunk.toString());
    assert.ok(ready.port > 0 && ready.control_port > 0);
    if (end === 'stdin') child.stdin.end();
    else child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
  }
});
