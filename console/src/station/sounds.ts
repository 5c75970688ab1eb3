// Three short sounds: in order, not in order, look here. They only repeat what the page shows, and
// one touch silences them for good.
import { useSyncExternalStore } from "react";
import type { Tone } from "./bench";

const mark = "holdfast-station-muted";
const watchers = new Set<() => void>();
let context: AudioContext | null = null;

interface Note {
  hertz: number;
  start: number;
  seconds: number;
  shape: OscillatorType;
}

const melodies: Record<Tone, Note[]> = {
  good: [
    { hertz: 880, start: 0, seconds: 0.07, shape: "sine" },
    { hertz: 1320, start: 0.08, seconds: 0.1, shape: "sine" },
  ],
  attention: [
    { hertz: 660, start: 0, seconds: 0.12, shape: "triangle" },
    { hertz: 660, start: 0.18, seconds: 0.12, shape: "triangle" },
  ],
  bad: [
    { hertz: 220, start: 0, seconds: 0.16, shape: "sawtooth" },
    { hertz: 180, start: 0.2, seconds: 0.16, shape: "sawtooth" },
    { hertz: 150, start: 0.4, seconds: 0.3, shape: "sawtooth" },
  ],
};

export function isMuted(): boolean {
  return localStorage.getItem(mark) === "1";
}

export function setMuted(muted: boolean): void {
  if (muted) localStorage.setItem(mark, "1");
  else localStorage.removeItem(mark);
  for (const each of watchers) each();
}

function watch(told: () => void): () => void {
  watchers.add(told);
  return () => watchers.delete(told);
}

export function useMuted(): boolean {
  return useSyncExternalStore(watch, isMuted);
}

export function sound(tone: Tone): void {
  if (isMuted() || !("AudioContext" in globalThis)) return;
  context ??= new AudioContext();
  const now = context.currentTime + 0.01;
  for (const { hertz, start, seconds, shape } of melodies[tone]) {
    const source = context.createOscillator();
    const volume = context.createGain();
    source.type = shape;
    source.frequency.value = hertz;
    // A soft end: a cut wave clicks.
    volume.gain.setValueAtTime(0.25, now + start);
    volume.gain.exponentialRampToValueAtTime(0.001, now + start + seconds);
    source.connect(volume).connect(context.destination);
    source.start(now + start);
    source.stop(now + start + seconds);
  }
  // Sleeps until the page was touched once; a scan is a touch.
  if (context.state === "suspended") void context.resume().catch(() => undefined);
}
