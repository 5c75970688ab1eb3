// Validating reverse proxy: the request goes on byte by byte, the answer is checked against what
// the document selected before it is passed back. It keeps no shop of its own.
import {
  getNullableType, isAbstractType, isEnumType, isListType, isNonNullType,
  isScalarType,
} from 'graphql';
import { fields_of, walk_context } from './cost.mjs';
import { fits_scalar } from './inputs.mjs';

const max_faults = 50;
const answer_ms = 30_000;
const hop_headers = new Set(['host', 'connection', 'content-length', 'transfer-encoding',
  'keep-alive', 'accept-encoding', 'expect', 'upgrade']);

function check_value(value, type, node, path, context, faults) {
  if (faults.length >= max_faults) return;
  if (value === null || value === undefined) {
    if (value === undefined) faults.push(`${path}: missing`);
    else if (isNonNullType(type)) faults.push(`${path}: null, but ${type} is promised`);
    return;
  }
  const inner = getNullableType(type);
  if (isListType(inner)) {
    if (!Array.isArray(value)) faults.push(`${path}: not a list`);
    else {
      value.forEach((v, i) => {
        check_value(v, inner.ofType, node, `${path}.${i}`, context, faults);
      });
    }
  } else if (isEnumType(inner)) {
    if (!inner.getValue(String(value))) faults.push(`${path}: ${value} is no ${inner.name}`);
  } else if (isScalarType(inner)) {
    check_scalar(value, inner.name, path, faults);
  } else if (typeof value !== 'object' || Array.isArray(value)) {
    faults.push(`${path}: not an object`);
  } else {
    check_selection(value, inner, node.selectionSet, path, context, faults);
  }
}

const text_scalars = new Set(['ID', 'Money', 'Decimal', 'UnsignedInt64']);

function check_scalar(value, name, path, faults) {
  const text = !text_scalars.has(name) || typeof value === 'string';
  if (!text || !fits_scalar(name, value)) {
    faults.push(`${path}: ${JSON.stringify(String(value))} is no ${name}`);
  }
}

function check_selection(value, type, selection, path, context, faults) {
  const actual = isAbstractType(type) ? context.schema.getType(value.__typename ?? '') : type;
  for (const { node, type: on } of fields_of(selection, type, context)) {
    const key = node.alias?.value ?? node.name.value;
    if (node.name.value === '__typename') {
      if (typeof value[key] !== 'string') faults.push(`${path}.${key}: missing`);
      continue;
    }
    const applies = on === type || on === actual
      || (actual && isAbstractType(on) && context.schema.isSubType(on, actual));
    if (!applies) continue;
    const field = on.getFields()[node.name.value];
    check_value(value[key], field.type, node, `${path}.${key}`, context, faults);
  }
}

/** What is wrong with the answer `body` to a checked request; empty when it fits. */
export function answer_faults(schema, checked, variables, body) {
  if (body === null || typeof body !== 'object') return ['the answer is no object'];
  const failed = Array.isArray(body.errors) && body.errors.length > 0;
  if (failed && body.errors.some((e) => typeof e?.message !== 'string')) {
    return ['an error without a message'];
  }
  if (body.data === undefined || body.data === null) {
    return failed || typeof body.errors === 'string' ? [] : ['neither data nor errors'];
  }
  const faults = [];
  const mutation = checked.operation.operation === 'mutation';
  const root = mutation ? schema.getMutationType() : schema.getQueryType();
  const context = walk_context(schema, checked.document, variables);
  for (const { node, type } of fields_of(checked.operation.selectionSet, root, context)) {
    const key = node.alias?.value ?? node.name.value;
    const value = body.data[key];
    if (failed && (value === null || value === undefined)) continue;
    const field = type.getFields()[node.name.value];
    if (field) check_value(value, field.type, node, key, context, faults);
  }
  return faults;
}

export class Proxy {
  constructor(upstream, books) {
    this.upstream = upstream.replace(/\/$/, '');
    this.books = books;
  }

  /** Sends the request on unchanged: {status, raw, headers}. */
  async pass(request, raw) {
    const headers = Object.fromEntries(Object.entries(request.headers)
      .filter(([name]) => !hop_headers.has(name)));
    const answer = await fetch(this.upstream + request.url, {
      method: request.method, headers, redirect: 'manual',
      body: request.method === 'GET' || request.method === 'HEAD' ? undefined : raw,
      signal: AbortSignal.timeout(answer_ms),
    });
    const back = Object.fromEntries([...answer.headers]
      .filter(([name]) => !hop_headers.has(name) && name !== 'content-encoding'));
    return { status: answer.status, raw: Buffer.from(await answer.arrayBuffer()), headers: back };
  }

  /** Passes a checked GraphQL call on; an answer that does not fit becomes a 502 that says why. */
  async graphql({ schema, checked, body, request, raw }) {
    const passed = await this.pass(request, raw);
    if (passed.status !== 200) return passed;
    let faults;
    try {
      const answer = JSON.parse(passed.raw.toString('utf8'));
      faults = answer_faults(schema, checked, body.variables, answer);
    } catch {
      faults = ['the answer is no JSON'];
    }
    if (faults.length === 0) return passed;
    this.books.refusal('upstream_fault');
    if (this.books.upstream_faults.length < max_faults) {
      this.books.upstream_faults.push({ operation: checked.name, faults });
    }
    const text = JSON.stringify({ errors: 'the upstream answer does not fit the schema', faults });
    return { status: 502, raw: Buffer.from(text), headers: { 'content-type': 'application/json' } };
  }
}
