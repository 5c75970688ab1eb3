// The day's work for a page: asked for, kept, and with what was recorded here on top of it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { session } from "../api/queries";
import { shownTasks, type Day, type ShownTask } from "./day";
import { digestOf, readings, type KnownParcel } from "./labels";
import { dayQuery } from "./load";
import { onDelivered, usePost, type Post } from "./post";

export interface Work {
  me: string;
  /** May read orders, whose pages are offered then. */
  reads: boolean;
  day: Day | undefined;
  tasks: ShownTask[];
  /** The list is the one kept here, because nobody answers. */
  kept: boolean;
  pending: boolean;
  error: unknown;
  retry: () => void;
  post: Post;
}

export function useDay(): Work {
  const cache = useQueryClient();
  const here = useQuery(session).data;
  const me = here?.user.name ?? "";
  const reads = here?.rights.includes("read") ?? false;
  const found = useQuery(dayQuery(cache, me, reads));
  const post = usePost();
  useEffect(
    () =>
      onDelivered((entries) => {
        void cache.invalidateQueries({ queryKey: ["station"] });
        for (const { order } of entries) {
          void cache.invalidateQueries({ queryKey: ["order", order] });
        }
      }),
    [cache],
  );
  const day = found.data?.day;
  return {
    me,
    reads,
    day,
    tasks: day ? shownTasks(day, post.entries) : [],
    kept: found.data?.kept ?? false,
    pending: found.isPending,
    error: found.error,
    retry: () => void found.refetch(),
    post,
  };
}

/** The loaded parcels that carry this label. */
export async function labelled(code: string, day: Day | undefined): Promise<KnownParcel[]> {
  const digests = await Promise.all(readings(code).map((each) => digestOf(each)));
  return (day?.parcels ?? []).filter((each) => each.digest && digests.includes(each.digest));
}
