import { expect, it } from "vitest";
import { theirTime } from "../../kit/zone";
import { words } from "../../words";
import { firstStep, nextWords, zoneOf, type Step } from "./next";

const step = (over: Partial<Step>): Step => ({
  kind: "timer",
  what: "ack_reminder",
  about: "HF-2",
  due_at: "2026-03-04T09:00:00Z",
  owner: "",
  ...over,
});

it("puts what a person must decide before what happens by itself", () => {
  const timer = step({});
  const person = step({ kind: "person", what: "supplier_silent", owner: "desk" });
  expect(firstStep({ next: [timer, person] })).toBe(person);
  expect(firstStep({ next: [timer] })).toBe(timer);
  expect(firstStep({ next: [] })).toBeUndefined();
  expect(nextWords(person, words)).toContain("desk");
});

it("says who brings a purchase order to its supplier", () => {
  const place = step({ kind: "person", what: "place_at_supplier", owner: "purchasing" });
  expect(nextWords(place, words)).toBe("Purchasing: place it at the supplier");
});

it("knows the supplier's zone by the purchase order a step is about", () => {
  const order = {
    purchase_orders: [{ po: "HF-2", zone: "Asia/Shanghai" }],
  } as unknown as Parameters<typeof zoneOf>[0];
  expect(zoneOf(order, step({}))).toBe("Asia/Shanghai");
  expect(zoneOf(order, step({ about: "HF-22" }))).toBe("");
});

it("says a supplier's time only where their clock shows another one", () => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(theirTime(here, "2026-03-04T09:00:00Z", "en")).toBe("");
  expect(theirTime("Pacific/Kiritimati", "2026-03-04T09:00:00Z", "en")).toBe("Wed 23:00");
  expect(theirTime("", "2026-03-04T09:00:00Z", "en")).toBe("");
  expect(theirTime("No/Zone", "2026-03-04T09:00:00Z", "en")).toBe("");
});
