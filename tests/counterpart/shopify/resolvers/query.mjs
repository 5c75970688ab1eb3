// Root queries over the shop's state.
import { NotFound } from '../state/refusal.mjs';
import { is_live } from '../state/routing.mjs';
import { financial_status, fulfillment_status } from '../state/orders.mjs';
import { gid, parse_gid } from '../world.mjs';
import { page } from './paging.mjs';
import { parse_search, passes } from './search.mjs';
import { part_terms } from './types.mjs';

const lookup = (map_name, type) => (_root, { id }, { shop }) => shop.find(shop[map_name], type, id);

function order_terms(shop, order) {
  const cancelled = order.cancelled_at !== null;
  return {
    updated_at: () => ({ time: shop.indexed_at(order) }),
    created_at: () => ({ time: order.created_at }),
    processed_at: () => ({ time: order.processed_at }),
    name: () => ({ text: [order.name, order.name.replace(/^#/, '')] }),
    default: () => ({ text: [order.name, order.name.replace(/^#/, ''), order.email] }),
    id: () => ({ text: [order.id, gid('Order', order.id)] }),
    tag: () => ({ text: order.tags }),
    sku: () => ({ text: order.lines.map((l) => l.sku) }),
    test: () => ({ text: [order.test] }),
    location_id: () => ({ text: shop.parts_of(order).map((p) => p.location.id) }),
    financial_status: () => ({ text: [financial_status(shop, order)] }),
    fulfillment_status: () => ({ text: [fulfillment_status(shop, order)] }),
    risk_level: () => ({ text: order.risk.assessments.map((a) => a.level) }),
    status: () => ({
      text: ['any', cancelled ? 'cancelled' : order.closed_at ? 'closed' : 'open', 'not_closed']
        .slice(0, order.closed_at ? 2 : 3),
    }),
  };
}

const order_sort = {
  UPDATED_AT: (shop) => (order) => shop.indexed_at(order),
  CREATED_AT: () => (order) => order.created_at,
  PROCESSED_AT: () => (order) => order.processed_at,
};

function orders(_root, args, { shop, unknown_terms }) {
  const terms = parse_search(args.query);
  const seen = [...shop.orders.values()].filter((o) => shop.indexed_at(o) !== null)
    .filter((o) => passes(terms, order_terms(shop, o), unknown_terms));
  const sort = order_sort[args.sortKey ?? 'PROCESSED_AT'];
  return page(seen, args, sort?.(shop));
}

function fulfillment_orders(_root, args, { shop, unknown_terms }) {
  const terms = parse_search(args.query);
  const parts = [...shop.fulfillment_orders.values()]
    .filter((p) => args.includeClosed || is_live(p))
    .filter((p) => passes(terms, part_terms(p), unknown_terms));
  return page(parts, args, args.sortKey === 'UPDATED_AT' ? (p) => p.updated_at : undefined);
}

const assigned = {
  CANCELLATION_REQUESTED: 'CANCELLATION_REQUESTED',
  FULFILLMENT_REQUESTED: 'SUBMITTED',
  FULFILLMENT_ACCEPTED: 'ACCEPTED',
  FULFILLMENT_UNSUBMITTED: 'UNSUBMITTED',
};

function assigned_fulfillment_orders(_root, args, { shop }) {
  if (![...shop.locations.values()].some((l) => l.service)) {
    throw new Error('The api_client is not associated with any fulfillment service.');
  }
  const wanted = assigned[args.assignmentStatus];
  const parts = [...shop.fulfillment_orders.values()].filter((p) => p.location.service
    && is_live(p) && (!wanted || p.request_status === wanted));
  return page(parts, args);
}

function webhook_subscriptions(_root, args, { shop }) {
  const all = [...shop.subscriptions.values()].filter((w) => w.via === 'api'
    && (!args.topics || args.topics.includes(w.topic)) && (!args.uri || args.uri === w.uri));
  return page(all, args);
}

const node_maps = {
  Order: 'orders', FulfillmentOrder: 'fulfillment_orders', Fulfillment: 'fulfillments',
  Location: 'locations', Product: 'products', WebhookSubscription: 'subscriptions',
};

function node(shop, id) {
  const parsed = parse_gid(id);
  if (!parsed) throw new NotFound('invalid id');
  const record = shop[node_maps[parsed[0]]]?.get(parsed[1]);
  return record ? Object.assign(Object.create(record), { __typename: parsed[0] }) : null;
}

/** Resolvers of QueryRoot. */
export const queries = {
  order: lookup('orders', 'Order'),
  orders,
  ordersCount: (_r, args, context) => {
    const { nodes } = orders(null, { query: args.query }, context);
    return { count: nodes.length, precision: 'EXACT' };
  },
  fulfillmentOrder: lookup('fulfillment_orders', 'FulfillmentOrder'),
  fulfillmentOrders: fulfillment_orders,
  manualHoldsFulfillmentOrders: (_r, args, { shop }) =>
    page([...shop.fulfillment_orders.values()].filter((p) => p.holds.length > 0), args),
  assignedFulfillmentOrders: assigned_fulfillment_orders,
  fulfillment: lookup('fulfillments', 'Fulfillment'),
  location: (_r, { id }, { shop }) =>
    (id ? shop.find(shop.locations, 'Location', id) : shop.primary),
  locations: (_r, args, { shop }) => page([...shop.locations.values()]
    .filter((l) => (l.active || args.includeInactive) && (!l.service || args.includeLegacy)), args,
  (l) => (args.sortKey === 'ID' ? '' : l.name)),
  product: lookup('products', 'Product'),
  shop: (_r, _a, { shop }) => shop,
  job: (_r, { id }, { shop }) => shop.jobs.get(String(id).split('/').at(-1)) ?? null,
  webhookSubscription: lookup('subscriptions', 'WebhookSubscription'),
  webhookSubscriptions: webhook_subscriptions,
  webhookSubscriptionsCount: (_r, _a, { shop }) =>
    ({ count: [...shop.subscriptions.values()].length, precision: 'EXACT' }),
  currentAppInstallation: (_r, _a, { shop, scopes }) => ({
    id: gid('AppInstallation', shop.app.id),
    accessScopes: [...scopes].map((handle) => ({ handle, description: handle })),
    app: { id: gid('App', shop.app.id), title: shop.app.title, handle: 'holdfast' },
    launchUrl: `https://${shop.domain}/admin/apps`, uninstallUrl: null,
  }),
  publicApiVersions: (_r, _a, { versions }) => versions.map((handle) =>
    ({ handle, displayName: handle, supported: true })),
  node: (_r, { id }, { shop }) => node(shop, id),
  nodes: (_r, { ids }, { shop }) => ids.map((id) => node(shop, id)),
};
