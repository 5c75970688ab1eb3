// A draft of the policy: only what somebody changed, over the version they changed it from. It
// stays in this browser until it is published or thrown away.
import { useSyncExternalStore } from "react";
import * as v from "valibot";
import type { Files } from "../../api/policy";

export interface Draft {
  /** The version it was begun on. */
  base: string;
  /** What a file shall say; null: it shall go. */
  edits: Record<string, string | null>;
}

const place = "holdfast-policy-draft";
const shape = v.object({
  base: v.string(),
  edits: v.record(v.string(), v.nullable(v.string())),
});

export function readDraft(text: string | null): Draft | null {
  if (!text) return null;
  try {
    const read = v.safeParse(shape, JSON.parse(text));
    return read.success && Object.keys(read.output.edits).length > 0 ? read.output : null;
  } catch {
    return null;
  }
}

/** The files as the draft wants them. */
export function drafted(files: Files, draft: Draft | null): Files {
  const all: Files = { ...files };
  for (const [file, text] of Object.entries(draft?.edits ?? {})) {
    if (text === null) delete all[file];
    else all[file] = text;
  }
  return all;
}

/** The draft with one file changed; what is as it was before is no edit. Null when none is left. */
export function edited(
  draft: Draft | null,
  current: { version: string; files: Files },
  file: string,
  text: string | null,
): Draft | null {
  const edits = { ...draft?.edits };
  if ((current.files[file] ?? null) === text) delete edits[file];
  else edits[file] = text;
  return Object.keys(edits).length > 0 ? { base: draft?.base ?? current.version, edits } : null;
}

/** A name the server takes for a policy file. */
export function isFileName(name: string): boolean {
  return /^[a-z0-9_-]{1,59}\.toml$/.test(name);
}

// One copy for all that show it; other tabs of this browser tell theirs.
let known: { text: string | null; draft: Draft | null } | undefined;
const listeners = new Set<() => void>();

function current(): Draft | null {
  const text = localStorage.getItem(place);
  if (!known || known.text !== text) known = { text, draft: readDraft(text) };
  return known.draft;
}

/** Keeps a draft; null forgets it. Fails when the browser has no room for it. */
export function keepDraft(draft: Draft | null): void {
  if (draft) localStorage.setItem(place, JSON.stringify(draft));
  else localStorage.removeItem(place);
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  globalThis.addEventListener("storage", tell);
  return () => {
    listeners.delete(tell);
    globalThis.removeEventListener("storage", tell);
  };
}

export function useDraft(): Draft | null {
  return useSyncExternalStore(subscribe, current);
}
