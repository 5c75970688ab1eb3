import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { gather, refreshOf } from "./stale";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("gathers a burst, keeps its distance, and runs again for what came meanwhile", async () => {
  let finish: () => void = () => undefined;
  const run = vi.fn(() => new Promise<void>((done) => (finish = done)));
  const call = gather(run, 100, 1_000);
  call();
  call();
  await vi.advanceTimersByTimeAsync(100);
  expect(run).toHaveBeenCalledTimes(1);
  call();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(run).toHaveBeenCalledTimes(1);
  finish();
  await vi.advanceTimersByTimeAsync(100);
  expect(run).toHaveBeenCalledTimes(2);
  finish();
  await vi.advanceTimersByTimeAsync(0);
  call();
  await vi.advanceTimersByTimeAsync(800);
  expect(run).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(200);
  expect(run).toHaveBeenCalledTimes(3);
});

function list(cache: QueryClient, name: string, pages: number) {
  const queryFn = vi.fn(async () => "page");
  const queryKey = ["orders", name];
  const observer = new InfiniteQueryObserver(cache, {
    queryKey,
    queryFn,
    initialPageParam: 0,
    getNextPageParam: (_page, _all, at: number) => at + 1,
    staleTime: Infinity,
  });
  cache.setQueryData(queryKey, {
    pages: Array.from({ length: pages }, () => "page"),
    pageParams: Array.from({ length: pages }, (_, at) => at),
  });
  observer.subscribe(() => undefined);
  return queryFn;
}

it("asks for a short list soon and for a long one now and then, however much is told", async () => {
  const cache = new QueryClient();
  const short = list(cache, "short", 1);
  const long = list(cache, "long", 6);
  const refresh = refreshOf(cache);
  for (let at = 0; at < 100; at += 1) {
    refresh("orders");
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(short.mock.calls.length).toBeGreaterThanOrEqual(8);
  expect(short.mock.calls.length).toBeLessThanOrEqual(11);
  expect(long.mock.calls.length).toBeGreaterThanOrEqual(6);
  expect(long.mock.calls.length).toBeLessThanOrEqual(12);
  cache.clear();
});

it("breaks no question off, and asks again when it began before the news", async () => {
  const cache = new QueryClient();
  const queryFn = vi.fn(
    () => new Promise<string>((done) => setTimeout(() => done("answer"), 3_000)),
  );
  const observer = new QueryObserver(cache, { queryKey: ["counts"], queryFn });
  const stop = observer.subscribe(() => undefined);
  const refresh = refreshOf(cache);
  await vi.advanceTimersByTimeAsync(1_000);
  refresh("counts");
  await vi.advanceTimersByTimeAsync(2_100);
  expect(observer.getCurrentResult().data).toBe("answer");
  expect(queryFn).toHaveBeenCalledTimes(2);
  stop();
  cache.clear();
});
