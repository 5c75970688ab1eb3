// Who was signed in, when nobody answers.
import { afterEach, expect, it } from "vitest";
import type { Schemas } from "./client";
import { forgetSession, keepSession, keptSession } from "./kept";

const me = {
  user: { name: "packer", roles: ["quality"] },
  tenant: "main",
  rights: ["read", "station"],
  csrf: "secret",
  expires_at: "2026-03-04T16:00:00Z",
} as unknown as Schemas["Session"];
const before = Date.parse("2026-03-04T15:00:00Z");

afterEach(() => {
  forgetSession();
  document.cookie = "holdfast_csrf=; Max-Age=0";
});

it("is known while cookie and session last; the token stays in the cookie alone", () => {
  keepSession(me);
  expect(localStorage.getItem("holdfast-session")).not.toContain("secret");
  expect(keptSession(before)).toBeNull();
  document.cookie = "holdfast_csrf=secret";
  expect(keptSession(before)).toMatchObject({ user: { name: "packer" }, csrf: "secret" });
  expect(keptSession(Date.parse(me.expires_at))).toBeNull();
  forgetSession();
  expect(keptSession(before)).toBeNull();
});
