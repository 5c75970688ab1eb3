// Shared parts of the counterpart's own tests: one counterpart per call, a GraphQL client, the
// control plane and a webhook receiver, all on loopback ports.
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { start } from './counterpart.mjs';
import { listen, read_body } from './http.mjs';
import { parse, stringify } from './json.mjs';
import { Schemas } from './schema.mjs';

const folder = process.env.SHOPIFY_SCHEMAS
  ?? fileURLToPath(new URL('../../../build/deps/shopify', import.meta.url));

export const schema_files = ['2026-07', '2026-10'].map((v) => `${folder}/admin_${v}.json.gz`);

for (const file of schema_files) {
  if (!existsSync(file)) throw new Error(`${file} is missing: run ./x build first`);
}

export const schemas = new Schemas(schema_files);
export const token = 'shpat_test';
export const secret = 'hush';

async function ask(url, method, body, headers = {}) {
  const answer = await fetch(url, {
    method, headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : stringify(body),
  });
  return { status: answer.status, headers: answer.headers, body: parse(await answer.text()) };
}

/** A running counterpart with `gql`, `control` and `close`; options as for start(). */
export async function counterpart(options = {}) {
  const own = await start({ loaded: schemas, token, client_secret: secret, ...options });
  const post = (query, variables, version = '2026-10', access = token) => ask(
    `http://127.0.0.1:${own.port}/admin/api/${version}/graphql.json`, 'POST',
    { query, variables }, { 'x-shopify-access-token': access },
  );
  return {
    ...own,
    post,
    gql: async (query, variables) => (await post(query, variables)).body,
    control: async (path, body, method = 'POST') => {
      const answer = await ask(`http://127.0.0.1:${own.control_port}${path}`, method, body);
      return answer.body;
    },
    read: async (path) => (await ask(`http://127.0.0.1:${own.control_port}${path}`, 'GET')).body,
  };
}

/** A receiver that answers `status()` and remembers each delivery. */
export async function receiver(status = () => 200) {
  const got = [];
  const { server, port } = await listen(0, async (request, response) => {
    const raw = await read_body(request);
    const { headers } = request;
    const mac = createHmac('sha256', secret).update(raw).digest('base64');
    got.push({ topic: headers['x-shopify-topic'], headers, text: raw.toString('utf8'),
      signed: mac === headers['x-shopify-hmac-sha256'], body: parse(raw.toString('utf8')) });
    response.writeHead(status(got.length));
    response.end();
  });
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { got, url: `http://127.0.0.1:${port}/hooks/shop`, close };
}

export const create = `mutation FulfillmentCreate($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id status displayStatus }
    userErrors { field message }
  }
}`;

/** Variables of fulfillmentCreate for a part as the control plane shows it. */
export const ship = (part, quantity = null) => ({
  fulfillment: {
    lineItemsByFulfillmentOrder: [{
      fulfillmentOrderId: part.gid,
      fulfillmentOrderLineItems: quantity === null ? []
        : [{ id: part.lines[0].gid, quantity }],
    }],
    trackingInfo: { company: 'UPS', number: '1Z999' },
  },
});
