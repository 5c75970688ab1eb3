import { expect, it } from "vitest";
import { makeIntent } from "./intent";
import { ApiError } from "./problem";

async function keysOf(...answers: (ApiError | "done")[]): Promise<string[]> {
  const intent = makeIntent();
  const keys: string[] = [];
  for (const answer of answers)
    await intent(async (key) => {
      keys.push(key);
      if (answer !== "done") throw answer;
    }).catch(() => undefined);
  return keys;
}

it("tries again under the same key what the server may not have heard, or is at", async () => {
  const keys = await keysOf(
    new ApiError(0, "unreachable", ""),
    new ApiError(502, "internal", ""),
    new ApiError(500, "internal", ""),
    new ApiError(429, "too_many_requests", ""),
    new ApiError(401, "not_signed_in", ""),
    new ApiError(
      409,
      "conflict",
      "The same request is being worked on.",
      "",
      "",
      "Idempotency-Key",
    ),
    "done",
  );
  expect(new Set(keys).size).toBe(1);
});

it.each([400, 403, 404, 409, 422])("takes a new key after a refusal with %d", async (status) => {
  const [first, second] = await keysOf(new ApiError(status, "invalid", ""), "done");
  expect(second).not.toBe(first);
});

it("takes a new key after a success: the same button means another intent", async () => {
  const [first, second] = await keysOf("done", "done");
  expect(second).not.toBe(first);
});
