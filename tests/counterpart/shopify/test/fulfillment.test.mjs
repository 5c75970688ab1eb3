import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { counterpart, create, ship } from '../kit.mjs';

let shop;
before(async () => { shop = await counterpart(); });
after(() => shop.close());

const place = (body = {}) => shop.control('/orders', body);
const said = async (variables) => {
  const { data } = await shop.gql(create, variables);
  return data.fulfillmentCreate.userErrors[0]?.message ?? null;
};
const book = async (order) => shop.read(`/orders/${order.id}`);

test('a partial fulfillment repeated ships twice', async () => {
  const order = await place({ lines: [{ sku: 'A', quantity: 4 }] });
  const [part] = order.fulfillment_orders;
  assert.equal(await said(ship(part, 2)), null);
  assert.equal(await said(ship(part, 2)), null);
  const after_twice = await book(order);
  assert.equal(after_twice.lines[0].shipped, 4);
  assert.equal(after_twice.lines[0].shipments.length, 2);
});

test('a full fulfillment repeated is refused in the recorded words', async () => {
  const order = await place();
  const [part] = order.fulfillment_orders;
  assert.equal(await said(ship(part)), null);
  assert.equal(await said(ship(part)),
    `Fulfillment order ${part.id} has an unfulfillable status= closed.`);
  assert.equal((await book(order)).fulfillment, 'FULFILLED');
});

test('the refusals of fulfillmentCreate come in their order', async () => {
  const one = (await place({ lines: [{ sku: 'A', quantity: 2 }] })).fulfillment_orders[0];
  const two = await place();
  const [other] = two.fulfillment_orders;
  assert.equal(await said(ship({ ...one, gid: 'gid://shopify/FulfillmentOrder/77' }, 0)),
    'Quantity must be greater than 0');
  assert.equal(await said(ship({ ...one, gid: 'gid://shopify/FulfillmentOrder/77' })),
    'Fulfillment order does not exist.');
  assert.equal(await said(ship({ ...one, lines: [{ gid: 'gid://shopify/X/1' }] }, 1)),
    'Fulfillment order line item does not exist.');
  assert.equal(await said(ship(one, 3)),
    'Invalid fulfillment order line item quantity requested.');
  const both = { fulfillment: { lineItemsByFulfillmentOrder: [
    { fulfillmentOrderId: one.gid }, { fulfillmentOrderId: other.gid }] } };
  assert.match(await said(both), /^All fulfillment orders must belong to the same order\. M.*\[/);
});

test('parts at two places cannot be one fulfillment', async () => {
  await shop.control('/locations', { name: 'Supplier B' });
  const order = await place({ lines: [{ sku: 'A' }, { sku: 'B', location: 'Supplier B' }] });
  const [a, b] = order.fulfillment_orders;
  const both = { fulfillment: { lineItemsByFulfillmentOrder: [
    { fulfillmentOrderId: a.gid }, { fulfillmentOrderId: b.gid }] } };
  assert.match(await said(both), /must be assigned to a single location/);
});

const hold = `mutation H($id: ID!, $hold: FulfillmentOrderHoldInput!) {
  fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) {
    fulfillmentHold { id handle heldByRequestingApp } fulfillmentOrder { id status }
    remainingFulfillmentOrder { id status } userErrors { code message } } }`;
const release = `mutation R($id: ID!, $holdIds: [ID!]) {
  fulfillmentOrderReleaseHold(id: $id, holdIds: $holdIds) {
    fulfillmentOrder { id status fulfillmentHolds { id } } userErrors { code } } }`;

test('a hold stops fulfilling, its handle is unique, it goes by its id', async () => {
  const [part] = (await place()).fulfillment_orders;
  await shop.control(`/fulfillment_orders/${part.id}/hold`, { handle: 'screen' });
  const input = { reason: 'OTHER', handle: 'holdfast' };
  const first = await shop.gql(hold, { id: part.gid, hold: input });
  const mine = first.data.fulfillmentOrderHold.fulfillmentHold;
  assert.equal(mine.heldByRequestingApp, true);
  const again = await shop.gql(hold, { id: part.gid, hold: input });
  assert.equal(again.data.fulfillmentOrderHold.userErrors[0].code,
    'DUPLICATE_FULFILLMENT_HOLD_HANDLE');
  assert.match(await said(ship(part)), /unfulfillable status= on_hold\.$/);
  const left = await shop.gql(release, { id: part.gid, holdIds: [mine.id] });
  const seen = left.data.fulfillmentOrderReleaseHold.fulfillmentOrder;
  assert.equal(seen.status, 'ON_HOLD');
  assert.equal(seen.fulfillmentHolds.length, 1);
  const all = await shop.gql(release, { id: part.gid });
  assert.equal(all.data.fulfillmentOrderReleaseHold.fulfillmentOrder.status, 'OPEN');
  assert.equal(await said(ship(part)), null);
});

test('ten holds an app, a partial hold splits, a held part does not split again', async () => {
  const [part] = (await place({ lines: [{ sku: 'A', quantity: 5 }] })).fulfillment_orders;
  const some = { fulfillmentOrderLineItems: [{ id: part.lines[0].gid, quantity: 2 }] };
  const put = async (handle, more = {}) => {
    const { data } = await shop.gql(hold,
      { id: part.gid, hold: { reason: 'OTHER', handle, ...more } });
    return data.fulfillmentOrderHold;
  };
  assert.equal((await put('h0', some)).remainingFulfillmentOrder.status, 'OPEN');
  const again = { fulfillmentOrderLineItems: [{ id: part.lines[0].gid, quantity: 1 }] };
  assert.equal((await put('x', again)).userErrors[0].code, 'FULFILLMENT_ORDER_NOT_SPLITTABLE');
  for (let i = 1; i < 10; i += 1) assert.deepEqual((await put(`h${i}`)).userErrors, []);
  assert.equal((await put('h10')).userErrors[0].code, 'FULFILLMENT_ORDER_HOLD_LIMIT_REACHED');
});

test('nothing protects a cancelled fulfillment', async () => {
  const order = await place();
  const [part] = order.fulfillment_orders;
  const { data } = await shop.gql(create, ship(part));
  const { id } = data.fulfillmentCreate.fulfillment;
  const cancel = `mutation C($id: ID!) { fulfillmentCancel(id: $id) {
    fulfillment { status displayStatus } userErrors { message } } }`;
  for (let i = 0; i < 2; i += 1) {
    const done = await shop.gql(cancel, { id });
    assert.deepEqual(done.data.fulfillmentCancel,
      { fulfillment: { status: 'CANCELLED', displayStatus: 'CANCELED' }, userErrors: [] });
  }
  const track = await shop.gql(`mutation T($id: ID!) { fulfillmentTrackingInfoUpdate(
    fulfillmentId: $id, trackingInfoInput: { number: "N2", company: "UPS" }) {
    fulfillment { trackingInfo(first: 5) { number url } } userErrors { message } } }`, { id });
  const rows = track.data.fulfillmentTrackingInfoUpdate.fulfillment.trackingInfo;
  assert.deepEqual(rows.map((r) => r.number), ['N2']);
  const event = await shop.gql(`mutation E($e: FulfillmentEventInput!) {
    fulfillmentEventCreate(fulfillmentEvent: $e) { fulfillmentEvent { status }
    userErrors { message } } }`, { e: { fulfillmentId: id, status: 'DELIVERED' } });
  assert.deepEqual(event.data.fulfillmentEventCreate.userErrors, []);
  const now = await book(order);
  assert.equal(now.fulfillment_orders.at(-1).status, 'OPEN');
  assert.notEqual(now.fulfillment_orders.at(-1).id, part.id);
});

test('a move gives a new id and closes the old part', async () => {
  const b = await shop.control('/locations', { name: 'Supplier C' });
  const [part] = (await place()).fulfillment_orders;
  const { data } = await shop.gql(`mutation M($id: ID!, $to: ID!) {
    fulfillmentOrderMove(id: $id, newLocationId: $to) { movedFulfillmentOrder { id status
    assignedLocation { name } } originalFulfillmentOrder { id status }
    remainingFulfillmentOrder { id } userErrors { message } } }`,
  { id: part.gid, to: `gid://shopify/Location/${b.id}` });
  const done = data.fulfillmentOrderMove;
  assert.equal(done.movedFulfillmentOrder.assignedLocation.name, 'Supplier C');
  assert.notEqual(done.movedFulfillmentOrder.id, part.gid);
  assert.equal(done.originalFulfillmentOrder.status, 'CLOSED');
  assert.equal(done.remainingFulfillmentOrder, null);
});

test('a split keeps the named pieces and gives the rest a new part', async () => {
  const order = await place({ lines: [{ sku: 'A', quantity: 3 }] });
  const [part] = order.fulfillment_orders;
  const { data } = await shop.gql(`mutation S($s: [FulfillmentOrderSplitInput!]!) {
    fulfillmentOrderSplit(fulfillmentOrderSplits: $s) { fulfillmentOrderSplits {
    fulfillmentOrder { id } remainingFulfillmentOrder { lineItems(first: 5) { nodes {
    remainingQuantity } } } } userErrors { code } } }`, { s: [{ fulfillmentOrderId: part.gid,
    fulfillmentOrderLineItems: [{ id: part.lines[0].gid, quantity: 1 }] }] });
  const [done] = data.fulfillmentOrderSplit.fulfillmentOrderSplits;
  assert.equal(done.fulfillmentOrder.id, part.gid);
  assert.equal(done.remainingFulfillmentOrder.lineItems.nodes[0].remainingQuantity, 2);
});

test('supported actions as recorded', async () => {
  await shop.control('/locations', { name: 'Service', service: true });
  const order = await place({ lines: [{ sku: 'A', quantity: 2 },
    { sku: 'S', location: 'Service' }] });
  const [own, service] = order.fulfillment_orders;
  assert.deepEqual(own.supported_actions,
    ['CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'MOVE', 'HOLD', 'SPLIT']);
  assert.deepEqual(service.supported_actions,
    ['CREATE_FULFILLMENT', 'REPORT_PROGRESS', 'MOVE', 'HOLD', 'REQUEST_FULFILLMENT']);
});
