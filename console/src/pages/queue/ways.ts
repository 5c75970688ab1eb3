// What is said of a way out's cost and margin while no amount is known. Pure, so that it can be
// proven: what leaves nothing may still cost something.
import type { Schemas } from "../../api/client";
import type { Key } from "../../words";

type Way = Schemas["Option"];
type Reason = Schemas["ReasonCode"];

/** Things a person has done elsewhere, at a price that only that person knows. */
const pricedElsewhere = new Set(["replace", "repack"]);

/** Reasons whose correction is another price, cost or source. */
const aboutPrices = new Set<Reason>([
  "margin_breach",
  "unmapped_sku",
  "no_route",
  "supplier_stock",
]);

export const quiet = (way: Way) => (way.leaves ?? "nothing") === "nothing";

function untouched(way: Way, reason: Reason): boolean {
  if (pricedElsewhere.has(way.verb) || way.promise === "moves") return false;
  return quiet(way) && !(way.verb === "update" && aboutPrices.has(reason));
}

export function costWord(way: Way, reason: Reason): Key {
  return untouched(way, reason) ? "way.noCost" : "way.unknown";
}

export function marginWord(way: Way, reason: Reason): Key {
  if (way.promise === "ends") return "way.marginEnds";
  return untouched(way, reason) && !way.cost ? "way.same" : "way.unknown";
}
