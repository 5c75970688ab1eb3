// The order slip: what a buyer may read and nothing else, and a barcode that the label match takes.
import { describe, expect, it } from "vitest";
import { act, newDraft, type Task } from "./bench";
import { code128 } from "./code128";
import { compare, isOrder, orderAsKnown, type KnownParcel } from "./labels";
import { cardText, readScan } from "./scan";
import { hasSlip, slipOf } from "./slip";

const task = (change: Partial<Task> = {}): Task => ({
  order: "ord_1",
  store_number: "#1040",
  channel: "loom",
  po: "HF-2F3",
  supplier: "Yarn House",
  supplier_ref: "YH-REF-77",
  step: "packing",
  due_at: null,
  held: true,
  hold_reasons: ["the buyer looks strange"],
  instructions: ["Leave the invoice of Yarn House out"],
  procedure: "branded",
  risks: ["branded"],
  checklist: [{ name: "Packing slip of the store enclosed", needs: "none" }],
  lines: [
    {
      line: 1,
      sku: "THROW-L-YARN",
      supplier_sku: "YH-THR",
      title: "Throw",
      variant: "Large",
      quantity: 2,
      instructions: "tape the seam",
      photos: [],
    },
  ],
  parcel: null,
  parcels: [],
  done: [],
  ...change,
});

describe("the order slip", () => {
  it("says order, store and lines, and nothing of suppliers or of what the bench is told", () => {
    expect(slipOf({ tasks: [task()] }, "HF-2F3")).toEqual({
      po: "HF-2F3",
      store: "loom",
      number: "#1040",
      lines: [{ line: 1, title: "Throw", variant: "Large", quantity: 2 }],
    });
  });

  it("is made of what the tablet keeps, for its own purchase order alone", () => {
    const other = task({ po: "HF-9", store_number: "#9" });
    expect(slipOf({ tasks: [other, task()] }, "HF-2F3")?.number).toBe("#1040");
    expect(slipOf({ tasks: [other] }, "HF-2F3")).toBeNull();
    expect(slipOf(undefined, "HF-2F3")).toBeNull();
  });

  it("carries the code that the label match takes for the order", async () => {
    const at = task({ step: "label_match", parcel: { parcel: 1, carrier: "ups" } });
    const slip = slipOf({ tasks: [at] }, at.po);
    const code = slip?.po ?? "";
    expect(code128(code)).not.toBeNull();
    const read = readScan(code);
    expect(read).toEqual({ kind: "code", text: code });
    expect(isOrder(at, code)).toBe(true);
    // The server compares exactly with the purchase order's own name.
    expect(orderAsKnown(at, code)).toBe(at.po);
    const parcel: KnownParcel = {
      order: at.order,
      store_number: at.store_number,
      po: at.po,
      parcel: 1,
      carrier: "ups",
      digest: "d-1Z",
      matched: false,
    };
    const digest = (text: string) => Promise.resolve(`d-${text}`);
    const match = await compare(at, { order: code, label: "1Z" }, [parcel], digest);
    expect(match).toMatchObject({ kind: "match", label: "1Z" });
  });

  it("opens by its command where the parcel is closed and labelled, and only there", () => {
    const scan = readScan(cardText("SLIP"));
    if (!scan) throw new Error("the command is none");
    const packing = task();
    expect(act(packing, newDraft(packing), { do: "scan", scan }).then).toEqual({ kind: "slip" });
    const receiving = task({ step: "receiving" });
    const outcome = act(receiving, newDraft(receiving), { do: "scan", scan });
    expect(outcome.then).toBeUndefined();
    expect(outcome.said?.key).toBe("station.said.slipLater");
    expect(hasSlip({ step: "label_match" })).toBe(true);
    expect(hasSlip({ step: "inspection" })).toBe(false);
  });
});
