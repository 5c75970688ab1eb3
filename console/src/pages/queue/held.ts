// Decisions that can still be taken back: each is kept for ten seconds and then sent. Nothing is
// lost: one that the server refuses stays here and says why. It must never decide by itself.
import type { CaseName, Change } from "../../api/cases";
import { newKey } from "../../api/client";
import { asApiError, type ApiError } from "../../api/problem";
import type { Exception } from "../../api/queries";
import { idOf } from "./decide";

export const undoMs = 10_000;

export interface Held {
  id: string;
  exception: Exception;
  change: Change;
  /** What was decided, in words. */
  says: string;
  /** When it is sent, by this machine's clock. */
  due: number;
  state: "waiting" | "sending" | "refused";
  problem?: ApiError;
}

interface Way {
  send: (at: CaseName, change: Change, key: string) => Promise<unknown>;
  /** Called once it was sent: lists are told, the case is given back. */
  sent: (held: Held) => void;
}

interface Entry {
  shown: Held;
  key: string;
  way: Way;
  timer: ReturnType<typeof setTimeout> | undefined;
}

let entries: Entry[] = [];
let shown: readonly Held[] = [];
const watchers = new Set<() => void>();

function tell(): void {
  shown = entries.map((entry) => entry.shown);
  for (const each of watchers) each();
}

export const heldNow = (): readonly Held[] => shown;

export function watchHeld(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** Keeps a decision for ten seconds. A case has one at most: a second takes its place. */
export function hold(exception: Exception, change: Change, says: string, way: Way): void {
  const id = idOf(exception);
  const before = entries.find((entry) => entry.shown.id === id);
  clearTimeout(before?.timer);
  const entry: Entry = {
    shown: { id, exception, change, says, due: Date.now() + undoMs, state: "waiting" },
    key: newKey(),
    way,
    timer: undefined,
  };
  entry.timer = setTimeout(() => void send(entry), undoMs);
  entries = [...entries.filter((each) => each !== before), entry];
  tell();
}

/** Takes back the newest decision that has not been sent; undefined when there is none. */
export function takeBack(): Held | undefined {
  const entry = entries.findLast((each) => each.shown.state === "waiting");
  if (entry) drop(entry);
  return entry?.shown;
}

/** Sends everything at once: the page is being left. */
export function sendNow(): void {
  for (const entry of entries) if (entry.shown.state === "waiting") void send(entry);
}

/** Sends a refused decision again, as the same intent. */
export function sendAgain(id: string): void {
  const entry = entries.find((each) => each.shown.id === id && each.shown.state === "refused");
  if (entry) void send(entry);
}

/** Lets a refused decision go; its case is open as before. */
export function letGo(id: string): void {
  const entry = entries.find((each) => each.shown.id === id && each.shown.state === "refused");
  if (entry) drop(entry);
}

function drop(entry: Entry): void {
  clearTimeout(entry.timer);
  entries = entries.filter((each) => each !== entry);
  tell();
}

function become(entry: Entry, change: Partial<Held>): void {
  entry.shown = { ...entry.shown, ...change };
  tell();
}

async function send(entry: Entry): Promise<void> {
  clearTimeout(entry.timer);
  become(entry, { state: "sending" });
  try {
    await entry.way.send(entry.shown.exception, entry.shown.change, entry.key);
  } catch (thrown) {
    become(entry, { state: "refused", problem: asApiError(thrown) });
    return;
  }
  entry.way.sent(entry.shown);
  drop(entry);
}

globalThis.addEventListener?.("pagehide", sendNow);

/** How many pages that show the bar are on the screen. */
let hosts = 0;

/** A page that shows what is held; when the last one is left, everything is sent. */
export function hostHeld(): () => void {
  hosts += 1;
  return () => {
    hosts -= 1;
    // The next page may show the bar too, a moment later.
    setTimeout(() => hosts === 0 && sendNow(), 500);
  };
}
