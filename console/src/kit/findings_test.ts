// Which items of a check are shown.
import { expect, it } from "vitest";
import { telling } from "./Findings";

const item = (name: string, verdict: "pass" | "fail" | "unclear", photo = "", note = "") => ({
  name,
  verdict,
  photo,
  note,
});

it("begins with what was not in order and leaves out what says nothing", () => {
  const items = [
    item("plain", "pass"),
    item("shown", "pass", "aa"),
    item("scratch", "fail"),
    item("serial", "pass", "", "SN 1"),
    item("dark", "unclear"),
  ];
  expect(telling(items).map(({ name }) => name)).toEqual(["scratch", "dark", "shown", "serial"]);
  expect(telling([])).toEqual([]);
});
