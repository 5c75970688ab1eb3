import { expect, it } from "vitest";
import { dayStart } from "../api/people";
import { agentNames } from "./agent";
import { passwordTrouble } from "./passwords";

it("says what is wrong with a new password before the server does", () => {
  expect(passwordTrouble("short", "short")).toBe("password.short");
  expect(passwordTrouble("long enough it is", "long enough it was")).toBe("password.differ");
  expect(passwordTrouble("long enough it is", "long enough it is")).toBeUndefined();
});

it("names browsers and systems, and guesses nothing", () => {
  const chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36";
  expect(agentNames(chrome)).toEqual({ browser: "Chrome", system: "Windows" });
  expect(agentNames(`${chrome} Edg/130.0`).browser).toBe("Edge");
  const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1";
  expect(agentNames(phone)).toEqual({ browser: "Safari", system: "iPhone" });
  const tablet = "Mozilla/5.0 (Linux; Android 14; SM-X910) Chrome/130.0 Safari/537.36";
  expect(agentNames(tablet).system).toBe("Android");
  expect(agentNames("curl/8.0")).toEqual({ browser: undefined, system: undefined });
});

it("begins a day where the reader is, however many hours it has", () => {
  expect(dayStart("2026-03-29")).toBe(new Date(2026, 2, 29).toISOString().replace(/\.\d+Z$/, "Z"));
  // The day after the last of a month is the first of the next.
  expect(dayStart("2026-02-28", 1)).toBe(dayStart("2026-03-01"));
  expect(dayStart("yesterday")).toBeUndefined();
  expect(dayStart(undefined)).toBeUndefined();
});
