// Every question the console asks, with its cache key. The cache is the only store.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { client, newKey, once, rememberCsrf, take, type Schemas } from "./client";
import { heardServerTime, nextLook, present } from "../kit/now";
import { endOfDay } from "./filter";
import { forgetSession, keepSession, keptSession } from "./kept";
import { ApiError, asApiError, mayRetry } from "./problem";

export type Exception = Schemas["Exception"];
export type Order = Schemas["Order"];
export type OrderCommand = Schemas["OrderCommand"];

/** Whether there can be a session: the readable cookie stands and falls with it. */
export function maybeSignedIn(): boolean {
  return /(^|; )(__Host-)?holdfast_csrf=/.test(document.cookie);
}

export const session = queryOptions({
  queryKey: ["session"],
  queryFn: async (): Promise<Schemas["Session"] | null> => {
    if (!maybeSignedIn()) return null;
    try {
      // Who was here before need not wait for a network that hangs.
      const signal = AbortSignal.timeout(keptSession() ? 3_000 : 15_000);
      const me = await take(client.GET("/session", { signal }));
      rememberCsrf(me.csrf);
      keepSession(me);
      return me;
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.code === "not_signed_in") return null;
      const kept = mayRetry(asApiError(thrown)) ? keptSession() : null;
      if (!kept) throw thrown;
      rememberCsrf(kept.csrf);
      return kept;
    }
  },
  staleTime: Infinity,
  networkMode: "always",
});

/** Signs in; what it throws names wrong credentials or too many attempts. */
export async function login(body: Schemas["Login"]): Promise<Schemas["Session"]> {
  const me = await take(client.POST("/session", { params: once(newKey()), body }));
  rememberCsrf(me.csrf);
  keepSession(me);
  return me;
}

export async function logout(): Promise<void> {
  await take(client.DELETE("/session")).catch((thrown: unknown) => {
    // A session that has ended already is what was wanted.
    if (asApiError(thrown).code !== "not_signed_in") throw thrown;
  });
  rememberCsrf("");
  forgetSession();
  const { forgetDay } = await import("../station/idb");
  await forgetDay().catch(() => undefined);
}

export const exceptionDetail = (stream: string, number: number) =>
  queryOptions({
    queryKey: ["exception", stream, number],
    queryFn: () =>
      take(client.GET("/exceptions/{stream}/{number}", { params: { path: { stream, number } } })),
  });

/** Counts for the reader: what is old, what nobody has, what is due before their day ends. */
export const exceptionCounts = queryOptions({
  queryKey: ["counts"],
  queryFn: () => {
    const query = { due_before: endOfDay(present()) };
    return take(client.GET("/exceptions/counts", { params: { query } }));
  },
});

export interface OrderFilter {
  q?: string | undefined;
  channel?: string | undefined;
  stage?: Schemas["Stage"] | undefined;
  live?: boolean | undefined;
  with_exceptions?: boolean | undefined;
  held?: boolean | undefined;
  overdue?: boolean | undefined;
  supplier?: string | undefined;
  procedure?: string | undefined;
  country?: string | undefined;
  placed_from?: string | undefined;
  placed_to?: string | undefined;
}

export const orders = (filter: OrderFilter) =>
  infiniteQueryOptions({
    queryKey: ["orders", filter],
    queryFn: ({ pageParam, signal }) =>
      take(
        client.GET("/orders", {
          signal,
          params: { query: { ...defined(filter), ...defined({ cursor: pageParam }), limit: 100 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

const inPath = (order: string) => ({ params: { path: { order } } });

export const order = (id: string) =>
  queryOptions({
    queryKey: ["order", id],
    queryFn: () => take(client.GET("/orders/{order}", inPath(id))),
  });

export const timeline = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["order", id, "events"],
    queryFn: ({ pageParam, signal }) =>
      take(
        client.GET("/orders/{order}/events", {
          signal,
          params: { path: { order: id }, query: { ...defined({ cursor: pageParam }), limit: 100 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const routing = (id: string) =>
  queryOptions({
    queryKey: ["order", id, "routing"],
    queryFn: () => take(client.GET("/orders/{order}/routing", inPath(id))),
  });

export const coverage = (id: string) =>
  queryOptions({
    queryKey: ["order", id, "evidence"],
    queryFn: () => take(client.GET("/orders/{order}/evidence", inPath(id))),
  });

/** Fetches the evidence pack as a file. */
export async function evidencePack(
  id: string,
  profile: Schemas["EvidenceRequest"]["profile"],
  supplier?: string,
): Promise<Blob> {
  const pack = await take(
    client.POST("/orders/{order}/evidence", {
      params: { path: { order: id }, ...once(newKey()) },
      body: { profile, ...(supplier ? { supplier } : {}) },
      parseAs: "blob",
    }),
  );
  return pack as unknown as Blob;
}

/** Asks for a change of an order. The key is the intent's, kept over repeats. */
export function command(id: string, body: OrderCommand, key: string) {
  return take(
    client.POST("/orders/{order}/commands", {
      params: { path: { order: id }, ...once(key) },
      body,
    }),
  );
}

export const owners = queryOptions({
  queryKey: ["owners"],
  queryFn: () => take(client.GET("/owners")),
  staleTime: 60_000,
});

export const accounts = queryOptions({
  queryKey: ["accounts"],
  queryFn: () => take(client.GET("/accounts")),
  staleTime: 300_000,
});

/** Takes a tracking file line by line, or only tries it. */
export function importTracking(csv: string, dryRun: boolean, key: string) {
  return take(
    client.POST("/imports/tracking", {
      params: { query: { dry_run: dryRun }, ...once(key) },
      body: csv,
      bodySerializer: (body) => body,
      headers: { "Content-Type": "text/csv" },
    }),
  );
}

export const health = queryOptions({
  queryKey: ["health"],
  queryFn: async () => {
    const asked = Date.now();
    const found = await take(client.GET("/health"));
    heardServerTime(found.now, (asked + Date.now()) / 2);
    return found;
  },
  refetchInterval: 15_000,
});

/** Asked on every page, now and then, so that ages and deadlines follow the server's clock. */
export const serverClock = queryOptions({ ...health, refetchInterval: () => nextLook() });

export const figures = queryOptions({
  queryKey: ["figures"],
  queryFn: () => take(client.GET("/metrics/summary")),
  refetchInterval: 30_000,
});

export const replay = (message: string, key: string) =>
  take(client.POST("/inbox/{message}/replay", { params: { path: { message }, ...once(key) } }));

/** Without the members that are undefined, so that they do not reach the address. */
function defined<T extends object>(from: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(from).filter(([, value]) => value !== undefined && value !== ""),
  ) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
