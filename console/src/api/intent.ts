// Which Idempotency-Key a try takes. The server keeps what it understood and refused under the key
// for a day, so that only what it may not have heard, or is still at, is tried under the same one.
import { newKey } from "./client";
import { asApiError, type ApiError } from "./problem";

/** Whether nothing is known, or nothing kept, of what came of a try. */
function unsettled({ status, field }: ApiError): boolean {
  // Without a session, or too often, the server did not get as far as the key.
  if (status === 0 || status === 401 || status === 429 || status >= 500) return true;
  return status === 409 && field === "Idempotency-Key";
}

/** The key of the next try after a failed one. */
export function again(thrown: unknown, key: string): string {
  return unsettled(asApiError(thrown)) ? key : newKey();
}

export type Intent = <T>(send: (key: string) => Promise<T>) => Promise<T>;

/** Sends one thing somebody wants, as often as it takes; what is wanted next takes a new key. */
export function makeIntent(): Intent {
  let key = newKey();
  return async (send) => {
    try {
      const done = await send(key);
      key = newKey();
      return done;
    } catch (thrown) {
      key = again(thrown, key);
      throw thrown;
    }
  };
}
