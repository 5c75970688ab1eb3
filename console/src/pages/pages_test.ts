// Small rules of single pages.
import { expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { words } from "../words";
import { parseSearch, stringifySearch } from "../router";
import { safeNext } from "./login/LoginPage";
import { gateName } from "./order/names";
import { acknowledgment, buyerAnswer, poForms } from "./order/poForms";

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

it("offers the supplier's word on a cancellation only while one is asked for", () => {
  const example = (cancelling: number) =>
    ({
      po: "HF-2",
      supplier: "north",
      supplier_ref: "",
      total: "9.90 EUR",
      released_at: "2026-03-04T09:00:00Z",
      lines: [{ line: 1, live: 2, supplier_sku: "A", cancelling }],
    }) as unknown as Schemas["PurchaseOrder"];
  const titles = (cancelling: number) => poForms(example(cancelling), words).map((f) => f.title);
  expect(titles(0)).not.toContain("Answer to the cancellation");
  expect(titles(2)[0]).toBe("Answer to the cancellation");
  const [asked] = poForms(example(2), words);
  expect(asked?.build({ reply: "accepted", reason: "by telephone" })).toEqual({
    command: "AnswerSupplyCancel",
    po: "HF-2",
    reply: "accepted",
    lines: [],
    detail: "by telephone",
  });
});

it("asks for a second look, with what it costs, before a purchase order is released", () => {
  const draft = (total: string | null) =>
    ({ po: "HF-2", supplier: "north", total, lines: [] }) as unknown as Schemas["PurchaseOrder"];
  const [known] = poForms(draft("9.90 EUR"), words);
  expect(known?.leaves).toBe("purchase");
  expect(known?.note).toBe("The purchase order leaves for north: €9.90.");
  const [unknown] = poForms(draft(null), words);
  expect(unknown?.leaves).toBe("purchase");
  expect(unknown?.note).toBe("The purchase order leaves for north.");
});

it("records what the buyer chose among what the server takes", () => {
  const form = buyerAnswer(
    {
      question: "delay_consent",
      default_answer: "cancel_and_refund",
      due_at: "2026-03-05T18:00:00Z",
      answer: "",
      answers: ["wait", "change", "cancel_and_refund"],
    },
    words,
  );
  expect(form.fields[0]?.choices?.map((each) => each.label)[0]).toBe("Wait");
  expect(form.build({ answer: "change" })).toEqual({
    command: "AnswerBuyerQuestion",
    question: "delay_consent",
    answer: "change",
  });
});

it("builds an acknowledgment of every line by the supplier's clock, with no strength", () => {
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
    "ready-3": "2026-03-04T17:00",
    "cost-3": "11.20 EUR",
    "note-3": "copper is dear",
  };
  const po = { po: "HF-2", zone: "Asia/Shanghai" };
  expect(acknowledgment(po, [line], typed)).toEqual({
    command: "AcknowledgePurchaseOrder",
    po: "HF-2",
    supplier_ref: "Y-1",
    answers: [
      {
        line: 3,
        kind: "quantity_changed",
        quantity: 1,
        supplier_sku: "A",
        cost: "11.20 EUR",
        ready_at: "2026-03-04T09:00:00Z",
        note: "copper is dear",
      },
    ],
  });
});
