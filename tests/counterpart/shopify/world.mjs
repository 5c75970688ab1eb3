// Time and identity of one counterpart: a clock that can be set, and counters from a seed.
// Nothing else in this folder may read the machine's clock or make up an id.
import { createHash } from 'node:crypto';

export class World {
  #offset_ms = 0;
  #frozen_ms = null;
  #next = 0n;
  #tokens = 0;

  constructor(seed = 1) {
    this.seed = BigInt(seed);
  }

  /** Milliseconds since 1970 of the counterpart's clock. */
  now_ms() {
    return this.#frozen_ms ?? Date.now() + this.#offset_ms;
  }

  /** Stops the clock at `ms`. */
  set(ms) {
    this.#frozen_ms = ms;
  }

  /** Moves the clock on, frozen or running. */
  advance(ms) {
    if (this.#frozen_ms === null) this.#offset_ms += ms;
    else this.#frozen_ms += ms;
  }

  /** Lets the clock run with the machine's again. */
  run() {
    this.#frozen_ms = null;
    this.#offset_ms = 0;
  }

  /** The instant as Shopify prints it: UTC, whole seconds. */
  now() {
    return instant(this.now_ms());
  }

  /** A fresh id: odd and above 2^53, so that no double can hold it. */
  id() {
    this.#next += 1n;
    return 9_100_000_000_000_001n + this.seed * 1_000_000_000n + this.#next * 2n;
  }

  /** A fresh 32-digit hex token, the same for the same seed and count. */
  token() {
    this.#tokens += 1;
    return createHash('sha256').update(`${this.seed}/${this.#tokens}`).digest('hex').slice(0, 32);
  }

  /** A fresh id of UUID form. */
  uuid() {
    return this.token().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}

/** ISO text of `ms` in whole seconds, UTC. */
export const instant = (ms) => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** Global id text of a record. */
export const gid = (type, id) => `gid://shopify/${type}/${id}`;

/** [type, id as BigInt] of a global id, null when it is none. */
export function parse_gid(text) {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d+)(?:\?.*)?$/.exec(String(text));
  return match ? [match[1], BigInt(match[2])] : null;
}
