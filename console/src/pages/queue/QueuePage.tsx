// Home: what a person must decide, the most urgent first, decided here without leaving.
import { Button, NativeSelect } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Schemas } from "../../api/client";
import {
  approvals,
  exceptionCounts,
  exceptionDetail,
  exceptions,
  session,
  type Exception,
} from "../../api/queries";
import { Tag } from "../../kit/bits";
import kit from "../../kit/kit.module.css";
import { ChannelSelect, Listed, useItems, useMore, type Pages } from "../../kit/lists";
import { useWords } from "../../words";
import { after, idOf, neighbour } from "./decide";
import { ExceptionPanel } from "./ExceptionPanel";
import { ExceptionRow } from "./ExceptionRow";
import classes from "./queue.module.css";
import { useDecisions } from "./useDecisions";

interface Search {
  owner?: string | undefined;
  reason?: string | undefined;
  channel?: string | undefined;
  at?: string | undefined;
}

export function QueuePage() {
  const search = useSearch({ from: "/signed-in/" });
  const found = useInfiniteQuery(
    exceptions({
      owner: search.owner,
      reason: search.reason as Schemas["ReasonCode"] | undefined,
      channel: search.channel,
    }),
  );
  return <Queue kind="queue" search={search} found={found} />;
}

export function ApprovalsPage() {
  const search = useSearch({ from: "/signed-in/approvals" });
  const found = useInfiniteQuery(approvals({ owner: search.owner }));
  return <Queue kind="approvals" search={search} found={found} />;
}

function Queue({
  kind,
  search,
  found,
}: {
  kind: "queue" | "approvals";
  search: Search;
  found: Pages<Exception>;
}) {
  const { t } = useWords();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const wide = useMediaQuery("(min-width: 1000px)", globalThis.innerWidth >= 1000);
  const items = useItems(found);
  // Two panes need a choice; on a narrow screen the list is the page until one is opened.
  const chosen = items.find((item) => idOf(item) === search.at) ?? (wide ? items[0] : undefined);
  const to = kind === "queue" ? "/" : "/approvals";

  function choose(item: Exception | undefined): void {
    void navigate({
      to,
      search: { ...search, at: item && idOf(item) },
      replace: true,
      resetScroll: false,
    });
  }

  function move(by: 1 | -1): void {
    const next = neighbour(items, chosen && idOf(chosen), by);
    if (next) choose(next);
  }

  function open(): void {
    if (!chosen) return;
    void navigate(
      chosen.order
        ? { to: "/orders/$order", params: { order: chosen.order } }
        : {
            to: "/exceptions/$stream/$number",
            params: { stream: chosen.stream, number: String(chosen.number) },
          },
    );
  }

  const { mode, setMode } = useDecisions({ chosen, move, open });

  // The neighbours' details are there before the key is pressed.
  useEffect(() => {
    if (!chosen) return;
    for (const by of [1, -1]) {
      const next = neighbour(items, idOf(chosen), by);
      if (next) void cache.prefetchQuery(exceptionDetail(next.stream, next.number));
    }
  }, [cache, chosen, items]);

  const filtered = Boolean(search.owner || search.reason || search.channel);
  const nothing = kind === "queue" ? "queue.empty" : "queue.emptyApprovals";
  return (
    <div className={classes.page}>
      <Head kind={kind} search={search} filtered={filtered} />
      <Listed
        found={found}
        count={items.length}
        rows={8}
        what={t(kind === "queue" ? "queue.title" : "queue.approvals")}
        empty={t(filtered ? "queue.emptyFiltered" : nothing)}
        action={
          filtered ? (
            <Button variant="default" onClick={() => void navigate({ to, search: {} })}>
              {t("queue.clear")}
            </Button>
          ) : (
            <Link to="/orders">{t("state.orders")}</Link>
          )
        }
      >
        <div className={classes.panes}>
          <List items={items} chosen={chosen} choose={wide ? choose : undefined} found={found} />
          {wide && chosen && (
            <div className={classes.side}>
              <ExceptionPanel
                key={idOf(chosen)}
                exception={chosen}
                mode={mode}
                setMode={setMode}
                keys
                done={(gone) => {
                  if (gone) choose(after(items, idOf(chosen)));
                }}
              />
            </div>
          )}
        </div>
      </Listed>
    </div>
  );
}

function Head({
  kind,
  search,
  filtered,
}: {
  kind: "queue" | "approvals";
  search: Search;
  filtered: boolean;
}) {
  const { t, name } = useWords();
  const navigate = useNavigate();
  const counts = useQuery(exceptionCounts).data;
  const me = useQuery(session).data?.user.name ?? "";
  const to = kind === "queue" ? "/" : "/approvals";
  const set = (change: Partial<Search>) =>
    void navigate({ to, search: { ...search, at: undefined, ...change }, replace: true });
  const owners = counts?.by_owner ?? [];
  return (
    <header className={classes.head}>
      <h1>{t(kind === "queue" ? "queue.title" : "queue.approvals")}</h1>
      {counts && kind === "queue" && (
        <p className={classes.totals} aria-live="polite">
          {t("queue.count", { open: counts.open })}
          {counts.overdue > 0 && (
            <Tag tone="bad">{t("queue.overdue", { count: counts.overdue })}</Tag>
          )}
        </p>
      )}
      <div className={classes.filters}>
        <NativeSelect
          size="xs"
          className={kit.filter}
          aria-label={t("queue.owner")}
          value={search.owner ?? ""}
          onChange={(event) => set({ owner: event.currentTarget.value || undefined })}
          data={[
            { value: "", label: t("queue.everyone") },
            ...(me ? [{ value: me, label: t("queue.mine") }] : []),
            ...owners
              .filter((each) => each.owner !== me)
              .map((each) => ({
                value: each.owner,
                label: t("queue.ownerOpen", { owner: each.owner, open: each.open }),
              })),
          ]}
        />
        {kind === "queue" && (
          <>
            <NativeSelect
              size="xs"
              className={kit.filter}
              aria-label={t("queue.reason")}
              value={search.reason ?? ""}
              onChange={(event) => set({ reason: event.currentTarget.value || undefined })}
              data={[
                { value: "", label: t("queue.allReasons") },
                ...(counts?.by_reason ?? []).map((each) => ({
                  value: each.reason,
                  label: t("queue.ownerOpen", {
                    owner: name("reason", each.reason),
                    open: each.open,
                  }),
                })),
              ]}
            />
            <ChannelSelect value={search.channel} choose={(channel) => set({ channel })} />
          </>
        )}
        {filtered && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => set({ owner: undefined, reason: undefined, channel: undefined })}
          >
            {t("queue.clear")}
          </Button>
        )}
      </div>
    </header>
  );
}

function List({
  items,
  chosen,
  choose,
  found,
}: {
  items: Exception[];
  chosen: Exception | undefined;
  choose: ((item: Exception) => void) | undefined;
  found: Pages<Exception>;
}) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => 92,
    getItemKey: (at) => idOf(items[at]!),
    overscan: 6,
  });
  const shown = rows.getVirtualItems();
  useMore(found, shown.at(-1)?.index ?? 0, items.length, 10);

  const chosenId = chosen && idOf(chosen);
  const moved = useRef<string>(undefined);
  const chosenAt = items.findIndex((item) => idOf(item) === chosenId);
  useEffect(() => {
    if (chosenAt < 0) return;
    rows.scrollToIndex(chosenAt, { align: "auto" });
    // Focus follows the choice, except out of a field somebody types in, and not at the start.
    const focused = document.activeElement;
    const free =
      focused === document.body || (focused instanceof HTMLElement && "row" in focused.dataset);
    if (free && moved.current !== undefined && moved.current !== chosenId) {
      requestAnimationFrame(() =>
        box.current
          ?.querySelector<HTMLElement>('[aria-current="true"]')
          ?.focus({ preventScroll: true }),
      );
    }
    moved.current = chosenId;
  }, [chosenAt, chosenId, rows]);

  return (
    <div className={classes.list} ref={box} tabIndex={-1}>
      <ul aria-label={t("queue.list")} style={{ height: rows.getTotalSize() }}>
        {shown.map((row) => {
          const item = items[row.index]!;
          return (
            <li
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              aria-setsize={found.hasNextPage ? -1 : items.length}
              aria-posinset={row.index + 1}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <ExceptionRow exception={item} chosen={idOf(item) === chosenId} choose={choose} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
