// Scans, from wherever they come, to the one place on the page that wants them now; and the last
// thing the station said, for eye and ear.
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Said } from "./bench";
import { readScan, type Scan } from "./scan";
import { sound } from "./sounds";
import { listenForScans } from "./wedge";

type Handler = (scan: Scan) => void;

export interface Voice {
  said: Said | null;
  /** Counts what was said, so that the same words twice are two. */
  id: number;
  lastScan: string;
}

// The newest asker is the one in front: a window over the page takes the scans.
const handlers: { current: Handler }[] = [];
const watchers = new Set<() => void>();
let voice: Voice = { said: null, id: 0, lastScan: "" };

function become(change: Partial<Voice>): void {
  voice = { ...voice, ...change };
  for (const each of watchers) each();
}

/** A raw scan, of the keyboard wedge or of the camera. */
export function scanned(text: string): void {
  const scan = readScan(text);
  if (!scan) return;
  become({ lastScan: text });
  handlers.at(-1)?.current(scan);
}

/** Shows, announces and sounds. */
export function say(said: Said): void {
  become({ said, id: voice.id + 1 });
  sound(said.tone);
}

export function hush(): void {
  if (voice.said) become({ said: null });
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

/** Takes the scans while the component is there and nothing newer is; null takes none. */
export function useScan(handler: Handler | null): void {
  const current = useRef<Handler>(() => undefined);
  current.current = handler ?? (() => undefined);
  const wants = handler !== null;
  useEffect(() => {
    if (!wants) return;
    handlers.push(current);
    return () => {
      handlers.splice(handlers.indexOf(current), 1);
    };
  }, [wants]);
}
