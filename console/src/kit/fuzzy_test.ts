import { expect, it } from "vitest";
import { best, score } from "./fuzzy";

const same = (text: string) => text;

it("finds letters in their order and nothing else", () => {
  expect(score("ord", "Orders")).not.toBeNull();
  expect(score("odr", "Orders")).not.toBeNull();
  expect(score("sro", "Orders")).toBeNull();
  expect(score("", "Orders")).toBe(0);
});

it("puts the start of a word before its middle, and that before scattered letters", () => {
  const names = ["Approve something", "Improve", "Past orders over there", "Prove it"];
  expect(best("prov", names, same)).toEqual([names[3], names[0], names[1], names[2]]);
  expect(best("#1007 fraud", ["Fraud risk, order #1003", "Fraud risk, order #1007"], same)).toEqual(
    ["Fraud risk, order #1007"],
  );
});

it("reads accents as their letters, and Chinese as it is", () => {
  expect(score("prufpunkte", "Prüfpunkte")).not.toBeNull();
  expect(score("订单", "前往订单列表")).not.toBeNull();
});
