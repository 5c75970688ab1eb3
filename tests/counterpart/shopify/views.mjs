// What the control plane shows of the shop: the shop's own books, written for comparison with
// another program's, with ids as exact integers and money as text.
import { decimal } from './money.mjs';
import {
  financial_status, fulfillment_status, quantity_open, quantity_shipped, totals,
} from './state/orders.mjs';
import { supported_actions } from './state/routing.mjs';
import { gid } from './world.mjs';

/** One fulfillment order. */
export const part_view = (part, shop = null) => ({
  id: part.id, gid: gid('FulfillmentOrder', part.id), status: part.status,
  request_status: part.request_status, location: part.location.name,
  location_gid: gid('Location', part.location.id), fulfill_at: part.fulfill_at,
  ...(shop ? { supported_actions: supported_actions(shop, part) } : {}),
  holds: part.holds.map((h) => ({
    id: h.id, gid: gid('FulfillmentHold', h.id), handle: h.handle, app: h.app, reason: h.reason,
  })),
  lines: part.lines.map((l) => ({
    id: l.id, gid: gid('FulfillmentOrderLineItem', l.id), line: l.line.id, sku: l.line.sku,
    total: l.total, remaining: l.remaining,
  })),
});

const shipment_view = (sent) => ({
  id: sent.id, gid: gid('Fulfillment', sent.id), status: sent.status, display: sent.display,
  by: sent.by, notify: sent.notify, tracking: sent.tracking, created_at: sent.created_at,
  lines: sent.lines.map((l) => ({ line: l.line.id, sku: l.line.sku, quantity: l.quantity })),
  events: sent.events.map((e) => ({ status: e.status, happened_at: e.happenedAt,
    message: e.message ?? null })),
});

/** One order line by line: ordered, current, shipped (and in how many shipments), open. */
export function order_book(shop, order) {
  const sent = shop.shipments_of(order);
  return {
    id: order.id, gid: gid('Order', order.id), name: order.name,
    financial: financial_status(shop, order), fulfillment: fulfillment_status(shop, order),
    cancelled_at: order.cancelled_at, updated_at: order.updated_at, mails: order.mails,
    lines: order.lines.map((line) => ({
      id: line.id, gid: gid('LineItem', line.id), sku: line.sku, ordered: line.quantity,
      current: line.current, shipped: quantity_shipped(shop, line),
      open: quantity_open(shop, line),
      shipments: sent.filter((f) => f.status === 'SUCCESS' && f.lines.some((l) => l.line === line))
        .map((f) => f.id),
    })),
    fulfillments: sent.map(shipment_view),
  };
}

/** The order's book with its parts, refunds and sums. */
export function order_view(shop, order) {
  const sums = totals(order);
  return {
    ...order_book(shop, order),
    fulfillment_orders: shop.parts_of(order).map((p) => part_view(p, shop)),
    refunds: order.refunds.map((r) => ({
      id: r.id, amount: decimal(r.amount, order.currency),
      lines: r.lines.map((l) => ({ line: l.line.id, quantity: l.quantity, restock: l.restock })),
    })),
    total: decimal(sums.total, order.currency), received: decimal(sums.received, order.currency),
    refunded: decimal(sums.refunded, order.currency), currency: order.currency,
  };
}
