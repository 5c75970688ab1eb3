// Webhook bodies in the REST-like shapes that Shopify publishes per topic. Ids are BigInt and
// must be written by json.mjs; order prices are strings, a refund line's subtotal is a number.
import { decimal, exponent } from './money.mjs';
import {
  financial_status, fulfillment_status, presented, quantity_open, totals,
} from './state/orders.mjs';

const lower = (text) => (text === null || text === undefined ? null : text.toLowerCase());

function money_set(order, amount) {
  return {
    shop_money: { amount: decimal(amount, order.currency), currency_code: order.currency },
    presentment_money: {
      amount: decimal(presented(order, amount), order.presentment),
      currency_code: order.presentment,
    },
  };
}

function address(given) {
  if (!given) return undefined;
  return {
    first_name: given.firstName, last_name: given.lastName, company: given.company,
    name: [given.firstName, given.lastName].filter(Boolean).join(' '),
    address1: given.address1, address2: given.address2, city: given.city,
    province: given.province, province_code: given.provinceCode, zip: given.zip,
    country: given.country, country_code: given.countryCode, phone: given.phone,
    latitude: given.latitude, longitude: given.longitude,
  };
}

function line_payload(shop, order, line, quantity = line.quantity) {
  const open = quantity_open(shop, line);
  return {
    id: line.id, admin_graphql_api_id: `gid://shopify/LineItem/${line.id}`,
    attributed_staffs: [], current_quantity: line.current, fulfillable_quantity: open,
    fulfillment_service: line.gift_card ? 'gift_card' : 'manual',
    fulfillment_status: null, gift_card: line.gift_card, grams: line.grams,
    name: [line.title, line.variant_title].filter(Boolean).join(' - '),
    price: decimal(line.price, order.currency), price_set: money_set(order, line.price),
    product_exists: line.product !== null, product_id: line.product?.id ?? null,
    properties: line.attributes.map((a) => ({ name: a.key, value: a.value })),
    quantity, requires_shipping: line.requires_shipping, sales_line_item_group_id: null,
    sku: line.sku, taxable: true, title: line.title,
    total_discount: decimal(line.discount, order.currency),
    total_discount_set: money_set(order, line.discount),
    variant_id: line.variant?.id ?? null, variant_inventory_management: null,
    variant_title: line.variant_title, vendor: line.vendor,
    tax_lines: [], duties: [], discount_allocations: [],
  };
}

function shipping_line_payload(order) {
  const line = order.shipping_line;
  if (!line) return [];
  const price = decimal(line.price, order.currency);
  const set = money_set(order, line.price);
  return [{
    id: line.id, carrier_identifier: null, code: line.code, discounted_price: price,
    discounted_price_set: set, current_discounted_price_set: set, is_removed: false, phone: null,
    price, price_set: set, requested_fulfillment_service_id: null, source: line.source,
    title: line.title, tax_lines: [], discount_allocations: [],
  }];
}

function customer_payload(order) {
  return {
    id: order.customer.id, email: order.email, phone: order.phone, currency: order.currency,
    created_at: null, updated_at: null, state: 'disabled', note: null, verified_email: true,
    first_name: order.shipping_address?.firstName ?? null,
    last_name: order.shipping_address?.lastName ?? null, tags: '', tax_exempt: false,
    tax_exemptions: [], multipass_identifier: null,
    admin_graphql_api_id: `gid://shopify/Customer/${order.customer.id}`,
  };
}

function sums_payload(order) {
  const sums = totals(order);
  const named = {
    current_subtotal_price: sums.current - sums.shipping, current_total_price: sums.current,
    current_total_discounts: sums.discounts, current_total_tax: 0n,
    subtotal_price: sums.items, total_price: sums.total, total_discounts: sums.discounts,
    total_line_items_price: sums.items + sums.discounts, total_tax: 0n,
  };
  const body = {};
  for (const [name, amount] of Object.entries(named)) {
    body[name] = decimal(amount, order.currency);
    body[`${name}_set`] = money_set(order, amount);
  }
  const none = money_set(order, 0n);
  body.total_shipping_price_set = money_set(order, sums.shipping);
  body.current_shipping_price_set = money_set(order, sums.shipping);
  for (const name of ['additional_fees', 'duties']) {
    body[`current_total_${name}_set`] = none;
    body[`original_total_${name}_set`] = none;
  }
  body.total_cash_rounding_payment_adjustment_set = none;
  body.total_cash_rounding_refund_adjustment_set = none;
  const owed = sums.current - sums.net;
  body.total_outstanding = decimal(owed > 0n ? owed : 0n, order.currency);
  body.total_tip_received = decimal(sums.tips, order.currency);
  body.total_weight = order.lines.reduce((sum, l) => sum + l.grams * l.quantity, 0);
  return body;
}

const fulfillment_words = { FULFILLED: 'fulfilled', PARTIALLY_FULFILLED: 'partial' };

/** Body of orders/create, paid, updated, cancelled, fulfilled, partially_fulfilled. */
export function order_payload(shop, order) {
  const sent = shop.shipments_of(order);
  const ship_to = address(order.shipping_address);
  const bill_to = address(order.billing_address);
  return {
    id: order.id, admin_graphql_api_id: `gid://shopify/Order/${order.id}`, app_id: null,
    browser_ip: null, buyer_accepts_marketing: false, client_details: null, device_id: null,
    duties_included: false, landing_site_ref: null, line_item_groups: [],
    merchant_business_entity_id: 'MTAwMDAwMDAwMDA', cancel_reason: lower(order.cancel_reason),
    cancelled_at: order.cancelled_at, cart_token: null, checkout_token: null,
    closed_at: order.closed_at, confirmation_number: null, confirmed: true,
    contact_email: order.email, created_at: order.created_at, currency: order.currency,
    customer_locale: order.locale, email: order.email, estimated_taxes: false,
    financial_status: lower(financial_status(shop, order)),
    fulfillment_status: fulfillment_words[fulfillment_status(shop, order)] ?? null,
    landing_site: null, location_id: null, merchant_of_record_app_id: null, name: order.name,
    note: order.note,
    note_attributes: order.attributes.map((a) => ({ name: a.key, value: a.value })),
    number: order.number - 1000, order_number: order.number,
    order_status_url: `https://${shop.domain}/${shop.id}/orders/${order.token}/authenticate`,
    payment_gateway_names: [order.gateway], payment_terms: null, phone: order.phone,
    po_number: null, presentment_currency: order.presentment, processed_at: order.processed_at,
    reference: null, referring_site: null, source_identifier: null,
    source_name: order.source_name, source_url: null, tags: order.tags.join(', '),
    tax_exempt: false, tax_lines: [], taxes_included: false, test: order.test,
    token: order.token, updated_at: order.updated_at, user_id: null,
    ...sums_payload(order),
    ...(bill_to ? { billing_address: bill_to } : {}),
    ...(ship_to ? { shipping_address: ship_to } : {}),
    customer: customer_payload(order), discount_applications: [], discount_codes: [],
    fulfillments: sent.map((f) => fulfillment_payload(shop, f)),
    line_items: order.lines.map((l) => line_payload(shop, order, l)),
    refunds: order.refunds.map((r) => refund_payload(shop, r)),
    shipping_lines: shipping_line_payload(order), returns: [],
  };
}

const shipment_words = {
  FULFILLED: null, CANCELED: null, CARRIER_PICKED_UP: 'in_transit',
};

/** Body of fulfillments/create and fulfillments/update. */
export function fulfillment_payload(shop, sent) {
  const { order } = sent;
  const word = sent.display in shipment_words ? shipment_words[sent.display] : lower(sent.display);
  return {
    id: sent.id, admin_graphql_api_id: `gid://shopify/Fulfillment/${sent.id}`,
    created_at: sent.created_at, destination: address(order.shipping_address) ?? null,
    email: order.email,
    line_items: sent.lines.map((l) => line_payload(shop, order, l.line, l.quantity)),
    location_id: sent.location.id, name: sent.name, order_id: order.id, origin_address: null,
    receipt: {}, service: sent.service ?? 'manual', shipment_status: word,
    status: lower(sent.status),
    tracking_company: sent.tracking[0]?.company ?? null,
    tracking_number: sent.tracking[0]?.number ?? null,
    tracking_numbers: sent.tracking.map((t) => t.number).filter(Boolean),
    tracking_url: sent.tracking[0]?.url ?? null,
    tracking_urls: sent.tracking.map((t) => t.url).filter(Boolean),
    updated_at: sent.updated_at,
  };
}

/** A bare JSON number as real refund lines carry it: 10.0 is written 10.0, not "10.00". */
function float_number(amount, currency) {
  const digits = exponent(currency);
  const text = decimal(amount, currency);
  return JSON.rawJSON(digits === 0 ? `${text}.0` : text.replace(/(\.\d+?)0+$/, '$1'));
}

/** Body of refunds/create. */
export function refund_payload(shop, refund) {
  const { order } = refund;
  return {
    id: refund.id, admin_graphql_api_id: `gid://shopify/Refund/${refund.id}`,
    created_at: refund.created_at, duties: [], note: refund.note, order_adjustments: [],
    order_id: order.id, processed_at: refund.processed_at,
    restock: refund.lines.some((l) => l.restock !== 'NO_RESTOCK'), return: null, user_id: null,
    refund_shipping_lines: [], total_duties_set: money_set(order, 0n),
    refund_line_items: refund.lines.map((l) => ({
      id: l.id, line_item: line_payload(shop, order, l.line), line_item_id: l.line.id,
      location_id: l.restock === 'NO_RESTOCK' ? null : l.line.location.id,
      quantity: l.quantity, restock_type: lower(l.restock),
      subtotal: float_number(l.subtotal, order.currency),
      subtotal_set: money_set(order, l.subtotal),
      total_tax: JSON.rawJSON('0.0'), total_tax_set: money_set(order, 0n),
    })),
    transactions: refund.transactions.map((t) => ({
      id: t.id, admin_graphql_api_id: `gid://shopify/OrderTransaction/${t.id}`,
      amount: decimal(t.amount, order.currency), currency: order.currency,
      created_at: t.created_at, gateway: t.gateway, kind: lower(t.kind), order_id: order.id,
      manual_payment_gateway: false, source_name: order.source_name, payment_id: null,
      amount_rounding: null, authorization: null, receipt: {},
      parent_id: t.parent?.id ?? null, status: lower(t.status), test: order.test,
      processed_at: t.created_at, error_code: null, message: null, device_id: null,
      location_id: null, user_id: null,
    })),
  };
}

/** Body of app/uninstalled and shop/update: the shop itself. */
export function shop_payload(shop) {
  return {
    id: shop.id, name: shop.name, email: shop.email, domain: shop.domain,
    myshopify_domain: shop.domain, currency: shop.currency, country: 'US', country_code: 'US',
    country_name: 'United States', created_at: shop.created_at, updated_at: shop.world.now(),
    iana_timezone: 'America/New_York', timezone: '(GMT-05:00) America/New_York',
    primary_locale: 'en', primary_location_id: shop.primary.id, plan_name: 'basic',
    plan_display_name: 'Basic', shop_owner: 'Owner', customer_email: shop.email,
    address1: null, address2: null, city: null, province: null, zip: null, phone: null,
    province_code: null, latitude: null, longitude: null, money_format: '${{amount}}',
    enabled_presentment_currencies: [shop.currency, 'EUR', 'JPY'], has_gift_cards: true,
    has_discounts: false, multi_location_enabled: true, password_enabled: false, source: null,
    weight_unit: 'kg', taxes_included: false, has_storefront: true, setup_required: false,
  };
}

