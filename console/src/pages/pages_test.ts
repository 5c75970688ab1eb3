// Small rules of single pages.
import { expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { parseSearch, stringifySearch } from "../router";
import { safeNext } from "./login/LoginPage";
import { gateName } from "./order/names";
import { acknowledgment } from "./order/PurchaseOrders";

it("leads a fresh session only to pages of this console", () => {
  expect(safeNext("/orders?q=1042")).toBe("/orders?q=1042");
  for (const next of [
    undefined,
    "",
    "//example.com",
    "/\\example.com",
    "https://example.com",
    "/login",
    "orders",
  ]) {
    expect(safeNext(next)).toBe("/");
  }
});

it("writes addresses as plain text and reads them back", () => {
  expect(stringifySearch({ q: "#1042", live: "true", stage: undefined, channel: "" })).toBe(
    "?q=%231042&live=true",
  );
  expect(parseSearch("?q=%231042&live=true")).toEqual({ q: "#1042", live: "true" });
  expect(stringifySearch({})).toBe("");
});

it("says gates as people do", () => {
  expect(gateName("supplier_confirmed@HF-2K7")).toBe("supplier confirmed");
  expect(gateName("payment")).toBe("payment");
});

it("builds an acknowledgment of every line without claiming a strength", () => {
  const line: Schemas["PoLine"] = {
    line: 3,
    quantity: 2,
    supplier_sku: "A",
    cost: "9.90 EUR",
    live: 2,
    withdrawn: 0,
    refused: 0,
    cancelling: 0,
    answer: null,
    change_open: false,
    answer_event: 0,
  };
  const typed = {
    ref: "Y-1",
    "kind-3": "quantity_changed",
    "quantity-3": "1",
    "sku-3": "",
    "ready-3": "",
  };
  expect(acknowledgment("HF-2", [line], typed)).toEqual({
    command: "AcknowledgePurchaseOrder",
    po: "HF-2",
    supplier_ref: "Y-1",
    answers: [
      {
        line: 3,
        kind: "quantity_changed",
        quantity: 1,
        supplier_sku: "A",
        cost: "9.90 EUR",
        ready_at: null,
        note: "",
      },
    ],
  });
});
