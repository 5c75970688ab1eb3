import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cases, jumpTo, rowsAround } from "./cases";

const asked = vi.fn();

/** A server with a list of so many cases. */
function holds(total: number): void {
  asked.mockImplementation((skip: number, limit: number) => ({
    items: Array.from({ length: Math.min(limit, Math.max(0, total - skip)) }, (_, at) => ({
      stream: `ord_${skip + at}`,
      number: 1,
    })),
    next_cursor: null,
    total,
  }));
}

beforeEach(() => {
  holds(100_000);
  vi.stubGlobal("fetch", (request: Request) => {
    const { searchParams } = new URL(request.url);
    const page: unknown = asked(
      Number(searchParams.get("skip")),
      Number(searchParams.get("limit")),
    );
    return Promise.resolve(Response.json(page));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  asked.mockReset();
});

it("knows how many rows stand around those that are here", async () => {
  const cache = new QueryClient();
  const list = cases("exceptions", {});
  await cache.prefetchInfiniteQuery(list);
  expect(rowsAround(cache.getQueryData(list.queryKey))).toEqual({ before: 0, after: 99_900 });
  const page = await jumpTo(cache, "exceptions", {}, 99_999);
  expect(page.at(-1)?.stream).toBe("ord_99999");
  expect(rowsAround(cache.getQueryData(list.queryKey))).toEqual({ before: 99_900, after: 0 });
  expect(asked.mock.calls).toEqual([
    [0, 100],
    [99_900, 100],
  ]);
  expect(rowsAround(undefined)).toEqual({ before: 0, after: 0 });
});

it("goes on from any page in both directions, and ends where the list ends", () => {
  const { getNextPageParam, getPreviousPageParam } = cases("approvals", {});
  const page = { items: [], next_cursor: null, total: 250 };
  expect(getNextPageParam(page, [page], 1, [1])).toBe(2);
  expect(getNextPageParam(page, [page], 2, [2])).toBeUndefined();
  expect(getPreviousPageParam?.(page, [page], 2, [2])).toBe(1);
  expect(getPreviousPageParam?.(page, [page], 0, [0])).toBeUndefined();
});
