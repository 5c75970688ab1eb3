// What a document costs in points, and the leaky bucket it is paid from. The rule is the one
// that fits most recorded answers: scalar 0, object 1, mutation 10, page of n nodes
// 2 + ceil(log2 n) * node.
import {
  Kind, getNamedType, isCompositeType, isListType, isNonNullType, isObjectType,
} from 'graphql';

export const max_query_cost = 1000;

/** Mutations whose recorded price is above the common 10. */
const mutation_costs = { fulfillmentTrackingInfoUpdate: 50 };
const mutation_cost = 10;

const log_size = (n) => Math.ceil(Math.log2(Math.max(1, n)));

function argument(node, name, variables) {
  const value = node.arguments?.find((a) => a.name.value === name)?.value;
  if (!value || value.kind === Kind.NULL) return null;
  if (value.kind === Kind.VARIABLE) return variables[value.name.value] ?? null;
  return Number(value.value);
}

const included = (node, variables) => (node.directives ?? []).every((directive) => {
  const when = directive.arguments?.[0]?.value;
  const on = when?.kind === Kind.VARIABLE ? variables[when.name.value] : when?.value;
  if (directive.name.value === 'skip') return !on;
  return directive.name.value !== 'include' || Boolean(on);
});

/** Fields that a selection set asks of `type`, fragments opened, with the type they sit on. */
export function* fields_of(selection_set, type, context) {
  for (const node of selection_set?.selections ?? []) {
    if (!included(node, context.variables)) continue;
    if (node.kind === Kind.FIELD) {
      yield { node, type };
    } else {
      const spread = node.kind === Kind.FRAGMENT_SPREAD;
      const fragment = spread ? context.fragments.get(node.name.value) : node;
      const on = fragment.typeCondition?.name.value;
      const narrowed = on ? context.schema.getType(on) : type;
      yield* fields_of(fragment.selectionSet, narrowed, context);
    }
  }
}

/** What the walks over a document need: schema, fragments by name, variable values. */
export function walk_context(schema, document, variables) {
  const fragments = new Map(document.definitions
    .filter((d) => d.kind === Kind.FRAGMENT_DEFINITION).map((d) => [d.name.value, d]));
  return { schema, fragments, variables: variables ?? {} };
}

const is_list = (type) => isListType(isNonNullType(type) ? type.ofType : type);

function children(node, type, answers, context) {
  let sum = 0;
  for (const child of fields_of(node.selectionSet, type, context)) {
    sum += field_cost(child.node, child.type, answers, context);
  }
  return sum;
}

/** Price of the nodes below a connection, whether asked through nodes or edges. */
function node_cost(node, type, context) {
  let sum = 0;
  for (const child of fields_of(node.selectionSet, type, context)) {
    const name = child.node.name.value;
    if (name !== 'nodes' && name !== 'edges') continue;
    const inner = getNamedType(child.type.getFields()[name].type);
    if (name === 'nodes') sum = Math.max(sum, 1 + children(child.node, inner, null, context));
    else sum = Math.max(sum, children(child.node, inner, null, context));
  }
  return sum;
}

/** Number of nodes in each answered page; null when only the request is priced. */
const answered_pages = (answers) => answers?.map((a) => (a?.nodes ?? a?.edges)?.length ?? 0);

function field_cost(node, type, answers, context) {
  const definition = type.getFields?.()[node.name.value];
  const named = definition && getNamedType(definition.type);
  if (!named || !isCompositeType(named)) return 0;
  if (named.name.endsWith('UserError')) return 0;
  const key = node.alias?.value ?? node.name.value;
  const below = answers?.flatMap((a) => a?.[key] ?? []).filter((a) => a !== null);
  const size_of = (name) => argument(node, name, context.variables);
  const asked = size_of('first') ?? size_of('last');
  if (named.name.endsWith('Connection')) {
    const size = below ? Math.max(0, ...answered_pages(below)) : asked ?? 1;
    return 2 + log_size(size) * node_cost(node, named, context);
  }
  const own = isObjectType(named) || answers === null ? 1 : 0;
  const each = own + children(node, named, below ?? null, context);
  if (is_list(definition.type) && asked !== null) {
    return 2 + log_size(below ? below.length : asked) * each;
  }
  return below && below.length === 0 ? 0 : each;
}

function operation_cost(schema, document, operation, variables, data) {
  const context = walk_context(schema, document, variables);
  const mutation = operation.operation === 'mutation';
  const root = mutation ? schema.getMutationType() : schema.getQueryType();
  let sum = 0;
  for (const { node, type } of fields_of(operation.selectionSet, root, context)) {
    if (!mutation) {
      sum += field_cost(node, type, data ? [data] : null, context);
      continue;
    }
    const payload = getNamedType(type.getFields()[node.name.value].type);
    const key = node.alias?.value ?? node.name.value;
    const answer = data ? [data[key]] : null;
    sum += mutation_costs[node.name.value] ?? mutation_cost;
    sum += children(node, payload, answer, context);
  }
  return sum;
}

/** Points reserved for a request before it runs. */
export const requested_cost = (schema, document, operation, variables) =>
  operation_cost(schema, document, operation, variables, null);

/** Points an answer used: never more than was reserved. */
export function actual_cost(schema, document, operation, variables, data) {
  const requested = requested_cost(schema, document, operation, variables);
  if (!data) return requested;
  return Math.min(requested, operation_cost(schema, document, operation, variables, data));
}

/** The bucket of one app and shop; times in milliseconds of the counterpart's clock. */
export class Bucket {
  constructor(now_ms, maximum = 2000, restore_rate = 100) {
    this.now_ms = now_ms;
    this.maximum = maximum;
    this.restore_rate = restore_rate;
    this.available = maximum;
    this.seen_ms = now_ms();
  }

  #restore() {
    const now = this.now_ms();
    const gained = Math.max(0, now - this.seen_ms) * this.restore_rate / 1000;
    this.available = Math.min(this.maximum, this.available + gained);
    this.seen_ms = now;
  }

  /** Takes `points` when they are there; false changes nothing. */
  reserve(points) {
    this.#restore();
    if (points > this.available) return false;
    this.available -= points;
    return true;
  }

  /** Gives back what was reserved and not used. */
  refund(points) {
    this.available = Math.min(this.maximum, this.available + points);
  }

  status() {
    this.#restore();
    return {
      maximumAvailable: this.maximum,
      currentlyAvailable: Math.floor(this.available),
      restoreRate: this.restore_rate,
    };
  }
}
