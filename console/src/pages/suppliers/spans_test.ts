import { expect, it } from "vitest";
import type { Schemas } from "../../api/client";
import { words } from "../../words";
import { measureText, spanMs, spanText } from "./spans";

const say = { t: words.t, locale: "en-GB" };

it("reads spans as the policy writes them", () => {
  expect(spanMs("1h30m")).toBe(90 * 60_000);
  expect(spanMs("2d")).toBe(2 * 86_400_000);
  expect(spanMs("soon")).toBeUndefined();
  expect(spanMs("")).toBeUndefined();
});

it("says nothing of a step that is left out", () => {
  expect(spanText("0s", say)).toBeUndefined();
  expect(spanText("", say)).toBeUndefined();
  expect(spanText("3h", say)).toBe("3 hrs");
  expect(spanText("soon", say)).toBe("soon");
});

it("shows no figure without a sample", () => {
  const measure = (value: number | null, sample: number, unit: "permille" | "minutes") =>
    ({ measure: "answer_p90", unit, value, sample }) as Schemas["Measure"];
  expect(measureText(measure(null, 0, "permille"), say)).toBe("No sample");
  expect(measureText(measure(0, 0, "permille"), say)).toBe("No sample");
  expect(measureText(measure(0, 3, "permille"), say)).toBe("0%");
  expect(measureText(measure(917, 84, "permille"), say)).toBe("91.7%");
  expect(measureText(measure(74, 84, "minutes"), say)).toBe("1 hr 14 mins");
});
