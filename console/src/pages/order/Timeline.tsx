// Every fact of the order, newest first; each opens to the fields as they were stored.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Schemas } from "../../api/client";
import { timeline } from "../../api/queries";
import { When } from "../../kit/bits";
import { More, useItems } from "../../kit/lists";
import { useNow } from "../../kit/now";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { eventWords } from "./eventWords";
import classes from "./order.module.css";

export function Timeline({ order }: { order: string }) {
  const { t } = useWords();
  const found = useInfiniteQuery(timeline(order));
  const hash = useRouterState({ select: (state) => state.location.hash });
  const events = useItems(found);
  const wanted = Number(/^event-(\d+)$/.exec(hash)?.[1] ?? 0);
  const there = events.some((each) => each.event === wanted);
  const older = wanted > 0 && wanted < (events.at(-1)?.event ?? 0);
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = found;

  // A link may point at an event that is further down than what is here.
  useEffect(() => {
    if (older && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [older, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);

  // An event that a link points at is opened and shown, once it is there.
  useEffect(() => {
    if (!there) return;
    const target = document.getElementById(hash);
    target?.querySelector("details")?.setAttribute("open", "");
    target?.scrollIntoView({ block: "center" });
  }, [hash, there]);

  if (found.isPending) return <Loading rows={5} />;
  if (!found.data)
    return (
      <Failed error={found.error} what={t("order.timeline")} retry={() => void found.refetch()} />
    );
  return (
    <>
      <ol className={classes.timeline}>
        {events.map((event) => (
          <EventRow key={event.event} event={event} marked={hash === `event-${event.event}`} />
        ))}
      </ol>
      <More found={found} />
    </>
  );
}

function EventRow({ event, marked }: { event: Schemas["TimelineEvent"]; marked: boolean }) {
  const say = useWords();
  const { t } = say;
  const now = useNow();
  return (
    <li id={`event-${event.event}`} data-step={event.step} data-marked={marked}>
      <details>
        <summary>
          <span className={classes.eventNumber}>{event.event}</span>
          <span className={classes.trackWhen}>
            <When at={event.at} />
          </span>
          <span className={classes.grow}>
            {eventWords(event, now, say)} <span className={classes.dim}>{event.actor}</span>
          </span>
          <span className={classes.eventName}>{event.name}</span>
        </summary>
        <dl className={classes.body}>
          {Object.entries(event.body).map(([field, value]) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd>
                {typeof value === "object" && value !== null ? (
                  <pre>{JSON.stringify(value, null, 2)}</pre>
                ) : (
                  String(value)
                )}
              </dd>
            </div>
          ))}
          <div>
            <dt>{t("order.hash")}</dt>
            <dd>
              <code className={classes.code}>{event.hash}</code>
            </dd>
          </div>
        </dl>
      </details>
    </li>
  );
}
