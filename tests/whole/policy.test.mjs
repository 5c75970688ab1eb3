// A policy published on the running program: it works under the new one and refuses no request, it
// refuses what was written over an older one, keeps it over a restart and rolls back.
// On a real data folder, ended by its id.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';

const program = process.env.HOLDFAST_PROGRAM;
const folder = mkdtempSync(join(tmpdir(), 'holdfast-policy-'));
const config = join(folder, 'holdfast.toml');
let port, child, password, cookie, csrf, output = '', keys = 0;

const free_port = () => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = server.address();
    server.close(() => found(free));
  });
});

async function ask(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': `key-${++keys}`,
      ...(cookie && { Cookie: cookie, 'X-CSRF-Token': csrf }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : null;
  return { status: answer.status, cookies: answer.headers.getSetCookie(), json };
}

async function start() {
  output = '';
  child = spawn(program, ['serve', '--config', config]);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => { output += data; });
  }
  const ready = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then((is) => is.ok, () => false);
  for (let i = 0; i < 200 && !(await ready()); ++i) await new Promise((go) => setTimeout(go, 50));
  password ??= /as admin with (\S+)/.exec(output)?.[1];
  cookie = undefined;
  const me = await ask('POST', 'session', { user: 'admin', password });
  assert.equal(me.status, 200, output);
  cookie = me.cookies.map((line) => line.split(';')[0]).join('; ');
  csrf = me.json.csrf;
}

const stop = () => new Promise((ended) => {
  child.once('exit', ended);
  child.kill('SIGTERM');
});

const files = async () => (await ask('GET', 'policy/files')).json;
const margin = (answer) => answer.json?.policy?.gates
  .find((gate) => gate.gate === 'margin').least_margin_permille;

/** Waits until the engine has begun again; gives every status there was meanwhile. */
async function until_margin(permille) {
  const seen = new Set();
  for (let i = 0; i < 300; ++i) {
    const answer = await ask('GET', 'policy');
    seen.add(answer.status === 200 ? 200 : `${answer.status} ${JSON.stringify(answer.json)}`);
    if (margin(answer) === permille) return [...seen];
    await new Promise((go) => setTimeout(go, 110));  // within what one address may ask
  }
  return assert.fail(`the margin never was ${permille}`);
}

const with_margin = (texts, permille) => ({
  ...texts,
  'gates.toml': texts['gates.toml'].replace(/(least_margin_permille =) \d+/, `$1 ${permille}`),
});

before(async () => {
  port = await free_port();
  writeFileSync(config, `
[server]
listen = "127.0.0.1:${port}"
public_url = "http://127.0.0.1:${port}"
data = ${JSON.stringify(join(folder, 'data'))}
[policy]
path = ${JSON.stringify(resolve('policy'))}
`);
  await start();
});

after(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('a published policy comes into force, and no request is refused meanwhile', async () => {
  const own = await files();
  assert.equal(own.published, false);
  assert.deepEqual(await until_margin(100), [200]);
  const tighter = with_margin(own.files, 150);
  const wish = { files: tighter, note: 'a tighter margin', before: own.version };
  const published = await ask('POST', 'policy/publish', wish);
  assert.equal(published.status, 200, JSON.stringify(published.json));
  assert.deepEqual(await until_margin(150), [200]);
  assert.equal((await files()).version, published.json.version);
});

test('what was written over an older version is refused', async () => {
  const now = await files();
  const late = await ask('POST', 'policy/publish',
    { files: with_margin(now.files, 200), note: 'later', before: '0'.repeat(64) });
  assert.equal(late.status, 409);
  assert.deepEqual(await until_margin(150), [200]);
});

test('a policy with a problem is refused with its file and line', async () => {
  const now = await files();
  const tiers = now.files['tiers.toml'].replace('remind_after', 'remind_aftr');
  const broken = { ...now.files, 'tiers.toml': tiers };
  const refused = await ask('POST', 'policy/publish',
    { files: broken, note: 'broken', before: now.version });
  assert.equal(refused.status, 422);
  assert.match(refused.json.detail, /^tiers\.toml line \d+/);
  assert.match(refused.json.hint, /did you mean remind_after/);
});

test('it outlives a restart', async () => {
  await stop();
  await start();
  assert.deepEqual(await until_margin(150), [200]);
  assert.equal((await files()).published, true);
});

test('the files of the configuration are in force again', async () => {
  const now = await files();
  const back = await ask('POST', 'policy/roll-back',
    { version: '', note: 'back', before: now.version });
  assert.equal(back.status, 200, JSON.stringify(back.json));
  assert.deepEqual(await until_margin(100), [200]);
  const { items } = (await ask('GET', 'policy/versions')).json;
  assert.deepEqual(items.map((each) => each.deed), ['folder', 'published']);
  const again = await ask('POST', 'policy/roll-back',
    { version: items[1].version, note: 'and forth', before: (await files()).version });
  assert.equal(again.status, 200, JSON.stringify(again.json));
  assert.deepEqual(await until_margin(150), [200]);
});
