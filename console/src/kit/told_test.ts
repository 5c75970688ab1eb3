// Recorded sentences as people read them.
import { expect, it } from "vitest";
import { told } from "./told";

const now = Date.parse("2026-03-04T09:00:00Z");

it("says code words as words and leaves names alone", () => {
  expect(told("address: missing_street, po_box", now, "en-GB")).toBe(
    "address: the street is missing, it is a PO box",
  );
  expect(told("offered: north_mug (NORTH_MUG)", now, "en-GB")).toBe(
    "offered: north_mug (NORTH_MUG)",
  );
});

it("says a gate and what it is about", () => {
  expect(told("supplier_confirmation@HF-2K7 pending", now, "en-GB")).toBe(
    "supplier confirmation of HF-2K7 pending",
  );
  expect(told("from buyer_one@example.com", now, "en-GB")).toBe("from buyer_one@example.com");
});

it("says instants in the reader's zone", () => {
  const said = told("all pieces leave by 2026-03-06T18:00:00Z", now, "en-GB");
  expect(said).not.toContain("T18");
  expect(said).toMatch(/^all pieces leave by .*\b6\b.*\d\d:\d\d$/);
});
