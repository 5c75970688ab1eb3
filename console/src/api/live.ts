// What others did, without reloading: the server's event stream makes cached answers stale.
// It is a hint, never a source of truth.
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import * as v from "valibot";
import type { Schemas } from "./client";
import { heardLease } from "./leases";

export type LiveState = "connecting" | "live" | "lost";

const orderShape = v.object({ order: v.string() });
const exceptionShape = v.object({
  stream: v.string(),
  number: v.number(),
  open: v.boolean(),
  actor: v.string(),
  verb: v.string(),
});
export type ExceptionNews = v.InferOutput<typeof exceptionShape>;
const mentionShape = v.object({ order: v.string(), event: v.number(), by: v.string() });
export type MentionNews = v.InferOutput<typeof mentionShape>;

let state: LiveState = "connecting";
const watchers = new Set<() => void>();

export function liveState(): LiveState {
  return state;
}

export function watchLive(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

function become(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const changed of watchers) changed();
}

type Lists = InfiniteData<Schemas["ExceptionPage"]>;

const pagesOf = (data: unknown): unknown[] => (data as Partial<Lists> | undefined)?.pages ?? [];

/** Takes a case out of the lists that are here: it was decided. */
export function leaveLists(cache: QueryClient, id: string): void {
  const gone = (item: Schemas["Exception"]) => `${item.stream}-${item.number}` === id;
  cache.setQueriesData<Lists>(
    { queryKey: ["exceptions"] },
    (found) =>
      found?.pages && {
        ...found,
        pages: found.pages.map((page) =>
          page.items.some(gone)
            ? { ...page, items: page.items.filter((item) => !gone(item)) }
            : page,
        ),
      },
  );
}

/** Gathers calls for a moment, so that a burst of news asks the server once. */
export function gather(run: () => void, ms: number): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return () => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      run();
    }, ms);
  };
}

function parsed<T>(shape: v.GenericSchema<unknown, T>, data: string): T | null {
  try {
    const read = v.safeParse(shape, JSON.parse(data));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

/**
 * Listens until the returned function is called. `heard` gets what happened to exceptions, `called`
 * the notes that name the reader.
 */
export function listen(
  cache: QueryClient,
  heard: (news: ExceptionNews) => void,
  called: (news: MentionNews) => void = () => undefined,
): () => void {
  const stream = new EventSource("/api/v1/events");
  const stale = (...queryKey: unknown[]) => void cache.invalidateQueries({ queryKey });
  // Lists that somebody has scrolled far through are read again less often; what is decided leaves
  // them at once all the same.
  const isFar =
    (far: boolean) =>
    ({ state }: { state: { data: unknown } }) =>
      pagesOf(state.data).length > 2 === far;
  const again = (far: boolean) => () =>
    void cache.invalidateQueries(
      { queryKey: ["exceptions"], predicate: isFar(far) },
      { cancelRefetch: !far },
    );
  const near = gather(() => {
    again(false)();
    stale("counts");
  }, 150);
  const far = gather(again(true), 10_000);
  const lists = () => {
    near();
    far();
  };
  const orderLists = gather(() => stale("orders"), 1000);
  // A bench has the whole day's list: asked for less often, and not anew before it is there.
  const benches = gather(
    () => void cache.invalidateQueries({ queryKey: ["station"] }, { cancelRefetch: false }),
    5_000,
  );
  let lost = false;

  stream.onopen = () => {
    become("live");
    // What happened meanwhile was not heard.
    if (lost) void cache.invalidateQueries();
    lost = false;
  };
  stream.onerror = () => {
    lost = true;
    become("lost");
  };
  stream.addEventListener("reset", () => void cache.invalidateQueries());
  stream.addEventListener("counts", () => lists());
  stream.addEventListener("exception", (event: MessageEvent<string>) => {
    const news = parsed(exceptionShape, event.data);
    if (!news) return;
    stale("exception", news.stream, news.number);
    stale("order", news.stream);
    if (!news.open) leaveLists(cache, `${news.stream}-${news.number}`);
    lists();
    heard(news);
  });
  stream.addEventListener("lease", (event: MessageEvent<string>) => {
    heardLease(parsed(v.unknown(), event.data));
  });
  stream.addEventListener("mention", (event: MessageEvent<string>) => {
    const news = parsed(mentionShape, event.data);
    if (!news) return;
    stale("mentions");
    called(news);
  });
  stream.addEventListener("order", (event: MessageEvent<string>) => {
    const news = parsed(orderShape, event.data);
    if (!news) return;
    stale("order", news.order);
    orderLists();
    benches();
  });
  return () => {
    stream.close();
    become("connecting");
  };
}
