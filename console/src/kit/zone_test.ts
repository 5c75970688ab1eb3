import { expect, it } from "vitest";
import { dayIn, instantAt } from "./zone";

it("reads what a zone's clock shows, in summer and in winter", () => {
  expect(instantAt("Asia/Shanghai", "2026-03-04T17:00")).toBe("2026-03-04T09:00:00Z");
  expect(instantAt("Europe/Berlin", "2026-01-15T12:00")).toBe("2026-01-15T11:00:00Z");
  // The night in which that clock is put forward: 01:30 is before, 03:30 after.
  expect(instantAt("Europe/Berlin", "2026-03-29T01:30")).toBe("2026-03-29T00:30:00Z");
  expect(instantAt("Europe/Berlin", "2026-03-29T03:30")).toBe("2026-03-29T01:30:00Z");
});
it("takes universal time for a zone nobody knows", () => {
  expect(instantAt("", "2026-03-04T17:00")).toBe("2026-03-04T17:00:00Z");
  expect(instantAt("Nowhere/None", "2026-03-04T17:00")).toBe("2026-03-04T17:00:00Z");
  expect(dayIn("Nowhere/None", "2026-03-04T17:00:00Z", "en")).toContain("(UTC)");
});
