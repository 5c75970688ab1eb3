import { afterEach, describe, expect, it, vi } from "vitest";
import { sendChange } from "./cases";
import { client, newKey, once, rememberCsrf, take } from "./client";
import { ApiError, asApiError, mayRetry, problemFrom } from "./problem";

function answer(status: number, body: unknown): void {
  const type = status < 400 ? "application/json" : "application/problem+json";
  vi.stubGlobal(
    "fetch",
    vi.fn(
      async () => new Response(JSON.stringify(body), { status, headers: { "content-type": type } }),
    ),
  );
}

function asked(): Request {
  return vi.mocked(globalThis.fetch).mock.calls[0]?.[0] as Request;
}

afterEach(() => {
  vi.unstubAllGlobals();
  rememberCsrf("");
});

describe("problems", () => {
  it("keep the server's words", () => {
    const error = problemFrom(409, {
      status: 409,
      code: "conflict",
      title: "Already decided",
      hint: "Open the next.",
    });
    expect(error).toMatchObject({
      status: 409,
      code: "conflict",
      title: "Already decided",
      hint: "Open the next.",
      detail: "",
    });
  });
  it.each([
    [401, "not_signed_in"],
    [403, "not_allowed"],
    [404, "not_found"],
    [409, "conflict"],
    [422, "invalid"],
    [503, "unavailable"],
    [500, "internal"],
  ])("are named by their status %d when the body is something else", (status, code) => {
    expect(problemFrom(status, "<html>").code).toBe(code);
    expect(problemFrom(status, undefined).title).toBe("");
  });
  it("tell an unreachable server from a refusal", () => {
    expect(asApiError(new TypeError("fetch failed")).code).toBe("unreachable");
    expect(asApiError(new DOMException("late", "TimeoutError")).code).toBe("unreachable");
    expect(mayRetry(new ApiError(503, "unavailable", ""))).toBe(true);
    expect(mayRetry(new ApiError(409, "conflict", ""))).toBe(false);
    expect(mayRetry(new ApiError(500, "internal", ""))).toBe(false);
  });
});

it.each([
  "Failed to fetch",
  "NetworkError when attempting to fetch resource.",
  "Load failed",
  "Failed to fetch dynamically imported module: /assets/a.js",
  "error loading dynamically imported module: /assets/a.js",
  "Importing a module script failed.",
])("knows that nobody answered by %s", (message) => {
  expect(asApiError(new TypeError(message)).code).toBe("unreachable");
});

it("does not take a fault of the page for a silent server", () => {
  const thrown = new TypeError("Cannot read properties of undefined (reading 'map')");
  expect(asApiError(thrown).code).toBe("broken");
});

describe("the client", () => {
  it("gives the data of a good answer", async () => {
    answer(200, { open: 3 });
    await expect(take(client.GET("/exceptions/counts"))).resolves.toEqual({ open: 3 });
  });
  it("throws what the server refused", async () => {
    answer(409, { status: 409, code: "conflict", title: "Already decided" });
    await expect(take(client.GET("/health"))).rejects.toMatchObject({ code: "conflict" });
  });
  it("throws when nobody answers", async () => {
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => Promise.reject(new TypeError("refused"))),
    );
    await expect(take(client.GET("/health"))).rejects.toMatchObject({
      status: 0,
      code: "unreachable",
    });
  });
  it("sends the session's token and the intent's key with a decision", async () => {
    answer(200, { stream: "ord_2k", version: 3, events: [] });
    rememberCsrf("token");
    const body = { verb: "approve", note: "Same lamp", root_cause: "unknown", rule_change: false };
    await sendChange(
      { stream: "ord_2k", number: 2 },
      { kind: "resolve", body: { ...body, root_cause: "unknown" } },
      "key-1",
    );
    const request = asked();
    expect(new URL(request.url).pathname).toBe("/api/v1/exceptions/ord_2k/2/resolve");
    expect(request.headers.get("X-CSRF-Token")).toBe("token");
    expect(request.headers.get("Idempotency-Key")).toBe("key-1");
    expect(await request.json()).toMatchObject({ verb: "approve", note: "Same lamp" });
  });
  it("gives a decision up that nobody answers, and it counts as not heard", async () => {
    vi.useFakeTimers();
    vi.stubGlobal(
      "fetch",
      (_: Request, { signal }: RequestInit) =>
        new Promise((_answer, fail) => {
          signal?.addEventListener("abort", () => fail(signal.reason as Error));
        }),
    );
    const sent = sendChange(
      { stream: "ord_2k", number: 2 },
      { kind: "assign", body: { owner: "kim" } },
      "key-1",
    );
    const outcome = expect(sent).rejects.toMatchObject({ code: "unreachable" });
    await vi.advanceTimersByTimeAsync(60_000);
    await outcome;
    vi.useRealTimers();
  });
  it("sends no token with a question", async () => {
    answer(200, {});
    rememberCsrf("token");
    await take(client.GET("/health"));
    expect(asked().headers.has("X-CSRF-Token")).toBe(false);
  });
  it("makes keys that differ", () => {
    expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
    expect(newKey()).not.toBe(newKey());
    expect(once("k")).toEqual({ header: { "Idempotency-Key": "k" } });
  });
});
