// Where somebody may go, and where they begin.
import { expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { homeOf, placesOf } from "./places";

const having = (...rights: Schemas["Right"][]) => ({ rights }) as Schemas["Session"];

it("begins at the queue, and at the bench for who works there and nowhere else", () => {
  expect(homeOf(having("read", "station"))).toBe("/");
  expect(homeOf(having("station"))).toBe("/station");
  expect(placesOf(having("station")).map(({ to }) => to)).toEqual(["/station"]);
  expect(homeOf(null)).toBe("/");
});
