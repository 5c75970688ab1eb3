// This browser's own store (IndexedDB): entries of the outbox, photos, checks under way, the day's
// work list. What is written here is on disk before the promise is kept.
import type { Draft, Step } from "./bench";
import type { Day } from "./day";
import type { Entry, OutboxStore } from "./outbox";

const name = "holdfast-station";
const version = 1;
const stores = ["entries", "photos", "drafts", "kept"] as const;
type StoreName = (typeof stores)[number];

interface Photo {
  id: string;
  /** Null once the server has it. */
  bytes: Blob | null;
  /** The server's name for it, "" before it was stored there. */
  sha256: string;
}

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, failed) => {
    const asked = indexedDB.open(name, version);
    asked.onupgradeneeded = () => {
      const base = asked.result;
      base
        .createObjectStore("entries", { keyPath: "seq", autoIncrement: true })
        .createIndex("id", "id", { unique: true });
      base.createObjectStore("photos", { keyPath: "id" });
      base.createObjectStore("drafts");
      base.createObjectStore("kept");
    };
    asked.onerror = () => failed(asked.error ?? new Error("the store cannot be opened"));
    asked.onsuccess = () => {
      const base = asked.result;
      // Another tab brings a newer version: this one lets go and opens again when needed.
      base.onversionchange = () => {
        base.close();
        opened = null;
      };
      base.onclose = () => (opened = null);
      done(base);
    };
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

const value = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error ?? new Error("the store does not answer"));
  });

/** Runs `work` in one transaction and waits until it is durable. */
async function write<T>(
  names: StoreName[],
  work: (of: (name: StoreName) => IDBObjectStore) => Promise<T>,
): Promise<T> {
  const base = await open();
  const step = base.transaction(names, "readwrite", { durability: "strict" });
  const over = new Promise<void>((done, failed) => {
    step.oncomplete = () => done();
    step.onabort = step.onerror = () => failed(step.error ?? new Error("nothing was kept"));
  });
  // Whichever fails first is told; the other must not count as nobody's.
  over.catch(() => undefined);
  try {
    const made = await work((each) => step.objectStore(each));
    await over;
    return made;
  } catch (error) {
    if (step.error === null) abort(step);
    throw error;
  }
}

function abort(step: IDBTransaction): void {
  try {
    step.abort();
  } catch {
    // It was over already.
  }
}

async function read<T>(from: StoreName, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const base = await open();
  return value(ask(base.transaction(from).objectStore(from)));
}

/** Another name whenever a day is of another shape: what an older page kept is not read. */
const dayKey = "day 3";
const draftKey = (po: string, step: Step) => `${po} ${step}`;

export const outboxStore: OutboxStore = {
  all: () => read("entries", (store) => store.getAll() as IDBRequest<Entry[]>),

  // What is recorded is no longer under way: both change in one step, so that neither is lost and
  // nothing is recorded twice.
  add: (entry, photo) =>
    write(["entries", "photos", "drafts"], async (of) => {
      const seq = (await value(of("entries").add(entry))) as number;
      if (photo) of("photos").put({ id: entry.id, bytes: photo, sha256: "" } satisfies Photo);
      if (entry.what.kind === "check") {
        of("drafts").delete(draftKey(entry.what.body.po, entry.what.body.check));
      }
      return { ...entry, seq };
    }),

  change: (id, change) =>
    write(["entries", "photos", "drafts"], async (of) => {
      const entry = (await value(of("entries").index("id").get(id))) as Entry | undefined;
      const made = entry && change(entry);
      if (!entry || made === undefined) return null;
      if (made) of("entries").put(made);
      else of("entries").delete(entry.seq);
      // A photo that was given up belongs to no check any more.
      const lost = made === null && entry.what.kind === "photo" && entry.state !== "sent";
      if (lost) of("photos").delete(id);
      const { draft } = entry;
      const isTakenBack = made === null && entry.state === "waiting";
      if (isTakenBack && draft) of("drafts").put(draft, draftKey(draft.po, draft.step));
      return made;
    }),
};

export async function photo(id: string): Promise<Photo | undefined> {
  return read("photos", (store) => store.get(id) as IDBRequest<Photo | undefined>);
}

/** The server has a photo: its bytes are no longer needed here, its name is. */
export async function photoStored(id: string, sha256: string): Promise<void> {
  await write(["photos"], async (of) => {
    of("photos").put({ id, bytes: null, sha256 } satisfies Photo);
  });
}

export async function keepDraft(draft: Draft): Promise<void> {
  await write(["drafts"], async (of) => {
    of("drafts").put(draft, draftKey(draft.po, draft.step));
  });
}

export async function findDraft(po: string, step: Step): Promise<Draft | undefined> {
  return read("drafts", (store) => store.get(draftKey(po, step)) as IDBRequest<Draft | undefined>);
}

export async function keepDay(day: Day): Promise<void> {
  await write(["kept"], async (of) => {
    of("kept").put(day, dayKey);
  });
}

export async function findDay(): Promise<Day | undefined> {
  return read("kept", (store) => store.get(dayKey) as IDBRequest<Day | undefined>);
}

/** At sign-out: what may be read here is forgotten, what was not sent is not. */
export async function forgetDay(): Promise<void> {
  await write(["kept"], async (of) => {
    of("kept").clear();
  });
}
