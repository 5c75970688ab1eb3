// Decisions that can still be taken back: each is kept for ten seconds and then sent. Nothing is
// lost: one that the server refuses stays here and says why; one that it may not have heard is sent
// again when it is back. It must never decide by itself, nor send what one person decided as
// another.
import type { CaseName, Change } from "../../api/cases";
import { newKey } from "../../api/client";
import { again } from "../../api/intent";
import { liveState, watchLive } from "../../api/live";
import { ApiError, asApiError, mayRetry } from "../../api/problem";
import type { Exception } from "../../api/queries";
import { keepsUnsent, unsentChanged } from "../../api/unsent";
import { idOf } from "./decide";

export const undoMs = 10_000;

export interface Held {
  id: string;
  exception: Exception;
  change: Change;
  /** What was decided, in words. */
  says: string;
  /** Who decided it. */
  by: string;
  /** When it is sent, by this machine's clock. */
  due: number;
  state: "waiting" | "sending" | "refused";
  problem?: ApiError;
}

interface Way {
  send: (at: CaseName, change: Change, key: string) => Promise<unknown>;
  /** Called once it was sent: lists are told, the case is given back. */
  sent: (held: Held) => void;
  /** Who is signed in now; "" for nobody. */
  me: () => string;
}

interface Entry {
  shown: Held;
  key: string;
  way: Way;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** The try that is under way. */
  trying: Promise<void> | undefined;
}

let entries: Entry[] = [];
let shown: readonly Held[] = [];
const watchers = new Set<() => void>();

function tell(): void {
  shown = entries.map((entry) => entry.shown);
  guardLeaving();
  for (const each of watchers) each();
  unsentChanged();
}

const ours = (entry: Entry): boolean => entry.shown.by === entry.way.me();

const stay = (event: BeforeUnloadEvent): void => event.preventDefault();

/** What would be lost with this page makes the browser ask first; what only waits is sent then. */
function guardLeaving(): void {
  const lost = ({ shown }: Entry) => shown.state !== "waiting" || !navigator.onLine;
  if (entries.some(lost)) globalThis.addEventListener("beforeunload", stay);
  else globalThis.removeEventListener("beforeunload", stay);
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
    shown: {
      ...{ id, exception, change, says, by: way.me() },
      due: Date.now() + undoMs,
      state: "waiting",
    },
    key: newKey(),
    way,
    timer: undefined,
    trying: undefined,
  };
  entry.timer = setTimeout(() => send(entry), undoMs);
  entries = [...entries.filter((each) => each !== before), entry];
  tell();
}

/** Takes back the newest decision that has not been sent; undefined when there is none. */
export function takeBack(): Held | undefined {
  const entry = entries.findLast((each) => each.shown.state === "waiting" && ours(each));
  if (entry) drop(entry);
  return entry?.shown;
}

/** Sends everything at once: the page is being left. */
export function sendNow(): void {
  for (const entry of entries) if (entry.shown.state === "waiting" || passed(entry)) send(entry);
}

/** Whether it was not sent for a reason that may have passed. */
function passed({ shown: { state, problem } }: Entry): boolean {
  return state === "refused" && problem !== undefined && (mayRetry(problem) || isAway(problem));
}

const isAway = ({ status }: ApiError): boolean => status === 401;

function sendPassed(): void {
  for (const entry of entries) if (passed(entry) && ours(entry)) send(entry);
}

/** Sends a refused decision again. */
export function sendAgain(id: string): void {
  const entry = entries.find((each) => each.shown.id === id && each.shown.state === "refused");
  if (entry) send(entry);
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

function send(entry: Entry): void {
  clearTimeout(entry.timer);
  entry.trying = trySending(entry);
}

async function trySending(entry: Entry): Promise<void> {
  if (!ours(entry)) {
    become(entry, { state: "refused", problem: new ApiError(401, "not_signed_in", "") });
    return;
  }
  become(entry, { state: "sending" });
  try {
    await entry.way.send(entry.shown.exception, entry.shown.change, entry.key);
  } catch (thrown) {
    entry.key = again(thrown, entry.key);
    become(entry, { state: "refused", problem: asApiError(thrown) });
    return;
  }
  entry.way.sent(entry.shown);
  drop(entry);
}

globalThis.addEventListener?.("pagehide", sendNow);
globalThis.addEventListener?.("online", sendPassed);
watchLive(() => {
  if (liveState() === "live") sendPassed();
});
keepsUnsent({
  settle: async () => {
    sendNow();
    await Promise.all(entries.map((entry) => entry.trying));
  },
  letGo: () => {
    for (const entry of entries) if (entry.shown.state === "refused") drop(entry);
  },
  left: () => entries.filter((entry) => entry.shown.state === "refused" && ours(entry)).length,
});

/** How many pages that show the bar are on the screen. */
let hosts = 0;

/** A page that shows what is held; when the last one is left, everything is sent. */
export function hostHeld(): () => void {
  hosts += 1;
  tell();
  return () => {
    hosts -= 1;
    tell();
    // The next page may show the bar too, a moment later.
    setTimeout(() => hosts === 0 && sendNow(), 500);
  };
}

export const isHosted = (): boolean => hosts > 0;
