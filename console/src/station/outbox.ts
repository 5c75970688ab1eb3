// What was done at the bench and the server has not acknowledged yet. Each entry is on disk before
// anything is sent, leaves in the order it was made, under one key however often it is tried, and
// is never dropped: what the server refuses waits for a person. Nothing here touches the browser
// or the network.
import type { Schemas } from "../api/client";
import type { Draft, Verdict } from "./bench";

export type What =
  | { kind: "check"; verdict: Verdict; body: Schemas["RecordCheck"] }
  /** `matches` is what was found here; null when only the server could compare. */
  | { kind: "label"; matches: boolean | null; body: Schemas["MatchLabel"] }
  | { kind: "photo"; item: string };

export interface Trouble {
  status: number;
  code: string;
  title: string;
  detail: string;
}

export interface Entry {
  id: string;
  /** Idempotency key; another one only after the server certainly refused. */
  key: string;
  /** Place in the queue, given by the store. */
  seq: number;
  /** When it was done, in milliseconds. */
  at: number;
  /** Who did it: nobody else's session sends it. */
  by: string;
  order: string;
  store_number: string;
  po: string;
  what: What;
  /** What was on the bench, for taking it back. */
  draft: Draft | null;
  state: "waiting" | "sent" | "refused";
  /** Not sent before, so that it can be taken back. */
  notBefore: number;
  tries: number;
  /** Tries that the server itself failed; an older page's entries have none. */
  failures?: number;
  firstTry: number | null;
  sentAt: number | null;
  trouble: Trouble | null;
}

/** Where entries are kept. Each call is one durable, atomic step. */
export interface OutboxStore {
  /** All entries by their place. */
  all(): Promise<Entry[]>;
  add(entry: Omit<Entry, "seq">, photo?: Blob): Promise<Entry>;
  /**
   * Gives what `change` made of an entry: null takes it out, undefined leaves it as it is. What is
   * taken out before it was sent lies on the bench again in the same step.
   */
  change(id: string, change: (entry: Entry) => Entry | null | undefined): Promise<Entry | null>;
}

export type Answer =
  | { kind: "done" }
  | { kind: "no"; trouble: Trouble }
  /**
   * Not now; `counts` when the server itself failed and may go on failing, `all` when the same goes
   * for whatever else waits.
   */
  | { kind: "later"; counts: boolean; all?: boolean; afterMs?: number | undefined }
  | { kind: "sign in" };

export interface SendingDeps {
  store: OutboxStore;
  deliver: (entry: Entry) => Promise<Answer>;
  /** Who is signed in; null for nobody. Throws when nobody answers. */
  who: () => Promise<string | null>;
  now: () => number;
}

export type Next =
  | { kind: "idle" }
  | { kind: "wait"; until: number }
  /** `cut` when nobody answers; else one thing could not be sent, and the rest was. */
  | { kind: "retry"; cut: boolean; afterMs?: number | undefined }
  | { kind: "sign in" };

export const undoMs = 5_000;
/** The server knows a key for 24 hours; later a repetition could have a second effect. */
export const keyLifeMs = 23 * 3_600_000;
export const mostFailures = 8;
const keepSentMs = 12 * 3_600_000;
const mostSent = 50;

/** Growing waits with jitter, so that a hall of tablets does not come back as one. */
export function backoffMs(failures: number, random: () => number): number {
  const whole = Math.min(30_000, 1_000 * 2 ** Math.min(failures, 10));
  return whole / 2 + random() * (whole / 2);
}

/** Sends what may be sent, in order, until all is done or something stands in the way. */
export async function sendAll(deps: SendingDeps): Promise<Next> {
  const { store, now } = deps;
  let me = "";
  let wake = Infinity;
  let isOwed = false;
  // An order whose earlier entry waits or was refused; others go on.
  const stuck = new Set<string>();
  const skipped = new Set<string>();
  for (;;) {
    const entry = (await store.all()).find(
      (each) => each.state !== "sent" && !skipped.has(each.id),
    );
    if (!entry) break;
    skipped.add(entry.id);
    if (entry.state === "refused" || stuck.has(entry.order)) {
      stuck.add(entry.order);
      continue;
    }
    if (isEarly(entry, now())) {
      stuck.add(entry.order);
      wake = Math.min(wake, entry.notBefore);
      continue;
    }
    if (me === "") {
      const here = await someoneHere(deps);
      if (typeof here !== "string") return here;
      me = here;
    }
    if (entry.by !== me) {
      stuck.add(entry.order);
      continue;
    }
    const claimed = await claim(store, entry.id, now());
    if (!claimed) continue;
    if (claimed.state === "refused") {
      stuck.add(entry.order);
      continue;
    }
    const answer = await deps.deliver(claimed);
    if (answer.kind === "sign in") return { kind: "sign in" };
    if (answer.kind === "later") {
      isOwed = true;
      if (answer.counts) await store.change(entry.id, failedOnce);
      if (answer.all) return { kind: "retry", cut: true, afterMs: answer.afterMs };
      // One photo on a weak line stands in nobody else's way, as long as somebody answers at all.
      const here = await someoneHere(deps);
      if (typeof here !== "string") return here;
      stuck.add(entry.order);
      me = here;
      continue;
    }
    await store.change(entry.id, (each) => settled(each, answer, now()));
    if (answer.kind !== "done") stuck.add(entry.order);
  }
  await prune(store, now());
  if (isOwed) return { kind: "retry", cut: false };
  return wake === Infinity ? { kind: "idle" } : { kind: "wait", until: wake };
}

/** Who is signed in, or why nothing can be sent now. */
async function someoneHere(deps: SendingDeps): Promise<string | Next> {
  try {
    return (await deps.who()) ?? { kind: "sign in" };
  } catch {
    return { kind: "retry", cut: true };
  }
}

/** Not to be sent yet. A clock that was set back since says hours instead of seconds: it is due. */
function isEarly({ notBefore }: Entry, now: number): boolean {
  return notBefore > now && notBefore - now <= undoMs;
}

/** Marks an entry as being tried, on disk, before a byte leaves; null when it was taken back. */
function claim(store: OutboxStore, id: string, now: number): Promise<Entry | null> {
  return store.change(id, (entry) => {
    if (entry.state !== "waiting") return undefined;
    if (entry.firstTry !== null && now - entry.firstTry > keyLifeMs) {
      const trouble = { status: 0, code: "too_old", title: "", detail: "" };
      return { ...entry, state: "refused", trouble };
    }
    return { ...entry, tries: entry.tries + 1, firstTry: entry.firstTry ?? now };
  });
}

type Settling = Extract<Answer, { kind: "done" | "no" }>;

function settled(entry: Entry, answer: Settling, now: number): Entry {
  if (answer.kind === "done") return { ...entry, state: "sent", sentAt: now, trouble: null };
  return { ...entry, state: "refused", trouble: answer.trouble };
}

/** The server failed once more; when it does so every time, a person decides. */
function failedOnce(entry: Entry): Entry {
  const failures = (entry.failures ?? 0) + 1;
  if (failures < mostFailures) return { ...entry, failures };
  const trouble = { status: 500, code: "internal", title: "", detail: "" };
  return { ...entry, failures, state: "refused", trouble };
}

/** Forgets what was acknowledged long ago. */
async function prune(store: OutboxStore, now: number): Promise<void> {
  const sent = (await store.all()).filter((each) => each.state === "sent");
  const old = sent.filter(
    (each, at) => at < sent.length - mostSent || now - (each.sentAt ?? 0) > keepSentMs,
  );
  for (const { id } of old) await store.change(id, () => null);
}

/** Whether an entry can still be taken back: nothing of it has left. */
export function canUndo(entry: Entry): boolean {
  return entry.state === "waiting" && entry.tries === 0 && entry.what.kind !== "photo";
}

/** The last thing recorded here by this person, if it can be taken back. */
export function lastUndoable(entries: Entry[], by: string): Entry | undefined {
  const last = entries.findLast((each) => each.what.kind !== "photo" && each.by === by);
  return last && canUndo(last) ? last : undefined;
}

/** Takes an entry back; null when it had left in the meantime. */
export async function takeBack(store: OutboxStore, id: string): Promise<Entry | null> {
  let taken: Entry | null = null;
  await store.change(id, (entry) => {
    if (!canUndo(entry)) return undefined;
    taken = entry;
    return null;
  });
  return taken;
}

/** A person decided that a refused entry is tried again: another wish, so another key. */
export function tryAgain(store: OutboxStore, id: string, key: string): Promise<Entry | null> {
  return store.change(id, (entry) =>
    entry.state !== "refused"
      ? undefined
      : {
          ...entry,
          key,
          state: "waiting",
          tries: 0,
          failures: 0,
          firstTry: null,
          trouble: null,
          notBefore: 0,
        },
  );
}

/** A person decided that a refused entry is not wanted any more. */
export async function giveUp(store: OutboxStore, id: string): Promise<void> {
  await store.change(id, (entry) => (entry.state === "refused" ? null : undefined));
}

export interface Tally {
  waiting: number;
  refused: number;
  /** Waiting for another person's session. */
  others: number;
}

export function tally(entries: Entry[], me: string): Tally {
  const waiting = entries.filter((each) => each.state === "waiting");
  return {
    waiting: waiting.filter((each) => each.by === me).length,
    refused: entries.filter((each) => each.state === "refused").length,
    others: waiting.filter((each) => each.by !== me).length,
  };
}
