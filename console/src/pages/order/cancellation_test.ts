import { expect, it } from "vitest";
import type { Order } from "../../api/queries";
import { words } from "../../words";
import { cancellation } from "./cancellation";
import { profilesFor } from "./Evidence";

const order = {
  lines: [
    { line: 1, title: "Mug", wanted: 3 },
    { line: 2, title: "Pot", wanted: 0 },
    { line: 4, title: "Pan", wanted: 1 },
  ],
} as unknown as Order;
const form = cancellation(order, words);
const lines = (typed: Record<string, string>) => form.build({ ...typed, reason: "asked" });

it("asks for the pieces of every line that is still wanted, all of them at first", () => {
  expect(form.fields.map((each) => [each.name, each.value])).toEqual([
    ["pieces-1", "3"],
    ["pieces-4", "1"],
    ["reason", undefined],
  ]);
});
it("cancels all, some, and never all where nothing is left to cancel", () => {
  expect(lines({ "pieces-1": "3", "pieces-4": "1" })).toMatchObject({ lines: [] });
  expect(lines({ "pieces-1": "2", "pieces-4": "0" })).toMatchObject({
    lines: [{ line: 1, quantity: 2 }],
  });
  expect(lines({ "pieces-1": "0", "pieces-4": "" })).toMatchObject({
    lines: [{ line: 1, quantity: 0 }],
  });
});
it("offers only the evidence packs a reader may have", () => {
  expect(profilesFor(["read"])).toEqual([]);
  expect(profilesFor(["export"])).toEqual(["supplier", "public"]);
  expect(profilesFor(["export", "buyers"])).toEqual(["merchant", "supplier", "dispute", "public"]);
});
