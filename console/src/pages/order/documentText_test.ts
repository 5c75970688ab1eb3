// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Schemas } from "../../api/client";
import { words } from "../../words";
import { documentFields, documentText } from "./documentText";

const example = JSON.parse(
  readFileSync(
    new URL("../../../../contract/examples/PurchaseDocument.json", import.meta.url),
    "utf8",
  ),
) as Schemas["PurchaseDocument"];

it("has every field a supplier asks for, and none that is empty", () => {
  const fields = documentFields(example, words);
  const said = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  expect(said["PO"]).toBe("HF-222227");
  expect(said["Address"]).toBe("Lindenweg 4\nBerlin 10115\nDE");
  expect(said["Line 1"]).toContain("2 × N-0081");
  expect(said["Line 1"]).toContain("940521");
  expect(fields.every(({ value }) => value !== "")).toBe(true);
  expect(said["Packaging"]).toBeUndefined();
});

it("is one text to paste, a field a line", () => {
  const text = documentText(example, words);
  expect(text).toContain("Address: Lindenweg 4, Berlin 10115, DE");
  expect(text.split("\n")).toHaveLength(documentFields(example, words).length);
});

it("leaves out the address where it is not told", () => {
  const names = documentFields({ ...example, ship_to: null }, words).map(({ name }) => name);
  expect(names).not.toContain("Address");
});
