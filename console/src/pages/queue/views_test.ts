import { beforeEach, describe, expect, it } from "vitest";
import { addNamed, isFiltered, keepNamed, readNamed } from "./views";

describe("a view", () => {
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
