// Faults to order: rules that hit the next N requests, all or those of one operation. A rule
// says when it strikes (before or after the effect) and with what answer.
import * as answers from './answers.mjs';
import { error_codes, top_level_error } from './refusals.mjs';

const kinds = new Set([
  'throttle', 'status', 'close', 'hang', 'slow', 'nonsense', 'internal', 'access_denied',
  'user_errors', 'wrong_version', 'truncate', 'error',
]);

export class Misbehaviour {
  constructor() {
    this.rules = [];
    this.struck = [];
  }

  /**
   * Adds {kind, operation?, mention?, count = 1, after?, status?, code?, delay_ms?, body?,
   * user_errors?}; throws RangeError on an unknown kind or code.
   */
  add(rule) {
    if (!kinds.has(rule.kind)) throw new RangeError(`unknown misbehaviour ${rule.kind}`);
    if (rule.kind === 'error' && !error_codes.includes(rule.code)) {
      throw new RangeError(`no such error: ${rule.code}`);
    }
    this.rules.push({ count: 1, after: false, ...rule });
  }

  clear() {
    this.rules = [];
  }

  /** The first rule for this request of the text `raw`, used up once; null when nothing strikes. */
  take(checked, raw) {
    const rule = this.rules.find((r) => r.count > 0
      && (!r.operation || r.operation === checked.name || r.operation === checked.root_field)
      && (!r.mention || raw.includes(r.mention)));
    if (!rule) return null;
    rule.count -= 1;
    this.rules = this.rules.filter((r) => r.count > 0);
    const { kind, after, status, code, mention } = rule;
    this.struck.push({ kind, operation: checked.name, after, status, code, mention });
    return rule;
  }
}

const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const nonsense_body = '{"data":{"order":{"id":42,"name":[]}},"ok":"perhaps"}';

/** userErrors in the payload of the root field, everything else of it null. */
function refused_payload(checked, rule) {
  const list = checked.root_field === 'orderCancel' ? 'orderCancelUserErrors' : 'userErrors';
  const errors = rule.user_errors ?? [{ field: null, message: 'Refused on request' }];
  const payload = {};
  const [root] = checked.operation.selectionSet.selections;
  for (const node of root.selectionSet?.selections ?? []) {
    if (node.name) payload[node.alias?.value ?? node.name.value] = null;
  }
  return { data: { [checked.root_field]: { ...payload, [list]: errors } } };
}

/**
 * Acts out `rule` on the open `reply` ({send(status, body, headers), close()}). `effect` runs the
 * request and gives its answer {status, body, headers}. True when the reply has been dealt with.
 */
export async function act_out(rule, checked, reply, effect, shown) {
  if (rule.kind === 'slow') {
    await sleep(rule.delay_ms ?? 1000);
    const done = await effect();
    reply.send(done.status, done.body, done.headers);
    return;
  }
  const done = rule.after ? await effect() : null;
  switch (rule.kind) {
    case 'throttle':
      reply.send(200, answers.throttled(shown.cost, {
        ...shown.throttle, currentlyAvailable: Math.min(shown.throttle.currentlyAvailable, 0),
      }));
      break;
    case 'status': {
      const status = rule.status ?? 500;
      const wait = status === 429 || status === 503 ? { 'Retry-After': '2.0' } : {};
      reply.send(status, rule.body ?? answers.status_bodies[status] ?? {}, wait);
      break;
    }
    case 'close':
      reply.close();
      break;
    case 'hang':
      await sleep(rule.delay_ms ?? 60_000);
      reply.close();
      break;
    case 'nonsense':
      reply.send(200, rule.body ?? nonsense_body);
      break;
    case 'truncate': {
      const answer = done ?? await effect();
      reply.truncate(answer.status, answer.body);
      break;
    }
    case 'error':
      reply.send(200, top_level_error(rule.code, checked));
      break;
    case 'internal':
      reply.send(200, answers.internal_error(shown.request_id));
      break;
    case 'access_denied':
      reply.send(200, {
        errors: [answers.access_denied(checked.root_field,
          rule.required ?? '`write_merchant_managed_fulfillment_orders` access scope.')],
        data: { [checked.root_field]: null },
      });
      break;
    case 'user_errors':
      reply.send(200, refused_payload(checked, rule));
      break;
    case 'wrong_version': {
      const answer = done ?? await effect();
      reply.send(answer.status, answer.body,
        { ...answer.headers, 'X-Shopify-API-Version': rule.version ?? '2025-10' });
      break;
    }
    default:
      throw new RangeError(`unknown misbehaviour ${rule.kind}`);
  }
}
