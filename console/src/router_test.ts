import * as v from "valibot";
import { expect, it } from "vitest";
import { ordersSearch, queueSearch } from "./router";

it("reads of an address what it knows, and leaves out what it does not", () => {
  const queue = { view: "snoozed", owner: "kim", reason: "x".repeat(300) };
  expect(v.parse(queueSearch, queue)).toEqual({ owner: "kim" });
  expect(v.parse(ordersSearch, { live: "maybe", held: "true" })).toEqual({ held: "true" });
});
