// The real program on a disk that fills up and is emptied again, fifty times: a webhook is answered
// 200 only when its row is durable, else 503 with Retry-After, and all is well soon after there is
// space again. The data folder's disk is mounted by tools/stages/52-disk.sh: HOLDFAST_DISK.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';

const program = process.env.HOLDFAST_PROGRAM;
const disk = process.env.HOLDFAST_DISK;
const cycles = Number(process.env.HOLDFAST_DISK_CYCLES ?? 50);
const back_within_ms = 10_000;
const most_posts = 1500;
const secret = 'client-secret';
const folder = mkdtempSync(join(tmpdir(), 'holdfast-disk-'));
const filler = join(disk, 'filler');
const acknowledged = [];
let base, child, count = 0;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const free_port = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** One signed webhook of some 20 kB; gives the answer. */
async function post() {
  const id = `disk-${++count}`;
  const body = JSON.stringify({
    id: count, admin_graphql_api_id: `gid://shopify/Order/${count}`,
    note: randomBytes(15_000).toString('base64'),
  });
  const answer = await fetch(`${base}/hooks/shop`, {
    method: 'POST', body,
    headers: {
      'Content-Type': 'application/json', 'X-Shopify-Topic': 'orders/updated',
      'X-Shopify-Shop-Domain': 'disk.myshopify.com', 'X-Shopify-Webhook-Id': id,
      'X-Shopify-API-Version': '2026-10',
      'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
  });
  await answer.arrayBuffer();
  if (answer.status === 200) acknowledged.push(id);
  else {
    assert.equal(answer.status, 503);
    assert.ok(Number(answer.headers.get('retry-after')) > 0, '503 says when to come again');
  }
  return answer.status;
}

function fill() {
  const file = openSync(filler, 'a');
  for (let size = 1 << 20; size >= 512;) {
    try {
      if (writeSync(file, Buffer.alloc(size)) < size) size >>= 1;
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
      size >>= 1;
    }
  }
  closeSync(file);
}

before(async () => {
  const port = await free_port();
  const nobody = await free_port();
  base = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, 'holdfast.toml'), `
[server]
listen = "127.0.0.1:${port}"
public_url = "${base}"
data = "${disk}/data"
[policy]
path = "${resolve('policy')}"
[log]
file = "${folder}/log.txt"
[[tenant]]
id = "main"
number = 1
title = "Disk"
[[channel]]
id = "shop"
kind = "shopify"
tenant = "main"
shop = "disk.myshopify.com"
api_url = "http://127.0.0.1:${nobody}"
client_secret = "${secret}"
access_token = "token"
live = false
`);
  child = spawn(program, ['serve', '--config', join(folder, 'holdfast.toml')],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  for (let i = 0; i < 600; ++i) {
    if (await fetch(`${base}/readyz`).then((answer) => answer.ok, () => false)) return;
    await sleep(100);
  }
  assert.fail('it did not become ready');
});

after(() => {
  if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test(`a full disk ${cycles} times`, async () => {
  let refused = 0, longest = 0;
  for (let cycle = 0; cycle < cycles; ++cycle) {
    assert.equal(await post(), 200, 'with space');
    fill();
    let status = 200;
    for (let i = 0; i < most_posts && status === 200; ++i) status = await post();
    refused += status === 503 ? 1 : 0;
    for (let i = 0; i < 5; ++i) await post();
    rmSync(filler);
    const began = Date.now();
    while (await post() !== 200) {
      assert.ok(Date.now() - began < back_within_ms, 'back soon after there is space');
      await sleep(50);
    }
    longest = Math.max(longest, Date.now() - began);
  }
  assert.equal(refused, cycles, 'each cycle met the full disk');
  console.log(`disk: ${cycles} times full, ${acknowledged.length} webhooks acknowledged, ` +
    `back within ${longest} ms`);
});

test('every acknowledged webhook has its row after a kill', async () => {
  const ended = new Promise((done) => child.on('exit', done));
  child.kill('SIGKILL');
  await ended;
  const store = new DatabaseSync(join(disk, 'data', 'holdfast.db'));
  const rows = store.prepare('select dedupe_key from inbox').all();
  const kept = new Set(rows.map((row) => row.dedupe_key));
  assert.equal(rows.length, kept.size, 'no delivery is stored twice');
  assert.deepEqual(acknowledged.filter((id) => !kept.has(id)), []);
  assert.equal(store.prepare('pragma integrity_check').get().integrity_check, 'ok');
  store.close();
});
