// What people decided lately, grouped, and the decided cases behind the groups.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, take, type Schemas } from "./client";

export type DecidedCase = Schemas["DecidedCase"];
export type DecidedGroup = Schemas["DecidedGroup"];
export type DecidedPage = Schemas["DecidedPage"];

export const windows = [7, 30, 90] as const;
export type Days = (typeof windows)[number];

/** What the list is narrowed to. */
export interface DecidedFilter {
  root_cause?: Schemas["RootCause"];
  reason?: Schemas["ReasonCode"];
  supplier?: string;
  rule_change?: true;
}

/** The counts of a window, which the list's filters leave as they are. */
export const decidedCounts = (days: Days) =>
  queryOptions({
    queryKey: ["decided", days],
    queryFn: ({ signal }) =>
      take(client.GET("/exceptions/decided", { params: { query: { days, limit: 1 } }, signal })),
    placeholderData: keepPreviousData,
  });

export const decidedCases = (days: Days, filter: DecidedFilter) =>
  infiniteQueryOptions({
    queryKey: ["decided", days, "cases", filter],
    queryFn: ({ pageParam, signal }) => {
      const query = { days, ...filter, ...(pageParam ? { cursor: pageParam } : {}), limit: 50 };
      return take(client.GET("/exceptions/decided", { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
