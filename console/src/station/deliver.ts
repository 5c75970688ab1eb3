// One entry of the outbox on its way to the server, and what its answer means.
import { client, once, rememberCsrf, take, type Schemas } from "../api/client";
import { ApiError, asApiError } from "../api/problem";
import { photo, photoStored } from "./idb";
import { freshTasks, parcelsOf } from "./load";
import type { Answer, Entry } from "./outbox";

/** An answer that takes longer is no answer: the same key asks again. */
const patienceMs = 20_000;
/** What carries a photo is at least this fast, in bytes per millisecond. */
const slowest = 16;
/** How long an answer may take to a request with so many bytes. */
export const patienceFor = (bytes: number): number => patienceMs + Math.ceil(bytes / slowest);
const patience = (bytes = 0) => AbortSignal.timeout(patienceFor(bytes));

/** Who is signed in here, asked of the server; null for nobody. */
export async function whoIsHere(): Promise<string | null> {
  if (!/(^|; )(__Host-)?holdfast_csrf=/.test(document.cookie)) return null;
  try {
    const me = await take(client.GET("/session", { signal: patience() }));
    rememberCsrf(me.csrf);
    return me.user.name;
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.code === "not_signed_in") return null;
    throw thrown;
  }
}

export async function deliver(entry: Entry): Promise<Answer> {
  try {
    if (entry.what.kind === "photo") return await sendPhoto(entry);
    if (entry.what.kind === "check") return await sendCheck(entry, entry.what.body);
    return await sendLabel(entry, entry.what.body, entry.what.matches);
  } catch (thrown) {
    return meaning(asApiError(thrown));
  }
}

/** What a failure means for the entry that met it. */
export function meaning(error: ApiError): Answer {
  const { status, code, title, detail, field, waitMs } = error;
  if (status === 401) return { kind: "sign in" };
  // Another tab began another session: the next try reads it first.
  if (code === "csrf") return { kind: "later", counts: true };
  // The whole server asks for time; what else waits here would be told the same.
  if (status === 429 || status === 503) {
    return { kind: "later", counts: false, all: true, afterMs: waitMs ?? undefined };
  }
  const passing = status === 0 || [408, 425, 502, 504].includes(status);
  // The same key is being worked on: its answer comes with the next try.
  const working = status === 409 && field === "Idempotency-Key";
  if (passing || working) return { kind: "later", counts: false };
  if (status >= 500) return { kind: "later", counts: true };
  return { kind: "no", trouble: { status, code, title, detail } };
}

function command(entry: Entry, body: Schemas["OrderCommand"]): Promise<Schemas["CommandResult"]> {
  return take(
    client.POST("/orders/{order}/commands", {
      params: { path: { order: entry.order }, ...once(entry.key) },
      body,
      signal: patience(),
    }),
  );
}

async function sendPhoto(entry: Entry): Promise<Answer> {
  const kept = await photo(entry.id);
  if (!kept?.bytes) return { kind: "done" };
  const stored = await take(
    client.POST("/photos", {
      params: { query: { order: entry.order }, ...once(entry.key) },
      body: kept.bytes as unknown as string,
      bodySerializer: (body) => body as unknown as BodyInit,
      headers: { "Content-Type": kept.bytes.type },
      signal: patience(kept.bytes.size),
    }),
  );
  await photoStored(entry.id, stored.sha256);
  return { kind: "done" };
}

async function sendCheck(entry: Entry, body: Schemas["RecordCheck"]): Promise<Answer> {
  const items = await Promise.all(
    body.items.map(async (item) => ({
      ...item,
      photo: item.photo ? ((await photo(item.photo))?.sha256 ?? "") : "",
    })),
  );
  await command(entry, { ...body, items });
  return { kind: "done" };
}

/** The server's own verdict counts: where it differs from ours, a person has to know. */
async function sendLabel(
  entry: Entry,
  body: Schemas["MatchLabel"],
  matches: boolean | null,
): Promise<Answer> {
  await command(entry, body);
  if (matches === false) return { kind: "done" };
  // What was matched leaves the list; what stays there unmatched did not fit.
  const left = parcelsOf(await freshTasks(entry.po));
  const fits = left.every(
    (each) => each.order !== entry.order || each.parcel !== body.parcel || each.matched,
  );
  if (fits) return { kind: "done" };
  return { kind: "no", trouble: { status: 0, code: "label_mismatch", title: "", detail: "" } };
}
