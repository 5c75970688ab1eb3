import { describe, expect, it } from "vitest";
import type { Exception } from "../../api/queries";
import { begin, listOf, placeOf, seen, wrote, type Place } from "./chosen";

const row = (number: number) => ({ stream: "s", number }) as Exception;
const rows = (...numbers: number[]) => ({
  list: "all",
  items: numbers.map(row),
  before: 0,
  more: false,
  old: false,
});
const form = (number: number) => ({ exception: row(number), mode: { kind: "snooze" } as const });

describe("the chosen case and the address", () => {
  it("stays when an address written before it arrives late", () => {
    let now = wrote({ ...begin("s-1", "all"), id: "s-2" }, "s-2");
    now = wrote({ ...now, id: "s-3" }, "s-3");
    now = seen({ ...now, id: "s-4" }, "s-2", "all");
    expect(now.id).toBe("s-4");
    now = seen(now, "s-3", "all");
    expect(now).toMatchObject({ id: "s-4", at: "s-3", written: [] });
  });
  it("follows a link and the way back", () => {
    expect(seen(begin("s-1", "all"), "s-7", "all").id).toBe("s-7");
  });
  it("keeps an open form only with its own case", () => {
    const now = { ...begin("s-1", "all"), work: form(1) };
    expect(seen(now, undefined, "all").work).toEqual(form(1));
    expect(seen(now, "s-2", "all").work).toBeNull();
  });
  it("begins anew with another view or filter", () => {
    const now = { ...begin("s-1", "all"), work: form(1), written: ["s-1"] };
    expect(seen(now, undefined, "late")).toEqual(begin(undefined, "late"));
    expect(listOf({ view: "mine" })).not.toBe(listOf({}));
    expect(listOf({ view: "mine", at: "s-1" })).toBe(listOf({ view: "mine" }));
  });
});

describe("where the chosen case stands", () => {
  const last: Place = { list: "all", index: 2, item: row(3) };
  it("gives way to the one that took its place", () => {
    expect(placeOf("s-3", last, rows(1, 2, 4, 5)).item).toEqual(row(4));
    expect(placeOf("s-3", last, rows(1)).item).toEqual(row(1));
  });
  it("is the first of another list, wherever it stood before", () => {
    const far: Place = { list: "all", index: 150, item: row(150) };
    expect(placeOf(undefined, far, { ...rows(7, 8), list: "late" }).item).toEqual(row(7));
    expect(placeOf(undefined, far, { ...rows(7, 8), list: "late", more: true }).item).toEqual(
      row(7),
    );
  });
  it("stays as it is while another list is fetched", () => {
    expect(placeOf(undefined, last, { ...rows(1, 2), list: "late", old: true })).toBe(last);
  });
  it("stays as it is while its page is not here", () => {
    const far: Place = { list: "all", index: 250, item: row(250) };
    expect(placeOf("s-250", far, { ...rows(1, 2), more: true })).toBe(far);
  });
});
