// The outbox at work in this tab: what waits, for the page to show, and the one sender among all
// tabs. It begins by itself where something was left by an earlier page.
import { useSyncExternalStore } from "react";
import { newKey } from "../api/client";
import { deliver, whoIsHere } from "./deliver";
import { outboxStore } from "./idb";
import {
  backoffMs,
  giveUp,
  sendAll,
  takeBack,
  tryAgain,
  undoMs,
  type Entry,
  type Next,
  type OutboxStore,
  type What,
} from "./outbox";
import type { Draft, Task } from "./bench";

export interface Post {
  entries: Entry[];
  /** Nobody answered the last time. */
  cut: boolean;
  /** The session is over: what waits needs somebody to sign in. */
  signIn: boolean;
}

/** Names of the lock that makes one tab the sender, and of the way tabs tell each other. */
const lockName = "holdfast-station-sender";
const channelName = "holdfast-station";
/** Says that something may wait, to pages that have not opened the store. */
export const waitingMark = "holdfast-station-waiting";

let state: Post = { entries: [], cut: false, signIn: false };
const watchers = new Set<() => void>();
const deliveredWatchers = new Set<(entries: Entry[]) => void>();
let channel: BroadcastChannel | null = null;
let started: Promise<void> | null = null;
let wake: () => void = () => undefined;

function become(change: Partial<Post>): void {
  state = { ...state, ...change };
  for (const each of watchers) each();
}

/** Shows what is kept now. A store that does not answer leaves what was shown. */
async function reload(): Promise<void> {
  const before = state.entries;
  let entries: Entry[];
  try {
    entries = await outboxStore.all();
  } catch {
    return;
  }
  mark(entries.some((each) => each.state !== "sent"));
  become({ entries });
  const waited = new Set(before.filter((each) => each.state === "waiting").map((each) => each.id));
  const delivered = entries.filter((each) => each.state === "sent" && waited.has(each.id));
  if (delivered.length > 0) for (const each of deliveredWatchers) each(delivered);
}

/** A full or closed store of the browser's only costs that later pages look for themselves. */
function mark(waits: boolean): void {
  try {
    if (waits) localStorage.setItem(waitingMark, "1");
    else localStorage.removeItem(waitingMark);
  } catch {
    // What was recorded is kept all the same.
  }
}

/** What is kept has changed: every tab shows it. Nobody begins to send because of it. */
async function changed(): Promise<void> {
  channel?.postMessage("changed");
  await reload();
}

/** Something may be sent now: wakes the sender, in whichever tab it is. */
function rouse(): void {
  wake();
  channel?.postMessage("wake");
}

/** Reads what is kept and begins to send; more calls change nothing. */
export function startPost(): Promise<void> {
  started ??= begin();
  return started;
}

async function begin(): Promise<void> {
  channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }) => {
    if (data === "wake") wake();
    else void reload();
  };
  for (const event of ["online", "focus"]) globalThis.addEventListener(event, () => wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  });
  await reload();
  const locks = navigator.locks as LockManager | undefined;
  // Without locks, where pages came without TLS, two tabs may send the same: its key makes it one.
  if (locks) void locks.request(lockName, () => keepSending());
  else void keepSending();
}

/** Sends for as long as the tab lives. */
async function keepSending(): Promise<never> {
  let failures = 0;
  for (;;) {
    // Who wakes the sender knows of a reason why it may work now; if not, the waits go on growing.
    const woken = new Promise<void>((done) => (wake = done));
    const next = await onePass();
    failures = next.kind === "retry" ? failures + 1 : 0;
    become({ cut: next.kind === "retry" && next.cut, signIn: next.kind === "sign in" });
    await Promise.race([woken, pause(next, failures)]);
  }
}

async function onePass(): Promise<Next> {
  try {
    return await sendAll({
      store: telling,
      deliver,
      who: whoIsHere,
      now: Date.now,
    });
  } catch {
    // The browser's own store failed: nothing is lost by asking again.
    return { kind: "retry", cut: true };
  }
}

/** The store, telling every tab of what the sender changes. */
const telling: OutboxStore = {
  ...outboxStore,
  change: async (id, change) => {
    let isNew = false;
    const made = await outboxStore.change(id, (entry) => {
      const next = change(entry);
      isNew = next !== undefined;
      return next;
    });
    if (isNew) await changed();
    return made;
  },
};

function pause(next: Next, failures: number): Promise<void> {
  const ms =
    next.kind === "wait"
      ? Math.max(0, next.until - Date.now())
      : next.kind === "retry"
        ? Math.max(next.afterMs ?? 0, backoffMs(failures - 1, Math.random))
        : 60_000;
  return new Promise((done) => setTimeout(done, ms));
}

/** Writes one thing done at the bench; it is kept when the promise is. */
export async function post(
  task: Pick<Task, "order" | "store_number" | "po">,
  by: string,
  what: What,
  more: { draft?: Draft; photo?: Blob } = {},
): Promise<Entry> {
  const now = Date.now();
  const entry = await outboxStore.add(
    {
      id: newKey(),
      key: newKey(),
      at: now,
      by,
      order: task.order,
      store_number: task.store_number,
      po: task.po,
      what,
      draft: more.draft ?? null,
      state: "waiting",
      notBefore: what.kind === "check" ? now + undoMs : 0,
      tries: 0,
      firstTry: null,
      sentAt: null,
      trouble: null,
    },
    more.photo,
  );
  await changed();
  rouse();
  return entry;
}

export async function undo(id: string): Promise<Entry | null> {
  const taken = await takeBack(outboxStore, id);
  await changed();
  return taken;
}

export async function again(id: string): Promise<void> {
  await tryAgain(outboxStore, id, newKey());
  await changed();
  rouse();
}

export async function drop(id: string): Promise<void> {
  await giveUp(outboxStore, id);
  await changed();
  rouse();
}

/** Tries now, whatever the wait. */
export function sendNow(): void {
  rouse();
}

/** Hears of entries that the server acknowledged. */
export function onDelivered(heard: (entries: Entry[]) => void): () => void {
  deliveredWatchers.add(heard);
  return () => deliveredWatchers.delete(heard);
}

function watch(told: () => void): () => void {
  watchers.add(told);
  return () => watchers.delete(told);
}

export function usePost(): Post {
  return useSyncExternalStore(watch, () => state);
}
