// What the pages of orders ask besides the list and the order: requests to partners, colleagues,
// mentions, the export.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, newKey, once, take, type Schemas } from "./client";
import type { OrderFilter } from "./queries";

export const requests = (order: string) =>
  queryOptions({
    queryKey: ["order", order, "requests"],
    queryFn: () => take(client.GET("/orders/{order}/requests", { params: { path: { order } } })),
  });

/** What a supplier is given of a purchase order, for whoever places it by hand. */
export const purchaseDocument = (order: string, po: string) =>
  queryOptions({
    queryKey: ["order", order, "document", po],
    queryFn: () =>
      take(
        client.GET("/orders/{order}/purchase-orders/{po}/document", {
          params: { path: { order, po } },
        }),
      ),
  });

/** What a message to the buyer said. */
export const messageText = (order: string, event: number) =>
  queryOptions({
    queryKey: ["order", order, "message", event],
    queryFn: () =>
      take(
        client.GET("/orders/{order}/messages/{event}/text", { params: { path: { order, event } } }),
      ),
    staleTime: 60_000,
  });

export const procedures = queryOptions({
  queryKey: ["policy", "procedures"],
  queryFn: async (): Promise<string[]> => {
    const { policy } = await take(client.GET("/policy"));
    const listed = (policy as { procedures?: { procedure?: string }[] }).procedures ?? [];
    return listed.flatMap((each) => each.procedure ?? []);
  },
  staleTime: 300_000,
});

/** Colleagues of a store whose names begin so. */
export const colleagues = (channel: string, q: string) =>
  queryOptions({
    queryKey: ["colleagues", channel, q],
    queryFn: () => take(client.GET("/colleagues", { params: { query: { channel, q, limit: 8 } } })),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });

/** Who else may read the orders of a store. */
export const everyColleague = (channel: string) =>
  queryOptions({
    queryKey: ["colleagues", channel, "everybody"],
    queryFn: () =>
      take(
        client.GET("/colleagues", {
          params: { query: { ...(channel ? { channel } : {}), limit: 200 } },
        }),
      ),
    staleTime: 60_000,
  });

export type Mention = Schemas["Mention"];

export const mentions = infiniteQueryOptions({
  queryKey: ["mentions", "list"],
  queryFn: ({ pageParam }) =>
    take(
      client.GET("/mentions", {
        params: { query: { ...(pageParam ? { cursor: pageParam } : {}), limit: 25 } },
      }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const mentionCount = queryOptions({
  queryKey: ["mentions", "count"],
  queryFn: () => take(client.GET("/mentions/count")),
});

export const markRead = (until: string) =>
  take(client.POST("/mentions/read", { params: once(newKey()), body: { until } }));

/** How many lines are whole in what came so far, without the head. */
export function linesIn(text: string): number {
  return text.split("\r\n").length - 1;
}

/** The filtered orders as a file. `came` hears how many are here; `signal` breaks it off. */
export async function exportOrders(
  filter: OrderFilter,
  buyers: boolean,
  came: (orders: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const query = { ...filter, ...(buyers ? { buyers } : {}) };
  const body = await take(
    client.POST("/orders/export", {
      params: { query: clean(query), ...once(newKey()) },
      parseAs: "stream",
      signal,
    }),
  );
  const reader = (body as unknown as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  const text = new TextDecoder();
  // Spreadsheets take a file without this mark for one of their own old alphabets.
  const parts: BlobPart[] = ["\uFEFF"];
  let lines = -1;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    lines += linesIn(text.decode(value, { stream: true }));
    came(Math.max(0, lines));
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

/** Without the members that are undefined, so that they do not reach the address. */
function clean<T extends object>(from: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(from).filter(([, value]) => value !== undefined && value !== ""),
  ) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
