import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetLeases, heardLease, heardLeases } from "./leases";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("knows who has a case until it is given back or the lease ends", () => {
  heardLease({ stream: "ord_1", number: 2, holder: "kim", until: null });
  expect(heardLeases().get("ord_1-2")?.holder).toBe("kim");
  heardLease({ stream: "ord_1", number: 2, holder: "", until: null });
  expect(heardLeases().get("ord_1-2")?.holder).toBe("");
  heardLease({ stream: "ord_1", number: 2, holder: "kim", until: null });
  vi.advanceTimersByTime(60_000);
  heardLease({ stream: "ord_1", number: 2, holder: "kim", until: null });
  vi.advanceTimersByTime(60_000);
  expect(heardLeases().get("ord_1-2")?.holder).toBe("kim");
  vi.advanceTimersByTime(10_000);
  expect(heardLeases().get("ord_1-2")?.holder).toBe("");
});

it("does not keep more than it needs, and reads nothing into other news", () => {
  for (let number = 0; number < 600; number += 1)
    heardLease({ stream: "ord_9", number, holder: "kim", until: null });
  expect(heardLeases().size).toBeLessThanOrEqual(500);
  heardLease({ order: "ord_1" });
  heardLease(null);
  expect(heardLeases().has("undefined-undefined")).toBe(false);
});

it("knows nothing after news were missed, nor lets an old word's end speak", () => {
  heardLease({ stream: "ord_1", number: 2, holder: "kim", until: null });
  forgetLeases();
  expect(heardLeases().size).toBe(0);
  vi.advanceTimersByTime(70_000);
  expect(heardLeases().size).toBe(0);
});
