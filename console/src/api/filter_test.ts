import { expect, it } from "vitest";
import { endOfDay, filterOf, paramsOf } from "./filter";

const noon = new Date(2026, 2, 4, 12, 3, 20).getTime();

it("makes an address a question to the server", () => {
  const asked = (search: Parameters<typeof filterOf>[0]) => paramsOf(filterOf(search), noon);
  expect(asked({})).toEqual({});
  expect(asked({ view: "mine", reason: "approval" })).toEqual({ of: "me", reason: "approval" });
  expect(asked({ view: "unowned", at: "ord_1-1" })).toEqual({ of: "nobody" });
  expect(asked({ owner: "quality desk", channel: "fern" })).toEqual({
    owner: "quality desk",
    channel: "fern",
  });
  expect(asked({ view: "overdue" })["due_before"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:20Z$/);
});

it("never asks for an owner beside mine and unowned, which the server refuses", () => {
  expect(filterOf({ view: "mine", owner: "kim" }).owner).toBeUndefined();
});

it("asks for what is overdue now under one name, so that the list stays where it is", () => {
  const filter = filterOf({ view: "overdue" });
  expect(filter).toEqual(filterOf({ view: "overdue" }));
  expect(JSON.stringify(filter)).not.toMatch(/\d/);
  expect(Date.parse(paramsOf(filter, noon + 3_600_000)["due_before"]!)).toBe(
    Math.floor((noon + 3_600_000) / 1_000) * 1_000,
  );
});

it("ends today with the reader's day", () => {
  const end = paramsOf(filterOf({ view: "today" }), noon)["due_before"]!;
  expect(end).toBe(endOfDay(noon));
  expect(new Date(end)).toEqual(new Date(2026, 2, 5, 0, 0, 0));
});
