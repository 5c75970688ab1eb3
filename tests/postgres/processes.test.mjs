// Two real programs over one PostgreSQL: one works, the other answers what is only read, keeps
// messages, hands on the rest, and takes over when the first one stands still or ends.
// HOLDFAST_TEST_POSTGRES and HOLDFAST_TEST_PSQL are set by tools/x.d/postgres.sh.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import {
  mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';

const program = process.env.HOLDFAST_PROGRAM;
const database = 'processes';
const url = process.env.HOLDFAST_TEST_POSTGRES.replace('DATABASE', database);
const secret = 'client-secret';
const lease_seconds = 5;
const lost_its_lease = 4;
const folder = mkdtempSync(join(tmpdir(), 'holdfast-processes-'));
const first = { name: 'first', output: '' };
const second = { name: 'second', output: '' };
let session;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const free_port = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

function psql(name, statement) {
  const address = process.env.HOLDFAST_TEST_POSTGRES.replace('DATABASE', name);
  const asked = spawnSync(process.env.HOLDFAST_TEST_PSQL, ['-At', '-c', statement, address],
    { encoding: 'utf8' });
  assert.equal(asked.status, 0, asked.stderr);
  return asked.stdout.trim();
}

async function until(what, good, seconds = 30) {
  const began = Date.now();
  while (Date.now() - began < seconds * 1000) {
    if (await good()) return Date.now() - began;
    await sleep(20);
  }
  return assert.fail(`${what}\n${first.output}\n${second.output}`);
}

const health = (one) => fetch(`${one.base}/healthz`)
  .then(async (answer) => (answer.ok ? answer.text() : ''), () => '');
const waits = async (one) => await health(one) === 'waits\n';
const works = async (one) => ![ 'waits\n', '' ].includes(await health(one));

function start(one) {
  one.child = spawn(program, ['serve', '--config', one.settings],
    { env: { ...process.env, HOLDFAST_DB_PASSWORD: process.env.PGPASSWORD, PGPASSWORD: '' } });
  for (const stream of [one.child.stdout, one.child.stderr]) {
    stream.on('data', (data) => { one.output += data; });
  }
  one.ended = new Promise((done) => one.child.on('exit', (code) => done(code)));
}

async function prepare(one) {
  const port = await free_port();
  one.base = `http://127.0.0.1:${port}`;
  one.settings = join(folder, `${one.name}.toml`);
  mkdirSync(join(folder, one.name));
  symlinkSync(join(folder, 'files'), join(folder, one.name, 'files'));
  writeFileSync(one.settings, `
[server]
listen = "127.0.0.1:${port}"
peer_url = "${one.base}"
public_url = "http://127.0.0.1"
data = "${join(folder, one.name)}"
[store]
url = "${url}"
password_env = "HOLDFAST_DB_PASSWORD"
lease_seconds = ${lease_seconds}
[secrets]
master_key = "0123456789abcdef0123456789abcdef"
[policy]
path = "${resolve('policy')}"
[log]
file = "${folder}/${one.name}.log"
[limits]
request_seconds = 2
[[tenant]]
id = "main"
number = 1
title = "Two"
[[channel]]
id = "shop"
kind = "shopify"
tenant = "main"
shop = "two.myshopify.com"
api_url = "http://127.0.0.1:9"
client_secret = "${secret}"
access_token = "token"
live = false
`);
}

/** Milliseconds that a program's threads waited for a processor so far (schedstat in proc(5)). */
const starved = (one) => readdirSync(`/proc/${one.child.pid}/task`)
  .map((thread) => readFileSync(`/proc/${one.child.pid}/task/${thread}/schedstat`, 'utf8'))
  .reduce((sum, line) => sum + Number(line.split(' ')[1]) / 1e6, 0);

/** A signed webhook, or a forged one; gives the status. */
async function post(one, id, key = secret) {
  const body = JSON.stringify({ id: 1, admin_graphql_api_id: 'gid://shopify/Order/1' });
  const answer = await fetch(`${one.base}/hooks/shop`, {
    method: 'POST', body,
    headers: {
      'Content-Type': 'application/json', 'X-Shopify-Topic': 'orders/updated',
      'X-Shopify-Shop-Domain': 'two.myshopify.com', 'X-Shopify-Webhook-Id': id,
      'X-Shopify-API-Version': '2026-10',
      'X-Shopify-Hmac-Sha256': createHmac('sha256', key).update(body).digest('base64'),
    },
  });
  await answer.arrayBuffer();
  return answer.status;
}

const in_inbox = (id) => psql(database,
  `select count(*) from inbox where dedupe_key like '%${id}%'`) === '1';

async function api(one, method, path, body) {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() };
  if (session) Object.assign(headers, { Cookie: session.cookie, 'X-CSRF-Token': session.csrf });
  return fetch(`${one.base}/api/v1${path}`,
    { method, headers, body: body && JSON.stringify(body) });
}

before(async () => {
  psql('postgres', `create database ${database} template template0 encoding 'UTF8'`);
  mkdirSync(join(folder, 'files'));
  await prepare(first);
  await prepare(second);
});

after(() => {
  for (const one of [first, second]) if (one.child?.exitCode === null) one.child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('one works and the other waits', async () => {
  start(first);
  await until('the first works', () => works(first));
  start(second);
  await until('the second waits', () => waits(second));
});

test('a message that reaches the one that waits is kept there and taken in by the other',
  async () => {
    assert.equal(await post(second, 'letter-1'), 200);
    await until('the holder takes it in', () => in_inbox('letter-1'));
    await until('no letter lies there twice',
      () => psql(database, 'select count(*) from letterbox') === '0');
    assert.equal(await post(second, 'letter-1'), 200, 'the same once more');
    assert.equal(await post(first, 'letter-1'), 200, 'and at the other one');
    await until('it goes', () => psql(database, 'select count(*) from letterbox') === '0');
    assert.ok(in_inbox('letter-1'), 'still once');
    assert.equal(await post(second, 'forged', 'another secret'), 401);
    assert.equal(psql(database, 'select count(*) from letterbox'), '0');
  });

test('what changes something is handed on, what is only read is answered by either', async () => {
  const password = /sign in as admin with (\S+)/.exec(first.output)[1];
  const login = await api(second, 'POST', '/session', { user: 'admin', password });
  assert.equal(login.status, 200, await login.clone().text());
  const cookies = login.headers.getSetCookie().map((line) => line.split(';')[0]);
  const csrf = cookies.find((one) => one.startsWith('holdfast_csrf='));
  session = { cookie: cookies.join('; '), csrf: csrf.slice('holdfast_csrf='.length) };
  const wish = { name: 'robot', scopes: ['read'],
    expires_at: new Date(Date.now() + 86_400_000).toISOString() };
  const made = await api(second, 'POST', '/tokens', wish);
  assert.equal(made.status, 201, await made.text());
  for (const one of [first, second]) {
    const tokens = await (await api(one, 'GET', '/tokens')).json();
    assert.deepEqual(tokens.items.map((token) => token.name), ['robot'], one.name);
    assert.equal((await api(one, 'GET', '/orders')).status, 200, one.name);
  }
  assert.equal((await fetch(`${second.base}/api/v1/orders`)).status, 401, 'strangers read nothing');
});

test('what is set in the console is in force in both, the holder keeps its tenant', async () => {
  const epoch = () => psql(database, 'select epoch from lease');
  const before = epoch();
  const hook = async (one) => (await fetch(`${one.base}/hooks/north`, { method: 'POST' })).status;
  assert.equal(await hook(second), 404);
  const added = await api(second, 'POST', '/connections', {
    room: 'supplier', id: 'north', kind: 'http_json', settings: {
      base_url: 'https://north.example', tier: '48_hour', title: 'North', ship_from: 'CN',
      'calendar.zone': 'Asia/Shanghai' }, secrets: { auth_value: 'hush' } });
  assert.equal(added.status, 201, await added.text());
  for (const one of [first, second]) {
    await until(`${one.name} knows it`, async () => await hook(one) === 401);
  }
  assert.equal(await post(second, 'letter-3'), 200);
  await until('letters are taken in as before', () => in_inbox('letter-3'));
  assert.ok(await works(first) && await waits(second));
  assert.equal(epoch(), before, 'nobody else could take it meanwhile');
});

test('while the holder stands still its messages are kept and reads answered; then it is replaced',
  async () => {
    const began = Date.now();
    const starved_before = starved(second);
    first.child.kill('SIGSTOP');
    assert.equal(await post(second, 'letter-2'), 200);
    assert.equal((await api(second, 'GET', '/orders')).status, 200);
    const refused = await api(second, 'POST', '/tokens', {});
    assert.equal(refused.status, 503, 'nobody decides meanwhile');
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    // What is handed on and never answered must not delay the successor.
    const asking = setInterval(() => api(second, 'POST', '/tokens', {}).catch(() => {}), 500);
    await until('the second works', () => works(second));
    clearInterval(asking);
    const took = Date.now() - began;
    const own = took - (starved(second) - starved_before);
    assert.ok(own <= (lease_seconds + 1) * 1000, `${took} ms`);
    await until('it takes the message in', () => in_inbox('letter-2'));
    first.child.kill('SIGCONT');
    assert.equal(await first.ended, lost_its_lease, first.output);
    console.log(`processes: served again after ${took} ms, the lease being ${lease_seconds} s`);
  });

test('the one that woke up waits when it is started again', async () => {
  start(first);
  await until('the first waits', () => waits(first));
  assert.equal((await api(first, 'GET', '/orders')).status, 200, 'and reads');
  assert.equal(await post(first, 'letter-3'), 200);
  await until('the holder takes it in', () => in_inbox('letter-3'));
});

test('when the holder ends cleanly the other one works at once', async () => {
  const began = Date.now();
  second.child.kill('SIGTERM');
  assert.equal(await second.ended, 0, second.output);
  await until('the first works', () => works(first));
  assert.ok(Date.now() - began < lease_seconds * 1000);
  assert.equal(await post(first, 'message-4'), 200);
  assert.ok(in_inbox('message-4'), 'durable before it is answered');
  first.child.kill('SIGTERM');
  assert.equal(await first.ended, 0, first.output);
});
