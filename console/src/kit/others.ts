// What is said about the decisions of others: at once about a case that is looked at or marked
// here, else how many left the list, once a minute. A whole workspace must not talk to each reader.
import { useEffect } from "react";
import type { ExceptionNews } from "../api/live";

const everyMs = 60_000;

/** The cases that somebody looks at or has marked on this page, and how often each. */
const watched = new Map<string, number>();

export function watchCase(id: string): () => void {
  watched.set(id, (watched.get(id) ?? 0) + 1);
  return () => {
    const rest = (watched.get(id) ?? 1) - 1;
    if (rest > 0) watched.set(id, rest);
    else watched.delete(id);
  };
}

/** While this part of the page is shown, what others do with these cases is said at once. */
export function useWatched(ids: readonly string[]): void {
  const names = ids.join(" ");
  useEffect(() => {
    const stops = names.split(" ").filter(Boolean).map(watchCase);
    return () => stops.forEach((stop) => stop());
  }, [names]);
}

interface Says {
  one: (news: ExceptionNews) => void;
  many: (count: number) => void;
}

/** Takes every case that was decided; `listed` when it stood in a list on this page. */
export function makeTeller(says: Says): {
  heard: (news: ExceptionNews, listed: boolean) => void;
  stop: () => void;
} {
  let count = 0;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    quiet = undefined;
    if (count === 0) return;
    says.many(count);
    count = 0;
    quiet = setTimeout(tell, everyMs);
  }
  return {
    heard: (news, listed) => {
      if (news.open || news.verb === "cleared") return;
      if (watched.has(`${news.stream}-${news.number}`)) return says.one(news);
      if (!listed) return;
      count += 1;
      if (quiet === undefined) tell();
    },
    stop: () => clearTimeout(quiet),
  };
}
