// Two workspaces on one server: each is found by its own host, its people see what is theirs, and
// the command line speaks with the one that it names. On a real data folder, ended by its id.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

const program = process.env.HOLDFAST_PROGRAM;
const folder = mkdtempSync(join(tmpdir(), 'holdfast-tenants-'));
const config = join(folder, 'holdfast.toml');
let port, child, output = '';

const free_port = () => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = server.address();
    server.close(() => found(free));
  });
});

/** One request to a host's workspace; fetch would not let the Host header be chosen. */
const ask = (host, method, path, headers = {}, body = '') => new Promise((done, failed) => {
  const sent = request({ host: '127.0.0.1', port, method, path,
    headers: { Host: host, 'Content-Type': 'application/json', ...headers } }, (answer) => {
    let text = '';
    answer.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () =>
      done({ status: answer.statusCode, cookies: answer.headers['set-cookie'] ?? [],
        json: text.startsWith('{') ? JSON.parse(text) : null }));
  });
  sent.on('error', failed).end(body);
});

const password_of = (tenant) =>
  new RegExp(`sign in to ${tenant} as admin with (\\S+)`).exec(output)?.[1];

async function sign_in(host, password) {
  const answer = await ask(host, 'POST', '/api/v1/session', { 'Idempotency-Key': `in-${host}` },
    JSON.stringify({ user: 'admin', password }));
  return { ...answer, cookie: answer.cookies.map((line) => line.split(';')[0]).join('; ') };
}

before(async () => {
  port = await free_port();
  const policy = JSON.stringify(resolve('policy'));
  writeFileSync(config, `
[server]
listen = "127.0.0.1:${port}"
public_url = "http://one.localhost:${port}"
data = ${JSON.stringify(join(folder, 'data'))}
[policy]
path = ${policy}
[[tenant]]
id = "one"
number = 1
title = "First"
[[tenant]]
id = "two"
number = 2
title = "Second"
po_prefix = "S2"
public_url = "http://two.localhost:${port}"
`);
  child = spawn(program, ['serve', '--config', config]);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => { output += data; });
  }
  for (let i = 0; i < 200 && !password_of('two'); ++i) {
    await new Promise((go) => setTimeout(go, 50));
  }
  assert.ok(password_of('two'), output);
});

after(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('each host is a workspace of its own, with its own people', async () => {
  const first = await sign_in('one.localhost', password_of('one'));
  const second = await sign_in('two.localhost', password_of('two'));
  assert.equal(first.json.tenant, 'First');
  assert.equal(second.json.tenant, 'Second');
  const crossed = await ask('two.localhost', 'POST', '/api/v1/session', { 'Idempotency-Key': 'x' },
    JSON.stringify({ user: 'admin', password: password_of('one') }));
  assert.equal(crossed.status, 401);
  const borrowed = await ask('two.localhost', 'GET', '/api/v1/session', { Cookie: first.cookie });
  assert.equal(borrowed.status, 401, "a session of one is none of the other's");
  const own = await ask('two.localhost', 'GET', '/api/v1/session', { Cookie: second.cookie });
  assert.equal(own.status, 200);
});

test("a partner's message finds the workspace of an account made in the console", async () => {
  const connect = async (host, id, password) => {
    const { json, cookie } = await sign_in(host, password);
    return ask(host, 'POST', '/api/v1/connections',
      { Cookie: cookie, 'X-CSRF-Token': json.csrf, 'Idempotency-Key': `connect-${host}-${id}` },
      JSON.stringify({ room: 'supplier', id, kind: 'http_json', settings: {
        base_url: 'https://north.example', tier: '48_hour', title: 'North', ship_from: 'CN',
        'calendar.zone': 'Asia/Shanghai' }, secrets: { auth_value: 'hush' } }));
  };
  assert.equal((await connect('two.localhost', 'north', password_of('two'))).status, 201);
  const hook = (host) => ask(host, 'POST', '/hooks/north', {}, '{}');
  const until_known = Date.now() + 20_000;
  while ((await hook('two.localhost')).status !== 401) {
    assert.ok(Date.now() < until_known, `it is not in force\n${output}`);
    await new Promise((go) => setTimeout(go, 50));
  }
  assert.equal((await hook('hooks.localhost')).status, 401, 'known by its account, and unproven');
  assert.equal((await hook('one.localhost')).status, 401);
  const taken = await connect('one.localhost', 'north', password_of('one'));
  assert.equal(taken.status, 409, 'two workspaces cannot have one id');
});

test('an unknown host reaches the first', async () => {
  const first = await sign_in('127.0.0.1', password_of('one'));
  assert.equal(first.json?.tenant ?? first.json?.code, 'First');
});

test('the command line speaks with the workspace that it names', async () => {
  const list = async (tenant) => JSON.parse((await promisify(execFile)(program,
    ['user', 'list', '--json', '--config', config, '--tenant', tenant])).stdout);
  const password = join(folder, 'password');
  writeFileSync(password, 'a long enough password\n');
  await promisify(execFile)(program, ['user', 'add', 'packer', '--role', 'quality',
    '--config', config, '--tenant', 'two', '--password-file', password]);
  assert.equal(JSON.stringify(await list('two')).includes('packer'), true);
  assert.equal(JSON.stringify(await list('one')).includes('packer'), false);
});

test('a second workspace needs an address of its own', async () => {
  const bad = join(folder, 'bad.toml');
  writeFileSync(bad, '[[tenant]]\nid = "one"\nnumber = 1\n[[tenant]]\nid = "two"\nnumber = 2\n');
  await assert.rejects(promisify(execFile)(program, ['config', 'check', '--config', bad]),
    /a further tenant needs an address of its own/);
});
