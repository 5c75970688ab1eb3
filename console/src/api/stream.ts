// The one open connection over which the server tells what changed. A browser gives a stream up for
// good after an answer that is none, and keeps one that died silently: here it is opened again.
// It must never be kept by pages that nobody looks at: over HTTP/1.1 a browser has six connections
// for all its tabs.

export interface Hearing {
  /** What to do with each kind of news, by its name. */
  news: Record<string, (data: string) => void>;
  /** It is open; `gap` when news may have been missed before. */
  opened: (gap: boolean) => void;
  /** It is not; `over` when the server ended it with an answer of its own. */
  lost: (over: boolean) => void;
  /** It rests because nobody looks. */
  rests: () => void;
}

/** The server says something at least every 15 seconds. */
const silentMs = 40_000;
const hiddenMs = 30_000;
const firstWaitMs = 2_000;
const longestWaitMs = 30_000;

/** How long to wait before the next try: longer each time, and not all pages at once. */
export function waitBefore(tries: number, chance = Math.random()): number {
  const most = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(tries, 10));
  return Math.max(firstWaitMs, most * (0.5 + chance / 2));
}

/** Listens while the page is looked at, until the returned function is called. */
export function openStream({ news, opened, lost, rests }: Hearing): () => void {
  let source: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let next: ReturnType<typeof setTimeout> | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let gap = false;

  function close(): void {
    clearTimeout(silence);
    clearTimeout(next);
    source?.close();
    source = undefined;
  }

  function broken(over: boolean): void {
    close();
    gap = true;
    lost(over);
    next = setTimeout(() => (document.hidden ? rest() : open()), waitBefore(tries));
    tries += 1;
  }

  function heard(): void {
    clearTimeout(silence);
    silence = setTimeout(() => broken(false), silentMs);
  }

  function open(): void {
    close();
    const mine = new EventSource("/api/v1/events");
    source = mine;
    heard();
    mine.onopen = () => {
      heard();
      tries = 0;
      opened(gap);
      gap = false;
    };
    mine.onerror = () => {
      if (mine.readyState === EventSource.CLOSED) return broken(true);
      // The browser tries again by itself.
      gap = true;
      lost(false);
    };
    mine.addEventListener("heartbeat", heard);
    for (const [name, take] of Object.entries(news)) {
      mine.addEventListener(name, (event: MessageEvent<string>) => {
        heard();
        take(event.data);
      });
    }
  }

  function rest(): void {
    close();
    gap = true;
    rests();
  }

  function seen(): void {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(rest, hiddenMs);
    else if (!source) open();
  }

  /** The network is back: no need to wait out the time. */
  function online(): void {
    if (!source && !document.hidden) open();
  }

  document.addEventListener("visibilitychange", seen);
  globalThis.addEventListener("online", online);
  if (document.hidden) gap = true;
  else open();
  return () => {
    document.removeEventListener("visibilitychange", seen);
    globalThis.removeEventListener("online", online);
    clearTimeout(hiding);
    close();
  };
}
