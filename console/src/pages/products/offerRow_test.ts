import { expect, it } from "vitest";
import { offerRow } from "./offerRow";

function typed(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

it("is one line under the columns the server knows", () => {
  const form = typed({ supplier: "north", supplier_sku: "N-1", cost: "4.00 EUR", mode: "propose" });
  expect(offerRow("MUG", form, { ship_from: "CN" })).toBe(
    "sku,supplier,supplier_sku,cost,stock,lead_days,ship_from,mode,suspended\n" +
      "MUG,north,N-1,4.00 EUR,,,CN,propose,false\n",
  );
});

it("quotes what would end a cell", () => {
  const form = typed({ supplier_sku: 'cup, "big"', suspended: "on" });
  const line = offerRow("MUG", form).split("\n")[1];
  expect(line).toBe('MUG,,"cup, ""big""",,,,,,true');
});
