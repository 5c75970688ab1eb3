// What the pages about connections ask of the server, and what they change there.
import { queryOptions } from "@tanstack/react-query";
import { client, once, take, type Schemas } from "../../api/client";
import { ApiError, problemFrom } from "../../api/problem";

/** When to look again: soon while something is about to begin. */
function soon(states: Schemas["ConnectionState"][] | undefined): number {
  return states?.includes("starting") ? 1_500 : 15_000;
}

export const connections = queryOptions({
  queryKey: ["connections"],
  queryFn: () => take(client.GET("/connections")),
  refetchInterval: ({ state }) => soon(state.data?.items.map((each) => each.state)),
});

export const connectionKinds = queryOptions({
  queryKey: ["connections", "kinds"],
  queryFn: () => take(client.GET("/connections/kinds")),
  staleTime: 300_000,
});

const inPath = (connection: string) => ({ path: { connection } });

export const connection = (id: string) =>
  queryOptions({
    queryKey: ["connections", "one", id],
    queryFn: () => take(client.GET("/connections/{connection}", { params: inPath(id) })),
    refetchInterval: ({ state }) => soon(state.data && [state.data.connection.state]),
  });

export const addConnection = (body: Schemas["NewConnection"], key: string) =>
  take(client.POST("/connections", { params: once(key), body }));

export const changeConnection = (id: string, body: Schemas["ConnectionChange"]) =>
  take(client.PUT("/connections/{connection}", { params: inPath(id), body }));

export const testDraft = (body: Schemas["NewConnection"], key: string) =>
  take(client.POST("/connections/test", { params: once(key), body }));

export const testConnection = (id: string, key: string) =>
  take(client.POST("/connections/{connection}/test", { params: { ...inPath(id), ...once(key) } }));

/** Done when it resolves: there is no body. */
export async function removeConnection(id: string): Promise<void> {
  const { response, error } = await client.DELETE("/connections/{connection}", {
    params: inPath(id),
  });
  if (!response.ok) throw problemFrom(response.status, error);
}

/** The member of `settings` or `secrets` that a refusal is about; "" when it is about none. */
export function fieldOf(error: unknown): string {
  if (!(error instanceof ApiError)) return "";
  return error.field.replace(/^(settings|secrets)\./, "");
}
