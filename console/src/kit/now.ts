// The present, as a value that moves: ages and deadlines follow it. It is the server's present, not
// this machine's, whose clock may be wrong; a demo's may even run faster.
import { useSyncExternalStore } from "react";

/** One look at both clocks, in milliseconds. */
export interface Reading {
  server: number;
  local: number;
}

/** How fast the server's clock runs beside ours: 1, unless two looks say clearly otherwise. */
export function paceOf(first: Reading, last: Reading): number {
  const passed = last.local - first.local;
  if (passed < 3_000) return 1;
  const pace = (last.server - first.server) / passed;
  // Instants come in whole seconds and answers take their time: a little more or less is nothing.
  return pace > 2 || pace < 0 ? Math.max(pace, 0) : 1;
}

/** The server's present when ours is `local`. */
export function presentAt(
  first: Reading | undefined,
  last: Reading | undefined,
  local: number,
): number {
  if (!first || !last) return local;
  return last.server + (local - last.local) * paceOf(first, last);
}

let first: Reading | undefined;
let last: Reading | undefined;
let now = Date.now();
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** The server's present at this moment. */
export function present(): number {
  return presentAt(first, last, Date.now());
}

function fast(): boolean {
  return first !== undefined && last !== undefined && paceOf(first, last) !== 1;
}

function tell(): void {
  now = present();
  for (const each of watchers) each();
}

/** Takes the server's time as an answer told it; `local` is our time in the middle of asking. */
export function heardServerTime(server: string, local: number): void {
  const reading = { server: Date.parse(server), local };
  if (Number.isNaN(reading.server)) return;
  // A clock that was set, there or here, begins anew.
  const off = last ? Math.abs(reading.server - presentAt(first, last, local)) : 0;
  if (!first || (!fast() && last !== first && off > 60_000)) first = reading;
  last = reading;
  tell();
}

/** How long until the clocks should be compared again. */
export function nextLook(): number {
  if (!first || !last || last === first) return 4_000;
  return fast() ? 15_000 : 300_000;
}

function tick(): void {
  tell();
  timer = setTimeout(tick, fast() ? 2_000 : 20_000);
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  if (timer === undefined) timer = setTimeout(tick, fast() ? 2_000 : 20_000);
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

export function useNow(): number {
  return useSyncExternalStore(watch, () => now);
}
