// How the shop says no: a Refusal becomes a userError, a NotFound a top-level error.

/** A userError: message, path of the input it is about, and a code where the type has one. */
export class Refusal extends Error {
  constructor(message, field = null, code = null) {
    super(message);
    this.field = field;
    this.code = code;
  }
}

/** A top-level error of code RESOURCE_NOT_FOUND. */
export class NotFound extends Error {
  constructor(message = 'invalid id') {
    super(message);
    this.extensions = { code: 'RESOURCE_NOT_FOUND' };
  }
}
