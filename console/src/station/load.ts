// Brings the day's work list into this browser, and finds it here when nobody answers.
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { client, take } from "../api/client";
import { asApiError, mayRetry } from "../api/problem";
import { order as orderQuery } from "../api/queries";
import type { Task } from "./bench";
import { listsOf, type Day, type Lists } from "./day";
import { findDay, keepDay } from "./idb";
import { digestOf, type KnownParcel } from "./labels";

const page = 200;
const mostPages = 5;
/** Orders whose parcels are looked up for each list; the earliest promises come first. */
const mostOrders = 200;
const atOnce = 4;
const patienceMs = 10_000;
/** A page that shows nothing yet takes the kept list sooner. */
const firstPatienceMs = 3_000;

export interface FoundDay {
  day: Day;
  /** Nobody answered: this is what was kept. */
  kept: boolean;
}

const signal = (ms = patienceMs) => AbortSignal.timeout(ms);

async function tasks(ms: number): Promise<{ items: Task[]; more: boolean }> {
  const items: Task[] = [];
  let cursor: string | null = null;
  for (let at = 0; at < mostPages; at += 1) {
    const query: { limit: number; cursor?: string } = { limit: page, ...(cursor && { cursor }) };
    const found = await take(
      client.GET("/station/tasks", { params: { query }, signal: signal(ms) }),
    );
    items.push(...found.items);
    cursor = found.next_cursor;
    if (cursor === null) return { items, more: false };
  }
  return { items, more: true };
}

async function lists(ms: number): Promise<Lists> {
  const found = await take(client.GET("/policy", { signal: signal(ms) }));
  return listsOf(found.policy);
}

/** What is known of an order's parcels; live news make it stale, so that age hardly matters. */
async function parcelsOf(
  cache: QueryClient,
  id: string,
  staleTime = 600_000,
): Promise<KnownParcel[]> {
  const found = await cache.fetchQuery({
    queryKey: orderQuery(id).queryKey,
    queryFn: () =>
      take(client.GET("/orders/{order}", { params: { path: { order: id } }, signal: signal() })),
    staleTime,
    retry: false,
    networkMode: "always",
  });
  return Promise.all(
    found.parcels.map(async (each) => ({
      order: id,
      store_number: found.store_number,
      po: each.po,
      parcel: each.parcel,
      carrier: each.carrier,
      digest: each.tracking ? await digestOf(each.tracking) : "",
      matched: each.label_matched,
    })),
  );
}

/** The parcels of one order as they are this moment. */
export function freshParcels(cache: QueryClient, id: string): Promise<KnownParcel[]> {
  return parcelsOf(cache, id, 0);
}

/** Parcels of the orders on the list, a few at a time. */
async function parcels(cache: QueryClient, items: Task[]): Promise<KnownParcel[]> {
  const wanted = [...new Set(items.map((each) => each.order))].slice(0, mostOrders);
  const found: KnownParcel[] = [];
  for (let at = 0; at < wanted.length; at += atOnce) {
    const some = wanted.slice(at, at + atOnce).map((each) => parcelsOf(cache, each));
    found.push(...(await Promise.all(some)).flat());
  }
  return found;
}

/** The list as the server tells it now, else as it was kept here for the same person. */
export const dayQuery = (cache: QueryClient, me: string) =>
  queryOptions({
    queryKey: dayKey(me),
    queryFn: () => findTheDay(cache, me),
    retry: false,
    networkMode: "always" as const,
    // Live news come by themselves; this is for when they do not.
    refetchInterval: (query) => (query.state.data?.kept || query.state.error ? 5_000 : 60_000),
  });

const dayKey = (me: string) => ["station", "day", me] as const;

async function findTheDay(cache: QueryClient, me: string): Promise<FoundDay> {
  const at = Date.now();
  const shown = cache.getQueryData<FoundDay>(dayKey(me))?.day;
  const before = shown ?? (await keptDay(me));
  const ms = before && !shown ? firstPatienceMs : patienceMs;
  try {
    const [listed, asked] = await Promise.all([tasks(ms), lists(ms)]);
    const { items, more } = listed;
    const day: Day = {
      at,
      by: me,
      tasks: items,
      lists: asked,
      parcels: before?.parcels ?? [],
      more,
    };
    // The work is shown before every label of it is known.
    cache.setQueryData<FoundDay>(dayKey(me), { day, kept: false });
    const whole = { ...day, parcels: await parcels(cache, items) };
    // A browser that keeps nothing still works while the network does.
    await keepDay(whole).catch(() => undefined);
    return { day: whole, kept: false };
  } catch (thrown) {
    if (before && mayRetry(asApiError(thrown))) return { day: before, kept: true };
    throw thrown;
  }
}

async function keptDay(me: string): Promise<Day | undefined> {
  const kept = await findDay().catch(() => undefined);
  return kept?.by === me ? kept : undefined;
}

/** The order that the server knows a label of when none loaded here has it, "" for none. */
export async function orderWithLabel(label: string): Promise<string> {
  const found = await take(
    client.GET("/orders", { params: { query: { q: label, limit: 2 } }, signal: signal() }),
  );
  return found.items.length === 1 ? (found.items[0]?.store_number ?? "") : "";
}
