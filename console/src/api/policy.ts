// What the policy page asks and does. The published policy is one answer; a draft stays in the
// browser until it is published.
import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import { client, newKey, once, take, type Schemas } from "./client";

export type Policy = Schemas["Policy"];
export type Files = Schemas["PolicyText"];

export const policyInForce = queryOptions({
  queryKey: ["policy", "in-force"],
  queryFn: () => take(client.GET("/policy")),
});

export const policyFiles = queryOptions({
  queryKey: ["policy", "files"],
  queryFn: () => take(client.GET("/policy/files")),
});

export const policyVersion = (version: string) =>
  queryOptions({
    queryKey: ["policy", "version", version],
    queryFn: () =>
      take(client.GET("/policy/versions/{version}", { params: { path: { version } } })),
    staleTime: Infinity,
  });

export const policyVersions = infiniteQueryOptions({
  queryKey: ["policy", "versions"],
  queryFn: ({ pageParam }) =>
    take(
      client.GET("/policy/versions", {
        params: { query: { ...(pageParam ? { cursor: pageParam } : {}), limit: 50 } },
      }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const checkPolicy = (files: Files) =>
  take(client.POST("/policy/check", { params: once(newKey()), body: { files } }));

export const publishPolicy = (body: Schemas["PolicyPublication"], key: string) =>
  take(client.POST("/policy/publish", { params: once(key), body }));

export const rollBackPolicy = (body: Schemas["PolicyRollBack"], key: string) =>
  take(client.POST("/policy/roll-back", { params: once(key), body }));

export const startTrial = (body: Schemas["NewPolicyTrial"], key: string) =>
  take(client.POST("/policy/trials", { params: once(key), body }));

const inPath = (trial: string) => ({ params: { path: { trial } } });

/** Asked twice a second while it runs: whoever asks keeps it going. */
export const policyTrial = (trial: string) =>
  queryOptions({
    queryKey: ["policy", "trial", trial],
    queryFn: () => take(client.GET("/policy/trials/{trial}", inPath(trial))),
    refetchInterval: (query) => (query.state.data?.state === "running" ? 500 : false),
    refetchIntervalInBackground: true,
    retry: false,
  });

export const trialOrders = (trial: string) =>
  infiniteQueryOptions({
    queryKey: ["policy", "trial", trial, "orders"],
    queryFn: ({ pageParam }) =>
      take(
        client.GET("/policy/trials/{trial}/orders", {
          params: {
            path: { trial },
            query: { ...(pageParam ? { cursor: pageParam } : {}), limit: 100 },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

/** Ends a trial nobody waits for; that it has ended by itself is as good. */
export async function cancelTrial(trial: string): Promise<void> {
  await client.DELETE("/policy/trials/{trial}", inPath(trial)).catch(() => undefined);
}

/** Everything is asked again: at once, and when the engine should have begun with the new one. */
export function afterChange(cache: QueryClient): void {
  const again = () => void cache.invalidateQueries();
  again();
  for (const seconds of [3, 10, 25]) setTimeout(again, seconds * 1_000);
}
