// The fixed answers of the Admin API in the shapes recorded from a real store.

const documentation = 'https://shopify.dev/api/usage/rate-limits';

export const unauthorized = {
  errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
};

/** Bodies for refusals of the whole shop or client, by HTTP status. */
export const status_bodies = {
  400: { errors: { query: 'Required parameter missing or invalid' } },
  401: unauthorized,
  402: { errors: 'Unavailable Shop' },
  403: { errors: 'Forbidden' },
  404: { errors: 'Not Found' },
  423: { errors: 'Locked' },
  429: { errors: 'Exceeded 40 calls per second for api client. Reduce request rates.' },
  430: { errors: 'Shopify Security Rejection' },
  500: { errors: 'Internal Server Error' },
  502: { errors: 'Bad Gateway' },
  503: { errors: 'Service Unavailable' },
};

const cost_extension = (requested, actual, throttleStatus) => ({
  cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus },
});

/** extensions.cost of an answer. */
export { cost_extension };

export const throttled = (requested, throttleStatus) => ({
  errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation } }],
  extensions: cost_extension(requested, null, throttleStatus),
});

export const too_costly = (cost, maxCost) => ({
  errors: [{
    message: `Query cost is ${cost}, which exceeds the single query max cost limit (${maxCost}).`,
    extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost, documentation },
  }],
});

export const internal_error = (requestId) => ({
  errors: [{
    message: 'Internal error. Looks like something went wrong on our end.\n'
      + `Request ID: ${requestId} (include this in support requests).`,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  }],
});

/** One ACCESS_DENIED error for the root field `field`. */
export const access_denied = (field, requiredAccess, locations = []) => ({
  message: `Access denied for ${field} field. Required access: ${requiredAccess}`,
  locations,
  path: [field],
  extensions: {
    code: 'ACCESS_DENIED',
    documentation: 'https://shopify.dev/api/usage/access-scopes',
    requiredAccess,
  },
});
