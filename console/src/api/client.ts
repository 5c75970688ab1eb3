// The one way to the server: types from the contract, CSRF header on everything that changes,
// an idempotency key on every POST, and failures as ApiError.
import createClient from "openapi-fetch";
import type { components, paths } from "./contract";
import { ApiError, problemFrom, unreachable } from "./problem";

export type Schemas = components["schemas"];

let csrf = "";

/** Keeps the session's token for X-CSRF-Token; "" when signed out. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

/** What is sent although its page closes is one small decision: its answer comes soon or not. */
const patienceMs = { decision: 20_000, change: 60_000 };

/**
 * Asks, and gives a change up whose answer does not begin in time: the same key asks again. Files
 * on their way up take as long as they take.
 */
async function ask(request: Request): Promise<Response> {
  const file = !(request.headers.get("Content-Type") ?? "application/json").includes("json");
  if (request.method === "GET" || file) return globalThis.fetch(request);
  const late = new AbortController();
  const ms = request.keepalive ? patienceMs.decision : patienceMs.change;
  const timer = setTimeout(() => late.abort(), ms);
  try {
    const signal = AbortSignal.any([request.signal, late.signal]);
    return await globalThis.fetch(request, { signal });
  } finally {
    clearTimeout(timer);
  }
}

// The address is given whole because fetch is asked through a Request, which knows no page.
export const client = createClient<paths>({
  baseUrl: new URL("/api/v1", globalThis.location.href).href,
  fetch: ask,
});

client.use({
  onRequest({ request }) {
    if (request.method !== "GET" && csrf) request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
});

/** A fresh key for one intent. Keep it while the same intent is tried again. */
export function newKey(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Header parameters of a POST. */
export function once(key: string): { header: { "Idempotency-Key": string } } {
  return { header: { "Idempotency-Key": key } };
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer, or an ApiError thrown. */
export async function take<T>(answer: Promise<Answer<T>>): Promise<NonNullable<T>> {
  let got: Answer<T>;
  try {
    got = await answer;
  } catch (thrown) {
    // Whatever fetch throws, or a body that is none of ours, means that the server did not answer.
    throw thrown instanceof ApiError ? thrown : unreachable();
  }
  if (!got.response.ok) throw problemFrom(got.response.status, got.error, got.response.headers);
  return got.data as NonNullable<T>;
}
