// The frame of every page: where to go, what waits, whether the news are live, who is signed in.
import { Button, TextInput, useMantineColorScheme } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef, useSyncExternalStore, type FormEvent } from "react";
import { listen, liveState, watchLive } from "../api/live";
import { exceptionCounts, logout, serverClock, session } from "../api/queries";
import { useWords } from "../words";
import { announce, Announcer } from "./announce";
import { KeySheet, openKeySheet } from "./KeySheet";
import { onKeys } from "./keys";
import classes from "./kit.module.css";

const places = [
  { to: "/", key: "nav.queue" },
  { to: "/approvals", key: "nav.approvals" },
  { to: "/orders", key: "nav.orders" },
  { to: "/station", key: "nav.station" },
  { to: "/health", key: "nav.health" },
] as const;

const nextScheme = { auto: "light", light: "dark", dark: "auto" } as const;

export function Shell() {
  const { t, name } = useWords();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const me = useQuery(session).data;
  const counts = useQuery(exceptionCounts).data;
  useQuery(serverClock);
  const live = useSyncExternalStore(watchLive, liveState);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const search = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  const self = me?.user.name ?? "";
  useEffect(
    () =>
      listen(cache, (news) => {
        if (news.open || news.actor === self) return;
        announce(t("exception.byOther", { actor: news.actor, verb: name("verb", news.verb) }));
      }),
    // Words do not change while listening matters.
    [cache, self],
  );
  useEffect(
    () =>
      onKeys((press) => {
        if (press.typing) return false;
        if (press.key === "/") search.current?.focus();
        else if (press.key === "?") openKeySheet();
        else return false;
        return true;
      }),
    [],
  );
  const firstPath = useRef(path);
  useEffect(() => {
    if (path === firstPath.current) return;
    firstPath.current = path;
    main.current?.focus({ preventScroll: true });
    globalThis.scrollTo(0, 0);
  }, [path]);

  async function signOut(): Promise<void> {
    await logout();
    // A fresh page: nothing of this session stays in memory.
    globalThis.location.assign("/login");
  }

  function find(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const q = search.current?.value.trim();
    if (q) void navigate({ to: "/orders", search: { q } });
    search.current?.blur();
  }

  const liveKey = live === "live" ? "app.live" : live === "lost" ? "app.lost" : "app.connecting";
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
          {places.map((place) => (
            <Link
              key={place.to}
              to={place.to}
              activeOptions={{ exact: place.to === "/", includeSearch: false }}
              className={classes.navLink}
            >
              {t(place.key)}
              {place.to === "/" && counts && counts.open > 0 && (
                <span className={classes.count} data-late={counts.overdue > 0}>
                  {counts.open}
                </span>
              )}
              {place.to === "/approvals" && counts && counts.approvals > 0 && (
                <span className={classes.count}>{counts.approvals}</span>
              )}
            </Link>
          ))}
        </nav>
        <search className={classes.search}>
          <form onSubmit={find}>
            <TextInput
              ref={search}
              size="xs"
              type="search"
              aria-label={t("app.search")}
              placeholder={t("app.searchHint")}
              rightSection={<kbd className={classes.key}>/</kbd>}
              onKeyDown={(event) => {
                if (event.key === "Escape") event.currentTarget.blur();
              }}
            />
          </form>
        </search>
        <div className={classes.self}>
          <span className={classes.live} data-live={live}>
            <span>{t(liveKey)}</span>
          </span>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => setColorScheme(nextScheme[colorScheme])}
          >
            {t("app.scheme", { scheme: t(`app.scheme.${colorScheme}`) })}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={openKeySheet}
            rightSection={<kbd className={classes.key}>?</kbd>}
          >
            {t("app.keys")}
          </Button>
          <span className={classes.who}>{self}</span>
          <Button size="compact-xs" variant="subtle" onClick={() => void signOut()}>
            {t("app.signOut")}
          </Button>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <Announcer />
      <KeySheet />
    </div>
  );
}
