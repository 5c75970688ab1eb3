// The list a case was opened from: carried in its address, so that one goes on where one was. Pure.
import * as v from "valibot";
import type { QueueSearch } from "./views";

const text = v.optional(v.pipe(v.string(), v.maxLength(200)));
export const whenceSearch = v.object({
  list: v.optional(v.picklist(["queue", "approvals", "day"])),
  view: v.optional(v.picklist(["mine", "unowned", "overdue", "today"])),
  owner: text,
  reason: text,
  channel: text,
});
export type Whence = v.InferOutput<typeof whenceSearch>;

const lists = { "/": "queue", "/approvals": "approvals", "/day": "day" } as const;

/** What a link to a case carries from the page it stands on; nothing from any other page. */
export function whence(pathname: string, search: QueueSearch): Whence {
  const list = (lists as Record<string, Whence["list"]>)[pathname];
  if (!list) return {};
  if (list === "day") return { list };
  const { view, owner, reason, channel } = search;
  return { list, view, owner, reason, channel };
}

/** The way back to that list, with this case chosen. */
export function back({ list, ...search }: Whence, at?: string) {
  if (list === "day") return { to: "/day", search: { at } } as const;
  const to = list === "approvals" ? "/approvals" : "/";
  return { to, search: { ...search, at } } as const;
}
