// The counterpart's own record of what it was asked and what it refused. Tests read it; nothing
// in the shop's behaviour depends on it.

const max_documents = 500;
const max_requests = 20_000;

export class Books {
  constructor() {
    this.clear();
  }

  clear() {
    this.operations = new Map();
    this.documents = new Map();
    this.requests = [];
    this.refusals = {};
    this.deprecated = {};
    this.unkept = new Set();
    this.unknown_terms = new Set();
    this.upstream_faults = [];
  }

  #operation(name) {
    const fresh = () => ({ sent: 0, valid: 0, invalid: 0, deprecated: 0, refused: 0, cost: 0 });
    if (!this.operations.has(name)) this.operations.set(name, fresh());
    return this.operations.get(name);
  }

  /** Notes a checked request: `checked` is check_request's result. */
  request(checked, { query, variables, version, at }) {
    const operation = this.#operation(checked.name);
    operation.sent += 1;
    const valid = checked.errors.length === 0;
    operation[valid ? 'valid' : 'invalid'] += 1;
    operation.deprecated += checked.deprecated.length;
    for (const what of checked.deprecated) {
      this.deprecated[what] = (this.deprecated[what] ?? 0) + 1;
    }
    const known = this.documents.get(query);
    if (known) known.sent += 1;
    else if (this.documents.size < max_documents) {
      this.documents.set(query, { name: checked.name, version, valid, sent: 1 });
    }
    this.requests.push({ at, name: checked.name, root: checked.root_field, version, variables,
      valid });
    if (this.requests.length > max_requests) this.requests.shift();
    for (const { extensions } of checked.errors) this.refusal(extensions?.code ?? 'invalid');
    return operation;
  }

  /** Counts one refusal of `kind` (an error code, an HTTP status, a userError's text). */
  refusal(kind) {
    this.refusals[kind] = (this.refusals[kind] ?? 0) + 1;
  }

  summary() {
    const operations = Object.fromEntries(this.operations);
    const total = (name) => Object.values(operations).reduce((sum, o) => sum + o[name], 0);
    return {
      requests: total('sent'), valid: total('valid'), invalid: total('invalid'),
      deprecated: total('deprecated'), operations, refusals: this.refusals,
      deprecated_uses: this.deprecated, unkept_fields: [...this.unkept],
      unknown_search_terms: [...this.unknown_terms], upstream_faults: this.upstream_faults,
    };
  }

  /** Every different document sent, with how often. */
  sent_documents() {
    return [...this.documents].map(([text, note]) => ({ ...note, text }));
  }
}
