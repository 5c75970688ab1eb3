import { expect, it } from "vitest";
import { linesIn } from "../../api/orders";
import { countMore, dayStart, filterOf, isFiltered } from "./filter";

it("asks for the reader's own days, the last one whole", () => {
  const filter = filterOf({ from: "2026-03-04", to: "2026-03-04" });
  const from = Date.parse(filter.placed_from!);
  const to = Date.parse(filter.placed_to!);
  expect(new Date(from).getHours()).toBe(0);
  expect(to - from).toBe(24 * 3_600_000);
});

it("ignores what is no day and no stage", () => {
  expect(dayStart("yesterday")).toBeUndefined();
  expect(dayStart(undefined)).toBeUndefined();
  expect(filterOf({ stage: "no such", from: "2026-3-4" })).toMatchObject({
    stage: undefined,
    placed_from: undefined,
  });
});

it("keeps the difference between running, over and both", () => {
  expect(filterOf({ live: "true" }).live).toBe(true);
  expect(filterOf({ live: "false" }).live).toBe(false);
  expect(filterOf({}).live).toBeUndefined();
  expect(filterOf({ held: "false" }).held).toBeUndefined();
});

it("does not take the chosen row for a filter", () => {
  expect(isFiltered({ at: "ord_1" })).toBe(false);
  expect(isFiltered({ at: "ord_1", country: "DE" })).toBe(true);
  expect(countMore({ country: "DE", from: "2026-03-04", q: "lamp" })).toBe(2);
});

it("counts the lines of a file while it comes", () => {
  expect(linesIn("order,store\r\nord_1,fern\r\nord_2,fe")).toBe(2);
  expect(linesIn("")).toBe(0);
});
