import { describe, expect, it } from "vitest";
import type { Schemas } from "../../api/client";
import type { Exception } from "../../api/queries";
import { shiftEnd, splitDay } from "./day";

const entry = (owner: string, role: string, covers_until: string | null, covering = true) =>
  ({ owner, role, covering, covers_until, store: "", backup: "" }) as Schemas["Owner"];

describe("a shift", () => {
  it("ends with the last of one's own hours that run now", () => {
    const roster = [
      entry("kim", "operations", "2026-03-04T14:00:00Z"),
      entry("quality desk", "quality", "2026-03-04T16:00:00Z"),
      entry("night desk", "quality", null, false),
      entry("other", "finance", "2026-03-04T20:00:00Z"),
    ];
    expect(shiftEnd(roster, "kim", ["quality"])).toBe("2026-03-04T16:00:00Z");
    expect(shiftEnd(roster, "kim", [])).toBe("2026-03-04T14:00:00Z");
  });
  it("has no end where the roster knows none", () => {
    expect(shiftEnd([], "kim", ["operations"])).toBeNull();
    expect(shiftEnd([entry("desk", "operations", null)], "kim", ["operations"])).toBeNull();
    const both = [
      entry("desk", "operations", null),
      entry("kim", "quality", "2026-03-04T14:00:00Z"),
    ];
    expect(shiftEnd(both, "kim", ["operations"])).toBeNull();
  });
});

it("keeps what was put off apart from what is due", () => {
  const items = [{ number: 1 }, { number: 2, snoozed: true }] as Exception[];
  expect(splitDay(items).due.map((each) => each.number)).toEqual([1]);
  expect(splitDay(items).snoozed.map((each) => each.number)).toEqual([2]);
});
