// Command line of the counterpart. Prints one JSON line with its ports when it is ready.
import { parseArgs } from 'node:util';
import { start } from './counterpart.mjs';

const usage = `usage: node server.mjs --schema FILE [--schema FILE…] [--port 0] [--control-port 0]
  [--client-id ID] [--client-secret S] [--token T] [--webhook-target URL] [--upstream URL]
  [--seed N] [--domain NAME] [--retry-scale X] [--die-with-parent]`;

function options_of(argv) {
  const text = { type: 'string' };
  const { values } = parseArgs({
    args: argv,
    options: {
      'schema': { type: 'string', multiple: true }, 'port': text, 'control-port': text,
      'client-id': text, 'client-secret': text, 'token': text, 'webhook-target': text,
      'upstream': text, 'seed': text, 'domain': text, 'retry-scale': text,
      'die-with-parent': { type: 'boolean' }, 'help': { type: 'boolean' },
    },
  });
  return values;
}

const given = options_of(process.argv.slice(2));
if (given.help || !given.schema) {
  process.stderr.write(`${usage}\n`);
  process.exit(given.help ? 0 : 2);
}

const counterpart = await start({
  schemas: given.schema,
  port: Number(given.port ?? 0),
  control_port: Number(given['control-port'] ?? 0),
  client_id: given['client-id'],
  client_secret: given['client-secret'],
  token: given.token ?? 'shpat_counterpart',
  webhook_target: given['webhook-target'],
  upstream: given.upstream,
  seed: Number(given.seed ?? 1),
  domain: given.domain,
  retry_scale: given['retry-scale'] === undefined ? undefined : Number(given['retry-scale']),
});

function stop() {
  counterpart.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
if (given['die-with-parent']) {
  process.stdin.on('end', stop);
  process.stdin.on('error', stop);
  process.stdin.resume();
}

const { port, control_port, shop, schemas } = counterpart;
process.stdout.write(`${JSON.stringify({
  port, control_port, domain: shop.domain, versions: schemas.versions, pid: process.pid,
})}\n`);
