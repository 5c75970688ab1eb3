// Scans, from wherever they come, to the one place on the page that wants them now; and the last
// thing the station said, for eye and ear.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Said } from "./bench";
import { readScan, type Scan } from "./scan";
import { sound } from "./sounds";
import { listenForScans } from "./wedge";

/** Gives false for a scan that comes too early: it is offered again. */
type Handler = (scan: Scan) => unknown;

export interface Voice {
  said: Said | null;
  /** Counts what was said, so that the same words twice are two. */
  id: number;
  lastScan: string;
}

// The newest taker is meant; a window over the page comes before every page, however new.
const pages: { current: Handler }[] = [];
const windows: { current: Handler }[] = [];
// A scanner is faster than a page that opens: what nobody could take yet waits in its order.
const early: { scan: Scan; at: number }[] = [];
const earlyMs = 5_000;
const mostEarly = 50;
/** A command read twice by one pull of the trigger is one: nothing is passed or read unseen. */
const twiceMs = 400;
let lastCommand = { text: "", at: 0 };
const watchers = new Set<() => void>();
let voice: Voice = { said: null, id: 0, lastScan: "" };

function become(change: Partial<Voice>): void {
  voice = { ...voice, ...change };
  for (const each of watchers) each();
}

/** A raw scan, of the keyboard wedge or of the camera, with the page's time of it. */
export function scanned(text: string, at = performance.now()): void {
  const scan = readScan(text);
  if (!scan) return;
  become({ lastScan: text });
  const isTwice = text === lastCommand.text && at - lastCommand.at < twiceMs;
  lastCommand = { text: scan.kind === "code" ? "" : text, at };
  if (isTwice) return;
  if (early.length < mostEarly) early.push({ scan, at: Date.now() });
  offer();
}

/** Hands out what waits, as far as somebody takes it. */
export function offer(): void {
  for (;;) {
    const taker = windows.at(-1) ?? pages.at(-1);
    if (!taker) return;
    const next = early.shift();
    if (!next) return;
    const stale = Date.now() - next.at > earlyMs;
    if (!stale && taker.current(next.scan) === false) {
      early.unshift(next);
      return;
    }
  }
}

/** Shows, announces and sounds. */
export function say(said: Said): void {
  become({ said, id: voice.id + 1 });
  sound(said.tone);
}

function watch(told: () => void): () => void {
  watchers.add(told);
  return () => watchers.delete(told);
}

export function useVoice(): Voice {
  return useSyncExternalStore(watch, () => voice);
}

/** Hears the keyboard wedge while the page is open. */
export function useWedge(): void {
  useEffect(() => listenForScans(scanned), []);
}

/** Takes the scans while the component is there and nothing in front of it is. */
export function useScan(handler: Handler, over: "page" | "window" = "page"): void {
  const current = useRef(handler);
  current.current = handler;
  useEffect(() => {
    const takers = over === "window" ? windows : pages;
    takers.push(current);
    offer();
    return () => {
      takers.splice(takers.indexOf(current), 1);
    };
  }, [over]);
}

export interface Busy {
  now: () => boolean;
  /** Does one thing at a time; scans that come meanwhile wait. */
  run: (work: () => Promise<unknown>) => void;
}

/** For a taker of scans whose answer to one takes a while. */
export function useBusy(): Busy {
  const [busy] = useState<Busy>(() => {
    let working = false;
    return {
      now: () => working,
      run: (work) => {
        working = true;
        void work().finally(() => {
          working = false;
          offer();
        });
      },
    };
  });
  return busy;
}
