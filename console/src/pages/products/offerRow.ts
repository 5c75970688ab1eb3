// One offer as the line of a CSV file. Pure.
import type { Schemas } from "../../api/client";

const columns = [
  "sku",
  "supplier",
  "supplier_sku",
  "cost",
  "stock",
  "lead_days",
  "ship_from",
  "mode",
  "suspended",
] as const;

function cell(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A line replaces what was known, so what the form does not ask is said as it was. */
export function offerRow(
  sku: string,
  typed: FormData,
  known?: Pick<Schemas["Offer"], "ship_from">,
): string {
  const text = (name: string) => String(typed.get(name) ?? "").trim();
  const said: Record<(typeof columns)[number], string> = {
    sku,
    supplier: text("supplier"),
    supplier_sku: text("supplier_sku"),
    cost: text("cost"),
    stock: text("stock"),
    lead_days: text("lead_days"),
    ship_from: known?.ship_from ?? "",
    mode: text("mode"),
    suspended: typed.has("suspended") ? "true" : "false",
  };
  return `${columns.join(",")}\n${columns.map((name) => cell(said[name])).join(",")}\n`;
}
