// What others did, without reloading: the server's event stream makes cached answers stale.
// It is a hint, never a source of truth.
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import * as v from "valibot";
import type { Schemas } from "./client";
import { forgetLeases, heardLease } from "./leases";
import { gather, refreshOf } from "./stale";
import { openStream } from "./stream";

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

type CaseName = Pick<Schemas["Exception"], "stream" | "number">;
type Lists = InfiniteData<Schemas["ExceptionPage"]>;

const isCase = (id: string) => (item: CaseName) => `${item.stream}-${item.number}` === id;

/** Whether a case stands in a list that is on the screen. */
function isListed(cache: QueryClient, id: string): boolean {
  return cache
    .getQueriesData<Lists>({ queryKey: ["exceptions"], type: "active" })
    .some(([, found]) => found?.pages?.some((page) => page.items.some(isCase(id))));
}

/** Takes a case out of the lists that are here: it was decided. */
export function leaveLists(cache: QueryClient, id: string): void {
  const gone = isCase(id);
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

function parsed<T>(shape: v.GenericSchema<unknown, T>, data: string): T | null {
  try {
    const read = v.safeParse(shape, JSON.parse(data));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

/**
 * Listens until the returned function is called. `heard` gets what happened to exceptions, and
 * whether they stood in a list on this page; `called` the notes that name the reader.
 */
export function listen(
  cache: QueryClient,
  heard: (news: ExceptionNews, listed: boolean) => void,
  called: (news: MentionNews) => void = () => undefined,
): () => void {
  const stale = (...queryKey: unknown[]) => void cache.invalidateQueries({ queryKey });
  const refresh = refreshOf(cache);
  const all = () => void cache.invalidateQueries();
  const lists = () => {
    refresh("exceptions");
    refresh("counts");
  };
  // A bench has the whole day's list: asked for less often, and not anew before it is there.
  const station = gather(
    () => void cache.invalidateQueries({ queryKey: ["station"] }, { cancelRefetch: false }),
    5_000,
  );

  const stop = openStream({
    opened: (gap) => {
      become("live");
      // What happened meanwhile was not heard.
      if (!gap) return;
      forgetLeases();
      all();
    },
    lost: (over) => {
      become("lost");
      // Perhaps because the session has ended: whoever sees that asks for a login.
      if (over) stale("session");
    },
    rests: () => become("connecting"),
    news: {
      reset: all,
      counts: lists,
      exception: (data) => {
        const news = parsed(exceptionShape, data);
        if (!news) return;
        stale("exception", news.stream, news.number);
        refresh("order", news.stream);
        const id = `${news.stream}-${news.number}`;
        const listed = isListed(cache, id);
        if (!news.open) leaveLists(cache, id);
        lists();
        heard(news, listed);
      },
      lease: (data) => heardLease(parsed(v.unknown(), data)),
      mention: (data) => {
        const news = parsed(mentionShape, data);
        if (!news) return;
        stale("mentions");
        called(news);
      },
      order: (data) => {
        const news = parsed(orderShape, data);
        if (!news) return;
        refresh("order", news.order);
        refresh("orders");
        station();
      },
    },
  });
  return () => {
    stop();
    become("connecting");
  };
}
