// Brings the day's work list into this browser, and finds it here when nobody answers. It asks for
// nothing that the right to work at a bench does not give.
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { client, take, type Schemas } from "../api/client";
import { asApiError, mayRetry } from "../api/problem";
import type { Task } from "./bench";
import { listsOf, type Day } from "./day";
import { findDay, keepDay } from "./idb";
import type { KnownParcel } from "./labels";

const page = 200;
const mostPages = 5;
const patienceMs = 10_000;
/** A page that shows nothing yet takes the kept list sooner. */
const firstPatienceMs = 3_000;
const lookMs = { alone: 5_000, unheard: 20_000, heard: 60_000 };

export interface FoundDay {
  day: Day;
  /** Nobody answered: this is what was kept. */
  kept: boolean;
}

const signal = (ms = patienceMs) => AbortSignal.timeout(ms);

interface Listed {
  items: Task[];
  procedures: Schemas["StationProcedure"][];
  more: boolean;
}

async function tasks(ms: number): Promise<Listed> {
  const items: Task[] = [];
  let cursor: string | null = null;
  let procedures: Listed["procedures"] = [];
  for (let at = 0; at < mostPages; at += 1) {
    const query: { limit: number; cursor?: string } = { limit: page, ...(cursor && { cursor }) };
    const found = await take(
      client.GET("/station/tasks", { params: { query }, signal: signal(ms) }),
    );
    items.push(...found.items);
    procedures = found.procedures;
    cursor = found.next_cursor;
    if (cursor === null) return { items, procedures, more: false };
  }
  return { items, procedures, more: true };
}

/** The parcels of the orders that these tasks belong to, each once. */
export function parcelsOf(items: Task[]): KnownParcel[] {
  const orders = new Map(items.map((each) => [each.order, each]));
  return [...orders.values()].flatMap(({ order, store_number, parcels }) =>
    parcels.map((each) => ({ order, store_number, ...each })),
  );
}

/** What waits of one purchase order as it is this moment; `q` is any code of it. */
export async function freshTasks(q: string): Promise<Task[]> {
  const query = { q, limit: 50 };
  return (await take(client.GET("/station/tasks", { params: { query }, signal: signal() }))).items;
}

/** The list as the server tells it now, else as it was kept here for the same person. */
export const dayQuery = (cache: QueryClient, me: string, hears: boolean) =>
  queryOptions({
    queryKey: dayKey(me),
    queryFn: () => findTheDay(cache, me),
    retry: false,
    networkMode: "always" as const,
    // Live news come by themselves to those who may read; this is for when they do not.
    refetchInterval: ({ state }) =>
      state.data?.kept || state.error ? lookMs.alone : hears ? lookMs.heard : lookMs.unheard,
  });

const dayKey = (me: string) => ["station", "day", me] as const;

let begun = 0;
let newest = 0;

/** Keeps a list, unless one that was asked for later is kept already. */
async function keep(day: Day, run: number): Promise<void> {
  if (run < newest) return;
  newest = run;
  // A browser that keeps nothing still works while the network does.
  await keepDay(day).catch(() => undefined);
}

async function findTheDay(cache: QueryClient, me: string): Promise<FoundDay> {
  begun += 1;
  const run = begun;
  const at = Date.now();
  const shown = cache.getQueryData<FoundDay>(dayKey(me))?.day;
  const before = shown ?? (await keptDay(me));
  try {
    const { items, procedures, more } = await tasks(
      before && !shown ? firstPatienceMs : patienceMs,
    );
    const lists = listsOf(procedures);
    const day: Day = { at, by: me, tasks: items, lists, parcels: parcelsOf(items), more };
    await keep(day, run);
    return { day, kept: false };
  } catch (thrown) {
    if (before && mayRetry(asApiError(thrown))) return { day: before, kept: true };
    throw thrown;
  }
}

async function keptDay(me: string): Promise<Day | undefined> {
  const kept = await findDay().catch(() => undefined);
  return kept?.by === me ? kept : undefined;
}

/**
 * The order that the server knows a label of when none loaded here has it, "" for none: one that
 * waits at a bench, or any for who may read orders.
 */
export async function orderWithLabel(label: string, reads: boolean): Promise<string> {
  const waiting = await freshTasks(label);
  if (waiting[0]) return waiting[0].store_number;
  if (!reads) return "";
  const found = await take(
    client.GET("/orders", { params: { query: { q: label, limit: 2 } }, signal: signal() }),
  );
  return found.items.length === 1 ? (found.items[0]?.store_number ?? "") : "";
}
