// Making cached answers stale without asking the server more than it bears: a burst of news asks
// once, a stream of news every few seconds, and a list somebody has scrolled far through now and
// then. A question that is under way is never broken off for another, or it might never end.
import type {
  InfiniteData,
  Query,
  QueryClient,
  QueryFilters,
  QueryKey,
} from "@tanstack/react-query";

/**
 * Runs once for many calls: `soon` after the first, and no sooner than `apart` after it ran last. A
 * call while it runs lets it run again.
 */
export function gather(run: () => unknown, soon: number, apart = 0): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let called = false;
  let ranAt = -Infinity;

  async function go(): Promise<void> {
    waiting = undefined;
    running = true;
    ranAt = Date.now();
    try {
      await run();
    } finally {
      running = false;
      if (called) call();
    }
  }
  function call(): void {
    called = running;
    if (running) return;
    const wait = Math.max(soon, ranAt + apart - Date.now());
    waiting ??= setTimeout(() => void go(), wait);
  }
  return call;
}

const soonMs = 150;
const apartMs = 2_000;
const farMs = 10_000;
/** More pages than these are read again less often. */
const nearPages = 2;

const isFar = ({ state }: Query): boolean =>
  ((state.data as Partial<InfiniteData<unknown>> | undefined)?.pages ?? []).length > nearPages;

async function askAgain(cache: QueryClient, filters: QueryFilters): Promise<void> {
  const underWay = cache.isFetching(filters) > 0;
  await cache.invalidateQueries(filters, { cancelRefetch: false });
  // What was under way may have been read before the news.
  if (underWay) await cache.invalidateQueries(filters, { cancelRefetch: false });
}

export type Refresh = (...queryKey: QueryKey) => void;

function makeRefresh(cache: QueryClient): Refresh {
  const speed = (far: boolean, soon: number, apart: number) => {
    const wanted = new Map<string, QueryKey>();
    const run = gather(
      () => {
        const keys = [...wanted.values()];
        wanted.clear();
        const predicate = (query: Query) => isFar(query) === far;
        return Promise.all(keys.map((queryKey) => askAgain(cache, { queryKey, predicate })));
      },
      soon,
      apart,
    );
    return (queryKey: QueryKey) => {
      wanted.set(JSON.stringify(queryKey), queryKey);
      run();
    };
  };
  const near = speed(false, soonMs, apartMs);
  const far = speed(true, farMs, farMs);
  return (...queryKey) => {
    near(queryKey);
    far(queryKey);
  };
}

const known = new WeakMap<QueryClient, Refresh>();

/** Makes answers stale a moment later, short lists before long ones: one gatherer for a cache. */
export function refreshOf(cache: QueryClient): Refresh {
  const refresh = known.get(cache) ?? makeRefresh(cache);
  known.set(cache, refresh);
  return refresh;
}
