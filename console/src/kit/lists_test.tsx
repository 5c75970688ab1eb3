// A list asks for its next page by itself, and not again and again when that fails.
import { QueryClient, QueryClientProvider, useInfiniteQuery } from "@tanstack/react-query";
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import { useItems, useMore } from "./lists";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

async function listOf(answer: (page: number) => Promise<{ items: number[] }>) {
  const asked = vi.fn(answer);
  const List = () => {
    const found = useInfiniteQuery({
      queryKey: ["list"],
      queryFn: async ({ pageParam }) => {
        await new Promise((done) => setTimeout(done, 5));
        return asked(pageParam);
      },
      initialPageParam: 0,
      getNextPageParam: (_page, _all, at) => (at < 3 ? at + 1 : undefined),
      retry: false,
    });
    const count = useItems(found).length;
    useMore(found, count, count, 20);
    return null;
  };
  const root = createRoot(document.createElement("div"));
  const list = createElement(List);
  const client = new QueryClient();
  act(() => root.render(createElement(QueryClientProvider, { client }, list)));
  for (let turn = 0; turn < 20; turn += 1) {
    await act(() => new Promise((done) => setTimeout(done, 10)));
  }
  act(() => root.unmount());
  return asked.mock.calls.map(([page]) => page);
}

it("goes on to its end", async () => {
  expect(await listOf((at) => Promise.resolve({ items: [at] }))).toEqual([0, 1, 2, 3]);
});

it("stops at a page that cannot be had", async () => {
  const asked = await listOf((at) =>
    at < 2 ? Promise.resolve({ items: [at] }) : Promise.reject(new Error("gone")),
  );
  expect(asked).toEqual([0, 1, 2]);
});
