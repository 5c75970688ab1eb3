// Two clocks compared: offset and pace.
import { expect, it } from "vitest";
import { paceOf, presentAt } from "./now";

const at = (server: number, local: number) => ({ server: server * 1000, local: local * 1000 });

it("takes the server's offset, and its pace only when it is clearly another one", () => {
  expect(presentAt(undefined, undefined, 5)).toBe(5);
  expect(presentAt(at(100, 40), at(100, 40), 50_000)).toBe(110_000);
  expect(paceOf(at(100, 40), at(106, 45))).toBe(1);
  expect(paceOf(at(100, 40), at(400, 45))).toBe(60);
  expect(presentAt(at(100, 40), at(400, 45), 46_000)).toBe(460_000);
});

it("never runs backwards, and needs time between two looks", () => {
  expect(paceOf(at(100, 40), at(90, 50))).toBe(0);
  expect(paceOf(at(100, 40), at(160, 41))).toBe(1);
});
