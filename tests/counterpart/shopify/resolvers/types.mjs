// How each record of the shop is shown as a type of the published schema. Read only.
import { graphql_decimal } from '../money.mjs';
import { gid } from '../world.mjs';
import { supported_actions } from '../state/routing.mjs';
import {
  financial_status, fulfillment_status, line_total, presented, quantity_open, quantity_shipped,
  totals,
} from '../state/orders.mjs';
import { page } from './paging.mjs';
import { parse_search, passes } from './search.mjs';

const bag = (order, amount) => ({
  shopMoney: { amount: graphql_decimal(amount, order.currency), currencyCode: order.currency },
  presentmentMoney: {
    amount: graphql_decimal(presented(order, amount), order.presentment),
    currencyCode: order.presentment,
  },
});

const sum = (name) => (order) => bag(order, totals(order)[name]);
const positive = (amount) => (amount > 0n ? amount : 0n);
const legacy = (record) => record.id.toString();

const address_of = (order, which) => {
  const given = order[which];
  if (!given) return null;
  const name = [given.firstName, given.lastName].filter(Boolean).join(' ') || null;
  return {
    ...given, name, id: `${gid('MailingAddress', order.address_id)}?model_name=Address`,
    countryCodeV2: given.countryCode, coordinatesValidated: false,
    formattedArea: [given.city, given.provinceCode, given.country].filter(Boolean).join(', '),
    formatted: [given.address1, given.address2, given.city, given.country].filter(Boolean),
    timeZone: null, validationResultSummary: null,
  };
};

const first_of = (list, args) => list.slice(0, args.first ?? list.length);

/** Order fields; the source is a record of state/orders.mjs. */
const Order = {
  id: (o) => gid('Order', o.id),
  legacyResourceId: legacy,
  createdAt: (o) => o.created_at,
  updatedAt: (o) => o.updated_at,
  processedAt: (o) => o.processed_at,
  cancelledAt: (o) => o.cancelled_at,
  cancelReason: (o) => o.cancel_reason,
  closedAt: (o) => o.closed_at,
  closed: (o) => o.closed_at !== null,
  confirmed: () => true,
  number: (o) => o.number,
  sourceName: (o) => o.source_name,
  customerLocale: (o) => o.locale,
  currencyCode: (o) => o.currency,
  presentmentCurrencyCode: (o) => o.presentment,
  customAttributes: (o) => o.attributes,
  paymentGatewayNames: (o) => [o.gateway],
  paymentTerms: () => null,
  taxesIncluded: () => false,
  requiresShipping: (o) => o.lines.some((l) => l.requires_shipping),
  returnStatus: () => 'NO_RETURN',
  fulfillable: (o, _a, { shop }) => o.lines.some((l) => quantity_open(shop, l) > 0),
  fullyPaid: (o, _a, { shop }) => financial_status(shop, o) === 'PAID',
  unpaid: (o, _a, { shop }) => financial_status(shop, o) !== 'PAID',
  capturable: (o) => totals(o).capturable > 0n,
  displayFinancialStatus: (o, _a, { shop }) => financial_status(shop, o),
  displayFulfillmentStatus: (o, _a, { shop, info_schema }) => {
    const names = info_schema.getType('OrderDisplayFulfillmentStatus');
    return fulfillment_status(shop, o, Boolean(names.getValue('FULFILLMENT_NOT_REQUIRED')));
  },
  totalPriceSet: sum('total'),
  originalTotalPriceSet: sum('total'),
  currentTotalPriceSet: sum('current'),
  subtotalPriceSet: sum('items'),
  currentSubtotalPriceSet: (o) => bag(o, totals(o).current - totals(o).shipping),
  totalShippingPriceSet: sum('shipping'),
  totalDiscountsSet: sum('discounts'),
  totalTaxSet: (o) => bag(o, 0n),
  currentTotalTaxSet: (o) => bag(o, 0n),
  totalReceivedSet: sum('received'),
  totalRefundedSet: sum('refunded'),
  totalCapturableSet: sum('capturable'),
  totalTipReceivedSet: sum('tips'),
  netPaymentSet: sum('net'),
  totalOutstandingSet: (o) => bag(o, positive(totals(o).current - totals(o).net)),
  risk: (o) => o.risk,
  shippingAddress: (o) => address_of(o, 'shipping_address'),
  billingAddress: (o) => address_of(o, 'billing_address'),
  shippingLine: (o) => o.shipping_line && { ...o.shipping_line, order: o },
  shippingLines: (o, args) => page(o.shipping_line ? [{ ...o.shipping_line, order: o }] : [], args),
  lineItems: (o, args) => page(o.lines, args),
  nonFulfillableLineItems: (o, args, { shop }) =>
    page(o.lines.filter((l) => not_fulfillable(shop, l) > 0), args),
  refunds: (o, args) => first_of(o.refunds, args),
  transactions: (o, args) => first_of(o.transactions, args),
  transactionsCount: (o) => ({ count: o.transactions.length, precision: 'EXACT' }),
  fulfillments: (o, args, { shop }) => first_of(shop.shipments_of(o), args),
  fulfillmentsCount: (o, _a, { shop }) =>
    ({ count: shop.shipments_of(o).length, precision: 'EXACT' }),
  fulfillmentOrders: (o, args, { shop, unknown_terms }) => {
    const terms = parse_search(args.query);
    const parts = shop.parts_of(o).filter((p) => passes(terms, part_terms(p), unknown_terms));
    return page(parts, args);
  },
};

/** Search terms of fulfillment orders. */
export const part_terms = (part) => ({
  id: () => ({ text: [part.id, gid('FulfillmentOrder', part.id)] }),
  status: () => ({ text: [part.status] }),
  assigned_location_id: () => ({ text: [part.location.id] }),
  updated_at: () => ({ time: part.updated_at }),
});

const not_fulfillable = (shop, line) =>
  line.quantity - quantity_shipped(shop, line) - quantity_open(shop, line);

const weight = (grams) => ({ value: grams / 1000, unit: 'KILOGRAMS' });

const LineItem = {
  id: (l) => gid('LineItem', l.id),
  name: (l) => [l.title, l.variant_title].filter(Boolean).join(' - '),
  variantTitle: (l) => l.variant_title,
  isGiftCard: (l) => l.gift_card,
  requiresShipping: (l) => l.requires_shipping,
  currentQuantity: (l) => l.current,
  refundableQuantity: (l) => l.current,
  unfulfilledQuantity: (l, _a, { shop }) => quantity_open(shop, l),
  nonFulfillableQuantity: (l, _a, { shop }) => not_fulfillable(shop, l),
  customAttributes: (l) => l.attributes,
  taxable: () => true,
  originalUnitPriceSet: (l) => bag(l.order, l.price),
  discountedUnitPriceSet: (l) => bag(l.order, line_total(l, 1)),
  discountedUnitPriceAfterAllDiscountsSet: (l) => bag(l.order, line_total(l, 1)),
  originalTotalSet: (l) => bag(l.order, l.price * BigInt(l.quantity)),
  discountedTotalSet: (l) => bag(l.order, line_total(l)),
  totalDiscountSet: (l) => bag(l.order, l.discount),
  weight: (l) => (l.variant ? weight(l.grams) : null),
  taxLines: () => [],
  discountAllocations: () => [],
};

const FulfillmentOrder = {
  id: (p) => gid('FulfillmentOrder', p.id),
  requestStatus: (p) => p.request_status,
  createdAt: (p) => p.created_at,
  updatedAt: (p) => p.updated_at,
  fulfillAt: (p) => p.fulfill_at,
  fulfillBy: (p) => p.fulfill_by,
  orderId: (p) => gid('Order', p.order.id),
  orderName: (p) => p.order.name,
  orderProcessedAt: (p) => p.order.processed_at,
  deliveryMethod: (p) => ({
    id: gid('DeliveryMethod', p.method_id), methodType: p.method,
    presentedName: p.order.shipping_line?.title ?? null,
    serviceCode: p.order.shipping_line?.code ?? null,
    minDeliveryDateTime: null, maxDeliveryDateTime: null, additionalInformation: null,
    brandedPromise: null, sourceReference: null,
  }),
  assignedLocation: ({ location }) => ({ ...location.address, name: location.name, location }),
  destination: (p) => {
    const to = p.order.shipping_address;
    if (!to) return null;
    const id = gid('FulfillmentOrderDestination', p.order.address_id);
    return { ...to, id, email: p.order.email, location: null };
  },
  supportedActions: (p, _a, { shop }) =>
    supported_actions(shop, p).map((action) => ({ action, externalUrl: null })),
  fulfillmentHolds: (p) => p.holds,
  lineItems: (p, args) => page(p.lines, args),
  fulfillments: (p, args, { shop }) =>
    page(shop.shipments_of(p.order).filter((f) => f.parts.includes(p)), args),
  merchantRequests: (_p, args) => page([], args),
  locationsForMove: (p, args, { shop }) => page([...shop.locations.values()]
    .filter((l) => l !== p.location).map((location) => ({ ...location, location })), args),
  internationalDuties: () => null,
  remainingLineItemsWeight: (p) => weight(p.lines.reduce(
    (all, l) => all + l.line.grams * l.remaining, 0)),
};

const FulfillmentOrderLineItem = {
  id: (l) => gid('FulfillmentOrderLineItem', l.id),
  lineItem: (l) => l.line,
  totalQuantity: (l) => l.total,
  remainingQuantity: (l) => l.remaining,
  requiresShipping: (l) => l.line.requires_shipping,
  sku: (l) => l.line.sku,
  productTitle: (l) => l.line.title,
  variantTitle: (l) => l.line.variant_title,
  variant: (l) => l.line.variant,
  vendor: (l) => l.line.vendor,
  weight: (l) => weight(l.line.grams),
  warnings: () => [],
};

const hold_words = {
  AWAITING_PAYMENT: 'Awaiting payment', HIGH_RISK_OF_FRAUD: 'High risk of fraud',
  INCORRECT_ADDRESS: 'Incorrect address', INVENTORY_OUT_OF_STOCK: 'Inventory out of stock',
};

const FulfillmentHold = {
  id: (h) => gid('FulfillmentHold', h.id),
  reasonNotes: (h) => h.notes,
  displayReason: (h) => hold_words[h.reason] ?? 'Other',
  heldByRequestingApp: (h) => h.app === 'self',
  heldByApp: (h) => ({ id: gid('App', h.app_id), title: h.app === 'self' ? 'Holdfast' : h.app }),
};

const Fulfillment = {
  id: (f) => gid('Fulfillment', f.id),
  legacyResourceId: legacy,
  createdAt: (f) => f.created_at,
  updatedAt: (f) => f.updated_at,
  displayStatus: (f) => f.display,
  inTransitAt: (f) => f.in_transit_at,
  deliveredAt: (f) => f.delivered_at,
  estimatedDeliveryAt: (f) => f.estimated_delivery_at,
  totalQuantity: (f) => f.lines.reduce((all, l) => all + l.quantity, 0),
  requiresShipping: (f) => f.lines.some((l) => l.line.requires_shipping),
  trackingInfo: (f, args) => first_of(f.tracking, args),
  fulfillmentLineItems: (f, args) => page(f.lines, args),
  fulfillmentOrders: (f, args) => page(f.parts, args),
  events: (f, args) => page(f.events, args,
    args.sortKey === 'HAPPENED_AT' ? (e) => new Date(e.happenedAt).toISOString() : undefined),
  service: () => null,
  originAddress: () => null,
};

const Refund = {
  id: (r) => gid('Refund', r.id),
  legacyResourceId: legacy,
  createdAt: (r) => r.created_at,
  processedAt: (r) => r.processed_at,
  updatedAt: (r) => r.updated_at,
  totalRefundedSet: (r) => bag(r.order, r.transactions.reduce((all, t) => all + t.amount, 0n)),
  refundLineItems: (r, args) => page(r.lines, args),
  transactions: (r, args) => page(r.transactions, args),
  return: () => null,
  duties: () => [],
};

const OrderTransaction = {
  id: (t) => gid('OrderTransaction', t.id),
  amountSet: (t) => bag(t.order, t.amount),
  authorizationExpiresAt: (t) => t.expires_at,
  createdAt: (t) => t.created_at,
  processedAt: (t) => t.created_at,
  parentTransaction: (t) => t.parent,
  formattedGateway: (t) => t.gateway,
  errorCode: () => null,
  test: (t) => t.order.test,
  manuallyCapturable: (t) => t.kind === 'AUTHORIZATION' && totals(t.order).capturable > 0n,
};

const Location = {
  id: (l) => gid('Location', l.id),
  legacyResourceId: legacy,
  isActive: (l) => l.active,
  isFulfillmentService: (l) => l.service,
  fulfillsOnlineOrders: () => true,
  shipsInventory: () => true,
  createdAt: (l) => l.created_at,
  updatedAt: (l) => l.updated_at,
  addressVerified: () => true,
  fulfillmentService: () => null,
};

const Shop = {
  id: (s) => gid('Shop', s.id),
  myshopifyDomain: (s) => s.domain,
  contactEmail: (s) => s.email,
  currencyCode: (s) => s.currency,
  ianaTimezone: () => 'America/New_York',
  timezoneAbbreviation: () => 'EST',
  timezoneOffset: () => '-0500',
  createdAt: (s) => s.created_at,
  updatedAt: (s) => s.created_at,
  enabledPresentmentCurrencies: (s) => [s.currency, 'EUR', 'JPY'],
  plan: () => ({ displayName: 'Basic', publicDisplayName: 'Basic', partnerDevelopment: true,
    shopifyPlus: false }),
  primaryDomain: (s) => ({ id: gid('Domain', s.id), host: s.domain, sslEnabled: true,
    url: `https://${s.domain}` }),
  url: (s) => `https://${s.domain}`,
  weightUnit: () => 'KILOGRAMS',
  unitSystem: () => 'METRIC_SYSTEM',
};

const WebhookSubscription = {
  id: (w) => gid('WebhookSubscription', w.id),
  legacyResourceId: legacy,
  createdAt: (w) => w.created_at,
  updatedAt: (w) => w.updated_at,
  apiVersion: (w) => ({ handle: w.api_version, displayName: w.api_version, supported: true }),
  callbackUrl: (w) => w.uri,
  endpoint: (w) => ({ __typename: 'WebhookHttpEndpoint', callbackUrl: w.uri }),
  includeFields: (w) => w.include_fields,
  metafieldNamespaces: () => [],
  metafields: () => [],
};

/** Field resolvers by type name; a field absent here is read from the record itself. */
export const types = {
  Order, LineItem, FulfillmentOrder, FulfillmentOrderLineItem, FulfillmentHold, Fulfillment,
  Refund, OrderTransaction, Location, Shop, WebhookSubscription,
  FulfillmentEvent: { id: (e) => gid('FulfillmentEvent', e.id) },
  FulfillmentLineItem: {
    id: (l) => gid('FulfillmentLineItem', l.id),
    lineItem: (l) => l.line,
    originalTotalSet: (l) => bag(l.line.order, l.line.price * BigInt(l.quantity)),
    discountedTotalSet: (l) => bag(l.line.order, line_total(l.line, l.quantity)),
  },
  RefundLineItem: {
    id: (l) => gid('RefundLineItem', l.id),
    lineItem: (l) => l.line,
    restockType: (l) => l.restock,
    restocked: (l) => l.restock !== 'NO_RESTOCK',
    location: (l) => (l.restock === 'NO_RESTOCK' ? null : l.line.location),
    priceSet: (l) => bag(l.line.order, l.line.price),
    subtotalSet: (l) => bag(l.line.order, l.subtotal),
    totalTaxSet: (l) => bag(l.line.order, 0n),
  },
  ShippingLine: {
    id: (s) => gid('ShippingLine', s.id),
    originalPriceSet: (s) => bag(s.order, s.price),
    discountedPriceSet: (s) => bag(s.order, s.price),
    currentDiscountedPriceSet: (s) => bag(s.order, s.price),
    custom: () => false, isRemoved: () => false, carrierIdentifier: () => null,
    deliveryCategory: () => null, phone: () => null, shippingRateHandle: () => null,
  },
  OrderRiskAssessment: { riskLevel: (a) => a.level, facts: () => [], provider: () => null },
  Product: { id: (p) => gid('Product', p.id), productType: () => '', status: () => 'ACTIVE' },
  ProductVariant: {
    id: (v) => gid('ProductVariant', v.id),
    displayName: (v) => `${v.product.title} - ${v.title ?? 'Default Title'}`,
    title: (v) => v.title ?? 'Default Title',
  },
  LocationAddress: { formatted: (a) => [a.address1, a.city, a.country].filter(Boolean) },
  Job: { id: (j) => gid('Job', j.id), query: () => ({}) },
  Customer: {
    id: (c) => gid('Customer', c.id),
    legacyResourceId: legacy,
    displayName: (c) => c.displayName ?? 'Buyer One',
  },
};

