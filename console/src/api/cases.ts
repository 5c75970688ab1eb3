// What the queue asks of the server beside reading one case: a bounded window of its rows, leases,
// one decision about many, and a decision that is sent although the page closes.
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  type QueryClient,
} from "@tanstack/react-query";
import { client, newKey, once, take, type Schemas } from "./client";
import type { Exception } from "./queries";

export interface CaseFilter {
  owner?: string | undefined;
  of?: "me" | "nobody" | undefined;
  reason?: string | undefined;
  channel?: string | undefined;
  supplier?: string | undefined;
  due_before?: string | undefined;
}

const pageSize = 100;
/** Pages kept at once: rows farther away are fetched again when one scrolls back to them. */
const pagesKept = 8;

/** Where a page begins: how many pages stand before it, and where the one before begins. */
interface Step {
  depth: number;
  before: string | undefined;
}

/**
 * The rows of a list, page by page. The server's cursors only go forward, so where each page began
 * is remembered, and a page that was let go can be fetched again from there.
 */
class Trail {
  private readonly steps = new Map<string, Step>();

  next(from: string | undefined, cursor: string): string {
    this.steps.set(cursor, { depth: this.depth(from) + 1, before: from });
    return cursor;
  }
  /** Where the page of a depth begins, as it was last seen. */
  at(depth: number): string | undefined {
    if (depth === 0) return "";
    return [...this.steps].findLast(([, step]) => step.depth === depth)?.[0];
  }
  depth(at: string | undefined): number {
    return at === undefined ? 0 : (this.steps.get(at)?.depth ?? 0);
  }
  /** Where the page before begins; "" for the first one, undefined when there is none before. */
  before(at: string | undefined): string | undefined {
    if (!at) return undefined;
    const step = this.steps.get(at);
    return step && (step.before ?? "");
  }
}

const trails = new Map<string, Trail>();

function trailOf(list: string, filter: CaseFilter): Trail {
  const key = `${list} ${JSON.stringify(filter)}`;
  const trail = trails.get(key) ?? new Trail();
  // The last few lists are enough: an older one begins anew.
  trails.delete(key);
  trails.set(key, trail);
  if (trails.size > 20) trails.delete(trails.keys().next().value!);
  return trail;
}

function plain(filter: object): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => Boolean(value)));
}

async function pageOf(list: string, filter: CaseFilter, cursor: string, signal?: AbortSignal) {
  const query = { ...plain(filter), ...plain({ cursor }), limit: pageSize };
  const options = { params: { query }, ...(signal ? { signal } : {}) };
  return list === "exceptions"
    ? take(client.GET("/exceptions", options))
    : take(client.GET("/approvals", options));
}

/** A list of cases, the most urgent first; `rowsBefore` says how many stand before what is here. */
export const cases = (list: "exceptions" | "approvals", filter: CaseFilter) => {
  const trail = trailOf(list, filter);
  return infiniteQueryOptions({
    queryKey: ["exceptions", list, filter],
    queryFn: ({ pageParam, signal }) => pageOf(list, filter, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (page, _all, from) =>
      page.next_cursor ? trail.next(from || undefined, page.next_cursor) : undefined,
    getPreviousPageParam: (_page, _all, from) => trail.before(from),
    maxPages: pagesKept,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
};

/** How many rows stand before the first page that is here. */
export function rowsBefore(list: string, filter: CaseFilter, first: unknown): number {
  const from = typeof first === "string" && first !== "" ? first : undefined;
  return trailOf(list, filter).depth(from) * pageSize;
}

/** Makes the page that holds a row seen before the only one that is here: somebody jumped there. */
export async function jumpTo(
  cache: QueryClient,
  list: "exceptions" | "approvals",
  filter: CaseFilter,
  row: number,
): Promise<void> {
  const cursor = trailOf(list, filter).at(Math.floor(row / pageSize));
  if (cursor === undefined) return;
  const { queryKey } = cases(list, filter);
  await cache.cancelQueries({ queryKey });
  const page = await pageOf(list, filter, cursor);
  cache.setQueryData(queryKey, { pages: [page], pageParams: [cursor] });
}

/** Counts for the reader: what is old, what nobody has, what is due before a moment. */
export const caseCounts = (due_before: string) =>
  queryOptions({
    queryKey: ["counts", due_before],
    queryFn: () => take(client.GET("/exceptions/counts", { params: { query: { due_before } } })),
    placeholderData: keepPreviousData,
  });

/** How many cases about a supplier's goods are open. */
export const supplierCases = (supplier: string) =>
  queryOptions({
    queryKey: ["counts", { supplier }],
    queryFn: () => take(client.GET("/exceptions/counts", { params: { query: { supplier } } })),
  });

export type CaseName = Pick<Exception, "stream" | "number">;

/** Takes the case for a minute or renews that. Conflict while somebody else has it. */
export const takeLease = ({ stream, number }: CaseName) =>
  take(
    client.POST("/exceptions/{stream}/{number}/lease", {
      params: { path: { stream, number }, ...once(newKey()) },
    }),
  );

/** Gives the case back; nobody waits for the answer, and a lease ends by itself. */
export function endLease({ stream, number }: CaseName): void {
  client
    .DELETE("/exceptions/{stream}/{number}/lease", {
      params: { path: { stream, number } },
      keepalive: true,
    })
    .catch(() => undefined);
}

/** One decision about up to a hundred cases; a dry run only says what it would do. */
export const resolveMany = (body: Schemas["BulkResolution"], key: string) =>
  take(client.POST("/exceptions/resolve", { params: once(key), body }));

export type Change =
  | { kind: "resolve"; body: Schemas["Resolution"] }
  | { kind: "snooze"; body: Schemas["Snooze"] }
  | { kind: "assign"; body: Schemas["Assignment"] };

/** Sends what was decided; the browser finishes it although its page is gone. */
export function sendChange({ stream, number }: CaseName, change: Change, key: string) {
  const to = { params: { path: { stream, number }, ...once(key) }, keepalive: true };
  switch (change.kind) {
    case "resolve":
      return take(
        client.POST("/exceptions/{stream}/{number}/resolve", { ...to, body: change.body }),
      );
    case "snooze":
      return take(
        client.POST("/exceptions/{stream}/{number}/snooze", { ...to, body: change.body }),
      );
    case "assign":
      return take(
        client.POST("/exceptions/{stream}/{number}/assign", { ...to, body: change.body }),
      );
  }
}
