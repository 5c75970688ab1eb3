// A label that did not match stops the station until a person acts: on every page, in every tab of
// this tablet, and after a reload.
import { useSyncExternalStore } from "react";
import * as v from "valibot";

const place = "holdfast-station-stop";
const reasons = ["another", "anotherOrder", "unknown", "otherOrder"] as const;
const shape = v.object({
  reason: v.picklist(reasons),
  values: v.record(v.string(), v.union([v.string(), v.number()])),
});
export type Stop = v.InferOutput<typeof shape>;

const watchers = new Set<() => void>();
let read: { text: string | null; stop: Stop | null } = { text: null, stop: null };

function current(): Stop | null {
  const text = localStorage.getItem(place);
  // The same text must give the same value, or the page would be drawn for ever.
  if (text !== read.text) read = { text, stop: text === null ? null : parsed(text) };
  return read.stop;
}

function parsed(text: string): Stop {
  try {
    return v.parse(shape, JSON.parse(text));
  } catch {
    // Whatever it was about, it was a stop.
    return { reason: "unknown", values: {} };
  }
}

function tell(): void {
  for (const each of watchers) each();
}

export function raiseStop(stop: Stop): void {
  localStorage.setItem(place, JSON.stringify(stop));
  tell();
}

/** Only after a person said that the parcel is set aside. */
export function endStop(): void {
  localStorage.removeItem(place);
  tell();
}

function watch(told: () => void): () => void {
  watchers.add(told);
  globalThis.addEventListener("storage", told);
  return () => {
    watchers.delete(told);
    globalThis.removeEventListener("storage", told);
  };
}

export function useStop(): Stop | null {
  return useSyncExternalStore(watch, current);
}
