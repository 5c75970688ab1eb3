// What the address says of decided cases, and where one more choice leads.
import { expect, it } from "vitest";
import * as v from "valibot";
import { policySearch } from "../../router";
import { daysIn, filterIn, inWindow, ruleToggled, toggled, unfiltered } from "./learned";

it("looks at thirty days unless the address names another window", () => {
  expect(daysIn({})).toBe(30);
  expect(daysIn({ days: "7" })).toBe(7);
  expect(daysIn({ days: "8" })).toBe(30);
  expect(inWindow({ days: "90", cause: "own_error" }, 30)).toEqual({
    tab: "learned",
    cause: "own_error",
  });
  expect(inWindow({}, 7)).toEqual({ tab: "learned", days: "7" });
});

it("asks the server only for what the list is narrowed to", () => {
  expect(filterIn({})).toEqual({});
  expect(filterIn({ cause: "own_error", supplier: "north", rule: "true" })).toEqual({
    root_cause: "own_error",
    supplier: "north",
    rule_change: true,
  });
  expect(filterIn({ reason: "price_change", rule: "false" })).toEqual({ reason: "price_change" });
});

it("narrows to a row, and lets go of the row that is chosen", () => {
  const search = { days: "7", cause: "own_error" };
  expect(toggled(search, "supplier", "north")).toEqual({
    tab: "learned",
    days: "7",
    cause: "own_error",
    supplier: "north",
  });
  expect(toggled(search, "cause", "buyer_request").cause).toBe("buyer_request");
  expect(toggled(search, "cause", "own_error").cause).toBeUndefined();
  expect(ruleToggled(search).rule).toBe("true");
  expect(ruleToggled({ ...search, rule: "true" }).rule).toBeUndefined();
  expect(unfiltered({ ...search, rule: "true" })).toEqual({ tab: "learned", days: "7" });
});

it("leaves out of its addresses what other parts of the page keep there", () => {
  const search = { tab: "learned", file: "gates.toml", version: "abc", cause: "own_error" };
  expect(toggled(search, "reason", "price_change")).toEqual({
    tab: "learned",
    cause: "own_error",
    reason: "price_change",
  });
});

it("keeps every choice in the address", () => {
  const whole = { tab: "learned", days: "7", cause: "c", reason: "r", supplier: "s", rule: "true" };
  expect(v.parse(policySearch, whole)).toEqual(whole);
});
