// The whole program over real sockets through a month of the demo's world, with the faults of
// faults.json: whoever wrote a book has written what the others have. One order in seven suffers;
// the counterpart before the shop checks every request and plays the refusals of the list.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { load_schema, version_of } from '../counterpart/shopify/schema.mjs';
import { validate_files } from '../counterpart/shopify/validate.mjs';
import * as judge from './judge.mjs';
import { rehearse } from './rehearsal.mjs';

const program = process.env.HOLDFAST_PROGRAM;
const schemas = ['2026-07', '2026-10'].map((v) => `build/deps/shopify/admin_${v}.json.gz`);
const documents = 'connectors/channels/shopify/graphql';
const files = readdirSync(documents).map((name) => join(documents, name));
const list = JSON.parse(readFileSync('tests/whole/faults.json', 'utf8'));
const at_once = 4;
let got;

const none = (wrong) => assert.equal(wrong.length, 0, `${wrong.length}:\n${wrong.join('\n')}`);

before(async () => {
  got = await rehearse({
    program, schemas, list, every: 7, order_every_s: 120, lasts_days: 32, seed: 1,
  });
});

after(() => {
  if (!got) return;
  rmSync(got.folder, { recursive: true });
  const { requests, struck } = got.shop_api;
  const orders = got.books.shop.orders.length;
  const alone = orders - got.planted.size;
  process.stdout.write(`whole: ${orders} orders, ${got.planted.size} planted, ${alone} `
    + `delivered untouched (${Math.floor((alone * 1000) / orders) / 10} %), ${got.cases.length} `
    + `cases, ${requests} requests, ${struck.length} refusals played, ${got.packs.length} packs, `
    + `lived in ${got.seconds.lived.toFixed(0)} s\n`);
});

test('every planted fault opens exactly its cases, owned, and no other case exists', () => {
  none(judge.wrong_cases(got));
});

test('orders that are left alone are delivered, and they are the most', () => {
  none(judge.wrong_stages(got));
  const orders = got.books.shop.orders.length;
  assert.ok(orders >= 200, `${orders} orders`);
  const share = (orders - got.planted.size) / orders;
  assert.ok(share >= 0.85, `${got.planted.size} of ${orders} planted`);
});

test('the suppliers have in their books what we have in ours, line by line', () => {
  none(judge.wrong_purchases(got));
});

test('the shop knows each delivered line fulfilled once, with its number, after the scan', () => {
  none(judge.wrong_fulfillments(got));
});

test('each mailbox holds the messages of the moments passed, one each', () => {
  none(judge.wrong_mailboxes(got));
});

test('every document was sent, nothing was invalid or deprecated, every refusal was met', () => {
  const sent = files.map((file) => [file, readFileSync(file, 'utf8')]);
  none(judge.wrong_requests(got, sent));
});

test('every document is valid under both published versions', () => {
  for (const file of schemas) {
    const sums = validate_files(load_schema(file), version_of(file), files);
    const { invalid, deprecated, costly } = sums;
    assert.deepEqual({ invalid, deprecated, costly }, { invalid: 0, deprecated: 0, costly: 0 },
      sums.lines.join('\n'));
  }
});

test('nothing is on its way any more and the program ends when asked', () => {
  none(judge.wrong_rest(got));
  assert.equal(got.code, 0);
});

test('every pack verifies offline, the redacted ones too', async () => {
  const run = promisify(execFile);
  const left = [...got.packs];
  const failed = [];
  const work = async () => {
    for (let pack = left.pop(); pack; pack = left.pop()) {
      try {
        await run(program, ['evidence', 'verify', pack.path, '--key', got.fingerprint]);
      } catch (error) {
        failed.push(`${pack.order} ${pack.profile}: ${error.stdout}${error.stderr}`);
      }
    }
  };
  await Promise.all(Array.from({ length: at_once }, work));
  assert.ok(got.packs.length >= 3 * got.books.shop.orders.length);
  none(failed);
});
