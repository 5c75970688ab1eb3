import { expect, it } from "vitest";
import { hoursText } from "./roster";

const t = (key: string, values: Record<string, unknown> = {}) =>
  [key, ...Object.values(values)].join(" ");
const say = { t, locale: "en" } as Parameters<typeof hoursText>[1];
const all = { from_hour: 0, to_hour: 24, zone: "UTC", days: [], closures: [] };

it("says all day for every hour of every day, and of whole days", () => {
  expect(hoursText(all, say)).toBe("people.allDay");
  expect(hoursText({ ...all, zone: "Asia/Kolkata" }, say)).toBe("people.allDay");
  expect(hoursText({ ...all, days: [6, 0] }, say)).toBe("Sat Sun · people.allDay");
});

it("names the zone wherever hours or days have an end", () => {
  expect(hoursText({ ...all, from_hour: 8, to_hour: 17 }, say)).toBe(
    "people.hoursIn 08:00 17:00 UTC",
  );
  const berlin = { ...all, zone: "Europe/Berlin", days: [1], closures: ["2026-12-24..2026-12-26"] };
  expect(hoursText(berlin, say)).toBe(
    "Mon · people.hoursIn 00:00 24:00 Europe/Berlin · people.daysOff 2026-12-24 – 2026-12-26",
  );
});
