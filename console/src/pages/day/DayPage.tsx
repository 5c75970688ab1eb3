// My day: what is due before my shift ends, what was put off until today, what I have to approve.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import { cases } from "../../api/cases";
import { exceptionCounts, owners, session, type Exception } from "../../api/queries";
import { Section, Tag, When } from "../../kit/bits";
import { activates, useKeys } from "../../kit/keys";
import { More, type Pages, useItems } from "../../kit/lists";
import { useNow } from "../../kit/now";
import { Failed, Loading } from "../../kit/states";
import { useWords } from "../../words";
import { idOf, neighbour } from "../queue/decide";
import { ExceptionRow } from "../queue/ExceptionRow";
import { endOfDay } from "../queue/views";
import { shiftEnd, splitDay } from "./day";
import classes from "./day.module.css";

type Found = Pages<Exception>;

export function DayPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { at } = useSearch({ from: "/signed-in/day" });
  const me = useQuery(session).data;
  const roster = useQuery(owners);
  const today = endOfDay(useNow());
  const shift = shiftEnd(roster.data?.items ?? [], me?.user.name ?? "", me?.user.roles ?? []);
  const until = shift ?? today;
  const ready = !roster.isPending;
  // What was put off until today may lie behind the shift: asked for as one list, cut here.
  const last = until > today ? until : today;
  const mine = useInfiniteQuery({
    ...cases("exceptions", { of: "me", due_before: last }),
    enabled: ready,
  });
  const asked = useInfiniteQuery(cases("approvals", { of: "me" }));
  const all = useItems(mine);
  const approvals = useItems(asked);
  const { due, snoozed } = useMemo(() => {
    const day = splitDay(all);
    return { ...day, due: day.due.filter((each) => each.review_by < until) };
  }, [all, until]);
  const rows = useMemo(
    () => [
      ...new Map([...due, ...snoozed, ...approvals].map((each) => [idOf(each), each])).values(),
    ],
    [due, snoozed, approvals],
  );
  const chosen = rows.find((each) => idOf(each) === at);

  useKeys({
    next: { run: () => go(1), applies: rows.length > 0 },
    previous: { run: () => go(-1), applies: rows.length > 0 },
    open: {
      run: ({ event }) => {
        if (!chosen || (event && activates(event.target))) return false;
        const { stream, number } = chosen;
        void navigate({
          to: "/exceptions/$stream/$number",
          params: { stream, number: String(number) },
          search: { list: "day" },
        });
        return true;
      },
      applies: chosen !== undefined,
    },
  });

  function go(by: 1 | -1): void {
    const next = neighbour(rows, at, by);
    if (next) void navigate({ to: "/day", search: { at: idOf(next) }, replace: true });
  }

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1>{t("day.title")}</h1>
        <p>
          {t(shift ? "day.shift" : "day.noShift")} <When at={until} />
        </p>
        <Unowned />
      </header>
      {/* One list that grows would push the next ones down: all of them come together. */}
      {mine.isPending || asked.isPending ? (
        <Loading rows={6} />
      ) : (
        <>
          <Part
            id="due"
            title={t("day.due")}
            none={t("day.dueNone")}
            found={mine}
            items={due}
            at={at}
          />
          <Part
            id="snoozed"
            title={t("day.snoozed")}
            none={t("day.snoozedNone")}
            found={mine}
            items={snoozed}
            at={at}
          />
          <Part
            id="approvals"
            title={t("day.approvals")}
            none={t("day.approvalsNone")}
            found={asked}
            items={approvals}
            at={at}
          />
        </>
      )}
    </div>
  );
}

/** What nobody answers for stands before one's own list: two old ones are worse than ten new. */
function Unowned() {
  const { t } = useWords();
  const counts = useQuery(exceptionCounts).data;
  // It keeps its room: the lists below stay where they are when the count comes.
  return (
    <p className={classes.unowned}>
      {counts?.unowned !== undefined && counts.unowned > 0 && (
        <Link to="/" search={{ view: "unowned" }}>
          <Tag tone="bad">{t("day.unowned", { count: counts.unowned })}</Tag>
        </Link>
      )}
    </p>
  );
}

function Part({
  id,
  title,
  none,
  found,
  items,
  at,
}: {
  id: string;
  title: string;
  none: string;
  found: Found;
  items: Exception[];
  at: string | undefined;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[aria-current="true"]');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <Section id={id} title={title} aside={<Tag>{items.length}</Tag>}>
      {found.isError && items.length === 0 && (
        <Failed error={found.error} what={title} retry={() => void found.refetch()} />
      )}
      {!found.isError && items.length === 0 && <p className={classes.none}>{none}</p>}
      <ul ref={list} className={classes.rows} aria-label={title}>
        {items.map((each) => (
          <li key={idOf(each)}>
            <ExceptionRow exception={each} chosen={idOf(each) === at} choose={undefined} />
          </li>
        ))}
      </ul>
      <More found={found} />
    </Section>
  );
}
