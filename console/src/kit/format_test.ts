import { describe, expect, it } from "vitest";
import { words } from "../words";
import { ago, count, deadline, moment, money, percent, span, urgency } from "./format";

const now = Date.parse("2026-03-04T09:30:00Z");

describe("money", () => {
  it("keeps the places that were given", () => {
    expect(money("12.50 EUR", "en")).toBe("€12.50");
    expect(money("0.004125 USD", "en")).toBe("$0.004125");
    expect(money("1200 JPY", "en")).toBe("¥1,200");
    expect(money("-3.40 EUR", "de")).toBe("-3,40\u00a0€");
  });
  it("says when nobody knows", () => {
    expect(money(null, "en")).toBe("—");
    expect(money("", "en")).toBe("—");
  });
  it("shows what it cannot read as it came", () => {
    expect(money("twelve", "en")).toBe("twelve");
  });
});

describe("span", () => {
  it.each([
    [0, "< 1 min"],
    [59_999, "< 1 min"],
    [60_000, "1 min"],
    [3_600_000, "1 hr"],
    [4_500_000, "1 hr 15 min"],
    [86_400_000, "1 day"],
    [100_800_000, "1 day 4 hr"],
    [12.5 * 86_400_000, "12 days"],
    [-4_500_000, "1 hr 15 min"],
  ])("%d ms is %s", (ms, text) => expect(span(ms, words)).toBe(text));
  it("is written in the reader's language", () => {
    expect(span(4_500_000, { ...words, locale: "zh-Hans" })).toBe("1小时15分钟");
    expect(span(100_800_000, { ...words, locale: "de" })).toBe("1 Tg., 4 Std.");
  });
});

describe("deadlines", () => {
  it("are late, soon or calm", () => {
    expect(urgency("2026-03-04T09:29:59Z", now)).toBe("late");
    expect(urgency("2026-03-04T11:29:00Z", now)).toBe("soon");
    expect(urgency("2026-03-04T11:30:00Z", now)).toBe("calm");
  });
  it("say how long is left or how late it is", () => {
    expect(deadline("2026-03-04T10:00:00Z", now, words)).toBe("in 30 min");
    expect(deadline("2026-03-04T08:10:00Z", now, words)).toBe("1 hr 20 min late");
  });
});

describe("moments", () => {
  it("say how long ago", () => {
    expect(ago("2026-03-04T09:30:20Z", now, "en")).toBe("now");
    expect(ago("2026-03-04T08:30:00Z", now, "en")).toBe("1 hr. ago");
    expect(ago("2026-03-04T10:30:00Z", now, "en")).toBe("in 1 hr.");
  });
  it("leave out today's date and this year", () => {
    expect(moment("2026-03-04T09:00:00Z", now, "en")).toMatch(/^\d\d:\d\d$/);
    expect(moment("2026-03-12T09:00:00Z", now, "en")).toContain("Mar 12");
    expect(moment("2026-03-12T09:00:00Z", now, "en")).not.toContain("2026");
    expect(moment("2025-03-12T09:00:00Z", now, "en")).toContain("2025");
  });
});

it("writes counts with the region's marks", () => {
  expect(count(100_000, "en")).toBe("100,000");
  expect(count(100_000, "de")).toBe("100.000");
});

it("writes a share of a thousand as percent", () => {
  expect(percent(714, "en")).toBe("71.4%");
  expect(percent(1000, "de")).toBe("100\u00a0%");
});
