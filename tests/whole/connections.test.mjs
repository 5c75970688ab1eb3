// A supplier is connected in the console of a program that runs: it is in force without a new
// start, tested over a socket, kept over a restart, and gone when it is taken away.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as create_http } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';

const program = process.env.HOLDFAST_PROGRAM;
const folder = mkdtempSync(join(tmpdir(), 'holdfast-connections-'));
const config = join(folder, 'holdfast.toml');
const private_peer = 'server.allowed_hosts';
const secret = 'Bearer hush-0815-4711';
let port, child, output = '', password, cookie, csrf, keys = 0, partner, heard = [];

const free_port = () => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = server.address();
    server.close(() => found(free));
  });
});

const until = async (holds, what) => {
  for (let i = 0; i < 300; ++i) {
    const found = await holds();
    if (found) return found;
    await new Promise((go) => setTimeout(go, 100));
  }
  return assert.fail(`${what}\n${output}`);
};

async function ask(method, path, body) {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': `key-${++keys}` };
  if (cookie) Object.assign(headers, { Cookie: cookie, 'X-CSRF-Token': csrf });
  const answer = await fetch(`http://127.0.0.1:${port}${path}`,
    { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  return { status: answer.status, text, json: text.startsWith('{') ? JSON.parse(text) : null,
    cookies: answer.headers.getSetCookie() };
}
const api = (method, path, body) => ask(method, `/api/v1${path}`, body);

async function start() {
  child = spawn(program, ['serve', '--config', config]);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => { output += data; });
  }
  await until(() => fetch(`http://127.0.0.1:${port}/readyz`).then((a) => a.ok, () => false),
    'it does not begin');
}

const stop = () => new Promise((ended) => {
  child.once('exit', ended);
  child.kill('SIGTERM');
});

const supplier = () => ({
  room: 'supplier', id: 'north', kind: 'http_json',
  settings: { base_url: `http://127.0.0.1:${partner.address().port}/api`, tier: '48_hour',
    title: 'North', ship_from: 'CN', 'calendar.zone': 'Asia/Shanghai' },
  secrets: { auth_value: secret },
});

before(async () => {
  port = await free_port();
  partner = create_http((request, response) => {
    heard.push([request.url, request.headers.authorization]);
    response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":"not_found"}');
  });
  await new Promise((ready) => partner.listen(0, '127.0.0.1', ready));
  write_config(false);
  await start();
  password = await until(() => /as admin with (\S+)/.exec(output)?.[1], 'no first password');
  const session = await api('POST', '/session', { user: 'admin', password });
  cookie = session.cookies.map((line) => line.split(';')[0]).join('; ');
  csrf = session.json.csrf;
});

const write_config = (allowed) => writeFileSync(config, `
[server]
listen = "127.0.0.1:${port}"
${allowed ? `allowed_hosts = ["127.0.0.1:${partner.address().port}"]` : ''}
data = ${JSON.stringify(join(folder, 'data'))}
[policy]
path = ${JSON.stringify(resolve('policy'))}
[[tenant]]
id = "main"
number = 1
`);

after(async () => {
  await stop();
  partner.close();
  rmSync(folder, { recursive: true, force: true });
});

const detail = async () => (await api('GET', '/connections/north')).json;
const in_force = () => until(async () => {
  const known = await detail();
  return known?.connection && known.connection.state !== 'starting' && known;
}, 'it is not in force');

test('a connection is in force without a new start', async () => {
  assert.equal((await ask('POST', '/hooks/north', { a: 1 })).status, 404);
  const wrong = supplier();
  wrong.settings.tier = 'none_such';
  assert.equal((await api('POST', '/connections', wrong)).status, 422, 'there is no such tier');
  const added = await api('POST', '/connections', supplier());
  assert.equal(added.status, 201, added.text);
  assert.equal(added.json.webhook_url, `http://127.0.0.1:${port}/hooks/north`);
  const begun = Date.now();
  const known = await in_force();
  assert.ok(Date.now() - begun < 10_000, 'it waits for nobody');
  assert.equal(known.connection.title, 'North');
  assert.equal(known.connection.mode, 'propose');
  assert.equal((await ask('POST', '/hooks/north', { a: 1 })).status, 401, 'known, and unproven');
});

test('a private address is reached only when the operator wrote it down', async () => {
  const refused = async (path, body) => {
    const { json, text } = await api('POST', path, body);
    assert.equal(json?.ok, false, text);
    assert.ok(json.detail.includes(private_peer), text);
  };
  await refused('/connections/test', { ...supplier(), id: 'draft' });
  await refused('/connections/north/test', {});
  assert.deepEqual(heard, []);
  await stop();
  write_config(true);
  await start();
  await in_force();
  const draft = await api('POST', '/connections/test', { ...supplier(), id: 'draft' });
  assert.equal(draft.json.ok, true, draft.text);
});

test('its test asks the partner with the secret, and tells nobody of it', async () => {
  const tested = await api('POST', '/connections/north/test', {});
  assert.equal(tested.json.ok, true, tested.text);
  assert.equal(tested.json.how, 'asked');
  assert.deepEqual(heard.at(-1), ['/api/orders/HF-TEST', secret]);
  const answers = [tested.text];
  for (const path of ['/connections', '/connections/north', '/audit', '/health']) {
    answers.push((await api('GET', path)).text);
  }
  assert.equal([...answers, output].some((text) => text.includes('hush-0815')), false);
  const files = readdirSync(join(folder, 'data'), { recursive: true, withFileTypes: true });
  for (const file of files.filter((each) => each.isFile())) {
    const bytes = readFileSync(join(file.parentPath, file.name));
    assert.equal(bytes.includes('hush-0815'), false, file.name);
  }
});

test('it is kept over a restart, and gone when it is taken away', async () => {
  await stop();
  await start();
  const known = await in_force();
  assert.equal(known.settings.tier, '48_hour');
  assert.equal((await api('POST', '/connections/north/test', {})).json.ok, true);
  assert.equal((await api('DELETE', '/connections/north')).status, 204);
  const again = await api('DELETE', '/connections/north');
  assert.ok([204, 404].includes(again.status), 'asked for again: gone, or going');
  await until(async () => (await ask('POST', '/hooks/north', { a: 1 })).status === 404,
    'it still listens');
  assert.equal((await api('GET', '/connections/north')).status, 404);
});

test('what is saved while the engine begins again is in force as well', async () => {
  const named = (id) => ({ ...supplier(), id });
  const ids = ['east', 'west', 'south'];
  const added = await Promise.all(ids.map((id) => api('POST', '/connections', named(id))));
  assert.deepEqual(added.map(({ status }) => status), [201, 201, 201],
    added.map(({ text }) => text).join('\n'));
  for (const id of ids) {
    await until(async () => (await ask('POST', `/hooks/${id}`, { a: 1 })).status === 401,
      `${id} is not in force`);
  }
});
