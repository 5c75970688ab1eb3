import { expect, it } from "vitest";
import { notCompared } from "./compared";

const item = (supplier: string, supplier_sku: string) => ({ supplier, supplier_sku });

it("lists the items that nobody has compared as they are now", () => {
  const mappings = [item("north", "N-2"), item("baltic", "B-1"), item("hub", "H-1")];
  expect(notCompared(mappings, [])).toEqual(mappings);
  // North sends another item since; hub's was never looked at, though its number was elsewhere.
  const known = [item("north", "N-1"), item("baltic", "B-1"), item("north", "H-1")];
  expect(notCompared(mappings, known)).toEqual([item("north", "N-2"), item("hub", "H-1")]);
});
