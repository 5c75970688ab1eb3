// The frame of every page: where to go, what waits, whether the news are live, who is signed in.
import { TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useSyncExternalStore, type FormEvent } from "react";
import { listen, liveState, watchLive } from "../api/live";
import { exceptionCounts, order, serverClock, session } from "../api/queries";
import { unsent, watchUnsent } from "../api/unsent";
import { useWords, words } from "../words";
import { announce, Announcer } from "./announce";
import { count } from "./format";
import { KeyCaps } from "./KeyCaps";
import { KeySheet } from "./KeySheet";
import { offBench, pressed, useKeys, type Handlers } from "./keys";
import classes from "./kit.module.css";
import { DemoMark } from "./DemoMark";
import { makeTeller } from "./others";
import { Palette } from "./Palette";
import { MentionCounter } from "./MentionCounter";
import { MoreMenu } from "./MoreMenu";
import { PersonMenu } from "./PersonMenu";
import { places, placesOf } from "./places";
import { openWindow, useWindow } from "./windows";

const RefusedBar = lazy(async () => ({
  default: (await import("../pages/queue/HeldBar")).RefusedBar,
}));

const states = ["connecting", "live", "lost"] as const;

export function Shell() {
  const { t, locale } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const me = useQuery(session).data;
  // Who only works at a bench has nothing to read here.
  const reads = me?.rights.includes("read") ?? false;
  const counts = useQuery({ ...exceptionCounts, enabled: reads }).data;
  useQuery({ ...serverClock, enabled: reads });
  const live = useSyncExternalStore(watchLive, liveState);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);

  const self = me?.user.name ?? "";
  useEffect(() => {
    if (!reads) return undefined;
    const others = makeTeller({
      one: ({ actor, verb }) =>
        announce(words.t("exception.byOther", { actor, verb: words.name("verb", verb) })),
      many: (count) => announce(words.t("exception.leftList", { count })),
    });
    const stop = listen(
      cache,
      (news, listed) => news.actor !== self && others.heard(news, listed),
      (news) => announce(words.t("mentions.called", { by: news.by })),
    );
    return () => {
      stop();
      others.stop();
    };
  }, [cache, self, reads]);
  const router = useRouter();
  useEffect(() => {
    // The session has ended: the way to every page asks for a login.
    if (me === null) void router.invalidate();
  }, [me, router]);
  const offered = placesOf(me);
  const ways = offered.map(({ to, by }) => [by, { run: () => void navigate({ to }) }]);
  useKeys({
    palette: { run: () => openWindow("palette") },
    ...(reads && { search: { run: offBench(path, () => search.current?.focus()) } }),
    help: { run: offBench(path, () => openWindow("keys")) },
    ...(Object.fromEntries(ways) as Handlers),
  });
  const here = places.find(({ to }) => to !== "/" && path.startsWith(to))?.says;
  const page = t(path.startsWith("/account") ? "account.title" : (here ?? "nav.queue"));
  const number = useOrderAt(path);
  const title = number ? t("order.title", { number }) : page;
  const name = t("app.name");
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  const firstPath = useRef(path);
  useEffect(() => {
    if (path === firstPath.current) return;
    firstPath.current = path;
    main.current?.focus({ preventScroll: true });
    globalThis.scrollTo(0, 0);
  }, [path]);

  function find(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const q = search.current?.value.trim();
    if (q) void navigate({ to: "/orders", search: { q } });
    search.current?.blur();
  }

  const waiting = { "/": counts?.open, "/approvals": counts?.approvals };
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        {t("app.skip")}
      </a>
      <header className={classes.top}>
        <Link to="/" className={classes.brand}>
          {t("app.name")}
        </Link>
        <nav aria-label={t("app.main")} className={classes.nav}>
          {offered.map(({ to, says, bar }) => {
            if (!bar) return null;
            // A count keeps its room before it is known: nothing moves when it comes.
            const counted = to === "/" || to === "/approvals";
            const open = counted ? (waiting[to] ?? 0) : 0;
            return (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact: to === "/", includeSearch: false }}
                className={classes.navLink}
              >
                {t(says)}
                {counted && (
                  <span
                    className={classes.count}
                    data-none={open === 0}
                    data-late={to === "/" && (counts?.overdue ?? 0) > 0}
                  >
                    {count(open, locale)}
                  </span>
                )}
              </Link>
            );
          })}
          <MoreMenu places={offered.filter(({ bar }) => !bar)} path={path} />
        </nav>
        <search className={classes.search}>
          {reads && (
            <form onSubmit={find}>
              <TextInput
                ref={search}
                size="xs"
                type="search"
                aria-label={t("app.search")}
                title={t("app.searchBy")}
                placeholder={t("app.searchHint")}
                rightSection={<KeyCaps of="search" />}
                onKeyDown={(event) => {
                  if (pressed(event.nativeEvent, "back")) event.currentTarget.blur();
                }}
              />
            </form>
          )}
        </search>
        <div className={classes.self}>
          {me?.demo && <DemoMark />}
          <button
            type="button"
            className={classes.person}
            aria-haspopup="dialog"
            onClick={() => openWindow("palette")}
          >
            <span>{t("palette.open")}</span>
            <span className={classes.keysOfButton}>
              <KeyCaps of="palette" />
            </span>
          </button>
          {reads && (
            <>
              <span className={classes.live} data-live={live}>
                {states.map((state) => (
                  <span key={state} data-shown={state === live}>
                    {t(`app.${state}`)}
                  </span>
                ))}
              </span>
              <MentionCounter />
            </>
          )}
          <PersonMenu me={me} />
        </div>
      </header>
      <main
        id="main"
        ref={main}
        tabIndex={-1}
        className={classes.main}
        data-touch={path.startsWith("/station")}
      >
        <Outlet />
      </main>
      <Announcer />
      <Unsent />
      <Windows />
    </div>
  );
}

/** The store's number of the order that an address shows, once it is known. */
function useOrderAt(path: string): string | undefined {
  const id = /^\/orders\/([^/]+)$/.exec(path)?.[1] ?? "";
  return useQuery({ ...order(id), enabled: false }).data?.store_number;
}

/** What was not recorded stays in sight on every page; its code comes when there is something. */
function Unsent() {
  const left = useSyncExternalStore(watchUnsent, unsent);
  if (left === 0) return null;
  return (
    <Suspense>
      <RefusedBar />
    </Suspense>
  );
}

function Windows() {
  const open = useWindow();
  if (open === "palette") return <Palette />;
  if (open === "keys") return <KeySheet />;
  return null;
}
