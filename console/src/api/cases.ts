// What the queue asks of the server beside reading one case: a bounded window of its rows, leases,
// one decision about many, and a decision that is sent although the page closes.
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  type InfiniteData,
  type QueryClient,
} from "@tanstack/react-query";
import { client, newKey, once, take, type Schemas } from "./client";
import { present } from "../kit/now";
import { paramsOf, type CaseFilter } from "./filter";
import type { Exception } from "./queries";

export type { CaseFilter } from "./filter";
type List = "exceptions" | "approvals";

const pageSize = 100;
/** Pages kept at once: rows farther away are fetched again when one scrolls back to them. */
const pagesKept = 8;
/** How often a list is asked for again that time alone makes longer. */
const dueAgain = 300_000;

function pageOf(list: List, filter: CaseFilter, page: number, signal: AbortSignal) {
  const query = { ...paramsOf(filter, present()), skip: page * pageSize, limit: pageSize };
  const options = { params: { query }, signal };
  return list === "exceptions"
    ? take(client.GET("/exceptions", options))
    : take(client.GET("/approvals", options));
}

/** A list of cases, the most urgent first, by the number of its page. */
export const cases = (list: List, filter: CaseFilter) =>
  infiniteQueryOptions({
    queryKey: ["exceptions", list, filter],
    queryFn: ({ pageParam, signal }) => pageOf(list, filter, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (page, _all, at) => ((at + 1) * pageSize < page.total ? at + 1 : undefined),
    getPreviousPageParam: (_page, _all, at) => (at > 0 ? at - 1 : undefined),
    maxPages: pagesKept,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
    ...(filter.due ? { refetchInterval: dueAgain } : {}),
  });

/** How many rows of a list stand before and after the pages that are here. */
export function rowsAround(found: InfiniteData<Schemas["ExceptionPage"]> | undefined) {
  const { pages = [], pageParams = [] } = found ?? {};
  const end = (Number(pageParams.at(-1) ?? 0) + 1) * pageSize;
  return {
    before: Number(pageParams[0] ?? 0) * pageSize,
    after: Math.max(0, (pages.at(-1)?.total ?? 0) - end),
  };
}

/** Makes the page around a row the only one that is here, and gives it: somebody jumped there. */
export async function jumpTo(
  cache: QueryClient,
  list: List,
  filter: CaseFilter,
  row: number,
): Promise<Exception[]> {
  const at = Math.max(0, Math.floor(row / pageSize));
  const { queryKey } = cases(list, filter);
  await cache.cancelQueries({ queryKey });
  const page = await pageOf(list, filter, at, AbortSignal.timeout(15_000));
  cache.setQueryData(queryKey, { pages: [page], pageParams: [at] });
  return page.items;
}

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
