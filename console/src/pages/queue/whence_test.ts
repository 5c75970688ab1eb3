import { expect, it } from "vitest";
import { back, whence } from "./whence";

it("leads from a case back to the list it was opened from, with the same filters", () => {
  const search = { view: "overdue", channel: "shop", at: "s-1" } as const;
  const from = whence("/approvals", search);
  expect(from).toEqual({ list: "approvals", view: "overdue", channel: "shop" });
  expect(back(from, "s-1")).toEqual({ to: "/approvals", search });
  expect(back(whence("/day", { at: "s-1" }), "s-1")).toEqual({ to: "/day", search: { at: "s-1" } });
});
it("leads to the queue from a case that was opened by a link alone", () => {
  expect(whence("/suppliers/acme", { reason: "approval" })).toEqual({});
  expect(back({})).toEqual({ to: "/", search: {} });
});
