// What the pages of kept messages ask.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { client, take } from "./client";

/** Kept messages, newest first: all of them, or those about one order. */
export const keptMessages = (order = "") =>
  infiniteQueryOptions({
    queryKey: ["not-understood", order],
    queryFn: ({ pageParam }) =>
      take(
        client.GET("/inbox/not-understood", {
          params: {
            query: {
              limit: 50,
              ...(order ? { order } : {}),
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** What was read for an order, newest first. */
export const receivedMessages = (order: string) =>
  infiniteQueryOptions({
    queryKey: ["order", order, "received"],
    queryFn: ({ pageParam }) =>
      take(
        client.GET("/orders/{order}/received", {
          params: {
            path: { order },
            query: { limit: 20, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Whatever list a kept message stands in. */
export const everyKept = { queryKey: ["not-understood"] };

export const keptMessage = (id: string) =>
  queryOptions({
    queryKey: ["message", id],
    queryFn: () => take(client.GET("/inbox/{message}", { params: { path: { message: id } } })),
    staleTime: 60_000,
  });
