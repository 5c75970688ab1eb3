import { expect, it } from "vitest";
import { clock, closure, dayName, hourIn, momentIn, weekdayName } from "./zones";

it("shows a moment on the supplier's clock", () => {
  expect(momentIn("Asia/Shanghai", "2026-03-05T07:00:00Z", "en-GB")).toBe("Thu 5 Mar, 15:00");
  expect(momentIn("Asia/Shanghai", "2026-03-05T17:00:00Z", "en-GB")).toBe("Fri 6 Mar, 01:00");
});

it("says nothing of a zone it does not know", () => {
  expect(momentIn("Moon/Sea", "2026-03-05T07:00:00Z", "en")).toBeUndefined();
  expect(hourIn("Moon/Sea", "2026-03-05", 9)).toBeUndefined();
});

it("finds the instant of a local hour, on both sides of a change of clocks", () => {
  expect(hourIn("Asia/Shanghai", "2026-03-04", 9)).toBe("2026-03-04T01:00:00.000Z");
  expect(hourIn("Europe/Vilnius", "2026-03-28", 9)).toBe("2026-03-28T07:00:00.000Z");
  expect(hourIn("Europe/Vilnius", "2026-03-29", 9)).toBe("2026-03-29T06:00:00.000Z");
  expect(hourIn("America/New_York", "2026-11-01", 9)).toBe("2026-11-01T14:00:00.000Z");
  expect(hourIn("UTC", "2026-03-04", 24)).toBe("2026-03-05T00:00:00.000Z");
});

it("names hours, days and closures", () => {
  expect(clock(9)).toBe("09:00");
  expect(dayName("2026-03-04", "en-GB")).toBe("Wed 4 Mar");
  expect(weekdayName(0, "en")).toBe("Sunday");
  expect(weekdayName(6, "de")).toBe("Samstag");
  expect(closure("2026-12-25")).toEqual({ first: "2026-12-25", last: "2026-12-25" });
  expect(closure("2027-01-26..2027-02-05")).toEqual({ first: "2027-01-26", last: "2027-02-05" });
});
