import { expect, it } from "vitest";
import { fitted } from "./photos";

it("makes pictures small and never larger", () => {
  expect(fitted(4_000, 3_000)).toEqual([2_000, 1_500]);
  expect(fitted(800, 600)).toEqual([800, 600]);
});
