// The real program over real sockets: its demo starts, an order moves from the shop to the carrier,
// forged webhooks change nothing, and it stops when asked. Bounded by the demo's own time limit.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const program = process.env.HOLDFAST_PROGRAM;
const books_file = join(mkdtempSync(join(tmpdir(), 'holdfast-whole-')), 'books.json');
let base, child, ended, output = '';

const free_port = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks until `good` holds; fails with the last answer after `seconds`. */
async function until(what, ask, good, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < end) {
    try {
      last = await ask();
      if (good(last)) return last;
    } catch (error) {
      last = error;
    }
    await sleep(250);
  }
  assert.fail(`${what}: ${JSON.stringify(last)}\n${output}`);
}

const metrics = async () => Object.fromEntries((await (await fetch(`${base}/metrics`)).text())
  .split('\n').filter((line) => line && !line.startsWith('#'))
  .map((line) => line.split(/ (?=[^ ]*$)/)).map(([name, value]) => [name, Number(value)]));

before(async () => {
  const port = await free_port();
  base = `http://127.0.0.1:${port}`;
  child = spawn(program, ['demo', '--listen', `127.0.0.1:${port}`, '--speed', '15'], {
    env: { ...process.env, HOLDFAST_DEMO_SECONDS: '150', HOLDFAST_DEMO_BOOKS: books_file },
  });
  child.stdout.on('data', (data) => { output += data; });
  child.stderr.on('data', (data) => { output += data; });
  ended = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
  await until('it becomes ready', () => fetch(`${base}/readyz`), (answer) => answer.status === 200);
});

after(() => child.exitCode === null && child.kill('SIGKILL'));

test('a signed order moves from the shop to a carrier and back to the shop', async () => {
  assert.match(output, /Sign in +admin +\//);
  await until('orders arrive', metrics, (all) => all.holdfast_orders_total >= 5);
  await until('faults open cases', metrics, (all) => all.holdfast_exceptions_open >= 1, 90);
});

test('a forged webhook is refused and changes nothing', async () => {
  const before_it = await metrics();
  for (const [path, status] of [['/hooks/shop', 401], ['/hooks/nobody', 404]]) {
    const answer = await fetch(base + path, {
      method: 'POST',
      headers: { 'X-Shopify-Topic': 'orders/create', 'X-Shopify-Hmac-Sha256': 'Zm9yZ2Vk',
        'X-Shopify-Shop-Domain': 'holdfast-demo.myshopify.com', 'X-Shopify-Webhook-Id': 'forged' },
      body: '{"id":1,"line_items":[]}',
    });
    assert.equal(answer.status, status, path);
  }
  const after_it = await metrics();
  assert.ok(after_it.holdfast_orders_total >= before_it.holdfast_orders_total);
});

test('the API refuses strangers with a problem document', async () => {
  const answer = await fetch(`${base}/api/v1/orders`);
  assert.equal(answer.status, 401);
  assert.match(answer.headers.get('content-type'), /application\/problem\+json/);
});

test('it stops when asked, and the shop knows each parcel once and only after a scan', async () => {
  await sleep(75_000);
  child.kill('SIGTERM');
  assert.equal(await ended, 0, output);
  const books = JSON.parse(readFileSync(books_file, 'utf8'));
  const done = books.shop.orders.filter((order) => order.fulfillment === 'FULFILLED');
  assert.ok(done.length > 0, 'at least one order was told to the shop as shipped');
  for (const line of books.shop.orders.flatMap((order) => order.lines)) {
    assert.ok(line.open >= 0 && line.fulfillments.length <= 1, JSON.stringify(line));
  }
  const held = books.shop.orders.filter((order) => order.fault === 'address_incomplete');
  for (const order of held) assert.notEqual(order.fulfillment, 'FULFILLED', order.order);
});
