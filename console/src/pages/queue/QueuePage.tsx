// Home: what a person must decide, the most urgent first, decided here without leaving.
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { cases, jumpTo, rowsAround } from "../../api/cases";
import { exceptionDetail, type Exception } from "../../api/queries";
import { KeyCaps } from "../../kit/KeyCaps";
import { useKeys } from "../../kit/keys";
import { Broken, Listed, useItems } from "../../kit/lists";
import { useWords } from "../../words";
import { BulkPanel } from "./BulkPanel";
import { after, idOf, neighbour } from "./decide";
import { ExceptionPanel } from "./ExceptionPanel";
import { HeldBar } from "./HeldBar";
import { QueueHead } from "./QueueHead";
import { QueueList } from "./QueueList";
import classes from "./queue.module.css";
import { useChosen } from "./useChosen";
import { useDecisions, useMayDecide } from "./useDecisions";
import { useEnds } from "./useEnds";
import { useLeaving } from "./useHold";
import { useMarks } from "./useMarks";
import { filterOf, isFiltered, type QueueSearch } from "./views";
import { whence } from "./whence";

export function QueuePage() {
  return <Queue kind="queue" search={useSearch({ from: "/signed-in/" })} />;
}

export function ApprovalsPage() {
  return <Queue kind="approvals" search={useSearch({ from: "/signed-in/approvals" })} />;
}

/** The rows of a list without those whose decision is under way. */
export function useRows(list: "exceptions" | "approvals", search: QueueSearch) {
  const filter = filterOf(search);
  const found = useInfiniteQuery(cases(list, filter));
  const here = useItems(found);
  const leaving = useLeaving();
  const items = useMemo(() => {
    // A case that moved between the answers of two pages stands in both.
    const each = new Map(here.map((item) => [idOf(item), item]));
    return [...each.values()].filter((item) => !leaving.has(idOf(item)));
  }, [here, leaving]);
  const cache = useQueryClient();
  const jump = (row: number) => jumpTo(cache, list, filter, row);
  const around = rowsAround(found.data);
  // The list became shorter than the place somebody jumped to.
  const short = here.length === 0 && found.hasPreviousPage && !found.isFetching;
  const { fetchPreviousPage, isFetchPreviousPageError } = found;
  useEffect(() => {
    if (short && !isFetchPreviousPageError) void fetchPreviousPage();
  }, [short, isFetchPreviousPageError, fetchPreviousPage]);
  return { found, items, jump, ...around };
}

function Queue({ kind, search }: { kind: "queue" | "approvals"; search: QueueSearch }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const may = useMayDecide();
  const to = kind === "queue" ? "/" : "/approvals";
  const wide = useMediaQuery("(min-width: 1000px)", globalThis.innerWidth >= 1000);
  const rows = useRows(kind === "queue" ? "exceptions" : "approvals", search);
  const { found, items, before, after: behind, jump } = rows;
  // Two panes need a choice; on a narrow screen the list is the page until one is opened.
  const at = useChosen(rows, to, search, wide);
  const { chosen, opened, choose } = at;
  const { marked, mark, markRange, unmark, clear } = useMarks();
  const [bulk, setBulk] = useState(false);
  const latest = useRef(choose);
  useEffect(() => {
    latest.current = choose;
  });
  const chooseRow = useCallback((item: Exception) => latest.current(item), []);

  function move(by: 1 | -1): void {
    const next = at.instead ?? neighbour(items, chosen && idOf(chosen), by);
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
            search: whence(to, search),
          },
    );
  }

  const ends = useEnds({ ...rows, choose, active: wide && !bulk });
  const { mode, setMode } = useDecisions({
    chosen,
    active: !bulk && at.steady,
    move,
    open,
    work: [at.work, at.setWork],
  });
  const marking = may && !bulk && at.steady && chosen !== undefined;
  useKeys({
    mark: { run: () => chosen && mark(chosen), applies: marking },
    markRange: { run: () => chosen && markRange(items, chosen), applies: marking },
    bulk: { run: () => setBulk(true), applies: may && !bulk && marked.size > 0 },
  });

  // The details of those that come next are there before the key is pressed.
  useEffect(() => {
    if (!chosen) return;
    const here = items.findIndex((item) => idOf(item) === idOf(chosen));
    for (const next of [items[here - 1], ...items.slice(here + 1, here + 4)]) {
      if (next) {
        const detail = exceptionDetail(next.stream, next.number);
        void cache.prefetchQuery({ ...detail, staleTime: 10_000 });
      }
    }
  }, [cache, chosen, items]);

  const filtered = isFiltered(search);
  const nothing = kind === "queue" ? "queue.empty" : "queue.emptyApprovals";
  const many = (
    <BulkPanel
      marked={marked}
      close={(served) => {
        setBulk(false);
        unmark(served);
      }}
    />
  );
  return (
    <div className={classes.page}>
      <QueueHead kind={kind} search={search} />
      <Listed
        found={found}
        count={at.work ? Math.max(items.length, 1) : items.length}
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
        {bulk && !wide && many}
        <div className={classes.panes}>
          <QueueList
            items={items}
            before={before}
            after={behind}
            chosen={chosen}
            choose={wide ? chooseRow : undefined}
            found={found}
            jump={jump}
            marked={marked}
            follow={!bulk}
            mark={may ? mark : undefined}
          />
          {wide && bulk && <div className={classes.side}>{many}</div>}
          {wide && !bulk && chosen && (
            <div className={classes.side}>
              <ExceptionPanel
                key={idOf(chosen)}
                exception={chosen}
                opened={opened}
                mode={mode}
                setMode={setMode}
                keys
                done={(gone) => {
                  if (gone) choose(at.instead ?? after(items, idOf(chosen)));
                }}
              />
            </div>
          )}
        </div>
      </Listed>
      {ends.error !== undefined && <Broken error={ends.error} retry={ends.again} />}
      {marked.size > 0 && !bulk && (
        <MarkedBar count={marked.size} open={() => setBulk(true)} clear={clear} />
      )}
      <HeldBar back={choose} />
    </div>
  );
}

function MarkedBar({ count, open, clear }: { count: number; open: () => void; clear: () => void }) {
  const { t } = useWords();
  return (
    <section className={classes.marked} aria-label={t("bulk.title")}>
      <p role="status">{t("bulk.marked", { count })}</p>
      <Button size="compact-sm" onClick={open} rightSection={<KeyCaps of="bulk" />}>
        {t("bulk.open")}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={clear}>
        {t("bulk.clear")}
      </Button>
    </section>
  );
}
