import { expect, it } from "vitest";
import type { Schemas } from "../../api/client";
import { costWord, marginWord } from "./ways";

type Way = Schemas["Option"];

function said(reason: Schemas["ReasonCode"], way: Partial<Way>): string[] {
  const full: Way = {
    verb: "wait",
    consequence: "",
    cost: null,
    margin: null,
    promise: "kept",
    leaves: "nothing",
    ...way,
  };
  return [costWord(full, reason), marginWord(full, reason)];
}

it("says nothing is paid only of what costs nothing", () => {
  expect(said("payment_hold", { verb: "contact", promise: "runs" })).toEqual([
    "way.noCost",
    "way.same",
  ]);
  expect(said("address_hold", { verb: "update" })).toEqual(["way.noCost", "way.same"]);
});

it.each<[Schemas["ReasonCode"], Partial<Way>]>([
  ["label_mismatch", { verb: "replace", promise: "moves" }],
  ["packing_issue", { verb: "repack" }],
  ["approval", { verb: "reject", promise: "moves" }],
  ["substitution", { verb: "reject", promise: "moves", leaves: "cancellation" }],
  ["margin_breach", { verb: "update" }],
  ["no_route", { verb: "update" }],
  ["margin_breach", { verb: "override", leaves: "purchase" }],
])("does not know what %s costs by %o", (reason, way) => {
  expect(said(reason, way)).toEqual(["way.unknown", "way.unknown"]);
});

it("knows that nothing is earned by what ends", () => {
  const way = { verb: "cancel", promise: "ends", leaves: "cancellation" } as const;
  expect(said("approval", way)[1]).toBe("way.marginEnds");
});

it("does not call the margin unchanged by what has a cost", () => {
  const way = { verb: "confirm", cost: "14.60 EUR" };
  expect(said("cancellation_request", way)[1]).toBe("way.unknown");
});
