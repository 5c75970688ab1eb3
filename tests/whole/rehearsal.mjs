// Plays one rehearsal: the demo's world, the validating counterpart before its shop, the program
// over its settings alone. Gathers what each side wrote into its own books; judges nothing.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Schemas } from '../counterpart/shopify/schema.mjs';
import { start as start_counterpart } from '../counterpart/shopify/counterpart.mjs';

const ids_begin = 82_098_291_194_600n;  // all ids of order n begin with this number plus n

/** The digits that all ids of the `ordinal`-th order at the demo's shop begin with. */
export const ids_of = (ordinal) => String(ids_begin + BigInt(ordinal));

/** A loopback port that was free a moment ago. */
export const free_port = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/**
 * Every entry of the list gets an order of its own, one in `every`; the others are left alone.
 * Gives {orders, planted: Map(name → entry), faults, rules}.
 */
export function plan_of(list, every) {
  const planted = new Map();
  const faults = [];
  const rules = [];
  list.forEach((entry, i) => {
    const ordinal = i * every + 3;
    const name = `#${1000 + ordinal}`;
    planted.set(name, entry);
    if (entry.fault) faults.push({ order: name, kind: entry.fault });
    if (entry.refuse) rules.push({ ...entry.refuse, mention: ids_of(ordinal) });
  });
  return { orders: list.length * every, planted, faults, rules };
}

/** What a running program wrote, line by line, for those who wait for one of its words. */
function listen_to(child) {
  const heard = [];
  const waiting = [];
  const tell = () => {
    for (const one of waiting.splice(0)) {
      const line = heard.find((l) => l.startsWith(`${one.word}`));
      if (line === undefined) waiting.push(one);
      else one.resolve(line.slice(one.word.length).trim());
    }
  };
  createInterface({ input: child.stdout }).on('line', (line) => { heard.push(line); tell(); });
  child.stderr.on('data', (data) => heard.push(`stderr: ${data}`));
  child.on('exit', (code) => {
    for (const { word, reject } of waiting.splice(0)) {
      reject(new Error(`ended (${code}) before "${word}"\n${heard.join('\n')}`));
    }
  });
  return (word) => new Promise((resolve, reject) => {
    waiting.push({ word, resolve, reject });
    tell();
  });
}

/** The program's API with a session, through the door people use. */
async function sign_in(base, password) {
  let count = 0;
  let cookies = '';
  let csrf = '';
  const ask = async (method, path, body) => {
    const headers = { 'content-type': 'application/json', cookie: cookies };
    if (method !== 'GET') {
      headers['idempotency-key'] = `whole-${count += 1}`;
      headers['x-csrf-token'] = csrf;
    }
    return fetch(`${base}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  };
  const answer = await ask('POST', '/session', { user: 'admin', password });
  if (answer.status !== 200) throw new Error(`signing in: ${answer.status}`);
  cookies = answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
  csrf = (await answer.json()).csrf;
  const read = async (path) => {
    const got = await ask('GET', path);
    if (got.status !== 200) throw new Error(`${path}: ${got.status} ${await got.text()}`);
    return got.json();
  };
  const read_all = async (path) => {
    const items = [];
    let cursor = null;
    do {
      const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await read(`${path}${path.includes('?') ? '&' : '?'}limit=250${from}`);
      items.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null);
    return items;
  };
  return { ask, read, read_all };
}

/** The packs that can be asked of an order: one of each profile, one for each of its suppliers. */
function wishes_of({ purchase_orders }) {
  const suppliers = new Set(purchase_orders.map((po) => po.supplier));
  return [{ profile: 'merchant' }, { profile: 'dispute' }, { profile: 'public' },
    ...[...suppliers].map((supplier) => ({ profile: 'supplier', supplier }))];
}

/** Exports every pack of every order into `folder`, `at_once` at a time; gives the files. */
async function export_packs(api, orders, folder, at_once) {
  mkdirSync(folder);
  const left = orders.flatMap((order) => wishes_of(order).map((wish) => ({ order, wish })));
  const files = [];
  const work = async () => {
    for (let one = left.pop(); one; one = left.pop()) {
      const { order, wish } = one;
      const answer = await api.ask('POST', `/orders/${order.id}/evidence`, wish);
      if (answer.status !== 200) {
        throw new Error(`${order.store_number} ${JSON.stringify(wish)}: ${await answer.text()}`);
      }
      const name = [order.store_number.slice(1), ...Object.values(wish)].join('-');
      const path = join(folder, `${name}.zip`);
      writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
      files.push({ path, order: order.store_number, ...wish });
    }
  };
  await Promise.all(Array.from({ length: at_once }, work));
  return files;
}

/** The fingerprint of the signing key, from the checkpoints that left the program. */
function fingerprint_in(data) {
  const line = readFileSync(join(data, 'checkpoints.jsonl'), 'utf8').split('\n')[0];
  const key = Buffer.from(JSON.parse(line).public_key, 'hex');
  return `SHA256:${createHash('sha256').update(key).digest('base64url')}`;
}

/**
 * Lives through `list` and gathers: {planted, orders, cases, health, books, shop_api, rules, packs,
 * fingerprint, seconds}.
 */
export async function rehearse({ program, schemas, list, every, order_every_s, lasts_days, seed }) {
  const began = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-rehearsal-'));
  const plan = plan_of(list, every);
  const data = join(folder, 'data');
  const file = join(folder, 'plan.json');
  const books_file = join(folder, 'books.json');
  writeFileSync(file, JSON.stringify({ orders: plan.orders, order_every_s, lasts_days, seed, data,
    before_shop: true, faults: plan.faults }));
  const port = await free_port();
  const child = spawn(program, ['demo', '--listen', `127.0.0.1:${port}`], { env: {
    ...process.env, HOLDFAST_DEMO_REHEARSAL: file, HOLDFAST_DEMO_BOOKS: books_file,
  } });
  const ended = new Promise((resolve) => { child.on('exit', resolve); });
  let counterpart;
  try {
    const hear = listen_to(child);
    const upstream = await hear('shop ');
    counterpart = await start_counterpart({ loaded: new Schemas(schemas), upstream });
    for (const rule of plan.rules) counterpart.faults.add(rule);
    child.stdin.write(`http://127.0.0.1:${counterpart.port}\n`);
    const password = await hear('admin ');
    await hear('over');
    const lived = Date.now();
    const api = await sign_in(`http://127.0.0.1:${port}`, password);
    const cases = [...await api.read_all('/exceptions?open=true'),
      ...await api.read_all('/exceptions?open=false')];
    const rows = await api.read_all('/orders');
    const orders = [];
    for (const row of rows) orders.push(await api.read(`/orders/${row.id}`));
    const health = await api.read('/health');
    const packs = await export_packs(api, orders, join(folder, 'packs'), 4);
    child.kill('SIGTERM');
    const code = await ended;
    const shop_api = { ...counterpart.books.summary(), struck: counterpart.faults.struck,
      documents: counterpart.books.sent_documents(), left: counterpart.faults.rules };
    return { folder, planted: plan.planted, orders, cases, health, packs, code, shop_api,
      books: JSON.parse(readFileSync(books_file, 'utf8')), rules: plan.rules,
      fingerprint: fingerprint_in(data), log: readFileSync(join(data, 'holdfast.log'), 'utf8'),
      seconds: { lived: (lived - began) / 1000, read: (Date.now() - lived) / 1000 } };
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL');
    counterpart?.close();
  }
}
