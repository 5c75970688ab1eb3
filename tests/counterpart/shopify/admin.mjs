// The Admin API's face: tokens, versions, validation, cost, faults, then the shop or an upstream.
import * as answers from './answers.mjs';
import { check_request } from './check.mjs';
import { actual_cost, max_query_cost, requested_cost } from './cost.mjs';
import { read_body, reply_to } from './http.mjs';
import { parse } from './json.mjs';
import { act_out } from './misbehave.mjs';
import { run } from './resolvers/execute.mjs';

const graphql_path = /^\/admin\/api\/([\w-]+)\/graphql\.json$/;
const oauth_path = '/admin/oauth/access_token';

function form_of(text, type) {
  if ((type ?? '').includes('json')) return parse(text);
  return Object.fromEntries(new URLSearchParams(text));
}

const plain_error = (error) => ({
  message: error.message,
  locations: error.locations,
  path: error.path,
  ...(Object.keys(error.extensions ?? {}).length > 0 ? { extensions: error.extensions } : {}),
});

export class Admin {
  /** `parts`: {shop, schemas, access, books, bucket, faults, proxy?}. */
  constructor(parts) {
    Object.assign(this, parts);
  }

  async handle(request, response) {
    const raw = await read_body(request);
    const url = new URL(request.url, 'http://localhost');
    const request_id = this.shop.world.uuid();
    const reply = reply_to(response, { 'X-Request-Id': request_id });
    const match = graphql_path.exec(url.pathname);
    if (match && request.method === 'POST') {
      await this.#graphql(match[1], request, raw, reply, request_id);
    } else if (this.proxy) {
      const passed = await this.proxy.pass(request, raw);
      reply.send(passed.status, passed.raw, passed.headers);
    } else if (url.pathname === oauth_path && request.method === 'POST') {
      const form = form_of(raw.toString('utf8'), request.headers['content-type']);
      const { status, body } = this.access.grant(form);
      if (status !== 200) this.books.refusal(`oauth_${status}`);
      reply.send(status, body);
    } else {
      reply.send(404, answers.status_bodies[404]);
    }
  }

  #refuse(reply, status) {
    this.books.refusal(String(status));
    reply.send(status, answers.status_bodies[status]);
  }

  async #graphql(asked, request, raw, reply, request_id) {
    const served = this.schemas.serve(asked);
    if (!served) return this.#refuse(reply, 404);
    const token = request.headers['x-shopify-access-token'];
    if (!this.proxy && !(this.shop.app.installed && this.access.accepts(token))) {
      return this.#refuse(reply, 401);
    }
    let body;
    try {
      body = parse(raw.toString('utf8'));
    } catch {
      return this.#refuse(reply, 400);
    }
    if (typeof body?.query !== 'string') return this.#refuse(reply, 400);
    const checked = check_request(served.schema, body);
    const at = this.shop.world.now();
    const tally = this.books.request(checked, { ...body, version: served.version, at });
    const headers = { 'X-Shopify-API-Version': served.version };
    if (checked.deprecated.length > 0) {
      headers['X-Shopify-API-Deprecated-Reason'] = 'https://shopify.dev/api/usage/versioning';
    }
    if (checked.errors.length > 0) {
      reply.send(200, { errors: checked.errors }, headers);
      return undefined;
    }
    const call = { ...served, body, checked, request, raw, headers, tally };
    return this.#answer(call, reply, request_id);
  }

  async #answer(call, reply, request_id) {
    const { schema, checked, body } = call;
    const cost = requested_cost(schema, checked.document, checked.operation, body.variables);
    call.tally.cost = Math.max(call.tally.cost, cost);
    if (cost > max_query_cost) {
      this.books.refusal('MAX_COST_EXCEEDED');
      reply.send(200, answers.too_costly(cost, max_query_cost), call.headers);
      return;
    }
    const effect = () => (this.proxy ? this.#forward(call) : this.#run({ ...call, cost }));
    const rule = this.faults.take(checked, call.raw.toString('utf8'));
    if (rule) {
      this.books.refusal(`misbehaviour_${rule.kind}`);
      const shown = { cost, throttle: this.bucket.status(), request_id };
      await act_out(rule, checked, with_headers(reply, call.headers), effect, shown);
      return;
    }
    const done = await effect();
    reply.send(done.status, done.body, done.headers);
  }

  async #forward(call) {
    const passed = await this.proxy.graphql(call);
    const headers = { ...call.headers, ...passed.headers };
    return { status: passed.status, body: passed.raw, headers };
  }

  /** Denials by scope, one per root field. */
  #denied({ checked }) {
    return checked.operation.selectionSet.selections.map((node) => {
      const name = node.name?.value ?? '';
      const lacking = this.access.lacking(name);
      return lacking ? answers.access_denied(name, lacking, []) : null;
    }).filter(Boolean);
  }

  async #run({ schema, version, checked, body, cost, headers, tally }) {
    if (!this.bucket.reserve(cost)) {
      this.books.refusal('THROTTLED');
      return { status: 200, headers, body: answers.throttled(cost, this.bucket.status()) };
    }
    const denied = this.#denied({ checked });
    if (denied.length > 0) {
      for (const _one of denied) this.books.refusal('ACCESS_DENIED');
      this.bucket.refund(cost);
      return { status: 200, headers, body: { errors: denied, data: null } };
    }
    const context = {
      shop: this.shop, version, versions: this.schemas.versions, scopes: this.access.scopes,
      unkept: this.books.unkept, unknown_terms: this.books.unknown_terms,
      refused: (field, error) => {
        tally.refused += 1;
        this.books.refusal(`${field}: ${error.code ?? error.message.replace(/\d{3,}/g, 'N')}`);
      },
    };
    const { data, errors } = await run(schema, checked.document, body.variables,
      body.operationName, context);
    for (const error of errors ?? []) this.books.refusal(error.extensions?.code ?? 'execution');
    const used = actual_cost(schema, checked.document, checked.operation, body.variables, data);
    this.bucket.refund(cost - used);
    return {
      status: 200, headers,
      body: {
        data, ...(errors ? { errors: errors.map(plain_error) } : {}),
        extensions: answers.cost_extension(cost, used, this.bucket.status()),
      },
    };
  }
}

/** The same reply with standing headers on everything it sends. */
function with_headers(reply, standing) {
  const send = (status, body, headers = {}) => {
    reply.send(status, body, { ...standing, ...headers });
  };
  return { ...reply, send };
}
