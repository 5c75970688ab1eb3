// Mutations: arguments in, a change of state or userErrors out.
import { Refusal } from '../state/refusal.mjs';
import {
  cancel_part, hold, merge, move, release, request_step, split,
} from '../state/routing.mjs';
import {
  add_event, cancel_fulfillment, fulfil, replace_tracking,
} from '../state/fulfillments.mjs';
import { assess, cancel, pay, refund } from '../state/orders.mjs';
import { gid } from '../world.mjs';

/** Runs `act`; a Refusal becomes the payload's userErrors, with a code where the type has one. */
function answered(act, errors = 'userErrors') {
  return (root, args, context, info) => {
    try {
      return { ...act(context.shop, args, context, info), [errors]: [] };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.refused(info.fieldName, error);
      const { message, field, code } = error;
      return { [errors]: [{ message, field, code }] };
    }
  };
}

function part_of(shop, id, code = null) {
  const part = shop.find(shop.fulfillment_orders, 'FulfillmentOrder', id);
  if (!part) throw new Refusal('Fulfillment order does not exist.', ['id'], code);
  return part;
}

const missing = 'FULFILLMENT_ORDER_NOT_FOUND';

const fulfillments = {
  fulfillmentCreate: answered((shop, { fulfillment }) => (
    { fulfillment: fulfil(shop, fulfillment) })),
  fulfillmentTrackingInfoUpdate: answered((shop, args) => ({
    fulfillment: replace_tracking(shop, args.fulfillmentId, args.trackingInfoInput,
      args.notifyCustomer),
  })),
  fulfillmentCancel: answered((shop, { id }) => ({ fulfillment: cancel_fulfillment(shop, id) })),
  fulfillmentEventCreate: answered((shop, { fulfillmentEvent }) => (
    { fulfillmentEvent: add_event(shop, fulfillmentEvent) })),
};

const parts = {
  fulfillmentOrderHold: answered((shop, { id, fulfillmentHold }) => {
    const part = part_of(shop, id, missing);
    const done = hold(shop, part, fulfillmentHold);
    return { fulfillmentHold: done.hold, fulfillmentOrder: part,
      remainingFulfillmentOrder: done.remaining };
  }),
  fulfillmentOrderReleaseHold: answered((shop, { id, holdIds, externalId }) => {
    const part = part_of(shop, id, missing);
    release(shop, part, holdIds, externalId);
    return { fulfillmentOrder: part };
  }),
  fulfillmentOrderMove: answered((shop, { id, newLocationId, fulfillmentOrderLineItems }) => {
    const location = shop.find(shop.locations, 'Location', newLocationId);
    const done = move(shop, part_of(shop, id), location, fulfillmentOrderLineItems);
    return { movedFulfillmentOrder: done.moved, originalFulfillmentOrder: done.original,
      remainingFulfillmentOrder: done.remaining };
  }),
  fulfillmentOrderSplit: answered((shop, { fulfillmentOrderSplits }) => ({
    fulfillmentOrderSplits: fulfillmentOrderSplits.map((wanted) => {
      const part = part_of(shop, wanted.fulfillmentOrderId, missing);
      const done = split(shop, part, wanted.fulfillmentOrderLineItems);
      return { fulfillmentOrder: done.part, remainingFulfillmentOrder: done.remaining,
        replacementFulfillmentOrder: null };
    }),
  })),
  fulfillmentOrderMerge: answered((shop, { fulfillmentOrderMergeInputs }) => ({
    fulfillmentOrderMerges: fulfillmentOrderMergeInputs.map(({ mergeIntents }) => ({
      fulfillmentOrder: merge(shop, mergeIntents.map((m) => part_of(shop, m.fulfillmentOrderId))),
    })),
  })),
  fulfillmentOrderCancel: answered((shop, { id }) => {
    const part = part_of(shop, id);
    const replacementFulfillmentOrder = cancel_part(shop, part);
    return { fulfillmentOrder: part, replacementFulfillmentOrder };
  }),
};

const request = (step, key = 'fulfillmentOrder') => answered((shop, { id, message }) => {
  const part = part_of(shop, id);
  request_step(shop, part, step, message ?? null);
  return { [key]: part };
});

const requests = {
  fulfillmentOrderSubmitFulfillmentRequest: answered((shop, { id, message }) => {
    const part = part_of(shop, id);
    request_step(shop, part, 'submit_fulfillment', message ?? null);
    return { originalFulfillmentOrder: part, submittedFulfillmentOrder: part,
      unsubmittedFulfillmentOrder: null };
  }),
  fulfillmentOrderAcceptFulfillmentRequest: request('accept_fulfillment'),
  fulfillmentOrderRejectFulfillmentRequest: request('reject_fulfillment'),
  fulfillmentOrderSubmitCancellationRequest: request('submit_cancellation'),
  fulfillmentOrderAcceptCancellationRequest: request('accept_cancellation'),
  fulfillmentOrderRejectCancellationRequest: request('reject_cancellation'),
};

function order_of(shop, id, field, code = null) {
  const order = shop.find(shop.orders, 'Order', id);
  if (!order) throw new Refusal('Order does not exist', field, code);
  return order;
}

const orders = {
  orderCancel: answered((shop, { orderId, reason, restock, refundMethod, refund: legacy }) => {
    const order = order_of(shop, orderId, ['orderId'], 'NOT_FOUND');
    if (order.cancelled_at) {
      throw new Refusal('Order has already been cancelled', ['orderId'], 'INVALID');
    }
    const give_back = Boolean(legacy || refundMethod?.originalPaymentMethodsRefund
      || refundMethod?.storeCreditRefund);
    return { job: shop.start_job(() => cancel(shop, order, { reason, restock, give_back })) };
  }, 'orderCancelUserErrors'),
  orderCapture: answered((shop, { input }) => (
    { transaction: pay(shop, order_of(shop, input.id, ['id']), String(input.amount)) })),
  refundCreate: answered((shop, { input }) => {
    const order = order_of(shop, input.orderId, ['orderId']);
    const lines = (input.refundLineItems ?? []).map(({ lineItemId, quantity, restockType }) => ({
      line: order.lines.find((l) => gid('LineItem', l.id) === lineItemId), quantity, restockType,
    }));
    const paid_back = input.transactions?.[0]?.amount;
    const amount = paid_back === undefined ? '0' : String(paid_back);
    return { order, refund: refund(shop, order, { lines, amount, note: input.note ?? null }) };
  }),
  orderRiskAssessmentCreate: answered((shop, { orderRiskAssessmentInput: input }) => {
    const order = order_of(shop, input.orderId, ['orderId']);
    const recommendation = { HIGH: 'CANCEL', MEDIUM: 'INVESTIGATE' }[input.riskLevel] ?? 'ACCEPT';
    assess(shop, order, { recommendation, level: input.riskLevel });
    return { orderRiskAssessment: order.risk.assessments[0] };
  }),
};

const webhooks = {
  webhookSubscriptionCreate: answered((shop, { topic, webhookSubscription }, { version }) => {
    const field = ['webhookSubscription', 'callbackUrl'];
    const uri = webhookSubscription.uri ?? webhookSubscription.callbackUrl;
    if (!uri || !URL.canParse(uri)) throw new Refusal('Address is invalid', field);
    const taken = [...shop.subscriptions.values()].some((w) => w.topic === topic && w.uri === uri);
    if (taken) throw new Refusal('Address for this topic has already been taken', field);
    const now = shop.world.now();
    const record = {
      id: shop.world.id(), topic, uri, via: 'api', api_version: version, failures: 0,
      format: webhookSubscription.format ?? 'JSON', name: webhookSubscription.name ?? null,
      filter: webhookSubscription.filter ?? null,
      include_fields: webhookSubscription.includeFields ?? [], created_at: now, updated_at: now,
    };
    shop.subscriptions.set(record.id, record);
    return { webhookSubscription: record };
  }),
  webhookSubscriptionDelete: answered((shop, { id }) => {
    const record = shop.find(shop.subscriptions, 'WebhookSubscription', id);
    if (!record) throw new Refusal('Webhook subscription does not exist', ['id']);
    shop.subscriptions.delete(record.id);
    return { deletedWebhookSubscriptionId: id };
  }),
};

/** Resolvers of Mutation. */
export const mutations = { ...fulfillments, ...parts, ...requests, ...orders, ...webhooks };
