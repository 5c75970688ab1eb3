// The queue's views and filters. What is old and what nobody has stands before any total.
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState, type FormEvent } from "react";
import type { Schemas } from "../../api/client";
import { exceptionCounts } from "../../api/queries";
import { Tag, type Tone } from "../../kit/bits";
import { ago, count } from "../../kit/format";
import { pressed } from "../../kit/keys";
import kit from "../../kit/kit.module.css";
import { ChannelSelect, SupplierSelect } from "../../kit/lists";
import { useNow } from "../../kit/now";
import { useWords } from "../../words";
import {
  addNamed,
  isFiltered,
  keepNamed,
  readNamed,
  views,
  type QueueSearch,
  type View,
} from "./views";
import classes from "./head.module.css";

interface Props {
  kind: "queue" | "approvals";
  search: QueueSearch;
}

type Counts = Schemas["ExceptionCounts"];

const counted: Record<View, (counts: Counts) => number> = {
  overdue: (counts) => counts.overdue,
  unowned: (counts) => counts.unowned ?? 0,
  today: (counts) => counts.due ?? 0,
  mine: (counts) => counts.mine,
};

export function QueueHead({ kind, search }: Props) {
  const { t } = useWords();
  const counts = useQuery(exceptionCounts).data;
  return (
    <header className={classes.head}>
      <div className={classes.top}>
        <h1>{t(kind === "queue" ? "queue.title" : "queue.approvals")}</h1>
        {counts && kind === "queue" && <Ageing counts={counts} />}
        <Filters kind={kind} search={search} counts={counts} />
      </div>
      {kind === "queue" && <Views search={search} counts={counts} />}
    </header>
  );
}

/** How old the oldest is, and how much has been late for long. */
function Ageing({ counts }: { counts: Counts }) {
  const { t, locale } = useWords();
  const now = useNow();
  const earliest = counts.earliest_review_by;
  if (!earliest || Date.parse(earliest) >= now) return null;
  return (
    <p className={classes.ageing}>
      {t("view.oldest", { ago: ago(earliest, now, locale) })}
      {(counts.overdue_day ?? 0) > 0 && (
        <Tag tone="bad">{t("view.lateDay", { count: counts.overdue_day ?? 0 })}</Tag>
      )}
    </p>
  );
}

/** What is not known yet is no zero; the dash keeps its room. */
const known = (open: number | undefined, locale: string) =>
  open === undefined ? "–" : count(open, locale);

function Views({ search, counts }: { search: QueueSearch; counts: Counts | undefined }) {
  const { t, locale } = useWords();
  const [named, setNamed] = useState(readNamed);
  const tone = (view: View, open = 0): Tone =>
    open > 0 && (view === "overdue" || view === "unowned") ? "bad" : "plain";
  return (
    <nav aria-label={t("view.title")} className={classes.views}>
      {views.map((view) => {
        const open = counts && counted[view](counts);
        return (
          <Link
            key={view}
            to="/"
            search={{ view }}
            className={classes.view}
            activeProps={{}}
            aria-current={search.view === view ? "page" : undefined}
          >
            {t(`view.${view}`)} <Tag tone={tone(view, open)}>{known(open, locale)}</Tag>
          </Link>
        );
      })}
      <Link
        to="/"
        search={{}}
        className={classes.view}
        activeProps={{}}
        aria-current={isFiltered(search) ? undefined : "page"}
      >
        {t("view.all")} <Tag>{known(counts?.open, locale)}</Tag>
      </Link>
      {named.map((each) => (
        <span key={each.name} className={classes.named}>
          <Link to="/" search={each.search} className={classes.view} activeProps={{}}>
            {each.name}
          </Link>
          <button
            type="button"
            aria-label={t("view.forget", { name: each.name })}
            onClick={() => {
              const rest = named.filter((other) => other !== each);
              keepNamed(rest);
              setNamed(rest);
            }}
          >
            ×
          </button>
        </span>
      ))}
      {isFiltered(search) && (
        <SaveView
          save={(name) => {
            const all = addNamed(named, name, search);
            keepNamed(all);
            setNamed(all);
          }}
        />
      )}
    </nav>
  );
}

function SaveView({ save }: { save: (name: string) => void }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);

  function close(): void {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.focus());
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    if (!name) return;
    save(name);
    close();
  }

  if (!open) {
    return (
      <Button ref={opener} size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
        {t("view.save")}
      </Button>
    );
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={(event) => {
        if (!pressed(event.nativeEvent, "back")) return;
        // It is this form's: nothing else on the page goes back.
        event.preventDefault();
        close();
      }}
      className={classes.save}
    >
      <TextInput size="xs" name="name" autoFocus maxLength={60} aria-label={t("view.name")} />
      <Button type="submit" size="compact-sm" variant="default">
        {t("view.save")}
      </Button>
    </form>
  );
}

function Filters({ kind, search, counts }: Props & { counts: Counts | undefined }) {
  const { t, name } = useWords();
  const navigate = useNavigate();
  const to = kind === "queue" ? "/" : "/approvals";
  const set = (change: QueueSearch) =>
    void navigate({ to, search: { ...search, at: undefined, ...change }, replace: true });
  // A view that says whose cases are shown and an owner exclude each other.
  const of = search.view === "mine" || search.view === "unowned";
  return (
    <div className={classes.filters}>
      <NativeSelect
        size="xs"
        className={kit.filter}
        aria-label={t("queue.owner")}
        value={of ? "" : (search.owner ?? "")}
        onChange={(event) =>
          set({
            owner: event.currentTarget.value || undefined,
            ...(of ? { view: undefined } : {}),
          })
        }
        data={[
          { value: "", label: t("queue.everyone") },
          ...(counts?.by_owner ?? []).map((each) => ({
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
          <SupplierSelect value={search.supplier} choose={(supplier) => set({ supplier })} />
        </>
      )}
      {isFiltered(search) && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => void navigate({ to, search: {}, replace: true })}
        >
          {t("queue.clear")}
        </Button>
      )}
    </div>
  );
}
