// Who may call: static and client-credentials tokens, and the scopes behind root fields.

const day_s = 86_399;

export const all_scopes = [
  'read_orders', 'read_all_orders', 'write_orders', 'read_products', 'read_locations',
  'read_merchant_managed_fulfillment_orders', 'write_merchant_managed_fulfillment_orders',
  'read_assigned_fulfillment_orders', 'write_assigned_fulfillment_orders',
  'read_third_party_fulfillment_orders', 'write_third_party_fulfillment_orders',
  'read_fulfillments', 'write_fulfillments', 'write_inventory',
];

const kinds = ['merchant_managed', 'assigned', 'third_party'];
const some_of = (verb) => kinds.map((kind) => `${verb}_${kind}_fulfillment_orders`);
const needs = [
  [/^(orders?|ordersCount)$/, ['read_orders']],
  [/^(orderCancel|refundCreate|orderCapture)$/, ['write_orders']],
  [/^(fulfillmentOrders?|manualHoldsFulfillmentOrders)$/, some_of('read')],
  [/^assignedFulfillmentOrders$/, ['read_assigned_fulfillment_orders']],
  [/^fulfillmentEventCreate$/, ['write_fulfillments', ...some_of('write')]],
  [/^fulfillment(Create|Cancel|TrackingInfoUpdate|Order\w+)$/, some_of('write')],
  [/^(location|locations)$/, ['read_locations', 'read_fulfillments', 'write_inventory']],
];

export class Access {
  constructor({ world, token, client_id = 'counterpart-app', client_secret }) {
    this.world = world;
    this.client_id = client_id;
    this.client_secret = client_secret;
    this.static_token = token;
    this.scopes = new Set(all_scopes);
    this.refuse_oauth = null;
    this.issued = new Map();
    this.life_s = day_s;
  }

  /** Whether `token` is accepted now. */
  accepts(token) {
    if (!token) return false;
    if (this.static_token && token === this.static_token) return true;
    const until = this.issued.get(token);
    return until !== undefined && until > this.world.now_ms();
  }

  /** Words of the scope that `field` lacks; null when it may be used. */
  lacking(field) {
    const need = needs.find(([pattern]) => pattern.test(field))?.[1];
    if (!need || need.some((scope) => this.scopes.has(scope))) return null;
    return `${need.map((s) => `\`${s}\``).join(' or ')} access scope.`;
  }

  /** Answer {status, body} of POST /admin/oauth/access_token. */
  grant(form) {
    if (this.refuse_oauth) {
      return { status: 400, body: { error: this.refuse_oauth, error_description: 'Refused.' } };
    }
    if (form.grant_type !== 'client_credentials') {
      return { status: 400, body: { error: 'unsupported_grant_type' } };
    }
    if (form.client_id !== this.client_id || form.client_secret !== this.client_secret) {
      const error_description = 'The client secret or id is not valid.';
      return { status: 401, body: { error: 'invalid_client', error_description } };
    }
    const access_token = `shpat_${this.world.token()}`;
    this.issued.set(access_token, this.world.now_ms() + this.life_s * 1000);
    const scope = [...this.scopes].join(',');
    return { status: 200, body: { access_token, scope, expires_in: this.life_s } };
  }

  /** Makes every token issued so far invalid. */
  revoke() {
    this.issued.clear();
  }
}
