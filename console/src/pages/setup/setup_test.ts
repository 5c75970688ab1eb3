import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { en } from "../../words";
import { backupIsOld } from "../health/HealthPage";
import { nextOf } from "./SetupPage";

it("goes on at the first step that is open, in the order of the way", () => {
  const steps = [
    { step: "sign_in" as const, done: true, detail: "" },
    { step: "store" as const, done: false, detail: "" },
    { step: "supplier" as const, done: false, detail: "" },
  ];
  expect(nextOf(steps)).toBe("store");
  expect(nextOf(steps.map((each) => ({ ...each, done: true })))).toBeUndefined();
});

it("has words for every step of the contract", () => {
  const contract = parse(
    readFileSync(join(import.meta.dirname, "../../../../contract/openapi.yaml"), "utf8"),
  );
  const steps: string[] = contract.components.schemas.SetupStep.properties.step.enum;
  expect(steps.length).toBeGreaterThan(5);
  for (const step of steps) {
    expect(`setup.${step}` in en, step).toBe(true);
    expect(`setup.${step}.say` in en, step).toBe(true);
  }
});

it("calls a backup old after a day and some grace, and none at all old", () => {
  const now = Date.parse("2026-03-04T09:30:00Z");
  expect(backupIsOld("2026-03-03T09:00:00Z", now)).toBe(false);
  expect(backupIsOld("2026-03-03T07:00:00Z", now)).toBe(true);
  expect(backupIsOld(null, now)).toBe(true);
});
