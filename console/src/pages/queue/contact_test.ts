import { describe, expect, it } from "vitest";
import type { Exception, Order } from "../../api/queries";
import { setLanguage } from "../../words";
import { incidentMessage, incidentSubject, messageOf, subjectOf, writingDecides } from "./contact";

const po = {
  po: "HF-7",
  supplier_ref: "A9",
  zone: "Asia/Shanghai",
  lines: [
    { live: 2, supplier_sku: "MUG-B" },
    { live: 0, supplier_sku: "GONE" },
  ],
} as Order["purchase_orders"][number];
const exception = {
  reason: "supplier_silent",
  detail: "No answer since 2026-03-03T22:30:00Z to carrier_scan@HF-7",
  review_by: "2026-03-04T17:00:00Z",
  options: [{ verb: "contact", consequence: "", cost: null }],
} as unknown as Exception;

describe("a message to a supplier", () => {
  it("is in English with full dates by the supplier's clock, whoever writes it", async () => {
    await setLanguage("de");
    const text = messageOf(exception, po);
    await setLanguage("en");
    expect(text).toContain("our purchase order HF-7 (A9)");
    expect(text).toMatch(/March 5, 2026 at 01:00 \(Asia\/Shanghai\)/);
    expect(text).not.toContain("2026-03-03T");
    expect(text).toContain("carrier scan (HF-7)");
    expect(text).toContain("- 2 × MUG-B");
    expect(text).not.toContain("GONE");
    expect(subjectOf(po)).toBe("Purchase order HF-7");
  });
  it("lists each purchase order of an incident, and no number of the store's", () => {
    const incident = { ...exception, detail: "2 orders: #1007, #1009" } as Exception;
    const text = incidentMessage(incident, ["HF-7", "HF-9"], "Asia/Shanghai");
    expect(text).toContain("- HF-7\n- HF-9");
    expect(text).toMatch(/March 5, 2026 at 01:00 \(Asia\/Shanghai\)/);
    expect(text).not.toContain("#1007");
    expect(incidentSubject(2)).toBe("2 purchase orders");
  });
  it("decides the case only where its way out means the supplier", () => {
    expect(writingDecides(exception)).toBe(true);
    expect(writingDecides({ ...exception, reason: "parcel_lost" })).toBe(false);
    expect(writingDecides({ ...exception, options: [] })).toBe(false);
  });
});
