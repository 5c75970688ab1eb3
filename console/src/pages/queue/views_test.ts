import { beforeEach, describe, expect, it } from "vitest";
import { addNamed, endOfDay, filterOf, isFiltered, keepNamed, readNamed } from "./views";

const noon = new Date(2026, 2, 4, 12, 3, 20).getTime();

describe("a view", () => {
  it("is a question to the server", () => {
    expect(filterOf({}, noon)).toEqual({});
    expect(filterOf({ view: "mine", reason: "approval" }, noon)).toEqual({
      of: "me",
      reason: "approval",
    });
    expect(filterOf({ view: "unowned" }, noon)).toEqual({ of: "nobody" });
    expect(filterOf({ view: "overdue", supplier: "lumen" }, noon).supplier).toBe("lumen");
    expect(filterOf({ owner: "quality desk", channel: "fern" }, noon)).toEqual({
      owner: "quality desk",
      channel: "fern",
    });
  });
  it("never asks for an owner beside mine and unowned, which the server refuses", () => {
    expect(filterOf({ view: "mine", owner: "kim" }, noon).owner).toBeUndefined();
  });
  it("of what is overdue stays the same question for a while", () => {
    const at = (ms: number) => filterOf({ view: "overdue" }, ms).due_before;
    expect(at(noon)).toBe(at(noon + 60_000));
    expect(at(noon)).not.toBe(at(noon + 300_000));
    expect(Date.parse(at(noon)!)).toBeLessThanOrEqual(noon);
  });
  it("of today ends with the reader's day", () => {
    const end = filterOf({ view: "today" }, noon).due_before!;
    expect(end).toBe(endOfDay(noon));
    expect(new Date(end)).toEqual(new Date(2026, 2, 5, 0, 0, 0));
    expect(end).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });
  it("is a filter unless it shows everything", () => {
    expect(isFiltered({ at: "ord_1-1" })).toBe(false);
    expect(isFiltered({ view: "mine" })).toBe(true);
    expect(isFiltered({ supplier: "lumen" })).toBe(true);
  });
});

describe("a named view", () => {
  beforeEach(() => localStorage.clear());
  it("is kept in this browser, without the chosen case", () => {
    const search = { view: "overdue", channel: "fern", supplier: "lumen" } as const;
    keepNamed(addNamed([], "late mugs", { ...search, at: "ord_1-1" }));
    expect(readNamed()).toEqual([{ name: "late mugs", search }]);
  });
  it("takes the place of its namesake, and there are not endlessly many", () => {
    let known = addNamed([], "a", { view: "mine" });
    known = addNamed(known, "a", { view: "today" });
    expect(known).toHaveLength(1);
    for (let at = 0; at < 30; at += 1) known = addNamed(known, `v${at}`, {});
    expect(known).toHaveLength(20);
  });
  it("that cannot be read is no view", () => {
    localStorage.setItem("holdfast-queue-views", '[{"name":1}]');
    expect(readNamed()).toEqual([]);
    localStorage.setItem("holdfast-queue-views", "{");
    expect(readNamed()).toEqual([]);
  });
});
