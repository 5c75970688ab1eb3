// What went wrong, in one shape: the server's problem details, or that it could not be reached.
// Never shows a body it does not know.
import * as v from "valibot";

const text = v.optional(v.string(), "");
const problemShape = v.object({
  status: v.optional(v.number(), 0),
  code: text,
  title: text,
  detail: text,
  hint: text,
  field: text,
});

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string = "",
    readonly hint: string = "",
    readonly field: string = "",
    /** How long to wait before another try, where the server says so. */
    readonly waitMs: number | null = null,
  ) {
    super(title);
    this.name = "ApiError";
  }
}

/** Reads an answer that was no success; `title` is empty when the body is no problem document. */
export function problemFrom(status: number, body: unknown, headers?: Headers): ApiError {
  const seconds = Number(headers?.get("Retry-After") ?? "");
  const waitMs = seconds > 0 ? seconds * 1_000 : null;
  const read = v.safeParse(problemShape, body);
  if (!read.success) return new ApiError(status, codeOf(status), "", "", "", "", waitMs);
  const p = read.output;
  return new ApiError(status, p.code || codeOf(status), p.title, p.detail, p.hint, p.field, waitMs);
}

export const unreachable = (): ApiError => new ApiError(0, "unreachable", "");

/** What browsers say when a file or an answer did not come. */
const notFetched = /fetch|network|load(ing)? (failed|dynamic)|module script/i;

/** Anything thrown, as an ApiError: no answer where the network failed, else the page's fault. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const { name = "", message = "" } = (thrown ?? {}) as Partial<Error>;
  const gaveUp = name === "AbortError" || name === "TimeoutError";
  return gaveUp || notFetched.test(message) ? unreachable() : new ApiError(0, "broken", "");
}

/** Whether asking again by itself may help: never for what the server understood and refused. */
export function mayRetry(error: ApiError): boolean {
  return error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504;
}

function codeOf(status: number): string {
  if (status === 401) return "not_signed_in";
  if (status === 403) return "not_allowed";
  if (status === 404) return "not_found";
  if (status === 409) return "conflict";
  if (status === 400 || status === 422) return "invalid";
  if (status === 503) return "unavailable";
  return "internal";
}
